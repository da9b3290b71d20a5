"""Inputs made to hurt: no traceback, no hang, and their text is still there."""

import contextlib

import pytest

from chaptercast.document.block_text import texts
from chaptercast.document.model import Document
from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError

DEEP = 100_000


def words(document: Document) -> str:
    return " ".join(texts(document.blocks))


@pytest.mark.parametrize(
    "tag", ["div", "b", "blockquote", "ul", "ul><li", "table><tr><td", "ruby", "figure", "pre", "a", "q", "details"]
)
def test_depth_of_100_000(tag: str) -> None:
    document = read_bytes((f"<p>before</p><{tag}>" + f"<{tag}>" * DEEP + "deep" + "<p>after").encode(), name="x.html")
    found = words(document)
    assert "before" in found
    assert "deep" in found
    assert "after" in found


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "- ",
            "> ",
            "1. ",
            "[",
            "![",
            "*",
            "_",
            "`",
            "**a ",
            "[a](",
            "<",
            "<a ",
            "&",
            "~~",
            "^[",
            "[^1]",
            "\\",
            "| ",
            "#",
            "    ",
        ),
        *(
            "<!--",
            "<![CDATA[",
            "</div>",
            "a\n===\n",
            "| a |\n|---|\n",
            "[a]: b\n",
            "a\n: b\n",
            "\t- a\n",
            "---\n",
            "+++\n",
            "<p hidden>",
        ),
        *(
            "<sup><a href='#fn1'>1</a></sup>",
            "<li id=fn1>x",
            "<style>.a{",
            "<span lang=en>x",
            "<p style='font-size:2em'>x",
            "中",
            "{",
        ),
    ],
)
@pytest.mark.parametrize("name", ["x.md", "x.html", "x.txt"])
def test_repetition_takes_time_in_proportion(unit: str, name: str) -> None:
    # What is not in proportion takes minutes, and meets the time limit of every test.
    with contextlib.suppress(InputError):
        read_bytes(("word " + unit * (30_000 // len(unit))).encode(), name=name)


def test_huge_attributes_and_texts() -> None:
    huge = "x" * 2_000_000
    document = read_bytes(
        f"<p class='{huge}' style='{huge}' title='{huge}'>{huge}</p><img alt='{huge}'>".encode(), name="x.html"
    )
    assert len(words(document)) >= 2 * len(huge)


@pytest.mark.timeout(60)  # it takes two seconds
def test_ten_hours_of_speech_are_read_at_once() -> None:
    paragraph = "The tank by the **top** gate has been mended, number {}."
    text = "\n\n".join(paragraph.format(number) for number in range(20_000))
    document = read_bytes(text.encode(), name="x.md")
    assert len(document.blocks) == 20_000


def test_a_page_may_begin_with_many_comments() -> None:
    source = (
        "<!DOCTYPE html>\n"
        + "<!-- made by a program -->\n" * 200
        + "<html><body><p>The words of the page.</p></body></html>"
    )
    assert words(read_bytes(source.encode(), name="x.html")) == "The words of the page."


@pytest.mark.parametrize("name", ["x.html", "x.md", "x.txt", ""])
def test_a_text_may_begin_with_many_comments(name: str) -> None:
    source = "<!-- made by a program -->\n" * 200 + "The words of the text.\n\nMore of them.\n"
    assert words(read_bytes(source.encode(), name=name)).endswith("More of them.")


@pytest.mark.parametrize("gap", [" ", ". ", "\t", "a    "])
def test_lines_with_wide_gaps_below_a_list_of_contents(gap: str) -> None:
    long = f"One{gap * 2000}end"
    found = words(read_bytes(f"Contents\n\nFirst ..... 5\nSecond ..... 7\n{long}\n\n{long}\n".encode(), name="x.txt"))
    assert found.endswith("end")
