import pytest
from tests.document.books import WORD, docx
from tests.document.dump import dump

from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError


def p(text: str, style: str = "", run: str = "", paragraph: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def test_styles_sizes_and_notes() -> None:
    size = '<w:b/><w:sz w:val="{}"/>'.format
    body = [
        p("The title", "Title"),
        p("One", "heading1"),
        p("A subtitle in large type", run=size(40), paragraph='<w:jc w:val="center"/>'),
        p("Text, long enough to be the usual size of type.", run='<w:sz w:val="20"/>'),
        p("Bold and larger", run=size(30)),
        (
            '<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>this</w:t></w:r>'
            '<w:r><w:footnoteReference w:id="1"/></w:r><m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath></w:p>'
        ),
        p("Said somebody", "Quote"),
        (
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>"
            "<w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>d</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        ),
    ]
    footer = {"word/footer1.xml": f'<w:ftr xmlns:w="{WORD}">{p("Page 1")}</w:ftr>'}
    core = {
        "docProps/core.xml": "<c><title>Doc 1</title><creator>A. Finch</creator><created>2021-07-06T10:00:00Z</created></c>"
    }
    document = read_bytes(docx("".join(body), more={**footer, **core}), name="a.docx")
    assert (document.metadata.page_title, document.metadata.author) == ("Doc 1", "A. Finch")
    assert dump(document.blocks, document.left_out).split("\n") == [
        "H1 The title | h1 .title",
        "H1 One | h1",
        "P *A subtitle in large type* | p .size-20 .centred centred 200%",
        "P Text, long enough to be the usual size of type. | p .size-10",
        "P *Bold and larger* | p .size-15 150%",
        "P See /this/[^[1]^](note: footnote-1) | p",
        "QUOTE",
        "    P Said somebody | p in blockquote",
        "TABLE",
        "  a | b",
        "  c | d",
        "NOTE footnote-1 (1)",
        "    P A note. | p in li",
        "- UNSPEAKABLE: x+1",
        "- BOILERPLATE: Page 1",
        "- UNSPEAKABLE: ↑",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (docx("<w:p><w:r>"), "cannot be read|damaged|nothing to speak"),
        (docx(""), "nothing to speak"),
        (docx("<!ENTITY a 'b'>"), "entities"),
        (docx(p("x") * 3)[:400], "damaged"),
        (docx("<w:p>" * 5000), "cannot be read|nothing to speak|do not end"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_bytes(data, name="a.docx")
