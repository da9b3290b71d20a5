"""Fetching: what comes back, and a clear refusal of everything else. All from a server of the tests' own."""

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest
from tests.serving import Site, serving

from chaptercast.document.sources import http_request
from chaptercast.document.sources.encoding import decode
from chaptercast.document.sources.fetch import MAX_REDIRECTS, Fetched, Limits, fetch
from chaptercast.errors import ChaptercastError, InputError, UsageError

HERE = Limits(private=True)
PAGE = b"<!doctype html><title>T</title><p>Hello from the web.</p>"


def get(url: str, limits: Limits = HERE) -> Fetched:
    return fetch(url, lambda _line: None, limits)


def to(location: str, status: int = 302) -> tuple[int, dict[str, str], bytes]:
    return status, {"Location": location}, b""


def test_a_page_is_fetched_and_its_host_is_told() -> None:
    told: list[str] = []
    with serving({"/a?b=c": PAGE}) as site:
        found = fetch(site.url("/a?b=c#part"), told.append, HERE)
        assert found == Fetched(PAGE, site.url("/a?b=c"))
        assert told == ["Fetching from 127.0.0.1."]
        _, headers = site.requests[0]
        assert headers["Host"] == site.host
        assert headers["User-Agent"].startswith("chaptercast/")


def test_other_letters_are_escaped() -> None:
    with serving({"/%E4%B8%AD%20x?q=%C3%BC": PAGE}) as site:
        assert get(site.url("/中 x?q=ü")).url == site.url("/%E4%B8%AD%20x?q=%C3%BC")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_counts(status: int) -> None:
    with serving({"/old": to("/new/?a=1#x", status), "/new/?a=1": PAGE}) as site:
        assert get(site.url("/old")).url == site.url("/new/?a=1")


def test_so_many_redirects_and_no_more() -> None:
    with serving({f"/{n}": to(f"/{n + 1}") for n in range(20)}) as site:
        site.answers[f"/{MAX_REDIRECTS}"] = PAGE
        assert get(site.url("/0")).data == PAGE
        with pytest.raises(InputError, match=f"more than {MAX_REDIRECTS} times"):
            get(site.url("/6"))


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:x", "https:///x", "http://[x", "http://u:p@127.0.0.1/"],
)
def test_a_redirect_leads_only_to_the_web(location: str) -> None:
    with serving({"/": to(location)}) as site:
        with pytest.raises(InputError):
            get(site.url("/"))
        assert len(site.requests) == 1


def test_each_hop_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = {"outside.example": "127.0.0.1", "inside.example": "10.0.0.1"}

    def look_up(host: str, port: int, **_: object) -> list:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (addresses[host], port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(http_request, "is_private", lambda address: address == "10.0.0.1")
    told: list[str] = []
    with serving({}) as site:
        port = site.host.partition(":")[2]
        site.answers["/"] = to(f"http://inside.example:{port}/secret")
        with pytest.raises(UsageError, match="private network"):
            fetch(f"http://outside.example:{port}/", told.append)
        assert [path for path, _ in site.requests] == ["/"]
    assert told == ["Fetching from outside.example.", "Fetching from inside.example."]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_this_machine_is_asked_only_if_allowed(host: str) -> None:
    with serving({"/": PAGE}) as site:
        with pytest.raises(UsageError) as raised:
            get(f"http://{host}:{site.host.partition(':')[2]}/", Limits())
        assert "--allow-private-address" in raised.value.remedy
        assert not site.requests


DISGUISED = (
    "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.0.0.1.", "localhost.", "LOCALHOST",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::]", "0", "0.0.0.0", "[64:ff9b::7f00:1]", "[::127.0.0.1]",
    "１２７.０.０.１", "127。0。0。1", "[::1%25lo]", "127.0.0.1#@example.org", "127.0.0.1%2f@example.org",
)  # fmt: skip


@pytest.mark.parametrize("host", DISGUISED)
def test_this_machine_is_not_asked_under_another_name(host: str) -> None:
    with serving({}) as site:
        port = site.host.partition(":")[2]
        name, sign, rest = host.partition("#")
        with pytest.raises(ChaptercastError):
            get(f"http://{name}:{port}/{sign}{rest}", Limits(seconds=5, connect_seconds=1))
        assert site.requests == []


PUBLIC, PRIVATE = "93.184.215.14", "127.0.0.1"


def names(monkeypatch: pytest.MonkeyPatch, *answers: tuple[str, ...]) -> list[tuple[str, object]]:
    """Make each look-up give the next of `answers`; what is looked up and connected to is recorded."""
    happened: list[tuple[str, object]] = []
    left = list(answers)

    def look_up(host: str, port: int, **_: object) -> list:
        happened.append(("look up", host))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in left.pop(0)]

    def connect(_self: socket.socket, address: tuple[str, int]) -> None:
        happened.append(("connect", address[0]))
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    return happened


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    happened = names(monkeypatch, (PUBLIC,), (PRIVATE,))
    with pytest.raises(InputError, match="refused"):
        get("http://rebinding.example/", Limits())
    assert happened == [("look up", "rebinding.example"), ("connect", PUBLIC)]


def test_one_private_address_among_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    happened = names(monkeypatch, (PUBLIC, PRIVATE))
    with pytest.raises(UsageError):
        get("http://mixed.example/", Limits())
    assert happened == [("look up", "mixed.example")]


def test_every_address_of_a_host_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    happened = names(monkeypatch, (PUBLIC, "93.184.215.15"))
    with pytest.raises(InputError):
        get("http://two.example/", Limits())
    assert [what for what, _ in happened] == ["look up", "connect", "connect"]


def test_a_host_that_nobody_knows() -> None:
    with pytest.raises(InputError, match=r"nobody knows the host nowhere\.invalid"):
        get("http://nowhere.invalid/")


def test_a_port_that_nobody_listens_at() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(InputError, match="cannot be reached"):
            get(f"http://127.0.0.1:{closed.getsockname()[1]}/")


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "404 Not Found"), (403, "403 Forbidden"), (500, "500 Internal"), (429, "429"), (304, "304"), (302, "302")],
)
def test_other_answers_are_told(status: int, words: str) -> None:
    with serving({"/": (status, {}, b"")}) as site, pytest.raises(InputError, match=words):
        get(site.url("/"))


@pytest.mark.parametrize("kind", ["image/png", "audio/mpeg", "video/mp4", "font/woff2"])
def test_what_cannot_be_an_article_is_not_taken(kind: str) -> None:
    with serving({"/": (200, {"Content-Type": kind}, b"x")}) as site, pytest.raises(InputError, match=kind):
        get(site.url("/"))


def test_what_is_announced_as_too_large_is_not_even_begun() -> None:
    with (
        serving({"/": (200, {"Content-Length": "60000000"}, b"")}) as site,
        pytest.raises(InputError, match="larger than 50 MB"),
    ):
        get(site.url("/"))


def endless(handler) -> None:
    """Never says how long it is, and never ends."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x" * 65536)
    except OSError:
        pass


def test_what_becomes_too_large_is_given_up() -> None:
    with serving({"/": endless}) as site, pytest.raises(InputError, match="larger than 1 MB"):
        get(site.url("/"), Limits(size=1_000_000, private=True))


def test_a_bomb_is_unpacked_no_further_than_the_limit() -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    with (
        serving({"/": (200, {"Content-Encoding": "gzip"}, bomb)}) as site,
        pytest.raises(InputError, match="larger than 50 MB"),
    ):
        get(site.url("/"))


def test_packed_though_not_asked_for() -> None:
    with serving({"/": (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE))}) as site:
        assert get(site.url("/")).data == PAGE
        assert site.requests[0][1]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(("packing", "body"), [("br", PAGE), ("gzip", b"no gzip at all")])
def test_packed_in_a_way_that_is_not_known(packing: str, body: bytes) -> None:
    with serving({"/": (200, {"Content-Encoding": packing}, body)}) as site, pytest.raises(InputError, match="packed"):
        get(site.url("/"))


def test_what_breaks_off_is_not_half_an_article() -> None:
    with serving({"/": (200, {"Content-Length": "5000"}, PAGE)}) as site, pytest.raises(InputError, match="broke off"):
        get(site.url("/"))


def test_chunks_are_joined_and_half_of_them_refused() -> None:
    def chunked(end: bytes):
        def answer(handler) -> None:
            handler.protocol_version = "HTTP/1.1"
            handler.send_response(200)
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            handler.wfile.write(b"5\r\nHello\r\n6\r\n world\r\n" + end)

        return answer

    with serving({"/whole": chunked(b"0\r\n\r\n"), "/half": chunked(b"")}) as site:
        assert get(site.url("/whole")).data == b"Hello world"
        with pytest.raises(InputError, match="broke off"):
            get(site.url("/half"))


def dripping(site: Site, *, headers: bool):
    """Sends a byte and waits; in the middle of the headers or of the body."""

    def answer(handler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + (b"X-Slow: y" if headers else b"\r\nHello"))
        handler.wfile.flush()
        site.over.wait(20)

    return answer


@pytest.mark.parametrize("headers", [True, False])
def test_the_time_is_over_for_all_together(headers: bool) -> None:
    with serving({}) as site:
        site.answers["/"] = dripping(site, headers=headers)
        with pytest.raises(InputError, match="takes too long"):
            get(site.url("/"), Limits(seconds=0.2, private=True))
        site.over.set()


@pytest.mark.parametrize(
    "answer", [b"SSH-2.0-OpenSSH_9.6\r\n", b"", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500]
)
def test_what_is_no_http(answer: bytes) -> None:
    with serving({"/": lambda handler: handler.wfile.write(answer)}) as site, pytest.raises(InputError):
        get(site.url("/"))


def test_a_server_without_tls() -> None:
    with serving({"/": PAGE}) as site, pytest.raises(InputError, match="no secure connection"):
        get(f"https://{site.host}/")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not here to make a certificate")
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    made = [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=here.example",
    ]
    names = ["-addext", "subjectAltName=DNS:here.example,IP:127.0.0.1"]
    subprocess.run([openssl, *made, *names, "-keyout", file, "-out", f"{file}.crt"], check=True, capture_output=True)
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file


@pytest.mark.parametrize("trusted", [True, False])
def test_certificates_are_checked(certificate: Path, trusted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"https://127.0.0.1:{listening.getsockname()[1]}/"
        thread = threading.Thread(target=_answer_once, args=(listening, context), daemon=True)
        thread.start()
        if trusted:
            assert get(url).data == b"secret"
        else:
            with pytest.raises(InputError, match="certificate is not valid"):
                get(url)
        thread.join(10)


def _answer_once(listening: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = listening.accept()
    try:
        with context.wrap_socket(connection, server_side=True) as stream:
            stream.recv(65536)
            stream.sendall(b"HTTP/1.0 200 OK\r\n\r\nsecret")
    except OSError:
        pass


CHINESE = "<p>给盲人读者的港口图书馆</p>"


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [
        ("text/html; charset=gb2312", CHINESE.encode("gb18030"), CHINESE),
        ("text/html; charset=ISO-8859-1", CHINESE.encode(), CHINESE),  # a server's default, and wrong
        ("text/html; charset=iso-8859-1", b"<p>caf\xe9 \x93x\x94</p>", "<p>café “x”</p>"),
        ("text/html; charset=x-unknown", CHINESE.encode(), CHINESE),
        ("text/plain; charset=utf-16-le", "plain text".encode("utf-16"), "plain text"),
        ("text/html", "<meta charset=big5><p>讀者</p>".encode("big5"), "<meta charset=big5><p>讀者</p>"),
        (
            "text/html; charset=shift_jis",
            "<meta charset=euc-jp><p>図書館の本</p>".encode("cp932"),
            "<meta charset=euc-jp><p>図書館の本</p>",
        ),
    ],
)
def test_the_servers_word_for_the_encoding(kind: str, data: bytes, text: str) -> None:
    with serving({"/": (200, {"Content-Type": kind}, data)}) as site:
        assert decode(get(site.url("/")).data) == text


def test_what_is_no_text_is_left_as_it_is() -> None:
    data = bytes(range(256))
    with serving({"/": (200, {"Content-Type": "application/epub+zip; charset=latin-1"}, data)}) as site:
        assert get(site.url("/")).data == data
