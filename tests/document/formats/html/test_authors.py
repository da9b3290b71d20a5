"""Authors of web pages: from data, markup and bylines."""

import pytest

from chaptercast.document.formats.html.authors import named_in
from chaptercast.document.read import read_bytes

TEXT = "<p>The lighthouse was painted twice, first in white and then, after a vote of the whole island, in red and white.</p>"


def authors(head: str = "", body: str = "") -> tuple[str, ...]:
    source = f"<html><head><title>Two coats</title>{head}</head><body><article><h1>Two coats</h1>{body}{TEXT}</article></body></html>"
    return read_bytes(source.encode(), name="x.html").metadata.authors


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Mara Lindqvist", ["Mara Lindqvist"]),
        ("Posted by Mara Lindqvist", ["Mara Lindqvist"]),
        ("Eingestellt von mlindqvist", ["mlindqvist"]),
        ("Publié par Mara Lindqvist", ["Mara Lindqvist"]),
        ("View all posts by Mara Lindqvist", ["Mara Lindqvist"]),
        ("Mara Lindqvist - Apr 16, 2015 8:02 pm UTC", ["Mara Lindqvist"]),
        ("By Mara Lindqvist on March 3, 2019", ["Mara Lindqvist"]),
        ("By Mara Lindqvist, Staff Writer", ["Mara Lindqvist"]),
        ("Mara Lindqvist | The Island Post", ["Mara Lindqvist"]),
        ("By Mara Lindqvist and Otto Berg", ["Mara Lindqvist", "Otto Berg"]),
        ("Mara Lindqvist, Otto Berg", ["Mara Lindqvist", "Otto Berg"]),
        ("Monday Okafor", ["Monday Okafor"]),
        ("Augustus Byron", ["Augustus Byron"]),
        ("文／林小雨", ["林小雨"]),
        ("https://island.example/mara", []),
        ("@mara", []),
        ("", []),
    ],
)
def test_names_in_a_byline(line: str, names: list[str]) -> None:
    assert named_in(line) == names


def test_every_author_is_kept() -> None:
    assert authors('<meta name="author" content="Ana Pop"><meta name="author" content="Jo Li">') == ("Ana Pop", "Jo Li")
    data = '{"@type": "Article", "headline": "Two coats", "author": [{"name": "Ana Pop"}, {"name": "Jo Li"}]}'
    assert authors(f'<script type="application/ld+json">{data}</script>') == ("Ana Pop", "Jo Li")


def test_what_is_no_author() -> None:
    assert authors('<meta name="author" content="https://island.example/mara">') == ()
    site = '<meta property="og:site_name" content="Island Post"><meta name="author" content="Island Post">'
    assert authors(site, '<p class="byline">By Mara Lindqvist</p>') == ("Mara Lindqvist",)
    assert authors("", '<div class="comment"><span class="author">Troll</span></div>') == ()


def test_data_in_whatever_wrapping() -> None:
    data = '{"@type": "NewsArticle", "headline": "Two coats", "author": {"name": "Ana Pop"}, "datePublished": "2018-04-05",}'
    for opening, closing in (
        ("", ""),
        ("<![CDATA[", "]]>"),
        ("//<![CDATA[\n", "\n//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
    ):
        assert authors(f'<script type="application/ld+json">{opening}{data}{closing}</script>') == ("Ana Pop",)
