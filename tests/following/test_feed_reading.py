"""Feeds of every kind become the same value."""

import json
import sys
from itertools import pairwise

import pytest
from tests.following.feeds import LONG, item, rss

from chaptercast.document.model import Paragraph
from chaptercast.document.model import plain as plain_text
from chaptercast.document.read import read_source
from chaptercast.errors import InputError, UsageError
from chaptercast.following.broken_xml import mended
from chaptercast.following.discovery import discovered, subscription_list
from chaptercast.following.feed_reading import read_feed
from chaptercast.following.full_text import from_feed, is_whole, plain
from chaptercast.following.model import Entry
from chaptercast.following.state import Article

URL = "http://site.example/feed"
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>T</title><entry><title type="html">The
&lt;i&gt;lamp&lt;/i&gt;</title><id>tag:site.example,2026:1</id><link href="/lamp"/><published>2026-11-02T11:00:00+01:00</published>
<updated>2026-11-03T10:00:00Z</updated><author><name>Ada</name></author>
<content type="html">&lt;p&gt;Words.&lt;/p&gt;</content></entry></feed>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "T",
    "language": "de",
    "items": [
        {
            "id": "tag:site.example,2026:1",
            "url": "http://site.example/lamp",
            "title": "The lamp",
            "content_html": "<p>Words.</p>",
            "date_published": "2026-11-02T11:00:00+01:00",
            "date_modified": "2026-11-03T10:00:00Z",
            "authors": [{"name": "Ada"}],
        },
        "no item",
    ],
}
H_FEED = """<!doctype html><html lang="de"><body><div class="h-feed"><h1 class="p-name">T</h1><article class="h-entry">
<a class="u-url p-name" href="/lamp">The lamp</a><data class="u-uid" value="tag:site.example,2026:1"></data>
<time class="dt-published" datetime="2026-11-02T11:00:00+01:00"></time><time class="dt-updated" datetime="2026-11-03T10:00:00Z"></time>
<span class="p-author h-card">Ada</span><div class="e-content"><p>Words.</p></div></article></div></body></html>"""


@pytest.mark.parametrize(
    "data", [ATOM, json.dumps(JSON), "\ufeff" + json.dumps(JSON), H_FEED], ids=["Atom", "JSON", "BOM", "h-feed"]
)
def test_every_kind_says_the_same(data: str) -> None:
    feed = read_feed(data.encode(), URL)
    assert feed.title == "T"
    (entry,) = feed.entries
    assert (entry.guid, entry.link, entry.title) == ("tag:site.example,2026:1", "http://site.example/lamp", "The lamp")
    assert (entry.published, entry.updated) == ("2026-11-02T10:00:00+00:00", "2026-11-03T10:00:00+00:00")
    assert (entry.authors, plain(entry.content)) == (("Ada",), "Words.")


def test_how_long_a_feed_wants_to_be_left_alone() -> None:
    assert read_feed(rss(item("a"), more="<ttl>90</ttl>"), URL).interval_s == 5400
    assert read_feed(rss(item("a"), more="<ttl>soon</ttl>"), URL).interval_s == 0
    assert read_feed(rss(item("a"), more="<ttl>999999999</ttl>"), URL).interval_s == 86_400


def test_bytes_are_never_taken_for_the_name_of_a_file() -> None:
    with pytest.raises(InputError):
        read_feed(b"/etc/passwd", URL)
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    (entry,) = read_feed(entity + rss(item("a", title="@")).partition(b"?>")[2].replace(b"@", b"x&e;y"), URL).entries
    assert "root" not in entry.title


def test_entities_that_multiply_do_nothing() -> None:
    names = "abcdefghijkl"
    declared = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    feed = f"<!DOCTYPE rss [{declared}]>".encode() + rss(item("a", title="@")).partition(b"?>")[2].replace(
        b"@", b"x&l;"
    )
    (entry,) = read_feed(feed, URL).entries
    assert len(entry.title) < 100


def test_large_feeds_in_broken_xml_are_mended() -> None:
    many = rss(*(item(f"n{number}", title="Tea & cakes") for number in range(300)))
    broken = many.replace(b"&amp;", b"&").replace(b"cakes", b"caf&eacute;s")
    assert len(broken) > 100_000
    feed = read_feed(broken, URL)
    assert len(feed.entries) == 300
    assert feed.entries[0].title == "Tea & cafés"
    assert mended(many) is many


@pytest.mark.parametrize("what", [b"<", b"<a>", b"<!-- ", b"&", b"<a b='", b"<script "])
def test_hostile_repetition_is_survived(what: bytes) -> None:
    entry = rss(item("a", text=""))
    read_feed(
        entry.replace(b"</item>", b"<description>" + what * (200_000 // len(what)) + b"</description></item>"), URL
    )


PAGE = """<html><head><base href="/sub/"><link rel="alternate" type="application/rss+xml" href="c.xml" title="Comments on it">
<link rel="stylesheet alternate" type="Application/Atom+XML; charset=utf-8" href="a.xml" title="News &amp; more">
<link rel="alternate" type="application/json" href="wp-json"><link rel="alternate" type="application/rss+xml" href="javascript:x">
</head><body></body></html>"""


def test_the_feeds_of_a_page() -> None:
    found = discovered(PAGE.encode(), "http://site.example/x/y")
    assert [(one.address, one.title) for one in found.feeds] == [("http://site.example/sub/a.xml", "News & more")]
    assert [one.address for one in found.others] == ["http://site.example/sub/c.xml"]
    assert [one.address for one in discovered(H_FEED.encode(), URL).feeds] == [URL]
    assert [one.title for one in discovered(ATOM.encode(), URL).feeds] == ["T"]
    with pytest.raises(InputError, match="names no feed"):
        discovered(b"<!doctype html><html><body>Nothing.</body></html>", URL)


def test_a_list_of_subscriptions() -> None:
    opml = """<?xml version="1.0"?><opml version="1.0"><body><outline text="Group"><outline title="Ä &amp; b" xmlUrl="http://a.example/f"/>
    <outline text="again" xmlUrl="http://a.example/f"/></outline><outline xmlUrl="javascript:x"/><outline text="no feed"/></body></opml>"""
    (found,) = discovered(opml.encode(), URL).feeds
    assert (found.address, found.title) == ("http://a.example/f", "Ä & b")
    with pytest.raises(InputError, match="without feeds"):
        subscription_list(b"<opml version='1.0'><body></body></opml>", "x.opml")
    with pytest.raises(InputError, match="no list"):
        subscription_list(b"http://127.0.0.1:9/list", "x.opml")


WHOLE = {
    LONG: True,
    f"{LONG}…": False,
    f"{LONG} [...]": False,
    f"{LONG} <a href=x>Read more</a>": False,
    f"{LONG} Weiterlesen →": False,
    f"{LONG} The post On trams appeared first on Trams.": True,
    f"{LONG} The post On trams… appeared first on Trams.": True,
    f"{LONG} […] The post On trams appeared first on Trams.": False,
    "A few words.": False,
    "": False,
}


@pytest.mark.parametrize(("text", "whole"), WHOLE.items())
def test_whether_a_feed_has_all_of_an_article(text: str, whole: bool) -> None:
    assert is_whole(Entry(link="http://a.example/x", content=text)) is whole


def test_a_summary_is_whole_only_if_it_is_long() -> None:
    assert not is_whole(Entry(link="http://a.example/x", summary=LONG))
    assert is_whole(Entry(link="http://a.example/x", summary=LONG * 3))
    assert is_whole(Entry(summary="All there is."))


def test_plain_text_is_no_markup_and_no_front_matter() -> None:
    text = "---\nlexicon: /etc/passwd\nvoice: x\n---\nOne <b>line</b>,\nand another.\n\n<speak>Second & last.</speak>\n"
    entry = Entry(link="http://a.example/x", title="T", content=text, is_plain=True)
    document = read_source(from_feed(entry, Article("x", "http://a.example/feed", ["x"])))
    assert document.metadata.extra == ()
    written = [plain_text(block.inlines) for block in document.blocks if isinstance(block, Paragraph)]
    assert written[-1] == "<speak>Second & last.</speak>"
    assert "One <b>line</b>," in written[0]


@pytest.mark.parametrize(
    ("library", "data"), [("feedparser", ATOM), ("mf2py", H_FEED), ("listparser", "<opml version='1.0'/>")]
)
def test_a_missing_library_is_told(library: str, data: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=library) as raised:
        discovered(data.encode(), URL)
    assert "chaptercast[follow]" in raised.value.remedy


def test_the_text_of_html() -> None:
    assert (
        plain("a<b>b</b><script>if (1 < 2) x()</script><!-- c -->d &lt;e&gt; 1 < 2<style>y</style>")
        == "a b d <e> 1 < 2"
    )
