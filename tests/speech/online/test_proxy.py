"""Proxies by the usual variables."""

import urllib.request

import pytest

from chaptercast.errors import UsageError
from chaptercast.speech.online.proxy import proxy_for

SERVICE = "wss://speech.example.org/consumer/edge/v1?a=b"


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http", "https", "all", "no", "wss", "ws"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name.upper()}_PROXY", raising=False)
    monkeypatch.setattr(urllib.request, "getproxies", urllib.request.getproxies_environment)
    monkeypatch.setattr(urllib.request, "proxy_bypass", urllib.request.proxy_bypass_environment)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://p:3128"}, "http://p:3128"),
        ({"https_proxy": "http://p:3128"}, "http://p:3128"),
        ({"HTTPS_PROXY": "p:3128"}, "http://p:3128"),
        ({"ALL_PROXY": "http://a:1"}, "http://a:1"),
        ({"ALL_PROXY": "socks5://a:1", "HTTPS_PROXY": "http://p:3128"}, "http://p:3128"),
        ({"HTTP_PROXY": "http://p:3128"}, None),
        ({"HTTPS_PROXY": "http://p:3128", "NO_PROXY": "example.org"}, None),
        ({"HTTPS_PROXY": "http://p:3128", "NO_PROXY": "*"}, None),
        ({"HTTPS_PROXY": "http://p:3128", "NO_PROXY": "elsewhere.org"}, "http://p:3128"),
    ],
)
def test_variables(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str | None) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(SERVICE) == expected


def test_what_is_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://p:3128")
    monkeypatch.setenv("NO_PROXY", "*")
    assert proxy_for(SERVICE, "https://mine:1") == "https://mine:1"


@pytest.mark.parametrize("proxy", ["socks5://u:secret@p:1", "http://", "http://p:99999", "ftp://p", "http://[p:1"])
def test_what_cannot_be_used_is_told_without_its_password(proxy: str) -> None:
    with pytest.raises(UsageError, match="must be an HTTP proxy") as caught:
        proxy_for(SERVICE, proxy)
    assert "secret" not in str(caught.value) + caught.value.remedy
