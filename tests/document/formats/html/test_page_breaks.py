"""Page numbers of the printed edition are not spoken and are named; words that they cut are whole."""

import pytest
from tests.document.books import epub, xhtml
from tests.document.listening import heard, named, script_of

from chaptercast.document.model import Document, Paragraph, Span
from chaptercast.document.read import read_bytes


def first_spans_of_pages(document: Document) -> list[tuple[str, int]]:
    """The spans that begin pages."""
    spans: list[Span] = [s for block in document.blocks if isinstance(block, Paragraph) for s in block.inlines]
    return [(span.text, span.page) for span in spans if span.page]


@pytest.mark.parametrize(
    "mark",
    [
        '<span epub:type="pagebreak" id="p">{}</span>',
        '<span role="doc-pagebreak" id="p">{}</span>',
        '<span class="pagenum">[Pg {}]</span>',
        '<span class="pageno">{}</span>',
        '<a class="x-ebookmaker-pageno" title="{0}">[Pg {0}]</a>',
        '<span class="page-number">p. {}</span>',
    ],
)
@pytest.mark.parametrize("number", ["13", "xiv"])
def test_a_mark_between_words_and_in_a_word(mark: str, number: str) -> None:
    mark = mark.format(number)
    book = epub(
        {"a.xhtml": xhtml(f"<p>The sea {mark}rose. It was un{mark}usual.</p><div>{mark}</div><p>It slept.</p>")}
    )
    assert heard(book, "x.epub")[1:] == ["The sea rose. It was unusual.", "It slept."]
    assert [reason for _, reason in named(book, "x.epub")] == ["PAGE_NUMBER"] * 3


def test_a_mark_that_is_a_block_and_one_without_text() -> None:
    body = (
        '<p>The sea rose.</p><div epub:type="pagebreak" id="p14">14</div><p>It <span role="doc-pagebreak"/>slept.</p>'
    )
    book = epub({"a.xhtml": xhtml(body)})
    assert heard(book, "x.epub")[1:] == ["The sea rose.", "It slept."]
    assert named(book, "x.epub") == [("14", "PAGE_NUMBER")]


@pytest.mark.parametrize(
    "text",
    [
        '<span class="pagenum">a whole remark</span>',
        '<span class="page">12</span>',
        '<div epub:type="pagebreak"><p>A chapter that stands in a mark.</p></div>',
    ],
)
def test_what_is_no_page_number_is_text(text: str) -> None:
    assert named(epub({"a.xhtml": xhtml(f"<p>The sea rose.</p>{text}")}), "x.epub") == []


def test_page_marks_of_a_web_page() -> None:
    page = b"<p>The sea <span class='pagenum'>[12]</span> rose, and nobody had seen it do that before.</p>"
    assert heard(page, "x.html") == ["The sea rose, and nobody had seen it do that before."]


@pytest.mark.parametrize(
    "mark",
    [
        '<span epub:type="pagebreak" id="x">xiv</span>',
        '<span role="doc-pagebreak" aria-label=" Page xiv. "/>',
        '<span role="doc-pagebreak" title="xiv"/>',
        '<span epub:type="pagebreak" id="page_xiv"/>',
        '<a class="pagenum">[Pg xiv]</a>',
    ],
)
def test_where_a_page_begins_is_kept(mark: str) -> None:
    book = epub(
        {"a.xhtml": xhtml(f"<p>It was un{mark}usual, <b>that</b> day.</p>"), "b.xhtml": xhtml("<p>It slept.</p>")}
    )
    document = read_bytes(book, name="x.epub")
    assert [(page.label, page.read_by) for page in document.pages] == [("xiv", None)]
    assert first_spans_of_pages(document) == [("that", 1)]


def test_a_mark_between_paragraphs_begins_the_next() -> None:
    body = '<p>The sea rose.</p><div epub:type="pagebreak">14</div><p> <i>It</i> slept.</p><p>漢字<i epub:type="pagebreak">15</i>漢字</p>'
    document = read_bytes(epub({"a.xhtml": xhtml(body)}), name="x.epub")
    assert first_spans_of_pages(document) == [("It", 1), ("漢字", 2)]
    assert [page.label for page in document.pages] == ["14", "15"]


def test_a_mark_without_a_number_is_no_page() -> None:
    document = read_bytes(
        epub({"a.xhtml": xhtml('<p>The sea <span role="doc-pagebreak" id="here"/>rose.</p>')}), name="x.epub"
    )
    assert document.pages == ()


def test_the_script_knows_where_pages_begin() -> None:
    body = (
        '<p>The sea <span epub:type="pagebreak">13</span>rose.</p><p><span epub:type="pagebreak">14</span>It slept.</p>'
    )
    script = script_of(epub({"a.xhtml": xhtml(body)}), "x.epub")
    sentences = (sentence for say in script.utterances() for sentence in say.sentences)
    begun = [(s.written[mark.offset :], mark.style.page) for s in sentences for mark in s.marks if mark.style.page]
    assert begun == [("rose.", 1), ("It slept.", 2)]
    assert [page.label for page in script.pages] == ["13", "14"]
