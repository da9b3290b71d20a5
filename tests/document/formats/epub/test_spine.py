"""Files of a book are found whatever the case of their names, and what is named and not there is told."""

import unicodedata

import pytest
from tests.document.books import METADATA, OPF, book_of, epub, packed, xhtml
from tests.document.listening import chapters, heard, named, outlined

P = "<p>The keeper walked along the wall with a lamp in his hand, counting the boats.</p>"
CONTAINER = "META-INF/container.xml"


def shelved(manifest: str, spine: str, members: dict[str, str | bytes]) -> bytes:
    """A book whose package says one thing and whose archive has another."""
    opf = OPF.format(metadata=METADATA, manifest=manifest, spine=spine, toc="")
    container = '<container><rootfiles><rootfile full-path="oebps/BOOK.opf"/></rootfiles></container>'
    return packed({"mimetype": "application/epub+zip", CONTAINER: container, "OEBPS/book.opf": opf, **members})


@pytest.mark.parametrize(
    ("href", "member"),
    [
        ("text/one.xhtml", "OEBPS/Text/One.xhtml"),
        ("caf%C3%A9.xhtml", f"OEBPS/{unicodedata.normalize('NFD', 'café.xhtml')}"),
        ("text/one.xhtml", "OEBPS\\text\\one.xhtml"),
        ("a%20b.xhtml", "OEBPS/a b.xhtml"),
        ("../one.xhtml", "one.xhtml"),
    ],
)
def test_a_file_is_found_by_a_name_that_is_alike(href: str, member: str) -> None:
    book = shelved(
        f'<item id="a" href="{href}" media-type="application/xhtml+xml"/>',
        '<itemref idref="a"/>',
        {member: xhtml(f"<h1>One</h1>{P}")},
    )
    assert "One" in " ".join(heard(book, "x.epub"))
    assert named(book, "x.epub") == []


def test_links_find_their_targets_without_regard_to_case() -> None:
    book = book_of(
        {"a.xhtml": f"<h2>The quay</h2>{P}", "B.xhtml": f"<h2 id='Top'>The pier</h2>{P}"},
        [("The quay", "A.xhtml"), ("The pier", "b.xhtml#top")],
    )
    assert len(chapters(book, "x.epub")) == 2


def test_every_file_that_is_missing_is_named() -> None:
    book = shelved(
        '<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>',
        '<itemref idref="a"/><itemref idref="b"/><itemref idref="c"/>',
        {"OEBPS/one.xhtml": xhtml(P)},
    )
    assert [text for text, reason in named(book, "x.epub") if reason == "MISSING"] == ["c", "oebps/two.xhtml"]


def test_cdata_and_entities_of_the_document_are_text() -> None:
    page = xhtml("<p>one <![CDATA[two & three]]> &shore; &nbsp;five</p>").replace(
        "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY shore "four">]>'
    )
    told = " ".join(heard(epub({"a.xhtml": page}), "x.epub"))
    for word in ("one", "two", "three", "four", "five"):
        assert word in told


def test_entities_that_hold_others_are_not_read() -> None:
    page = xhtml("<p>text &b;</p>").replace(
        "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    )
    assert "aaaa" not in " ".join(heard(epub({"a.xhtml": page}), "x.epub"))


def test_of_several_versions_of_a_thing_one_is_read_and_the_others_are_named() -> None:
    switch = (
        '<epub:switch><epub:case required-namespace="http://www.xml-cml.org/schema"><p>molecule</p></epub:case>'
        "<epub:default><p>Water is wet.</p></epub:default></epub:switch>"
    )
    book = epub({"a.xhtml": xhtml(P + switch)})
    assert "Water is wet." in heard(book, "x.epub")
    assert ("molecule", "REPEATED") in named(book, "x.epub")


def test_what_stands_for_a_file_that_is_no_text() -> None:
    book = shelved(
        '<item id="a" href="a.json" media-type="application/json" fallback="b"/>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="c" href="c.json" media-type="application/json" fallback="c"/>',
        '<itemref idref="a"/><itemref idref="c"/>',
        {"OEBPS/a.json": "{}", "OEBPS/b.xhtml": xhtml(P), "OEBPS/c.json": "{}"},
    )
    assert len(heard(book, "x.epub")) == 2
    assert ("oebps/c.json", "NOT_TEXT") in named(book, "x.epub")


def test_pages_that_the_spine_does_not_show_are_named() -> None:
    book = shelved(
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>',
        '<itemref idref="a"/>',
        {"OEBPS/a.xhtml": xhtml(P), "OEBPS/b.xhtml": xhtml("<p>Only for printers.</p>")},
    )
    assert ("Only for printers.", "HIDDEN") in named(book, "x.epub")


def test_initials_belong_to_their_word() -> None:
    style = "<style>.drop { float: left; font-size: 300%; display: block }</style>"
    book = epub(
        {
            "a.xhtml": xhtml(
                '<h2>The quay</h2><p><span class="drop">O</span>nce the tide was high.</p>'
                '<p><img src="t.png" alt="T"/>hen it fell.</p>',
                head=style,
            )
        }
    )
    assert heard(book, "x.epub")[2:] == ["Once the tide was high.", "Then it fell."]


def test_the_language_of_a_file_is_kept() -> None:
    pages = {
        "a.xhtml": xhtml(P),
        "b.xhtml": xhtml("<p>Der Leuchtturm steht noch.</p>").replace("<html", '<html lang="de"'),
    }
    blocks = outlined(epub(pages), "x.epub").blocks
    assert [getattr(block, "language", None) for block in blocks] == [None, "de"]


def test_a_byte_that_is_no_character_does_not_refuse_the_book() -> None:
    book = epub(
        {
            "a.xhtml": xhtml("<p>The keeper walked @ along.</p><p>Le café était fermé.</p>")
            .encode()
            .replace(b"@", b"\xff\x81")
        }
    )
    assert "Le café était fermé." in heard(book, "x.epub")
