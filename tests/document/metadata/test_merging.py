import pytest

from chaptercast.document.metadata.dates import to_iso
from chaptercast.document.metadata.merging import from_front_matter, mended_title
from chaptercast.document.model import Metadata
from chaptercast.document.read import read_bytes


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Tue, 06 Jul 2021 19:06:54 GMT", "2021-07-06T19:06:54+00:00"),
        ("2021-07-06", "2021-07-06"),
        ("2021-07-06T19:06:54Z", "2021-07-06T19:06:54+00:00"),
        ("2021-07-06T19:06:54.123+08:00", "2021-07-06T19:06:54+08:00"),
        ("2021-07-06 19:06:54 +0800", "2021-07-06T19:06:54+08:00"),
        ("2021-07-06 19:06", "2021-07-06T19:06:00"),
        ("2021/7/6", "2021-07-06"),
        ("2021年7月6日", "2021-07-06"),
        ("2021 年 7 月 6 日 19:06", "2021-07-06"),
        ("July 6, 2021", "2021-07-06"),
        ("6 July 2021", "2021-07-06"),
        ("Tuesday, 6th July 2021", "2021-07-06"),
        ("6. Juli 2021", "2021-07-06"),
        ("6 de julio de 2021", "2021-07-06"),
        ("1er août 2021", "2021-08-01"),
        ("06.07.2021", "2021-07-06"),
        ("7/26/2021", "2021-07-26"),
        ("7/6/2021", ""),
        ("Invalid Date", ""),
        ("2021-02-30", ""),
        ("", ""),
        ("tomorrow", ""),
        ("9" * 5000, ""),
    ],
)
def test_dates(written: str, iso: str) -> None:
    assert to_iso(written) == iso


@pytest.mark.parametrize(
    ("title", "mended"),
    [
        ("向世界分享中国共产党_成功密码_", "向世界分享中国共产党“成功密码”"),
        ("城市书房的_深夜实验_与_清晨_", "城市书房的“深夜实验”与“清晨”"),
        ("Why _Dune_ works", "Why “Dune” works"),
        ("snake_case_name and __init__", "snake_case_name and __init__"),
        ("one_ two_", "one_ two_"),
        ("Q&amp;A  and\nmore", "Q&A and more"),
    ],
)
def test_titles(title: str, mended: str) -> None:
    assert mended_title(title) == mended


def test_front_matter_fields() -> None:
    given = {
        "Title": "T",
        "authors": [{"name": "A"}, "B"],
        "pubDate": "July 6, 2021",
        "language": "zh_CN",
        "source": "news",
        "canonical-url": "https://a.example/b",
        "cover": {"src": "c.png"},
        "excerpt": "E",
        "lexicon": "words.csv",
        "comments": "false",
    }
    assert from_front_matter(given) == Metadata(
        title="T",
        author="A, B",
        authors=("A", "B"),
        date="2021-07-06",
        language="zh-CN",
        source="https://a.example/b",
        image="c.png",
        description="E",
        extra=(("source", "news"), ("lexicon", "words.csv"), ("comments", "false")),
    )


def page(head: str, body: str = "<p>Some words.</p>") -> Metadata:
    return read_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(), name="x.html").metadata


def test_a_page_tells_its_metadata() -> None:
    found = page(
        '<title>T | Site</title><meta property="og:title" content="T"><meta name="author" content="A">'
        '<meta property="article:published_time" content="2021-07-06"><meta property="og:image" content="i.png">'
        '<link rel="canonical" href="https://a.example/b"><meta name="description" content="D"><meta property="og:locale" content="en_GB">',
    )
    assert found == Metadata("T", "T", "A", "2021-07-06", "en-GB", "https://a.example/b", "i.png", "D", authors=("A",))


def test_json_ld_comes_first_and_may_be_broken() -> None:
    script = '<script type="application/ld+json">{}</script>'
    data = '{"@graph": [{"@type": "WebSite", "name": "S"}, {"@type": "NewsArticle", "headline": "H", "author": [{"name": "A"}]}]}'
    found = page(script.format(data) + '<meta name="author" content="B">')
    assert (found.title, found.author) == ("H", "A")
    for broken in ("{", "[" * 100_000, "null", '{"headline": 5}', '{"@type": [[]], "name": {"name": {"name": {}}}}'):
        page(script.format(broken))


def test_the_name_of_the_site_is_cut_where_something_confirms_it() -> None:
    assert page("<title>A title - The Site</title>").page_title == "A title - The Site"
    assert page("<title>A title - The Site</title>", "<h1>A title</h1><p>x</p>").page_title == "A title"
    logo = '<div><h1 class="logo">The Site</h1><a href="/">Home page</a></div>'
    text = "<div><p>" + "Enough words to be the article of this page. " * 5 + "</p></div>"
    assert page("<title>A title - The Site</title>", logo + text).page_title == "A title"


def test_byline_and_time_of_the_page() -> None:
    found = page(
        "", '<p class="byline">By Ada Finch · 6 min</p><time datetime="2021-07-06T10:00Z">x</time><p>Words</p>'
    )
    assert (found.author, found.date) == ("Ada Finch", "2021-07-06T10:00:00+00:00")
