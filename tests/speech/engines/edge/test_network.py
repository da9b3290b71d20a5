"""Proxies and certificates on the way to the stand-in."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from tests.speech.engines.edge.conftest import QUICK
from tests.speech.engines.edge.test_speaking import spoken, utterance
from tests.standin import proxy as proxies
from tests.standin.server import Service

from chaptercast.errors import ServiceError, UsageError
from chaptercast.speech.engines.edge import ENGINE
from chaptercast.speech.engines.edge.network import trust_given_certificates


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[proxies.Proxy]:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with proxies.running() as running:
        yield running


def test_a_given_proxy_is_used_for_speech_and_for_the_list(served: Service, proxy: proxies.Proxy) -> None:
    through = replace(QUICK, proxy=proxy.url)
    spoken(utterance(), settings=through)
    assert len(proxy.targets) == 1
    assert ENGINE.probe(through).ready
    assert len(proxy.targets) == 2
    assert served.connections == 1


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "all_proxy"])
@pytest.mark.usefixtures("served")
def test_the_environments_proxy_is_used(proxy: proxies.Proxy, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, proxy.url)
    spoken(utterance(), settings=QUICK)
    assert len(proxy.targets) == 1


@pytest.mark.usefixtures("served")
def test_no_proxy_is_used_where_there_is_to_be_none(proxy: proxies.Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    spoken(utterance(), settings=QUICK)
    assert proxy.targets == []


@pytest.mark.usefixtures("served")
def test_a_proxy_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(ServiceError, match="the proxy cannot be reached") as caught:
        spoken(utterance(), settings=replace(QUICK, proxy="http://me:secret@127.0.0.1:9"))
    assert "secret" not in str(caught.value) + caught.value.remedy


@pytest.mark.parametrize(
    ("status", "message"),
    [(b"HTTP/1.1 407 Who are you", "wants a name and a password"), (b"HTTP/1.1 502 No", "answers 502")],
)
@pytest.mark.usefixtures("served")
def test_a_proxy_that_refuses(proxy: proxies.Proxy, status: bytes, message: str) -> None:
    proxy.refuse = status
    with pytest.raises(ServiceError, match=message):
        spoken(utterance(), settings=replace(QUICK, proxy=proxy.url))


def test_certificates_that_cannot_be_read_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(UsageError, match="SSL_CERT_FILE"):
        trust_given_certificates()
