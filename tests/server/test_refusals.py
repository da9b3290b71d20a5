"""What must not be had, asked for in every spelling: by raw sockets, since clients put addresses right."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.server.conftest import SLUG, Served

from chaptercast.serving.file_lookup import locate
from chaptercast.serving.host_names import is_own

FORBIDDEN = [
    b"/../secret.txt",
    b"/..%2fsecret.txt",
    b"/..%2Fsecret.txt",
    b"/%2e%2e/secret.txt",
    b"/%2e%2e%2fsecret.txt",
    b"/%252e%252e/secret.txt",
    b"/empty/../../secret.txt",
    b"/empty%2f..%2f..%2fsecret.txt",
    b"/..\\secret.txt",
    b"/..%5csecret.txt",
    b"/%c0%ae%c0%ae/secret.txt",
    b"/..;/secret.txt",
    b"/../site-beside/secret.txt",
    b"//etc/passwd",
    b"/%2fetc/passwd",
    b"/%2fetc%2fpasswd",
    b"/etc/passwd",
    b"///etc/passwd",
    b"/C:/Windows/win.ini",
    b"/index.html::$DATA",
    b"/index.html%00",
    b"/index.html%00.mp3",
    b"/%00",
    b"/index.html%0d%0aX: y",
    b"/%ff%fe",
    b"/.secret.txt",
    b"/%2esecret.txt",
    b"/.hidden/secret.txt",
    b"/./index.html",
    b"/show.toml",
    b"/out.txt",
    b"/out/secret.txt",
    b"/out/",
    b"/absolute.txt",
    b"/unhidden.txt",
    b"/loop.txt",
    b"/pipe.txt",
    b"/empty",
    b"/empty/",
    b"/index.html/",
    b"/index.html/x",
    b"/" + b"a" * 300,
    b"/" + b"a/" * 5000,
    b"/" + b"%61" * 20_000,
    b"http://example.org/index.html",
    b"index.html",
    b"*",
    b"/\x00",
    b"/\xff",
    b"/a b",
]


@pytest.mark.parametrize("target", FORBIDDEN, ids=lambda target: repr(target[:40]))
@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
def test_refused(served: Served, method: bytes, target: bytes) -> None:
    status, answer = served.asked(target, method)
    assert 400 <= status < 500
    assert b"secret" not in answer.partition(b"\r\n\r\n")[2]
    assert b"root:" not in answer
    assert b"Traceback" not in answer


@pytest.mark.parametrize(
    "method", [b"POST", b"PUT", b"DELETE", b"OPTIONS", b"PATCH", b"TRACE", b"CONNECT", b"PROPFIND"]
)
def test_only_get_and_head(served: Served, method: bytes) -> None:
    status, answer = served.asked(b"/index.html", method)
    assert status == 405
    assert b"allow: GET, HEAD" in answer


@pytest.mark.parametrize(
    "host",
    [
        b"evil.example",
        b"127.0.0.1.evil.example",
        b"127.0.0.1/x",
        b"127.0.0.1:1:2",
        b'"><x',
        b"user@127.0.0.1",
        b"",
        b"localhost,evil",
    ],
)
def test_other_names_than_this_machines_are_refused(served: Served, host: bytes) -> None:
    status, answer = served.raw(b"GET /feed.xml HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
    assert status in {400, 421}
    assert b"<rss" not in answer


@pytest.mark.parametrize(
    "request_",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused(served: Served, request_: bytes) -> None:
    assert served.raw(request_)[0] in {400, 431}


@pytest.mark.parametrize("start", [b"GET /", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "])
def test_endless_requests_are_cut_off(served: Served, start: bytes) -> None:
    assert served.raw(start + b"a" * 2_000_000)[0] in {0, 400}


def test_a_request_of_an_old_client_without_a_host_gets_the_feed_of_this_address(served: Served) -> None:
    status, answer = served.raw(b"GET /feed.xml HTTP/1.0\r\n\r\n")
    assert status == 200
    assert f'<atom:link href="{served.feed}"'.encode() in answer


@pytest.mark.parametrize(
    "target", ["http://{0}/index.html", "HTTP://{0}/", "http://{0}", "http://localhost/index.html?a=/b"]
)
def test_a_target_in_absolute_form_is_taken_with_its_own_host(served: Served, target: str) -> None:
    host = urlsplit(served.url).netloc
    for sent in (host, "evil.example"):  # what the header says does not count (RFC 9112, 3.2.2)
        request = f"GET {target.format(host)} HTTP/1.1\r\nHost: {sent}\r\nConnection: close\r\n\r\n"
        status, answer = served.raw(request.encode())
        assert status == 200
        assert answer.endswith(b"<!doctype html><title>all</title>")


@pytest.mark.parametrize(
    "target", ["http://evil.example/index.html", "http://user@{0}/index.html", "https://{0}/index.html", "ftp://{0}/"]
)
def test_a_target_of_another_server_is_refused(served: Served, target: str) -> None:
    status, answer = served.asked(target.format(urlsplit(served.url).netloc).encode())
    assert status in {404, 421}
    assert b"<title>" not in answer


@given(st.text() | st.text(alphabet="./%2fe5c0\\:~a"))
@example("/" + "/".join([".."] * 40) + "/etc/passwd")
def test_nothing_outside_is_ever_found(folder: Path, path: str) -> None:
    found = locate(folder.resolve(), path)
    if found is not None:
        inside = found.relative_to(folder.resolve())
        assert not any(part.startswith(".") for part in inside.parts)


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's")
def test_a_link_inside_is_followed(folder: Path) -> None:
    assert locate(folder.resolve(), "/inside.mp3") == (folder / SLUG / "a.mp3").resolve()


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:80", "127.0.0.1:8000", "[::1]:8000", "192.168.1.2", "10.0.0.1:1"]
)
def test_names_of_this_machine(host: str) -> None:
    assert is_own(host)
