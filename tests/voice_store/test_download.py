"""Files from the makers' places, and from places that do all that such places should not do."""

import hashlib
import json
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from msgspec import Struct, field
from tests.serving import Site, serving
from tests.voice_store.makers import announcing, endless, giving, in_turn, saying, tearing, without_length
from tests.voice_store.packs import sha256

from chaptercast import __version__
from chaptercast.errors import ChaptercastError, EngineError, OutputError, ServiceError
from chaptercast.voice_store.download import Downloader, UnavailableError
from chaptercast.voice_store.http_request import MAX_REDIRECTS, RetryPolicy
from chaptercast.voice_store.model import PackFile

CONTENT = bytes(n * n % 251 for n in range(200_000))
HALF = len(CONTENT) // 2


class Maker(Struct):
    """A place, what was told, waited and counted while it was asked."""

    site: Site
    folder: Path
    told: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)
    clock: Callable[[], float] = lambda: 0.0
    silence_s: float = 5.0

    def fetch(self, *paths: str, content: bytes = CONTENT, **changes: str) -> PackFile:
        sources = tuple(path if "://" in path else self.site.url(path) for path in paths or ("/model",))
        file = PackFile("model.onnx", len(content), **{"sha256": sha256(content), **changes}, sources=sources)
        patience = RetryPolicy(silence_s=self.silence_s, sleep=self.waits.append, clock=self.clock)
        return Downloader(self.folder, self.told.append, patience).fetch(file, self.counted.append)

    def failed(self, kind: type[ChaptercastError], *paths: str) -> str:
        with pytest.raises(kind) as caught:
            self.fetch(*paths)
        assert not (self.folder / "model.onnx").exists()
        return caught.value.message

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    @property
    def asked(self) -> list[str]:
        return [headers.get("Range", "") for _, headers in self.site.requests]


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[Maker]:
    with serving({"/model": giving(CONTENT)}) as site:
        yield Maker(site, tmp_path)


def left(maker: Maker, content: bytes, etag: str = '"1"') -> None:
    """An earlier run broke off."""
    (maker.folder / "model.onnx.part").write_bytes(content)
    note = {"address": maker.site.url("/model"), "etag": etag}
    (maker.folder / "model.onnx.etag").write_text(json.dumps(note))


def came(maker: Maker) -> bool:
    """Whether the file is there, whole and alone, and counted to its last byte."""
    assert maker.names == ["model.onnx"]
    assert sum(maker.counted) == len(CONTENT)
    return (maker.folder / "model.onnx").read_bytes() == CONTENT


def test_a_file_comes_whole_and_no_more_is_told_than_must_be(maker: Maker) -> None:
    assert maker.fetch().sha256 == sha256(CONTENT)
    assert came(maker)
    ((_, headers),) = maker.site.requests
    assert headers.pop("User-Agent") == f"chaptercast/{__version__}"
    assert headers == {"Host": maker.site.host, "Accept-Encoding": "identity", "Connection": "close"}


def test_an_md5_is_held_against_it_where_there_is_nothing_better(maker: Maker) -> None:
    right = hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()
    assert maker.fetch(sha256="", md5=right).sha256 == sha256(CONTENT)
    with pytest.raises(EngineError, match="checksum is wrong"):
        maker.fetch(sha256="", md5="0" * 32)


def test_redirects_are_followed_to_another_server(maker: Maker) -> None:
    with serving({"/far/away": giving(CONTENT)}) as other:
        maker.site.answers |= {
            "/model": saying(302, Location="/moved?x=1"),
            "/moved?x=1": saying(307, Location=other.url("/far/away")),
        }
        left(maker, CONTENT[:HALF])
        maker.fetch()
        assert came(maker)
        assert [headers["Range"] for _, headers in other.requests] == [f"bytes={HALF}-"]


def test_so_many_redirects_and_no_more(maker: Maker) -> None:
    maker.site.answers |= {f"/{n}": saying(302, Location=f"/{n + 1}") for n in range(20)}
    maker.site.answers[f"/{MAX_REDIRECTS}"] = giving(CONTENT)
    maker.fetch("/0")
    assert came(maker)
    (maker.folder / "model.onnx").unlink()
    assert f"more than {MAX_REDIRECTS} times" in maker.failed(ServiceError, "/7")


@pytest.mark.parametrize(
    "location",
    ["http://example.org/x", "file:///etc/passwd", "ftp://127.0.0.1/x", "http://u:p@127.0.0.1/", "https:///"],
)
def test_a_redirect_leads_to_no_unsafe_address(maker: Maker, location: str) -> None:
    maker.site.answers["/model"] = saying(302, Location=location)
    assert "no safe address" in maker.failed(ServiceError)


def test_a_download_goes_on_where_it_broke_off(maker: Maker) -> None:
    left(maker, CONTENT[:HALF])
    maker.fetch()
    assert came(maker)
    assert maker.counted[0] == HALF
    ((_, headers),) = maker.site.requests
    assert (headers["Range"], headers["If-Range"]) == (f"bytes={HALF}-", '"1"')


def test_what_is_there_already_is_not_asked_for(maker: Maker) -> None:
    left(maker, CONTENT)
    maker.fetch()
    assert came(maker)
    assert not maker.site.requests


def test_another_version_comes_from_its_beginning(maker: Maker) -> None:
    left(maker, b"y" * HALF, '"0"')
    maker.fetch()
    assert came(maker)
    assert maker.asked == [f"bytes={HALF}-"]


@pytest.mark.parametrize("etag", ["", 'W/"1"'])
def test_a_version_that_is_not_known_for_sure_is_not_asked_for_by_name(maker: Maker, etag: str) -> None:
    left(maker, CONTENT[:HALF], etag)
    maker.fetch()
    assert came(maker)
    assert "If-Range" not in maker.site.requests[0][1]


def test_a_server_that_knows_no_ranges_sends_all_of_it_again(maker: Maker) -> None:
    maker.site.answers["/model"] = giving(CONTENT, ranges=False)
    left(maker, CONTENT[:HALF])
    maker.fetch()
    assert came(maker)


def test_a_wrong_beginning_is_noticed_in_the_end_and_forgotten(maker: Maker) -> None:
    left(maker, b"y" * HALF)
    maker.fetch()
    assert came(maker)
    assert maker.asked == [f"bytes={HALF}-", ""]


def test_more_than_the_whole_file_is_no_beginning(maker: Maker) -> None:
    left(maker, CONTENT + b"y")
    maker.fetch()
    assert came(maker)
    assert maker.asked == [""]


@pytest.mark.parametrize(
    "broken",
    [
        saying(416),
        saying(206, Content_Range=f"bytes 7-{len(CONTENT) - 1}/{len(CONTENT)}", Content_Length=str(len(CONTENT) - 7)),
        saying(206),
    ],
)
def test_a_part_that_is_not_the_one_that_was_asked_for_is_not_taken(maker: Maker, broken: Callable) -> None:
    maker.site.answers["/model"] = in_turn(broken, giving(CONTENT))
    left(maker, CONTENT[:HALF])
    maker.fetch()
    assert came(maker)
    assert maker.asked == [f"bytes={HALF}-", ""]


def test_a_torn_transfer_goes_on_by_itself(maker: Maker) -> None:
    maker.site.answers["/model"] = in_turn(tearing(CONTENT, HALF), tearing(CONTENT, 0), giving(CONTENT))
    maker.fetch()
    assert came(maker)
    assert maker.asked == ["", f"bytes={HALF}-", f"bytes={HALF}-"]
    assert maker.waits == [1.0, 2.0]
    assert maker.told[0] == "127.0.0.1: the transfer broke off; 0.1 of 0.2 MB are there, and it is asked again in 1 s."


def test_a_transfer_that_is_torn_again_and_again_ends_as_long_as_it_gets_on(maker: Maker) -> None:
    maker.site.answers["/model"] = tearing(CONTENT, len(CONTENT) // 20)
    maker.fetch()
    assert came(maker)
    assert set(maker.waits) == {1.0}


def test_one_that_does_not_get_on_ends_and_what_came_is_kept(maker: Maker) -> None:
    maker.site.answers["/model"] = in_turn(tearing(CONTENT, HALF), tearing(CONTENT, 10))
    assert "the transfer broke off" in maker.failed(ServiceError)
    assert maker.waits == [1.0, 2.0, 4.0, 8.0]
    assert (maker.folder / "model.onnx.part").stat().st_size == HALF + 40
    maker.site.answers["/model"] = giving(CONTENT)
    maker.counted.clear()
    maker.fetch()
    assert came(maker)


def test_one_that_begins_again_and_again_ends_too(maker: Maker) -> None:
    maker.site.answers["/model"] = in_turn(*[tearing(CONTENT, HALF), saying(416)] * 500)
    maker.failed(ServiceError)
    assert len(maker.site.requests) < 400


@pytest.mark.parametrize(
    ("answer", "told", "wait"),
    [
        (saying(429, Retry_After="7"), "it answered 429 Too Many Requests", 7.0),
        (saying(503, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT"), "it answered 503 Service Unavailable", 120.0),
        (saying(500, Retry_After="soon"), "it answered 500 Internal Server Error", 1.0),
        (without_length(CONTENT[:50]), "the transfer broke off", 1.0),
    ],
)
def test_what_may_work_later_is_asked_again(maker: Maker, answer: Callable, told: str, wait: float) -> None:
    maker.site.answers["/model"] = in_turn(answer, giving(CONTENT))
    maker.fetch()
    assert came(maker)
    assert told in maker.told[0]
    assert maker.waits == [wait]


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
def test_what_is_not_there_is_asked_for_elsewhere(maker: Maker, status: int) -> None:
    maker.site.answers["/gone"] = saying(status)
    maker.fetch("/gone", "/model")
    assert came(maker)
    assert f"it answered {status}" in maker.told[0]
    assert not maker.waits


def test_one_place_goes_on_with_what_another_began(maker: Maker) -> None:
    maker.site.answers["/torn"] = in_turn(tearing(CONTENT, HALF, '"other"'), saying(404))
    maker.fetch("/torn", "/model")
    assert came(maker)
    assert maker.asked == ["", f"bytes={HALF}-", f"bytes={HALF}-"]
    assert "If-Range" not in maker.site.requests[2][1]


WRONG = {
    "another content": (giving(b"y" * len(CONTENT)), "its checksum is wrong"),
    "ten gigabytes announced": (announcing(10**10), "it announces 10000000000 bytes instead of 200000"),
    "too little announced": (announcing(5, b"12345"), "it announces 5 bytes instead of 200000"),
    "nothing": (giving(b""), "it announces 0 bytes instead of 200000"),
    "a longer file of which a part is sent": (
        saying(206, Content_Range=f"bytes 0-{len(CONTENT) - 1}/{10**10}"),
        "it announces 10000000000 bytes",
    ),
    "more than it should": (without_length(CONTENT + b"y"), "it sends more than the 200000 bytes that it should"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_not_the_file_is_removed_and_the_next_place_is_asked(maker: Maker, what: str) -> None:
    maker.site.answers["/wrong"], told = WRONG[what]
    assert told in maker.failed(EngineError, "/wrong")
    assert maker.names == []
    maker.counted.clear()
    maker.fetch("/wrong", "/model")
    assert came(maker)
    assert told in maker.told[-1]


def test_a_place_with_another_file_costs_nothing_that_has_come(maker: Maker) -> None:
    maker.site.answers["/wrong"] = announcing(10**10)
    left(maker, CONTENT[:HALF])
    maker.fetch("/wrong", "/model")
    assert came(maker)
    assert maker.asked == [f"bytes={HALF}-"] * 2


def test_a_host_that_does_not_answer_is_not_waited_for_again(maker: Maker) -> None:
    file = PackFile("model.onnx", 5, sha256(b"12345"), ("http://127.0.0.1:9/a", "http://127.0.0.1:9/b"))
    downloader = Downloader(maker.folder, maker.told.append, RetryPolicy(sleep=maker.waits.append))
    for _ in range(2):
        with pytest.raises(ServiceError) as caught:
            downloader.fetch(file, maker.counted.append)
        assert not isinstance(caught.value, UnavailableError)
    assert maker.waits == [1.0, 2.0, 4.0, 8.0]


@pytest.mark.skipif(sys.platform == "win32", reason="the system limits files in another way there")
def test_a_full_disk_is_told_and_what_came_is_kept(maker: Maker) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (HALF, limits[1]))  # as if there were room for so much
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            maker.fetch()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    kept = (maker.folder / "model.onnx.part").stat().st_size
    assert 0 < kept <= HALF
    maker.counted.clear()
    maker.fetch()
    assert came(maker)
    assert maker.asked == ["", f"bytes={kept}-"]


def test_an_endless_answer_is_stopped(maker: Maker) -> None:
    written: list[int] = []
    maker.site.answers["/model"] = endless(written)
    assert "it sends more than the 200000 bytes" in maker.failed(EngineError)
    assert maker.names == []
    assert sum(written) < 50_000_000


def test_a_file_that_comes_packed_is_not_taken(maker: Maker) -> None:
    maker.site.answers["/model"] = saying(200, Content_Encoding="gzip")
    assert "packed" in maker.failed(ServiceError)


def silent(site: Site) -> Callable[[BaseHTTPRequestHandler], None]:
    """The beginning of an answer, and then nothing."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(CONTENT)))
        handler.end_headers()
        handler.wfile.write(CONTENT[:1000])
        handler.wfile.flush()
        site.over.wait()

    return answer


def test_a_silent_server_is_not_waited_for(maker: Maker) -> None:
    maker.silence_s = 0.05
    maker.site.answers["/model"] = silent(maker.site)
    assert "it fell silent" in maker.failed(ServiceError)
    assert len(maker.site.requests) == 5
    assert (maker.folder / "model.onnx.part").stat().st_size == 1000


def test_one_that_never_begins_to_answer_is_not_either(maker: Maker) -> None:
    maker.silence_s = 0.05
    maker.site.answers["/model"] = lambda _handler: maker.site.over.wait()
    assert "it fell silent" in maker.failed(ServiceError)


def test_one_that_only_drips_is_given_up(maker: Maker) -> None:
    passed = iter(range(0, 10_000, 40))
    maker.clock = lambda: float(next(passed))
    maker.site.answers["/model"] = tearing(CONTENT, 100)
    assert "it is too slow" in maker.failed(ServiceError)


def test_who_cannot_be_reached_is_named(maker: Maker) -> None:
    message = maker.failed(ServiceError, "https://voices.example/x", "http://127.0.0.1:9/x")
    assert "voices.example: it cannot be reached" in message
    assert "127.0.0.1: it cannot be reached" in message


def test_an_interrupt_leaves_what_came(maker: Maker) -> None:
    def interrupted(_count: int) -> None:
        raise KeyboardInterrupt

    file = PackFile("model.onnx", len(CONTENT), sha256(CONTENT), (maker.site.url("/model"),))
    with pytest.raises(KeyboardInterrupt):
        Downloader(maker.folder, maker.told.append, RetryPolicy()).fetch(file, interrupted)
    kept = (maker.folder / "model.onnx.part").read_bytes()
    assert kept
    assert CONTENT.startswith(kept)
    maker.fetch()
    assert came(maker)
    assert maker.asked == ["", f"bytes={len(kept)}-"]


def test_a_disk_that_takes_nothing_is_told_as_such(maker: Maker) -> None:
    (maker.folder / "model.onnx.etag").mkdir()
    assert "cannot be written" in maker.failed(OutputError)


def test_a_file_that_nobody_has(maker: Maker) -> None:
    file = PackFile("model.onnx", 5, sha256(b"12345"))
    with pytest.raises(ServiceError, match="no place is known"):
        Downloader(maker.folder, maker.told.append, RetryPolicy()).fetch(file, maker.counted.append)


def test_threads_may_fetch_different_files_at_once(maker: Maker) -> None:
    """Nothing of a transfer is shared but the connection to the system's proxies."""
    folders = [maker.folder / str(n) for n in range(4)]
    for folder in folders:
        folder.mkdir()
    makers = [Maker(maker.site, folder) for folder in folders]
    threads = [threading.Thread(target=one.fetch) for one in makers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(came(one) for one in makers)
