"""Titles of web pages: what the page calls itself, without the name of its site."""

import pytest

from chaptercast.document.model import Heading, Paragraph, plain
from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes

TEXT = "<p>The lighthouse was painted twice, first in white and then, after a vote of the whole island, in red and white.</p>"
ITEM = '<script type="application/ld+json">{"@type": "Article", "name": "Two coats", "headline": "island of the north"}</script>'

SITE = (
    '<meta property="og:title" content="Two coats - Island Post"><meta property="og:site_name" content="Island Post">'
)


def title(head: str, body: str) -> str:
    source = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    return outline(read_bytes(source.encode(), name="x.html")).title


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<title>Two coats | Island Post</title>", f"<h1>Two coats</h1>{TEXT}", "Two coats"),
        ("<title>Island Post - Painting</title>", f"<h1>Two coats</h1>{TEXT}", "Two coats"),
        (
            "<title>Paint · Tips</title>",
            f"<h1>Two coats</h1>{TEXT}<h2>History</h2>{TEXT}<h2>Tips</h2>{TEXT}",
            "Two coats",
        ),
        (f"<title>Two coats</title>{ITEM}", f"<h1>Two coats</h1>{TEXT}", "Two coats"),
        (
            '<title>Two coats | Island Post</title><meta property="og:title" content="You will not believe this tower">',
            f"<h1>Two coats</h1>{TEXT}",
            "Two coats",
        ),
        (
            '<title>Two coats | Mara Lindqvist</title><meta property="og:title" content="Two coats | Mara Lindqvist">',
            f"<figure><img src=a.jpg alt=''><figcaption><h1>Two coats</h1></figcaption></figure>{TEXT}",
            "Two coats",
        ),
        (
            f"<title>News | Island Post</title>{SITE}",
            f"<h1 class=logo>Island Post</h1>{TEXT}",
            "Two coats",
        ),
        (
            "<title>Two coats, a vote › Island-Post</title><link rel=canonical href='https://www.islandpost.example/a'>",
            f"<h2>Now</h2>{TEXT}",
            "Two coats, a vote",
        ),
        (
            "<title>Harbour: Two coats | Island Post</title><meta property='og:title' content='Harbour: Two coats'>",
            f"<h1><span class='head__kicker'>Harbour</span><span hidden>: </span><span>Two coats</span></h1>{TEXT}",
            "Two coats",
        ),
        ("<title>Harbour</title>", f"<h1><b><small>Harbour</small><br>Two coats</b></h1>{TEXT}", "Two coats"),
        ("", f"<p class=title>Two coats</p><h1>White</h1>{TEXT}<h1>Red</h1>{TEXT}", "Two coats"),
        (
            "<title>Island Post</title>",
            f"<h2>Part 2 - Two coats</h2><h1>Two coats</h1>{TEXT}<h1>Red</h1>{TEXT}<h1>White</h1>{TEXT}",
            "Two coats",
        ),
    ],
)
def test_title(head: str, body: str, expected: str) -> None:
    assert title(head, body) == expected


def test_the_line_above_a_headline_is_a_line_of_its_own() -> None:
    heading = "<h1><span class='head__kicker'>Harbour</span><span hidden>: </span><span>Two coats</span></h1>"
    source = (
        f"<html><head><title>Harbour: Two coats</title></head><body><article>{heading}{TEXT}</article></body></html>"
    )
    document = outline(read_bytes(source.encode(), name="x.html"))
    assert document.title == "Two coats"
    assert next(plain(block.inlines) for block in document.blocks if isinstance(block, Paragraph)) == "Harbour"
    assert not any(isinstance(block, Heading) for block in document.blocks)
