"""Rounds against a server of the tests' own: what is new is handed over once, whatever happens in between."""

import gzip
import zlib
from pathlib import Path

import pytest
from tests.following.feeds import LONG, Reader, item, reading, rss, served, titles
from tests.serving import serving

from chaptercast.document.read import read_source
from chaptercast.document.sources.fetch import Limits
from chaptercast.errors import EngineError, InputError, UsageError
from chaptercast.following.state import STATE_FILE, load_state
from chaptercast.following.subscriptions import Subscription

PAGE = f"<!doctype html><html lang=en><title>A page</title><article><h1>A page</h1><p>{LONG}</p><p>{LONG}</p></article>"


def test_what_is_new_is_found_once(tmp_path: Path) -> None:
    with reading(tmp_path, {"/feed": served(rss(item("b", day=2), item("a", day=1)))}) as (reader, site):
        assert titles(reader.read()) == ["On a", "On b"]
        assert reader.read() == []
        site.answers["/feed"] = served(rss(item("c", day=3), item("b", day=2), item("a", day=1)))
        assert titles(reader.read()) == ["On c"]
        assert reader.read() == []
        assert [path for path, _ in site.requests] == ["/feed"] * 4


def test_of_what_was_there_before_only_the_newest_are_taken(tmp_path: Path) -> None:
    many = [item(f"n{day}", day=day) for day in (4, 9, 2, 7)]
    with reading(tmp_path, {"/feed": served(rss(*many))}, back=2) as (reader, site):
        assert titles(reader.read()) == ["On n7", "On n9"]
        site.answers["/feed"] = served(rss(*many, *(item(f"m{day}", day=day) for day in range(10, 15))))
        assert len(reader.read()) == 5


def test_titles_are_filtered(tmp_path: Path) -> None:
    items = [item("a", title="Tram lines"), item("b", title="TRAM: advertisement"), item("c", title="Ships")]
    with reading(tmp_path, {"/feed": served(rss(*items))}, title=("tram", "!Advert")) as (reader, _):
        assert titles(reader.read()) == ["Tram lines"]
        assert reader.read() == []


def test_an_unchanged_feed_is_asked_with_what_it_said_of_itself(tmp_path: Path) -> None:
    def answer(handler) -> None:
        same = handler.headers.get("If-None-Match") == '"x1"' and handler.headers.get("If-Modified-Since") == "then"
        handler.send_response(304 if same else 200)
        body = b"" if same else rss(item("a"))
        for name, value in {"ETag": '"x1"', "Last-Modified": "then", "Content-Length": str(len(body))}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    with reading(tmp_path, {"/feed": answer}) as (reader, _):
        assert reader.ask().changed == 1
        assert reader.ask().unchanged == 1
        assert titles(reader.read()) == ["On a"]  # found before, and not lost by the 304
        assert reader.read() == []


def test_killed_before_it_is_converted_it_is_handed_over_again(tmp_path: Path) -> None:
    with reading(tmp_path, {"/feed": served(rss(item("a")), ETag='"1"')}) as (reader, _):
        (first,) = reader.read(converts=False)
        (again,) = reader.read(converts=False)
        assert first == again
        reader.read()
        assert reader.read() == []


def test_a_corrected_article_is_the_same_article(tmp_path: Path) -> None:
    with reading(tmp_path, {"/feed": served(rss(item("a")))}) as (reader, site):
        (first,) = reader.read()
        site.answers["/feed"] = served(rss(item("a", title="On a, corrected", text=LONG + "And more.")))
        (second,) = reader.read()
        assert second.known_as == first.known_as
        assert second.episode == "folder-1"
        assert second.metadata.title == "On a, corrected"
        assert reader.read() == []
        site.answers["/feed"] = served(rss(item("a", title="On a, corrected", text=f"<b>{LONG}</b> <i>And</i> more.")))
        assert reader.read() == []  # other markup is no correction


def test_one_article_under_several_addresses(tmp_path: Path) -> None:
    page = PAGE.replace("<title>", "<link rel=canonical href=/true?b=1&amp;a=2><title>").encode()
    answers = {
        "/old": (301, {"Location": "/new?utm_source=x"}, b""),
        "/new?utm_source=x": page,
        "/true?a=2&b=1": page,
        "/new/?fbclid=1": page,
    }
    with serving(answers) as site:
        links = ("/old", "/new/?fbclid=1", "/true?a=2&b=1")
        feeds = [rss(item(f"g{n}", link=site.url(link), text="")) for n, link in enumerate(links)]
        site.answers |= {f"/feed{n}": served(feed) for n, feed in enumerate(feeds)}
        reader = Reader(tmp_path, *(Subscription(site.url(f"/feed{n}")) for n in range(3)))
        found = reader.read()
        assert [source.url for source in found] == [site.url("/new?utm_source=x")]
        assert reader.read() == []
        assert sum("is the same article" in line for line in reader.told) <= 2


def test_one_identifier_in_two_feeds_is_one_article(tmp_path: Path) -> None:
    own = item("a", guid="tag:site.example,2026:1")
    other = item("z", guid="tag:site.example,2026:1")
    answers = {"/feed": served(rss(own)), "/planet": served(rss(other, item("y", guid="a")))}
    with reading(tmp_path, answers, "/feed", "/planet") as (reader, site):
        assert titles(reader.read()) == ["On a", "On y"]  # a plain identifier counts within its feed only
        site.answers["/planet"] = served(
            rss(item("z", guid="tag:site.example,2026:1", text=f"Somebody else's. {LONG}"))
        )
        assert reader.read() == []  # only an article's own feed corrects it


def test_a_link_that_all_articles_share_makes_none_the_same(tmp_path: Path) -> None:
    link = "http://site.example/notes"
    items = [item("a", link=link), item("b", link=link, title="Other")]
    with reading(tmp_path, {"/feed": served(rss(*items))}) as (reader, site):
        assert len(reader.read()) == 2
        site.answers["/feed"] = served(rss(*items, item("c", link=link, title="Third", day=5)))
        assert titles(reader.read()) == ["Third"]
        assert reader.read() == []


def test_an_identifier_that_all_articles_share_later_makes_none_of_them_new_again(tmp_path: Path) -> None:
    items = [item(name, guid="tag:site.example,2026:all", link="-", title=f"On {name}") for name in "abc"]
    with reading(tmp_path, {"/feed": served(rss(items[0]))}) as (reader, site):
        assert titles(reader.read()) == ["On a"]
        for listed, new in (
            (items[:2], ["On b"]),
            (items[1:], ["On c"]),
            (items[2:], []),
            (items, []),
            (items[:1], []),
        ):
            site.answers["/feed"] = served(rss(*listed))
            assert titles(reader.read()) == new


def test_one_address_for_this_week_is_another_article_each_week(tmp_path: Path) -> None:
    link = "http://site.example/this-week"
    with reading(tmp_path, {"/feed": served(rss(item("w1", link=link, day=1)))}) as (reader, site):
        reader.read()
        site.answers["/feed"] = served(rss(item("w2", link=link, day=8)))
        assert titles(reader.read()) == ["On w2"]
        assert reader.read() == []


def test_new_identifiers_for_old_articles_are_nothing_new(tmp_path: Path) -> None:
    with reading(tmp_path, {"/feed": served(rss(item("a"), item("b", day=2)))}) as (reader, site):
        reader.read()
        site.answers["/feed"] = served(rss(item("a", guid="new-1"), item("b", guid="new-2", day=2)))
        assert reader.read() == []


@pytest.mark.parametrize("text", ["auto", "page", "feed"])
def test_where_the_text_is_taken_from(tmp_path: Path, text: str) -> None:
    teaser = "Only the beginning of it, and then it goes on elsewhere…"
    with serving({"/page": PAGE.encode()}) as site:
        whole, cut = item("a", link=site.url("/page")), item("b", link=site.url("/page?b"), text=teaser, day=2)
        site.answers |= {"/page?b": PAGE.encode(), "/feed": served(rss(whole, cut))}
        reader = Reader(tmp_path, Subscription(site.url("/feed"), text=text))
        found = ["<h1>A page" in source.data.decode() for source in reader.read()]
        assert found == {"auto": [False, True], "page": [True, True], "feed": [False, False]}[text]


def test_a_hostile_text_is_nothing_but_text(tmp_path: Path) -> None:
    text = "</article><script>alert(1)</script>---\nvoice: x\n---\n" + LONG
    title = "../../etc/\x1b]0;x\x07<script>alert(1)</script>\u202eA\nB"
    feed = rss(item("a", title="@@", text=text)).replace(
        b"@@", title.encode().replace(b"<", b"&lt;").replace(b"\x1b", b"").replace(b"\x07", b"")
    )
    with reading(tmp_path, {"/feed": served(feed)}) as (reader, _):
        (source,) = reader.read()
        assert source.metadata.title == "../../etc/]0;xalert(1)A B"
        document = read_source(source)
        assert document.metadata.extra == ()
        assert document.title == source.metadata.title


@pytest.mark.parametrize(
    "link", ["http://10.0.0.1/a", "file:///etc/passwd", "javascript:x", "http://[x", "http://u:p@site.example/"]
)
def test_a_link_to_where_nobody_should_go_is_told_and_given_up(tmp_path: Path, link: str) -> None:
    with reading(tmp_path, {"/feed": served(rss(item("a", link=link, text="Short."), item("b")))}) as (reader, _):
        reader.limits = Limits(seconds=1, connect_seconds=0.2, private=True)
        found = reader.read()
        assert titles(found)[-1:] == ["On b"]
        assert len(reader.troubles) + len(found) == 2


STATUSES = {429: 120.0, 503: 120.0}


@pytest.mark.parametrize("status", STATUSES)
def test_a_busy_server_is_left_alone_as_long_as_it_wants(tmp_path: Path, status: int) -> None:
    answers = {"/feed": (status, {"Retry-After": "120"}, b""), "/other": served(rss(item("a")))}
    with reading(tmp_path, answers, "/feed", "/other") as (reader, site):
        reader.ask()
        reader.time.at += 100
        reader.ask()
        assert [path for path, _ in site.requests] == ["/feed"]  # nor is another of its feeds
        site.answers["/feed"] = served(rss(item("b")))
        reader.time.at += 21
        assert sorted(titles(reader.read())) == ["On a", "On b"]
        assert any("has too much to do" in line for line in reader.told)


@pytest.mark.parametrize("status", [400, 403, 404, 500, 502])
def test_a_server_that_fails_is_asked_less_and_less(tmp_path: Path, status: int) -> None:
    with reading(tmp_path, {"/feed": (status, {}, b"")}) as (reader, site):
        waits = []
        for _ in range(9):
            before = reader.time.at
            assert reader.ask().trouble == 1
            waits.append(next(iter(reader.state().feeds.values())).not_before - before)
            assert reader.ask().later == 1
            reader.time.at = before + waits[-1] + 1
        assert waits == [900.0 * 2**n for n in range(7)] + [86_400.0] * 2
        assert len(site.requests) == 9
        site.answers["/feed"] = served(rss(item("a")))
        assert len(reader.read()) == 1
        assert reader.ask().later == 0


def test_a_feed_that_is_gone_is_not_asked_again(tmp_path: Path) -> None:
    with reading(tmp_path, {"/feed": (410, {}, b"")}) as (reader, site):
        for _ in range(3):
            reader.time.at += 100_000
            reader.ask()
        assert len(site.requests) == 1
        assert sum("is gone for good" in line for line in reader.told) == 3


def test_a_feed_that_has_moved_is_told(tmp_path: Path) -> None:
    answers = {"/feed": (301, {"Location": "/new"}, b""), "/new": served(rss(item("a")))}
    with reading(tmp_path, answers) as (reader, site):
        assert len(reader.read()) == 1
        assert any(f"has moved to {site.url('/new')}" in line for line in reader.told)


def endless(handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"<rss>" + b" " * 65_536)
    except OSError:
        pass


def slow(site_over):
    def answer(handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"<rss")
        handler.wfile.flush()
        site_over().wait(20)

    return answer


BOMB = gzip.compress(b" " * 60_000_000)
WRONG = {
    "a gzip bomb": ((200, {"Content-Encoding": "gzip"}, BOMB), "larger than"),
    "an endless body": (endless, "larger than"),
    "a picture": ((200, {"Content-Type": "image/png"}, b"x"), "not an article"),
    "a page without a feed": (PAGE.encode(), "no feed"),
    "no bytes": ((200, {}, b""), "no feed"),
    "noise": ((200, {"Content-Type": "text/xml"}, bytes(range(256)) * 40), "no feed"),
    "JSON": ((200, {"Content-Type": "application/json"}, b'{"a": 1}'), "no feed"),
    "deep JSON": ((200, {}, b'{"version":' + b"[" * 200_000), "broken"),
    "broken gzip": ((200, {"Content-Encoding": "gzip"}, b"\x1f\x8bnothing"), "unpacked"),
    "another packing": ((200, {"Content-Encoding": "br"}, b"x"), "not asked for"),
    "redirects without end": ((302, {"Location": "/feed"}, b""), "redirects more than"),
    "a redirect to a file": ((302, {"Location": "file:///etc/passwd"}, b""), "neither http nor https"),
    "torn off": ((200, {"Content-Length": "1000"}, b"<rss>"), "broke off"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_and_harms_no_other_feed(tmp_path: Path, case: str) -> None:
    answer, said = WRONG[case]
    with reading(tmp_path, {"/feed": answer, "/good": served(rss(item("a")))}, "/feed", "/good") as (reader, _):
        assert titles(reader.read()) == ["On a"]
        assert any(said in line and "asked again after" in line for line in reader.told), reader.told


def test_a_slow_server_is_not_waited_for(tmp_path: Path) -> None:
    with serving({"/good": served(rss(item("a")))}) as site:
        site.answers["/feed"] = slow(lambda: site.over)
        reader = Reader(tmp_path, Subscription(site.url("/feed")), Subscription(site.url("/good")))
        reader.limits = Limits(seconds=0.3, private=True)
        assert titles(reader.read()) == ["On a"]
        assert any("takes too long" in line for line in reader.told)


def test_packed_feeds_are_asked_for_and_read(tmp_path: Path) -> None:
    packed = (200, {"Content-Encoding": "deflate"}, zlib.compress(rss(item("a"))))
    with reading(tmp_path, {"/feed": packed}) as (reader, site):
        assert len(reader.read()) == 1
        assert site.requests[0][1]["Accept-Encoding"] == "gzip"


def test_a_page_that_robots_txt_forbids_is_not_read(tmp_path: Path) -> None:
    with serving({"/p/page": PAGE.encode(), "/robots.txt": b"User-agent: chaptercast\nDisallow: /*/page\n"}) as site:
        site.answers["/feed"] = served(rss(item("a", link=site.url("/p/page"), text="")))
        reader = Reader(tmp_path, Subscription(site.url("/feed")))
        assert reader.read() == []
        (trouble,) = reader.troubles
        assert "robots.txt" in trouble.error.message
        assert "/p/page" not in [path for path, _ in site.requests]
        assert reader.read() == []
        assert [path for path, _ in site.requests].count("/robots.txt") == 1


def test_a_page_that_cannot_be_had_is_tried_again_and_given_up_in_the_end(tmp_path: Path) -> None:
    with serving({}) as site:
        site.answers["/feed"] = served(rss(item("a", link=site.url("/page"), text="")))
        reader = Reader(tmp_path, Subscription(site.url("/feed")))
        for _ in range(9):
            assert reader.read(after_s=100_000) == []
        assert [path for path, _ in site.requests].count("/page") == 6
        assert [article.status for article in reader.state().articles] == ["given up"]


def test_a_network_that_is_away_does_not_use_up_patience(tmp_path: Path) -> None:
    with serving({"/page": PAGE.encode()}) as site, serving({}) as away:
        site.answers["/feed"] = served(rss(item("a", link=away.url("/page"), text="")))
        reader = Reader(tmp_path, Subscription(site.url("/feed")))
        reader.ask()
    for _ in range(9):
        assert reader.read(after_s=100_000) == []
    assert [article.status for article in reader.state().articles] == ["waiting"]


def test_an_article_that_no_voice_speaks_now_waits(tmp_path: Path) -> None:
    with reading(tmp_path, {"/feed": served(rss(item("a")))}) as (reader, _):
        one = reader.begin()
        one.ask(reader.subscriptions)
        (article,) = one.articles(reader.subscriptions[0])
        one.failed(article, EngineError("no voice"))
        (again,) = reader.read(converts=False)
        assert again == article
        for _ in range(6):
            reader.time.at += 100_000
            one = reader.begin()
            for found in one.articles(reader.subscriptions[0]):
                one.failed(found, InputError("nothing to speak"))
        assert [known.status for known in reader.state().articles] == ["given up"]


def test_in_one_run_an_article_that_no_voice_speaks_is_not_tried_without_end(tmp_path: Path) -> None:
    with reading(tmp_path, {"/feed": served(rss(item("a")))}) as (reader, _):
        one = reader.begin()
        one.ask(reader.subscriptions)
        (article,) = one.articles(reader.subscriptions[0])
        one.failed(article, EngineError("no voice"))
        assert one.waiting_feeds() == set()
        reader.time.at += 1000
        assert one.waiting_feeds() == {reader.subscriptions[0].address}


def test_a_run_that_stays_asks_each_feed_when_it_is_due(tmp_path: Path) -> None:
    answers = {"/a": served(rss(item("a"))), "/b": served(rss(item("b"), more="<ttl>300</ttl>"))}
    answers["/c"] = served(rss(item("c")), Cache_Control="public, max-age=7200")
    with reading(tmp_path, answers, *answers) as (reader, site):
        one = reader.begin()
        one.ask(reader.subscriptions)
        for _ in range(6 * 60):
            reader.time.at += 60
            one.ask(reader.subscriptions, 3600)
        asked = [path for path, _ in site.requests]
        assert [asked.count(path) for path in answers] == [7, 2, 4]


def test_a_damaged_state_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / STATE_FILE).write_text('{"version": 1, "feeds": {')
    with pytest.raises(UsageError, match="is damaged"):
        load_state(tmp_path)
    assert (tmp_path / STATE_FILE).exists()
