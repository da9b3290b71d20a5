"""What the list of contents names is a chapter, whatever it says and however it is marked; nothing is said twice for it."""

import pytest
from tests.document.books import book_of, epub, xhtml
from tests.document.listening import chapters, heard

P = "<p>The keeper walked along the wall with a lamp in his hand, counting the boats.</p>"


@pytest.mark.parametrize("title", ["About the Author", "Newsletter", "Contact us", "Advertisement", "Related", "Share"])
def test_a_chapter_that_is_called_like_the_furniture_of_a_page(title: str) -> None:
    book = book_of(
        {"one.xhtml": f"<h1>The loom</h1>{P}", "two.xhtml": f"<h1>{title}</h1>{P}"},
        [("The loom", "one.xhtml"), (title, "two.xhtml")],
    )
    assert chapters(book, "x.epub") == [(2, "The loom"), (2, title)]


def test_headings_that_read_like_a_byline_and_the_only_first_heading() -> None:
    book = book_of(
        {
            "a.xhtml": f"<h1>The Boat</h1>{P}",
            "b.xhtml": f"<h2>By Broad River’s Shore</h2>{P}",
            "c.xhtml": f"<h2>By Lake Vätter</h2>{P}",
        },
        [("The Boat", "a.xhtml"), ("By Broad River’s Shore", "b.xhtml"), ("By Lake Vätter", "c.xhtml")],
    )
    assert chapters(book, "x.epub") == [(2, "The Boat"), (2, "By Broad River’s Shore"), (2, "By Lake Vätter")]


def test_an_entry_that_leads_to_the_body_of_a_file() -> None:
    book = book_of(
        {"a.xhtml": f"<h2>The Boat</h2>{P}", "b.xhtml": P},
        [("The Boat", "a.xhtml"), ("The Train", "b.xhtml#b2")],
    )
    book_with_id = epub(
        {
            "a.xhtml": xhtml(f"<h2>The Boat</h2>{P}"),
            "b.xhtml": xhtml(P).replace("<body>", '<body id="b2">'),
            "nav.xhtml": xhtml(
                '<nav epub:type="toc"><ol><li><a href="a.xhtml">The Boat</a></li><li><a href="b.xhtml#b2">The Train</a></li></ol></nav>'
            ),
        },
        nav="nav.xhtml",
    )
    for each in (book, book_with_id):  # an id that is nowhere means the file
        assert chapters(each, "x.epub") == [(2, "The Boat"), (2, "The Train")]


def test_the_title_story_is_a_chapter_though_it_is_called_like_the_book() -> None:
    titles = ["Salt", "The book", "Rain"]
    files = {f"c{n}.xhtml": f"<h1>{title}</h1>{P}" for n, title in enumerate(titles)}
    book = book_of(files, [(title, name) for title, name in zip(titles, files, strict=True)])
    assert [title for _, title in chapters(book, "x.epub")] == titles


@pytest.mark.parametrize(
    ("body", "label", "said"),
    [
        ('<p class="cn">1</p><p class="ct">The long way</p>', "1 The long way", "one. The long way."),
        ('<p class="cn">1</p><h2>The long way</h2>', "The long way", "one. The long way."),
        ("<h2>Chapter 1</h2><p class='sub'>The long way</p>", "Chapter 1: The long way", "Chapter one. The long way."),
        ("<h2>1</h2><h3>The long way</h3>", "1. The long way", "one. The long way."),
        ("<p>Chapter I</p><h2>The long way</h2>", "Chapter I: The long way", "Chapter one. The long way."),
        ("<h2><span>1</span><br/>The long way</h2>", "The long way", "one. The long way."),
    ],
)
def test_number_and_title_in_two_lines_are_one_heading_said_once(body: str, label: str, said: str) -> None:
    book = book_of(
        {"a.xhtml": body + P, "b.xhtml": f"<h2>The pier</h2>{P}"}, [(label, "a.xhtml"), ("The pier", "b.xhtml")]
    )
    told = heard(book, "x.epub")
    assert len(chapters(book, "x.epub")) == 2
    words = [line.replace(".", "").replace(",", "").split() for line in told]
    assert words[1] == said.replace(".", "").split()
    assert sum("long way" in line for line in told) == 1


def test_a_title_that_is_a_picture_or_a_paragraph_in_a_figure() -> None:
    book = book_of(
        {
            "a.xhtml": f'<p><img src="a.png" alt="Chapter One"/></p>{P}',
            "b.xhtml": f'<h2><img src="b.png" alt=""/></h2>{P}',
            "c.xhtml": f"<figure><p>The mole</p></figure>{P}",
        },
        [("Chapter One", "a.xhtml"), ("Chapter Two", "b.xhtml"), ("The mole", "c.xhtml")],
    )
    assert [title for _, title in chapters(book, "x.epub")] == ["Chapter One", "Chapter Two", "The mole"]


def test_a_poem_keeps_its_first_line_which_the_contents_repeat() -> None:
    book = book_of(
        {
            "a.xhtml": "<blockquote><p>The tide came in at four</p><p>and carried off the door,</p></blockquote>",
            "b.xhtml": "<blockquote><p>I saw a gull<br/>upon a hull</p></blockquote>",
        },
        [("The tide came in at four", "a.xhtml"), ("I saw a gull", "b.xhtml")],
    )
    assert [title for _, title in chapters(book, "x.epub")] == ["The tide came in at four", "I saw a gull"]
    told = "\n".join(heard(book, "x.epub"))
    assert "The tide came in at four\nand carried" in told.replace(".\n", "\n")
    assert "I saw a gull, upon a hull" in told


def test_parts_hold_chapters_by_the_depth_of_their_entries_whatever_their_tags() -> None:
    book = book_of(
        {
            "p1.xhtml": "<h1>Part One</h1>",
            "a.xhtml": f"<h1>The quay</h1>{P}",
            "b.xhtml": f"<h1>The pier</h1>{P}",
            "p2.xhtml": "<h3>Part Two</h3>",
            "c.xhtml": f"<h2>The mole</h2>{P}",
        },
        [
            ("Part One", "p1.xhtml", [("The quay", "a.xhtml"), ("The pier", "b.xhtml")]),
            ("Part Two", "p2.xhtml", [("The mole", "c.xhtml")]),
        ],
    )
    assert chapters(book, "x.epub") == [
        (2, "Part One"),
        (3, "The quay"),
        (3, "The pier"),
        (2, "Part Two"),
        (3, "The mole"),
    ]


def test_parts_that_are_only_named_in_the_contents() -> None:
    book = book_of(
        {"a.xhtml": f"<h2>The quay</h2>{P}", "b.xhtml": f"<h2>The pier</h2>{P}"},
        [("Part One", "", [("The quay", "a.xhtml")]), ("Part Two", "", [("The pier", "b.xhtml")])],
    )
    assert chapters(book, "x.epub") == [(2, "Part One"), (3, "The quay"), (2, "Part Two"), (3, "The pier")]


def test_entries_that_lead_into_a_file() -> None:
    body = (
        f'<p><a id="a"></a><b>Salt</b></p>{P}<p id="b">Rain</p>{P}<h3 id="x">Wind</h3><a id="c"></a>{P}'
        '<p>Before it <a id="d"></a>and after it.</p>'
    )
    book = book_of(
        {"a.xhtml": body},
        [("Salt", "a.xhtml#a"), ("Rain", "a.xhtml#b"), ("Wind", "a.xhtml#c"), ("More", "a.xhtml#d")],
    )
    assert [title for _, title in chapters(book, "x.epub")] == ["Salt", "Rain", "Wind", "More"]
    assert "Before it and after it." in heard(book, "x.epub")


def test_lines_that_only_look_like_headings_are_text_where_the_contents_name_the_chapters() -> None:
    body = f"{P}<p><b>A sign on the door</b></p>{P}"
    book = book_of(
        {f"{n}.xhtml": f"<h2>{title}</h2>{body}" for n, title in enumerate(("The quay", "The pier", "The mole"))},
        [(title, f"{n}.xhtml") for n, title in enumerate(("The quay", "The pier", "The mole"))],
    )
    assert [title for _, title in chapters(book, "x.epub")] == ["The quay", "The pier", "The mole"]


@pytest.mark.parametrize("line", ["ISBN 978-1-23-456789-7", "€ 12.50", "1 234 567", "12 - 15 €"])
def test_prices_and_numbers_of_an_edition_are_no_chapters(line: str) -> None:
    book = epub({"a.xhtml": xhtml(f"<h2>The quay</h2>{P}<p><b>{line}</b></p>{P}<h2>The pier</h2>{P}")})
    assert [title for _, title in chapters(book, "x.epub")] == ["The quay", "The pier"]


def test_the_contents_of_epub_2_and_a_page_of_contents_that_is_not_spoken() -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>By the sea</text></navLabel>'
        '<content src="a.xhtml"/></navPoint><navPoint><navLabel><text>Index</text></navLabel><content src="b.xhtml"/>'
        "</navPoint></navMap></ncx>"
    )
    book = epub(
        {"a.xhtml": xhtml(f"<h1>By the sea</h1>{P}"), "b.xhtml": xhtml(f"<h1>Index</h1>{P}"), "toc.ncx": ncx},
        toc="toc.ncx",
    )
    assert [title for _, title in chapters(book, "x.epub")] == ["By the sea", "Index"]
