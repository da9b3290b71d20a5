"""When a web page was published."""

import pytest

from chaptercast.document.metadata.dates import date_in
from chaptercast.document.read import read_bytes

TEXT = "<p>The lighthouse was painted twice, first in white and then, after a vote of the whole island, in red and white.</p>"


def date(head: str = "", body: str = "") -> str:
    source = f"<html><head><title>Two coats</title>{head}</head><body><article><h1>Two coats</h1>{body}{TEXT}</article></body></html>"
    return read_bytes(source.encode(), name="x.html").metadata.date


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Posted on 3 March 2019 by Mara", "2019-03-03"),
        ("Stand: 03.03.2019, 17:05 Uhr", "2019-03-03"),
        ("Thursday, March 7, 2019", "2019-03-07"),
        ("Updated 2019-03-07 at noon", "2019-03-07"),
        ("7 marca 2019", "2019-03-07"),
        ("version 3.03.2019.4", ""),
        ("03/04/2019", ""),
        ("in 2019", ""),
    ],
)
def test_a_date_in_a_line(line: str, found: str) -> None:
    assert date_in(line) == found


def test_data_come_before_markup_and_text() -> None:
    meta = '<meta property="article:published_time" content="2019-03-07T10:00:00Z">'
    assert date(meta, "<time datetime='2011-01-01'>then</time>").startswith("2019-03-07")
    assert date("", "<time datetime='2011-01-01'>then</time>") == "2011-01-01"
    assert date("", '<p class="date">3. März 2019</p>') == "2019-03-03"
    assert date("", "<p>Published 3 March 2019</p>") == "2019-03-03"


def test_an_address_tells_it() -> None:
    assert date('<link rel="canonical" href="https://island.example/2019/03/07/two-coats">') == "2019-03-07"


def test_dates_of_other_things() -> None:
    assert date("", '<div class="comments"><time datetime="2020-01-01">1 January 2020</time></div>') == ""


def test_what_only_looks_like_a_date_is_none() -> None:
    assert date_in("Order 2021-45-12 arrived on 3.03.2019") == "2019-03-03"
    assert date("", '<p class="date">31.02.2019</p>') == ""


def test_a_date_beside_the_title_comes_before_a_vague_one_of_the_data() -> None:
    vague = '<meta name="date" content="2019-03-09">'
    assert date(vague) == "2019-03-09"
    assert date(vague, '<span class="date">07.03.2019</span>') == "2019-03-07"
    assert date('<meta name="last-modified" content="2020-01-01">', "<p>Published 3 March 2019</p>") == "2019-03-03"


def test_a_moment_in_universal_time_is_told_as_the_page_shows_it() -> None:
    late = '<meta property="article:published_time" content="2019-03-08T02:25:54Z">'
    assert date(late, "<time datetime='2019-03-07'>7 March</time>") == "2019-03-07"
    assert date(late, "<time datetime='2019-01-01'>1 January</time>").startswith("2019-03-08")


@pytest.mark.parametrize(
    "body",
    [
        '<div class="sidebar"><time datetime="2019-03-07">7 March</time></div>',
        "<p>Harbour, 7 March 2019 – The lighthouse was painted for the third time, and nobody on the island had asked for it.</p>",
    ],
)
def test_where_nothing_else_tells_it(body: str) -> None:
    assert date("", body) == "2019-03-07"


def test_the_date_next_to_the_title_is_the_article_s() -> None:
    other = "<div><time datetime='2018-01-01'>1 January</time></div>" + "<p>Words.</p>" * 5
    own = "<h1>Two coats</h1><time datetime='2019-03-07'>7 March</time>"
    source = f"<html><head><title>Two coats</title></head><body>{other}{own}{TEXT}</body></html>"
    assert read_bytes(source.encode(), name="x.html").metadata.date == "2019-03-07"


def test_an_address_with_the_day_first() -> None:
    assert date('<link rel="canonical" href="https://island.example/news/07-03-2019-two-coats">') == "2019-03-07"
