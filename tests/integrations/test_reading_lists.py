"""Articles that a user keeps on a server become episodes, each once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.following.feeds import LONG, Reader, item, rss, served, titles
from tests.integrations.standins import KEY, WALLABAG_KEY, Answers, Saved, Server, in_json
from tests.serving import Site, serving

from chaptercast.document.sources import http_request
from chaptercast.errors import ChaptercastError
from chaptercast.following.subscriptions import Subscription

SERVICES = ("wallabag", "readeck", "linkding")
PAGE = f"<!doctype html><html lang=en><title>A page</title><article><h1>A page</h1><p>{LONG}</p></article>".encode()


@contextmanager
def keeping(
    folder: Path, service: str, saved: list[Saved], **settings: object
) -> Iterator[tuple[Reader, Server, Site]]:
    """Someone who follows what is kept on a server."""
    secret = folder / "key"
    secret.write_text(WALLABAG_KEY if service == "wallabag" else f"{KEY}\n")
    secret.chmod(0o600)
    server = Server(saved)
    with serving(Answers(getattr(server, service))) as site:
        for one in saved:
            site.answers[one.url.partition(".example")[2]] = PAGE
        told = Subscription(site.url("/"), service=service, secret=str(secret), **settings)  # type: ignore[arg-type]
        yield Reader(folder, told), server, site


def article(number: int, site: str = "http://site.example", **values: object) -> Saved:
    return Saved(number, f"{site}/a{number}", f"On {number}", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("service", ["wallabag", "readeck"])
def test_what_is_kept_is_found_once_with_its_text(tmp_path: Path, service: str) -> None:
    with keeping(tmp_path, service, [article(number) for number in range(5)]) as (reader, server, site):
        found = reader.read()
        assert titles(found) == ["On 2", "On 3", "On 4"], "the three that were put there last"
        assert "<h2>On the bridge</h2>" in found[0].data.decode()
        assert (found[0].url, found[0].metadata.authors) == ("http://site.example/a2", ("Ada",))
        assert reader.read() == []
        server.saved.append(article(5))
        assert titles(reader.read()) == ["On 5"]
        assert reader.read() == []
        assert "/robots.txt" not in [path for path, _ in site.requests]
    assert reader.troubles == []
    assert KEY not in "".join(reader.told)


def test_what_has_no_text_there_is_read_from_its_page(tmp_path: Path) -> None:
    with keeping(tmp_path, "linkding", []) as (reader, server, site):
        server.saved.append(Saved(1, site.url("/a1"), "On 1"))
        site.answers["/a1"] = PAGE
        site.answers["/robots.txt"] = (404, {}, b"")
        (found,) = reader.read()
        assert (found.data, found.url) == (PAGE, site.url("/a1"))
        headers = next(headers for path, headers in site.requests if path == "/a1")
        assert "Authorization" not in headers, "the key is for the server's interface alone"
        assert reader.read() == []


@pytest.mark.parametrize("service", ["wallabag", "readeck"])
def test_a_text_that_is_no_article_is_read_from_its_page(tmp_path: Path, service: str) -> None:
    with keeping(tmp_path, service, []) as (reader, server, site):
        server.saved.append(Saved(1, site.url("/a1"), "On 1", text="It could not be retrieved."))
        site.answers["/a1"] = PAGE
        site.answers["/robots.txt"] = (404, {}, b"")
        assert [source.data for source in reader.read()] == [PAGE]


@pytest.mark.parametrize("service", SERVICES)
def test_many_pages_are_read_to_the_end_and_nothing_old_is_new_later(tmp_path: Path, service: str) -> None:
    with keeping(tmp_path, service, [article(number) for number in range(300)], text="feed", back=1) as kept:
        reader, server, _ = kept
        reader.ask()
        assert len(reader.state().articles) == 300
        server.asked.clear()
        del server.saved[250:]
        reader.time.at += 60
        assert reader.ask().new == 0, "an older one moves up where newer ones are removed, and is known"
        assert len([path for path, _ in server.asked if not path.endswith("token")]) == 1


@pytest.mark.parametrize("service", SERVICES)
def test_only_what_has_the_tag(tmp_path: Path, service: str) -> None:
    saved = [article(1, tag="listen"), article(2), article(3, tag="other")]
    with keeping(tmp_path, service, saved, tag="listen", text="feed") as (reader, server, _):
        assert reader.ask().new == 1
        server.saved[1] = replace(server.saved[1], tag="listen")
        reader.time.at += 60
        assert reader.ask().new == 1, "also one that got the tag later"


def test_one_article_in_a_feed_and_on_a_list_is_one_episode(tmp_path: Path) -> None:
    with keeping(tmp_path, "readeck", [article(1)]) as (reader, _, site):
        site.answers["/feed"] = served(rss(item("f", link="https://www.site.example/a1/?utm_source=feed")))
        reader.subscriptions = (Subscription(site.url("/feed")), *reader.subscriptions)
        assert len(reader.read()) == 1
        assert reader.read() == []


def test_a_token_that_is_over_is_renewed(tmp_path: Path) -> None:
    with keeping(tmp_path, "wallabag", [article(1), article(2)]) as (reader, server, site):
        one = reader.begin()
        one.ask(reader.subscriptions)
        server.tokens += 1
        assert len(list(one.articles(reader.subscriptions[0]))) == 2
        assert server.tokens == 3
        assert b"password=p%3Dw+%C3%B6" in site.bodies[0]


WRONG = {
    "another key": ((401, {}, b""), "does not accept the key"),
    "no such place": ((404, {}, b""), "answered 404"),
    "a page": ((200, {"Content-Type": "text/html"}, b"<html>"), "something else"),
    "other JSON": (in_json({"results": 1}), "something else"),
    "deep JSON": ((200, {}, b"[" * 100_000), "something else"),
    "too much to do": ((429, {"Retry-After": "600"}, b""), "asked again after"),
    "another server": ((302, {"Location": "http://127.0.0.2/"}, b""), "does not get your key"),
    "redirects without end": ((302, {"Location": "/api/bookmarks/?limit=100&offset=0"}, b""), "again and again"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_goes_wrong_is_told(tmp_path: Path, case: str) -> None:
    answer, said = WRONG[case]
    with keeping(tmp_path, "linkding", []) as (reader, _, site):
        site.answers["/api/bookmarks/?limit=100&offset=0"] = answer
        assert reader.ask().trouble == 1
        assert said in "".join(reader.told)
        assert KEY not in "".join(reader.told) + (tmp_path / ".follow.json").read_text()
        assert reader.ask().later == 1, "it is left alone for a while"


def test_a_key_that_others_can_read_or_that_is_missing_is_told_and_asked_again_at_once(tmp_path: Path) -> None:
    with keeping(tmp_path, "linkding", []) as (reader, _, site):
        (tmp_path / "key").chmod(0o644)
        reader.ask()
        (tmp_path / "key").unlink()
        reader.ask()
        assert site.requests == []
        assert ["chmod 600" in line for line in reader.told] == [True, False]
        assert "cannot be read" in reader.told[1]


def test_the_key_goes_unencrypted_into_no_public_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_request, "is_private", lambda _address: False)
    with keeping(tmp_path, "linkding", []) as (reader, _, site):
        reader.ask()
        assert site.requests == []
        assert "not encrypted" in reader.told[0]


def test_articles_lie_in_no_private_network_though_the_list_may(tmp_path: Path) -> None:
    with keeping(tmp_path, "linkding", []) as (reader, server, site):
        server.saved.append(Saved(1, site.url("/a1"), "On 1"))
        reader.limits = replace(reader.limits, private=False)
        assert reader.read() == []
        (trouble,) = reader.troubles
        assert "private network" in trouble.error.message
        assert "/a1" not in [path for path, _ in site.requests]


def test_a_list_that_answers_strange_values_harms_nothing(tmp_path: Path) -> None:
    odd = {"id": 1, "url": "javascript:x", "title": "\x1b]0;x\x07<b>T</b>\n", "date_added": "yesterday"}
    with keeping(tmp_path, "linkding", []) as (reader, _, site):
        site.answers["/api/bookmarks/?limit=100&offset=0"] = in_json({"results": [odd]})
        assert reader.read() == []
        assert [isinstance(trouble.error, ChaptercastError) for trouble in reader.troubles] == [True]
