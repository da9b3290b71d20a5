import io
import zipfile

import pytest
from tests.document.books import epub, packed, xhtml
from tests.document.dump import dump

from chaptercast.document.model import Metadata
from chaptercast.document.read import read_bytes
from chaptercast.document.sources import zip_container
from chaptercast.errors import InputError

NAV = xhtml(
    '<nav epub:type="toc"><ol><li><a href="one.xhtml">One</a></li><li><a href="two.xhtml">Two, a chapter</a><ol>'
    '<li><a href="two.xhtml#b">Part b</a></li></ol></li><li><a href="three.xhtml">Three</a></li></ol></nav>',
)
NCX = (
    '<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>One</text></navLabel><content src="one.xhtml"/>'
    '<navPoint><navLabel><text>Inner</text></navLabel><content src="one.xhtml#x"/></navPoint></navPoint></navMap></ncx>'
)


def test_a_book_is_one_article_in_the_order_of_its_spine() -> None:
    book = epub(
        {
            "one.xhtml": xhtml(
                "<h1>One</h1><p>Text<a epub:type='noteref' href='notes.xhtml#n1'>1</a>, <a href='two.xhtml'>on</a>.</p>"
            ),
            "two.xhtml": xhtml("<p class='ct'>TWO: A CHAPTER</p><p>Words.</p><div id='b'><p>More.</p></div>"),
            "three.xhtml": xhtml("<p>Last.</p><a id='x'/>"),
            "notes.xhtml": xhtml("<aside epub:type='footnote' id='n1'><p>The note.</p></aside>"),
            "nav.xhtml": NAV,
            "a.css": ".ct { font-weight: bold }",
        },
        nav="nav.xhtml",
    )
    document = read_bytes(book, name="book.epub")
    assert document.metadata == Metadata(
        "The book",
        author="A. Finch",
        authors=("A. Finch",),
        date="2021-07-06",
        language="en-GB",
        description="About it",
    )
    assert dump(document.blocks, document.left_out).split("\n") == [
        "H1 One | h1",
        "P Text[1](note: OEBPS/notes.xhtml#n1), on. | p",
        "H1 *TWO: A CHAPTER* | h1 .ct",
        "P Words. | p",
        "H3 Part b | h3",
        "P More. | p",
        "H1 Three | h1",
        "P Last. | p",
        "NOTE OEBPS/notes.xhtml#n1 (1)",
        "    P The note. | p in aside",
        "- BOILERPLATE: One Two, a chapter Part b Three",
    ]


def test_a_page_that_lists_the_whole_book_is_its_contents_though_authors_stand_beside_the_links() -> None:
    names = [f"part{n}.xhtml" for n in range(6)]
    rows = "".join(
        f"<p><a href='{name}'>Part {n}</a><br/>by Ann Finch and some others</p>" for n, name in enumerate(names)
    )
    parts = {name: xhtml(f"<h1>Part {n}</h1><p>Text {n}.</p>") for n, name in enumerate(names)}
    book = epub({"list.xhtml": xhtml(f"<h1>What is in it</h1><h3>Days</h3>{rows}"), **parts})
    told = dump(read_bytes(book).blocks)
    assert "others" not in told
    assert all(f"Text {n}." in told for n in range(6))


def test_a_first_chapter_with_links_to_the_others_is_text() -> None:
    names = [f"part{n}.xhtml" for n in range(6)]
    rows = "".join(f"<p>A day.</p><p>See <a href='{name}'>part {n}</a>.</p>" for n, name in enumerate(names))
    parts = {name: xhtml(f"<p>Text {n}.</p>") for n, name in enumerate(names)}
    book = epub({"first.xhtml": xhtml(rows), **parts})
    assert "A day." in dump(read_bytes(book).blocks)


def test_epub_2_has_its_contents_in_an_ncx() -> None:
    book = epub({"one.xhtml": xhtml("<p>Start.</p><p id='x'>End.</p>"), "toc.ncx": NCX}, toc="toc.ncx")
    assert [line.partition(" |")[0] for line in dump(read_bytes(book).blocks).split("\n")] == [
        "H2 One",
        "P Start.",
        "H3 Inner",
        "P End.",
    ]


@pytest.mark.parametrize(
    ("book", "words"),
    [
        (packed({"META-INF/container.xml": "<container/>"}), "package document is missing"),
        (packed({"META-INF/container.xml": "not xml"}), "damaged"),
        (epub({"a.css": "p {}"}), "nothing to speak"),
        (epub({"one.xhtml": xhtml("<p></p>")}), "nothing to speak"),
        (
            epub(
                {"one.xhtml": xhtml("<p>x</p>")},
                more={
                    "META-INF/encryption.xml": "<e><EncryptedData><EncryptionMethod Algorithm='aes'/>"
                    "<CipherData><CipherReference URI='OEBPS/one.xhtml'/></CipherData></EncryptedData></e>"
                },
            ),
            "copy-protected",
        ),
        (
            epub(
                {
                    "one.xhtml": xhtml("<p>x</p>"),
                    "toc.ncx": "<!DOCTYPE n [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><ncx>&c;</ncx>",
                },
                toc="toc.ncx",
            ),
            "entities",
        ),
        (epub({"one.xhtml": xhtml("<p>x</p>")})[:300], "damaged"),
        (epub({"one.xhtml": xhtml("<p>x</p>") + " " * 20_000_000}), "far more"),
    ],
)
def test_what_cannot_be_read_is_refused(book: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_bytes(book, name="book.epub")


def test_an_archive_that_is_no_book_is_refused() -> None:
    with pytest.raises(InputError, match="a ZIP archive"):
        read_bytes(packed({"a.txt": "text"}), name="a.zip")


def test_the_total_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_container, "TOTAL", 1000)
    with pytest.raises(InputError, match="far more"):
        read_bytes(epub({"one.xhtml": xhtml("<p>x</p>" * 500)}))


def test_a_file_that_the_spine_names_twice_or_that_is_missing() -> None:
    book = epub({"one.xhtml": xhtml("<p>Once.</p>")})
    opf = zipfile.ZipFile(io.BytesIO(book)).read("OEBPS/book.opf").decode()
    opf = opf.replace("</spine>", '<itemref idref="i0"/><itemref idref="none"/></spine>')
    assert (
        dump(read_bytes(epub({"one.xhtml": xhtml("<p>Once.</p>")}, more={"OEBPS/book.opf": opf})).blocks)
        == "P Once. | p .OEBPS/one.xhtml"
    )
