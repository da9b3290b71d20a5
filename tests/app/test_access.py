"""Who gets through the door: attacks from the network, from other sites' pages, and by names."""

import re
import socket
from collections.abc import Iterator

import httpx
import pytest
from tests.app.conftest import App, command, ended, job_of, sent

PATHS = (
    *(
        "/",
        "/app/",
        "/app",
        "/app/events",
        "/app/connect",
        "/app/manifest.webmanifest",
        "/app/jobs/x",
        "/api/episodes/x",
    ),
    *(
        "/app/feeds",
        "/app/feeds/x",
        "/app/words",
        "/app/words/en",
        "/app/kept",
        "/app/samples/x.mp3",
        "/app/jobs/x/so-far.mp3",
    ),
    *("/api/openapi.json", "/feed.xml", "/index.html", "/a/a.mp3", "/.queue/token"),
    *("/listen/x/feed.xml", "/listen//", "/%2e%2e/", "//app/", "/app/../index.html", "/app/sign-in/../"),
)
FEED = """<rss xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel><title>secret</title>
<atom:link href="https://example.org/show/feed.xml" rel="self"/>
<item><enclosure url="https://example.org/show/a/a.mp3" length="6" type="audio/mpeg"/></item></channel></rss>"""
POSTS = [
    *("/app/jobs", "/api/episodes", "/app/jobs/x/delete", "/app/jobs/x/cancel"),
    *("/app/feeds", "/app/feeds/look", "/app/feeds/x/remove", "/app/sample", "/app/words/en", "/app/words/en/remove"),
]


@pytest.fixture(scope="module")
def open_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    site = tmp_path_factory.mktemp("open") / "site"
    (site / "a").mkdir(parents=True)
    (site / "a" / "a.mp3").write_bytes(b"secret")
    (site / "index.html").write_text("secret")
    (site / "feed.xml").write_text(FEED)
    with command(site, "--offline", "--host", "0.0.0.0") as running:
        yield running


def raw(app: App, request: str) -> bytes:
    with socket.create_connection(("127.0.0.1", int(app.url.rpartition(":")[2])), timeout=30) as connection:
        connection.sendall(request.encode("latin-1"))
        return b"".join(iter(lambda: connection.recv(65536), b""))


def cookie_of(answer: httpx.Response) -> str:
    return answer.headers["set-cookie"].partition(";")[0]


@pytest.mark.parametrize("path", PATHS)
def test_without_the_key_nothing_is_seen(open_app: App, path: str) -> None:
    with open_app.client() as client:
        for headers in ({}, {"Cookie": "chaptercast=x"}, {"Authorization": "Bearer x"}, {"Cookie": "\x01=;;"}):
            answer = client.get(path, headers=headers)
            assert answer.status_code == 401
            assert "secret" not in answer.text
            assert open_app.key not in answer.text


@pytest.mark.parametrize("path", POSTS)
def test_without_the_key_nothing_is_done(open_app: App, path: str) -> None:
    with open_app.client() as client:
        assert client.post(path, json={"text": "Hello."}).status_code == 401
        assert client.post(path, data={"text": "Hello."}).status_code == 401
    with open_app.client(Authorization=f"Bearer {open_app.key}") as client:
        assert "<li id=" not in client.get("/app/").text


def test_the_link_lets_a_browser_in_with_a_cookie_that_scripts_do_not_see(open_app: App) -> None:
    with open_app.client() as client:
        answer = client.get(f"/app/sign-in?token={open_app.key}")
        assert answer.status_code == 303
        attributes = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
        assert {"httponly", "samesite=strict", "path=/"} <= attributes
        assert client.get("/app/").status_code == 200, "the client keeps the cookie"
        assert "secret" in client.get("/index.html").text
        job = job_of(sent(client, text="I am let in."))
        assert ended(client, job) == "done"


def test_the_form_lets_in_who_types_the_key(open_app: App) -> None:
    with open_app.client() as client:
        wrong = client.post("/app/sign-in", data={"token": "wrong"})
        assert wrong.status_code == 401
        assert "set-cookie" not in wrong.headers
        assert 'aria-invalid="true"' in wrong.text
        assert client.post("/app/sign-in", data={"token": open_app.key}).status_code == 303


def test_the_podcasts_address_opens_recordings_and_nothing_else(open_app: App) -> None:
    with open_app.client(Authorization=f"Bearer {open_app.key}") as client:
        found = re.search(r'href="(http[^"]*/listen/[^"]*/feed\.xml)"', client.get("/app/connect").text)
    assert found
    listen = "/listen/" + found[1].partition("/listen/")[2].removesuffix("feed.xml")
    assert open_app.key not in listen
    with open_app.client() as client:
        feed = client.get(f"{listen}feed.xml").text
        assert "secret" in feed
        assert f'url="{open_app.url}{listen}a/a.mp3"' in feed, "a podcast app finds the recordings with the same key"
        assert client.get(f"{listen}a/a.mp3").content == b"secret"
        assert client.get(f"{listen}.queue/token").status_code == 404
        assert client.get(f"{listen}app/").status_code == 404
        assert client.get(f"{listen}%2e%2e/app/").status_code in {401, 404}
        assert client.post(f"{listen}feed.xml").status_code == 405
        key = listen.split("/")[2]
        assert client.get("/app/", headers={"Authorization": f"Bearer {key}"}).status_code == 401


def test_the_key_is_kept_for_its_owner(open_app: App) -> None:
    path = open_app.site / ".queue" / "token"
    assert path.read_text() == open_app.key
    assert len(open_app.key) >= 32
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {},
    ],
)
def test_forms_of_other_sites_do_nothing(app: App, headers: dict[str, str]) -> None:
    with httpx.Client(base_url=app.url, trust_env=False) as client:
        for path in POSTS:
            for body in (
                {"data": {"text": "Hello."}},
                {"content": b'{"text": "Hello."}', "headers": {"Content-Type": "text/plain"}},
            ):
                request = client.build_request("POST", path, **body)  # type: ignore[arg-type]
                request.headers.update(headers)
                assert client.send(request).status_code == 403


def test_a_cookie_alone_is_no_proof_that_the_page_is_ours(open_app: App) -> None:
    with httpx.Client(base_url=open_app.url, trust_env=False) as client:
        client.get(f"/app/sign-in?token={open_app.key}")
        answer = client.post("/app/jobs", data={"text": "Hello."}, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "a b", "localhost:99999999"]
)
def test_other_names_are_refused(app: App, host: str) -> None:
    for method in ("GET", "POST"):
        answer = raw(app, f"{method} /app/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        assert answer.split(b" ", 2)[1] in {b"421", b"400"}


def test_no_other_method_is_taken(client: httpx.Client) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert client.request(method, "/app/jobs/x").status_code == 405


def test_headers_cannot_be_split_and_pages_not_framed(client: httpx.Client) -> None:
    answer = client.get("/app/?said=%0d%0aSet-Cookie:%20x=1")
    assert "set-cookie" not in answer.headers
    for path in ("/app/", "/app/connect", "/app/jobs/x"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
