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
