"""Files over HTTP: byte for byte, whole and in ranges, with what caches and players go by."""

import email
import random
from concurrent.futures import ThreadPoolExecutor
from email.policy import HTTP
from threading import Barrier
from urllib.parse import quote

import httpx
import pytest
from tests.server.conftest import AUDIO, SLUG, Served

PATH = f"{quote(SLUG)}/a.mp3"
SIZE = len(AUDIO)
CLIENTS = 50
EACH = 20


def test_a_file_is_sent_whole(client: httpx.Client) -> None:
    answer = client.get(PATH)
    assert (answer.status_code, answer.content) == (200, AUDIO)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-length"] == str(SIZE)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_head_tells_the_same_and_sends_nothing(client: httpx.Client) -> None:
    for path in (PATH, "feed.xml", "index.html", "nowhere.mp3"):
        whole, head = client.get(path), client.head(path)
        assert head.content == b""
        assert head.status_code == whole.status_code
        assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}


def test_head_knows_no_ranges(client: httpx.Client) -> None:
    answer = client.head(PATH, headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer.headers["content-length"]) == (200, str(SIZE))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.mp3", "audio/mpeg"),
        ("transcript.vtt", "text/vtt; charset=utf-8"),
        ("transcript.srt", "application/x-subrip"),
        ("chapters.json", "application/json+chapters"),
        ("episode.json", "application/json"),
        ("script.ssml", "application/ssml+xml"),
        ("index.html", "text/html; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
        ("../feed.xml", "application/rss+xml"),
        ("../cover.png", "image/png"),
    ],
)
def test_types(client: httpx.Client, name: str, kind: str) -> None:
    assert client.get(f"{quote(SLUG)}/{name}").headers["content-type"] == kind


def test_only_what_web_players_fetch_may_be_read_by_other_sites(client: httpx.Client) -> None:
    open_to_all = {
        name
        for name in ("a.mp3", "transcript.vtt", "transcript.srt", "chapters.json", "episode.json", "index.html")
        if client.get(f"{quote(SLUG)}/{name}").headers.get("access-control-allow-origin") == "*"
    }
    assert open_to_all == {"transcript.vtt", "transcript.srt", "chapters.json"}


def test_a_folder_is_its_page(client: httpx.Client) -> None:
    answer = client.get(quote(SLUG))
    assert (answer.status_code, answer.headers["location"]) == (308, f"/{quote(SLUG)}/")
    assert client.get(f"{quote(SLUG)}/").text == "index.html"
    assert client.get("/").text.endswith("<title>all</title>")


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("bytes=0-0", [(0, 1)]),
        ("bytes=0-", [(0, SIZE)]),
        ("bytes=7-99999999", [(7, SIZE)]),
        ("bytes=-1", [(SIZE - 1, SIZE)]),
        ("bytes=-99999999", [(0, SIZE)]),
        ("BYTES=5-6", [(5, 7)]),
        ("bytes=0-1,10-12, -5", [(0, 2), (10, 13), (SIZE - 5, SIZE)]),
        ("bytes=0-1,99999999-", [(0, 2)]),
        ("bytes=99999999-, 4-5, -0", [(4, 6)]),
        ("bytes=0-9,5-20", [(0, 21)]),
    ],
)
def test_ranges(client: httpx.Client, asked: str, parts: list[tuple[int, int]]) -> None:
    answer = client.get(PATH, headers={"Range": asked})
    assert answer.status_code == 206
    assert byte_ranges(answer) == [(start, end, AUDIO[start:end]) for start, end in parts]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=-0", "bytes=99999999-,99999998-99999999"])
def test_ranges_that_are_not_there(client: httpx.Client, asked: str) -> None:
    answer = client.get(PATH, headers={"Range": asked})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize(
    "asked", ["lines=1-2", "bytes", "bytes=", "bytes=a-b", "bytes=--5", "bytes=9-2", "bytes=1_0-", "bytes=1-2,x"]
)
def test_what_is_no_range_is_ignored(client: httpx.Client, asked: str) -> None:
    answer = client.get(PATH, headers={"Range": asked})
    assert (answer.status_code, answer.content) == (200, AUDIO)


def test_very_many_ranges_are_the_whole_file(client: httpx.Client) -> None:
    answer = client.get(PATH, headers={"Range": "bytes=" + ",".join(f"{2 * n}-{2 * n}" for n in range(2000))})
    assert (answer.status_code, answer.content) == (200, AUDIO)


def test_an_empty_file_has_no_range(client: httpx.Client) -> None:
    assert client.get("nothing.mp3").content == b""
    assert client.get("nothing.mp3", headers={"Range": "bytes=0-"}).status_code == 416
    assert client.get("nothing.mp3", headers={"Range": "bytes=-5"}).status_code == 416


def test_what_did_not_change_is_not_sent_again(client: httpx.Client) -> None:
    for path in (PATH, "feed.xml", "index.html"):
        first = client.get(path)
        tag, changed = first.headers["etag"], first.headers["last-modified"]
        for headers in (
            {"If-None-Match": tag},
            {"If-None-Match": f'"other", W/{tag}'},
            {"If-None-Match": "*"},
            {"If-Modified-Since": changed},
        ):
            again = client.get(path, headers=headers)
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        for headers in (
            {"If-None-Match": '"other"'},
            {"If-None-Match": '"other"', "If-Modified-Since": changed},
            {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
            {"If-Modified-Since": "yesterday"},
        ):
            assert client.get(path, headers=headers).status_code == 200


def test_a_range_is_sent_only_of_the_version_it_was_asked_of(client: httpx.Client) -> None:
    first = client.get(PATH)
    for version in (first.headers["etag"], first.headers["last-modified"]):
        assert client.get(PATH, headers={"Range": "bytes=0-4", "If-Range": version}).content == AUDIO[:5]
    for version in ('"other"', f"W/{first.headers['etag']}", "Mon, 01 Jan 2001 00:00:00 GMT"):
        answer = client.get(PATH, headers={"Range": "bytes=0-4", "If-Range": version})
        assert (answer.status_code, answer.content) == (200, AUDIO)


def test_a_thousand_random_ranges_by_fifty_clients_at_once(served: Served) -> None:
    together = Barrier(CLIENTS)

    def listen(seed: int) -> int:
        chance = random.Random(seed)
        right = 0
        with httpx.Client(base_url=served.url, trust_env=False, timeout=60) as client:
            together.wait()
            for _ in range(EACH):
                start, end = sorted(chance.randrange(SIZE) for _ in range(2))
                form = chance.choice([f"{start}-{end}", f"{start}-", f"-{SIZE - start}"])
                wanted = AUDIO[start : end + 1] if form == f"{start}-{end}" else AUDIO[start:]
                answer = client.get(PATH, headers={"Range": f"bytes={form}"})
                right += answer.status_code == 206 and byte_ranges(answer) == [(start, start + len(wanted), wanted)]
        return right

    with ThreadPoolExecutor(CLIENTS) as clients:
        assert sum(clients.map(listen, range(CLIENTS))) == CLIENTS * EACH


def byte_ranges(answer: httpx.Response) -> list[tuple[int, int, bytes]]:
    """The parts of a partial answer: from, to (not included), content; multipart is read by the standard library."""
    kind = answer.headers["content-type"]
    assert int(answer.headers["content-length"]) == len(answer.content)
    if not kind.startswith("multipart/byteranges"):
        return [(*span(answer.headers["content-range"]), answer.content)]
    message = email.message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + answer.content, policy=HTTP)
    parts = list(message.iter_parts())
    assert not message.defects
    boundary = message.get_boundary()
    assert boundary is not None
    # The parser of mail decodes text; the bytes are taken from the answer itself.
    pieces = answer.content.split(f"--{boundary}".encode())[1:-1]
    contents = [piece.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for piece in pieces]
    assert {part.get_content_type() for part in parts} == {"audio/mpeg"}
    return [(*span(part["content-range"]), content) for part, content in zip(parts, contents, strict=True)]


def span(header: str) -> tuple[int, int]:
    unit, _, rest = header.partition(" ")
    positions, _, size = rest.partition("/")
    first, _, last = positions.partition("-")
    assert (unit, size) == ("bytes", str(SIZE))
    return int(first), int(last) + 1
