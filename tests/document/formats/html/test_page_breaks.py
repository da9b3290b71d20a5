"""Page numbers of the printed edition are not spoken and are named; words that they cut are whole."""

import pytest
from tests.document.books import epub, xhtml
from tests.document.listening import heard, named


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
