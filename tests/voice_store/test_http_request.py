"""Encrypted connections, and proxies on the way to them: everything ends on this machine."""

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.serving import serving
from tests.voice_store.makers import giving

from chaptercast.errors import UsageError
from chaptercast.voice_store import http_request
from chaptercast.voice_store.http_request import Gone, RetryPolicy, Torn, responded

HERE = RetryPolicy(silence_s=5.0)
HOST = "voices.example"


def read(address: str, proxy: str = "") -> bytes:
    with responded(address, {}, HERE, proxy) as response:
        return response.read()


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    """Certificates are loaded once in a run; each test has its own."""
    http_request._opener.cache_clear()
    yield
    http_request._opener.cache_clear()


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server with a certificate for `voices.example`, by an authority that is trusted."""
    import trustme

    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/down":
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:1/x")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            giving(b"secret")(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with _running(server):
        yield server.server_port


class _running:  # noqa: N801 -- used as a statement
    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server
        self._thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> None:
        self._server.daemon_threads = True
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def tunnel(secure: int) -> Iterator[tuple[str, list[str]]]:
    """A proxy that leads to the secure server, whatever it is asked for, and what it was asked for."""
    import socket

    asked: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            with socket.create_connection(("127.0.0.1", secure)) as onward:
                other = threading.Thread(target=_pump, args=(onward, self.connection), daemon=True)
                other.start()
                _pump(self.connection, onward)
                other.join()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    with _running(server):
        yield f"http://127.0.0.1:{server.server_port}", asked


def _pump(source: Any, target: Any) -> None:
    import socket

    try:
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@pytest.mark.parametrize("variable", ["https_proxy", "HTTPS_PROXY", "ALL_PROXY"])
def test_the_proxy_of_the_environment_is_used(
    tunnel: tuple[str, list[str]], variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, asked = tunnel
    monkeypatch.setenv(variable, proxy)
    assert read(f"https://{HOST}/model") == b"secret"
    assert asked == [f"{HOST}:443"]


def test_the_proxy_that_is_given_counts_more(tunnel: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    proxy, asked = tunnel
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    assert read(f"https://{HOST}/model", proxy.removeprefix("http://")) == b"secret"
    assert asked


def test_no_proxy_is_used_for_hosts_that_are_named_and_for_this_machine(
    tunnel: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, asked = tunnel
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.setenv("NO_PROXY", HOST)
    with pytest.raises(Torn, match="cannot be reached"):
        read(f"https://{HOST}/model")  # tests have no network
    with serving({"/": giving(b"here")}) as site:
        assert read(site.url("/")) == b"here"
    assert asked == []


def test_a_proxy_of_another_kind_is_refused_and_its_password_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://user:secret@127.0.0.1:1")
    with pytest.raises(UsageError) as caught:
        read(f"https://{HOST}/model")
    assert "secret" not in caught.value.message


def test_who_cannot_prove_who_it_is_is_not_believed(tunnel: tuple[str, list[str]]) -> None:
    with pytest.raises(Gone, match="cannot prove who it is"):
        read("https://another.example/model", tunnel[0])


def test_an_authority_that_is_not_trusted_is_not_believed(
    tunnel: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Gone, match="cannot prove who it is"):
        read(f"https://{HOST}/model", tunnel[0])


def test_an_encrypted_address_never_leads_to_a_plain_one(tunnel: tuple[str, list[str]]) -> None:
    with pytest.raises(Gone, match="no safe address"):
        read(f"https://{HOST}/down", tunnel[0])
