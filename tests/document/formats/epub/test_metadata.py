"""What a book says about itself."""

import pytest
from tests.document.books import book_of

from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes


def metadata(content: str):
    body = "<h1>River Commons</h1><p>The keeper walked along the wall.</p>"
    return outline(read_bytes(book_of({"a.xhtml": body}, [("River Commons", "a.xhtml")], metadata=content))).metadata


def test_a_title_with_a_dash_is_the_whole_title() -> None:
    title = "River Commons - A Shared Shore"
    assert metadata(f"<dc:title>{title}</dc:title>").title == title


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("<dc:title>First</dc:title><dc:title>Second</dc:title>", "First"),
        (
            (
                '<dc:title id="s">A series</dc:title><dc:title id="m">The book</dc:title>'
                '<meta refines="#m" property="title-type">main</meta>'
            ),
            "The book",
        ),
        ("<dc:title/>", "River Commons"),
    ],
)
def test_the_main_title(content: str, title: str) -> None:
    assert metadata(content).title == title


@pytest.mark.parametrize(
    ("content", "author"),
    [
        ("<dc:creator>A. Finch</dc:creator><dc:creator>B. Wren</dc:creator>", "A. Finch, B. Wren"),
        ('<dc:creator opf:role="ill">A. Finch</dc:creator><dc:creator opf:role="aut">B. Wren</dc:creator>', "B. Wren"),
        (
            (
                '<dc:creator id="c">A. Finch</dc:creator><dc:creator>B. Wren</dc:creator>'
                '<meta refines="#c" property="role" scheme="marc:relators">edt</meta>'
            ),
            "B. Wren",
        ),
        ('<dc:creator opf:role="edt">A. Finch</dc:creator>', "A. Finch"),
    ],
)
def test_authors_are_those_who_wrote_it(content: str, author: str) -> None:
    assert metadata(f"<dc:title>The book</dc:title>{content}").author == author


def test_the_date_is_that_of_its_publication() -> None:
    dates = (
        '<dc:date opf:event="modification">2022-01-02</dc:date><dc:date opf:event="publication">1890-05-01</dc:date>'
    )
    assert metadata(f"<dc:title>The book</dc:title>{dates}").date == "1890-05-01"
