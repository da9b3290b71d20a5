"""Whatever the markup, every word is in the document once, or in the report of what was left out."""

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from chaptercast.document.block_text import texts
from chaptercast.document.model import Document
from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError

BLOCKS = [
    *(
        "div",
        "p",
        "section",
        "article",
        "main",
        "aside",
        "header",
        "footer",
        "nav",
        "blockquote",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
    ),
    *(
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "thead",
        "tbody",
        "figure",
        "figcaption",
        "details",
        "summary",
        "h1",
        "h2",
        "h6",
    ),
    *("pre", "center", "form", "fieldset", "legend", "address", "hgroup", "body", "html"),
]
INLINE = [
    *(
        "b",
        "strong",
        "i",
        "em",
        "a",
        "span",
        "code",
        "sup",
        "sub",
        "del",
        "s",
        "small",
        "font",
        "q",
        "abbr",
        "ruby",
        "rt",
        "label",
    ),
    *(
        "button",
        "u",
        "ins",
        "mark",
        "time",
        "cite",
        "kbd",
        "o:p",
        "custom-element",
        "noscript",
        "template",
        "select",
        "option",
    ),
]
ATTRIBUTES = [
    *(
        "",
        "",
        "",
        "",
        " hidden",
        ' aria-hidden="true"',
        ' style="display:none"',
        ' style="font-size:20pt;text-align:center"',
    ),
    *(
        ' class="comments"',
        ' class="share"',
        ' id="fn1"',
        ' href="#fn1"',
        ' href="http://example.org/"',
        ' role="heading"',
    ),
    *(
        ' role="navigation"',
        ' role="presentation"',
        ' colspan="2"',
        ' lang="fr"',
        ' class="footnote"',
        ' role="doc-footnote"',
    ),
    *(
        ' style="display:block"',
        ' class="sidebar"',
        ' role="doc-backlink"',
        ' style="font:bold 20px Arial"',
        ' align="center"',
    ),
]
WORD = re.compile(r"w\d+x")


@st.composite
def markup(draw: st.DrawFn) -> str:
    """Elements well nested or not, with words w0x, w1x... between and in them."""
    parts: list[str] = []
    open_tags: list[str] = []
    words = 0
    for _ in range(draw(st.integers(1, 60))):
        kind = draw(st.integers(0, 9))
        if kind < 4:
            parts.append(draw(st.sampled_from(["", " ", "\n"])) + f"w{words}x" + draw(st.sampled_from(["", " ", "\n"])))
            words += 1
        elif kind < 7:
            tag = draw(st.sampled_from(BLOCKS + INLINE))
            parts.append(f"<{tag}{draw(st.sampled_from(ATTRIBUTES))}>")
            open_tags.append(tag)
        elif kind < 9 and open_tags:
            parts.append(f"</{open_tags.pop(draw(st.integers(0, len(open_tags) - 1)))}>")
        else:
            parts.append(
                draw(st.sampled_from(["<br>", "<hr>", "<img src=x>", '<img alt="">', "<!-- c -->", "<wbr>", "&nbsp;"]))
            )
    return "".join(parts) + f" w{words}x"


def found(document: Document) -> Counter[str]:
    kept = " ".join(texts(document.blocks))
    labels = " ".join(_labels(document))
    return Counter(WORD.findall(" ".join([kept, labels, *(omission.text for omission in document.left_out)])))


def _labels(document: Document) -> list[str]:
    return [span.reading for block in _paragraphs(document.blocks) for span in block]


def _paragraphs(blocks):
    stack = list(blocks)
    while stack:
        block = stack.pop()
        for name in ("inlines", "caption"):
            if hasattr(block, name):
                yield getattr(block, name)
        stack += getattr(block, "blocks", ())
        for item in getattr(block, "items", ()):
            stack += item
        rows = getattr(block, "rows", ())
        for row in rows if isinstance(rows, tuple) else ():
            stack += row


@settings(max_examples=150, deadline=None)
@given(markup(), st.sampled_from(["", "<!DOCTYPE html><html><head><title>t</title></head><body>"]))
def test_every_word_of_html_is_kept_once_or_reported(source: str, head: str) -> None:
    expected = Counter(WORD.findall(source))
    try:
        document = read_bytes((head + source).encode(), name="x.html")
    except InputError:
        return
    assert found(document) == expected


MARKDOWN = [
    *(
        "\n",
        "\n\n",
        "\n\n\n",
        " ",
        "  \n",
        "\n# ",
        "\n## ",
        "\n> ",
        "\n- ",
        "\n  - ",
        "\n    - ",
        "\n1. ",
        "\n7) ",
        "\n---\n",
        "\n===\n",
    ),
    *(
        "*",
        "**",
        "_",
        "~~",
        "`",
        "\n```\n",
        "\n```py\n",
        "\n    ",
        "[",
        "](",
        ")",
        "![",
        "[^1]",
        "\n[^1]: ",
        "\n[^2]: ",
        "^[",
        "]",
        "|",
    ),
    *(
        "\n| a | b |\n|---|---|\n| ",
        " | ",
        "\n: ",
        "<b>",
        "</b>",
        "<div>",
        "\n\n<div>\n\n",
        "</div>",
        "<br>",
        "\\",
        "&amp;",
        "中",
        "，",
        "“",
    ),
]


UNSEEN = re.compile(r"\]\([^)\n]*|(?:```|~~~).*")
"""What no reader of Markdown shows: the addresses of links, the names of programming languages."""


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """Markdown signs in any order, with words w0x, w1x... among them."""
    parts: list[str] = []
    for number in range(draw(st.integers(1, 25))):
        parts += draw(st.lists(st.sampled_from(MARKDOWN), max_size=3))
        parts.append(f"w{number}x")
    return "".join(parts)


@settings(max_examples=150, deadline=None)
@given(markdown(), st.sampled_from(["x.md", "x.txt", ""]))
def test_every_word_of_markdown_is_kept_once_or_reported(source: str, name: str) -> None:
    expected = Counter(WORD.findall(source))
    try:
        document = read_bytes(source.encode(), name=name)
    except InputError:
        return
    unseen = Counter(WORD.findall(" ".join(UNSEEN.findall(source))))
    missing = expected - found(document)
    assert not missing - unseen, "a word is gone"
    assert not found(document) - expected, "a word is there twice"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["x.md", "x.html", "x.txt", ""]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    caught: InputError | None = None
    try:
        read_bytes(data, name=name)
    except InputError as error:
        caught = error
    assert caught is None or (caught.message and caught.remedy)
