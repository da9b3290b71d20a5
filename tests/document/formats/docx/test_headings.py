"""Headings and titles: by style, by what a style is based on, by outline level, in any language."""

import pytest
from tests.document.books import NAMESPACES, docx, style
from tests.document.books import paragraph as p
from tests.document.formats.docx.reading import lines

from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes

TEXT = "The keeper walked along the wall with a lamp in his hand, counting the boats."


def chapters(body: str, **parts: object) -> list[str]:
    """The title, and the headings with their levels."""
    document = outline(read_bytes(docx(body, **parts), name="a.docx"))
    found = [
        f"{block.level} {''.join(span.text for span in block.inlines)}"
        for block in document.blocks
        if hasattr(block, "level")
    ]
    return [document.title or "-", *found]


def level(number: int) -> str:
    return f'<w:outlineLvl w:val="{number}"/>'


def test_styles_of_the_authors_own_that_are_based_on_headings() -> None:
    styles = (
        style("Part", "Company part", '<w:basedOn w:val="heading1"/>', own=True)
        + style("Sub", "Company sub", '<w:basedOn w:val="Middle"/>', own=True)
        + style("Middle", "Company middle", '<w:basedOn w:val="heading2"/>', own=True)
    )
    body = p("Arrival", "Part") + p("The quay", "Sub") + p(TEXT) + p("The wall", "Sub") + p(TEXT)
    body += p("Departure", "Part") + p(TEXT) + p("Aftermath", "Part") + p(TEXT)
    expected = ["-", "2 Arrival", "3 The quay", "3 The wall", "2 Departure", "2 Aftermath"]
    assert chapters(body, styles=styles) == expected


def test_outline_levels_of_styles_and_paragraphs() -> None:
    styles = style("A", "Clause", f"<w:pPr>{level(0)}</w:pPr>", own=True) + style(
        "B", "Lesser", '<w:basedOn w:val="A"/>', own=True
    )
    body = (
        p("Fares", "A")
        + p(TEXT)
        + p("Hours", "B")
        + p(TEXT)
        + p("What the master told us", properties=level(1))
        + p(TEXT)
    )
    assert chapters(body, styles=styles) == ["-", "2 Fares", "2 Hours", "3 What the master told us"]


def test_a_paragraph_can_be_taken_out_of_the_outline() -> None:
    body = p("Fares", "heading1") + p(TEXT) + p("Said in large type", "heading1", properties=level(9)) + p(TEXT)
    assert lines(body)[2] == "P Said in large type"


@pytest.mark.parametrize(
    "name",
    ["heading 1", "Heading 1", "Überschrift 1", "Titre 1", "标题 1", "見出し 1", "Заголовок 1", "Título 1", "heading1"],
)
@pytest.mark.parametrize("kind", ["paragraph", ""])
def test_names_of_headings_in_many_languages(name: str, kind: str) -> None:
    assert lines(p("Fares", "X") + p(TEXT), styles=style("X", name, kind=kind))[0] == "H2 Fares"


@pytest.mark.parametrize("name", ["Heading 1 Char", "Table heading", "1", "Title 1 of it"])
def test_other_names_make_no_headings(name: str) -> None:
    assert lines(p("Fares", "X") + p(TEXT), styles=style("X", name))[0] == "P Fares"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # a title in its own style, whatever stands before it
        (p("Rosa Finch") + p("The harbour", "Title") + p("Arrival", "heading1") + p(TEXT) + p("Departure", "heading1") + p(TEXT),
         ["The harbour", "2 Arrival", "2 Departure"]),
        # a title of two lines
        (p("The harbour", "Title") + p("A history", "Title") + p("Arrival", "heading1") + p(TEXT), ["The harbour A history", "2 Arrival"]),
        # several headings of the first level: none is the title
        (p("Arrival", "heading1") + p(TEXT) + p("Departure", "heading1") + p(TEXT), ["-", "2 Arrival", "2 Departure"]),
        # the only one, at the head
        (p("Issue 7") + p("The harbour", "heading1") + p(TEXT) + p("Arrival", "heading2") + p(TEXT), ["The harbour", "2 Arrival"]),
        # the only one, after text
        (p(TEXT * 4) + p("Fares", "heading1") + p(TEXT) + p("Hours", "heading2") + p(TEXT), ["-", "2 Fares", "3 Hours"]),
        # titles that head chapters
        (p("Arrival", "Title") + p("The quay", "heading1") + p(TEXT) + p("Departure", "Title") + p(TEXT),
         ["-", "2 Arrival", "3 The quay", "2 Departure"]),
        # the name of a list of contents
        (p("Contents", "Title") + p("Typed by hand") + p("Arrival", "heading1") + p(TEXT) + p("Departure", "heading1") + p(TEXT),
         ["-", "2 Arrival", "2 Departure"]),
    ],
)  # fmt: skip
def test_titles(body: str, expected: list[str]) -> None:
    assert chapters(body) == expected


def test_the_name_of_an_own_style_tells_what_it_is_for() -> None:
    styles = style("X", "Section title", own=True) + style("Y", "Chapter body", own=True)
    body = (p("Fares", "X") + p(TEXT, "Y")) + (p("Hours", "X") + p(TEXT, "Y")) + (p("Dogs", "X") + p(TEXT, "Y"))
    assert chapters(body, styles=styles) == ["-", "2 Fares", "2 Hours", "2 Dogs"]


NUMBERING = (
    f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="heading1"/><w:lvlText w:val="{}"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="heading2"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("%1", "1 Fares", "2 Dogs"),
        ("%1.", "1. Fares", "2. Dogs"),
        ("Chapter %1", "Chapter 1: Fares", "Chapter 2: Dogs"),
    ],
)
def test_numbers_of_headings_are_said(text: str, first: str, last: str) -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="heading{n}"><w:name w:val="heading {n}"/>{numbered}</w:style>'
        for n in (1, 2)
    )
    styles = f"<w:styles {NAMESPACES}>{headings}</w:styles>"
    body = (
        p("Fares", "heading1")
        + p("Children", "heading2")
        + p("Men", "heading2")
        + p("Dogs", "heading1")
        + p("Large", "heading2")
    )
    found = lines(
        body,
        more={"word/numbering.xml": NUMBERING.format(text), "word/styles.xml": styles},
        relations=(("numbering", "numbering.xml"),),
    )
    assert found == [f"H2 {first}", "H3 1.1 Children", "H3 1.2 Men", f"H2 {last}", "H3 2.1 Large"]
