"""Proxies, certificates and names on the way to the stand-in."""

import gc
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.speech.engines.openai.conftest import QUICK
from tests.speech.engines.openai.test_speaking import spoken, utterance
from tests.standin import proxy as proxies
from tests.standin.openai.server import Service, running

from chaptercast.errors import ServiceError, UsageError
from chaptercast.speech.engines.openai import ENGINE
from chaptercast.speech.engines.openai.network import way
from chaptercast.speech.engines.openai.server import Server

PROXIES = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY")


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[proxies.Proxy]:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    with proxies.running() as running:
        yield running


def test_a_given_proxy_is_used_for_speech_and_for_the_list(served: Service, proxy: proxies.Proxy) -> None:
    through = replace(QUICK, proxy=proxy.url)
    spoken(utterance(), settings=through)
    assert len(proxy.targets) == 1
    assert ENGINE.voice_list(through, ask=True).voices
    assert len(proxy.targets) == 2
    assert len(served.requests) == 1


@pytest.mark.parametrize("name", PROXIES[:6])
@pytest.mark.usefixtures("served")
def test_variables_do_not_lead_out_to_ones_own_server(
    proxy: proxies.Proxy, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, proxy.url)
    spoken(utterance(), settings=QUICK)
    assert proxy.targets == []


@pytest.mark.parametrize(
    ("url", "variables", "given", "expected"),
    [
        ("https://tts.example.org/v1", {"HTTPS_PROXY": "http://p:1"}, "", "http://p:1"),
        ("https://tts.example.org/v1", {"HTTPS_PROXY": "http://p:1", "NO_PROXY": "example.org"}, "", None),
        ("https://tts.example.org/v1", {"HTTPS_PROXY": "http://p:1"}, "http://mine:2", "http://mine:2"),
        ("https://nas.local/v1", {"HTTPS_PROXY": "http://p:1"}, "", None),
        ("http://10.0.0.7/v1", {"HTTP_PROXY": "http://p:1"}, "", None),
        ("http://10.0.0.7/v1", {}, "mine:2", "http://mine:2"),
    ],
)
def test_the_way(
    monkeypatch: pytest.MonkeyPatch, url: str, variables: dict[str, str], given: str, expected: str | None
) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert way(Server(url), replace(QUICK, proxy=given)) == expected


def test_through_a_proxy_nothing_goes_unencrypted_to_a_name() -> None:
    with pytest.raises(UsageError, match=r"cannot be seen where nas\.local is") as caught:
        way(Server("http://nas.local/v1"), replace(QUICK, proxy="http://p:1"))
    assert "https://" in caught.value.remedy


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


@pytest.mark.parametrize(
    ("addresses", "is_refused"),
    [(["192.168.1.20"], False), (["203.0.113.9", "8.8.8.8"], True), (["8.8.8.8"], True), (["127.0.0.1"], False)],
)
def test_what_is_not_encrypted_goes_to_no_name_in_the_internet(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str], is_refused: bool
) -> None:
    connected: list[str] = []

    def look_up(_host: str, port: int, *_args: object, **_options: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    def connect(_socket: socket.socket, address: tuple[str, int]) -> None:
        connected.append(address[0])
        raise ConnectionRefusedError("nobody is there")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", "http://tts.example.org:8880/v1")
    with pytest.raises(ServiceError) as caught:
        spoken(utterance(), settings=QUICK)
    assert ("tts.example.org is in the open internet" in caught.value.message) is is_refused
    assert ("Use https://" in caught.value.remedy) is is_refused
    assert set(connected) == (set() if is_refused else set(addresses))


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # a loop that ends does not wait for TLS to say goodbye
def test_an_untrusted_certificate_ends_at_once_and_a_given_authority_is_trusted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import ssl

    import trustme

    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    with running(context) as service:
        with pytest.raises(ServiceError, match="certificate") as caught:
            spoken(utterance(), settings=QUICK)
        assert "SSL_CERT_FILE" in caught.value.remedy
        authority.cert_pem.write_to_path(tmp_path / "ca.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert not spoken(utterance(), settings=QUICK)[0].silent
        assert len(service.requests) == 1
    gc.collect()


def test_certificates_that_cannot_be_read_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", "https://127.0.0.1:9/v1")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(UsageError, match="SSL_CERT_FILE"):
        spoken(utterance(), settings=QUICK)


def test_nothing_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(ServiceError, match=r"cannot be reached \(Connection refused\)") as caught:
        spoken(utterance(), settings=QUICK)
    assert "Is the server at 127.0.0.1:9, which CHAPTERCAST_OPENAI_URL names, running?" in caught.value.remedy


def test_a_name_that_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", "http://nowhere.invalid/v1")
    with pytest.raises(ServiceError, match="not found"):
        spoken(utterance(), settings=QUICK)


def test_a_key_that_holds_what_none_holds_is_no_request(served: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_KEY", "two words")
    with pytest.raises(UsageError, match="CHAPTERCAST_OPENAI_KEY"):
        spoken(utterance(), settings=QUICK)
    assert served.requests == []
