"""The tree has all that is in the source, as browsers have it."""

import html5lib
import pytest
from lxml import etree

from chaptercast.document.formats.html.parse import parse

WITHOUT_BODY_TAGS = [
    "<title>t</title><article>One.</article>",
    "<!doctype html><title>t</title><main><h1>One</h1><p>Two.</p></main>",
    "<script>var a;</script><article><p>One.</p></article><p>Two.</p>",
    "<script>var a;</script><article><p>One.</p></article> Two <b>three</b>",
    "<style>p{}</style><section>One</section><div>Two</div>",
    "<head><meta charset=utf-8></head><section>One</section>",
    "<html><head><title>t</title><figure><figcaption>One</figcaption></figure><p>Two</p></html>",
    "<link rel=x><my-element>One <p>Two</p></my-element>Three",
    "<meta name=a><details><summary>One</summary>Two</details><link rel=x><script>var a;</script><aside>Three</aside>",
    "<title>t</title>One<article>Two</article>",
    "<title>t</title><p>One<article>Two</article>",
]


@pytest.mark.parametrize("source", WITHOUT_BODY_TAGS)
def test_nothing_is_left_in_the_head_where_its_end_is_not_marked(source: str) -> None:
    read = parse(source)
    body = html5lib.parse(source, namespaceHTMLElements=False).find("body")
    assert read is not None
    assert words(read.find("body")) == words(body)
    assert "t" in words(read.find("head")) or "<title>" not in source


def words(element: etree._Element) -> list[str]:
    for script in element.iter("script"):
        script.text = ""
    return "".join(element.itertext()).split()


@pytest.mark.parametrize(
    "source", ["<p>One a<b two</body> three", "<!x</html>One", "<p>One</body>two</html> three<p>four"]
)
def test_what_follows_an_early_end_is_kept(source: str) -> None:
    expected = words(html5lib.parse(source, namespaceHTMLElements=False).find("body"))
    read = parse(source)
    assert read is not None
    assert words(read.find("body")) == expected
