"""What OpenDocument texts become: headings, lists, notes, tables, boxes, changes, languages."""

import pytest
from tests.document.books import OPEN_DOCUMENT, open_document, packed
from tests.document.dump import dump
from tests.document.listening import chapters, heard, named

from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError

P = "<text:p>The keeper walked along the wall with a lamp in his hand, counting the boats.</text:p>"


def lines(body: str, **parts: str) -> list[str]:
    document = read_bytes(open_document(body, **parts), name="x.odt")
    return dump(document.blocks, document.left_out).split("\n")


def style(name: str, family: str = "paragraph", properties: str = "", **attributes: str) -> str:
    given = "".join(f' {key.replace("_", ":", 1).replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f'<style:style style:name="{name}" style:family="{family}"{given}>{properties}</style:style>'


def test_headings_by_their_level_by_their_style_and_by_its_parents() -> None:
    body = (
        '<text:h text:outline-level="1">The quay</text:h>'
        + P
        + '<text:h text:outline-level="2">Boats</text:h>'
        + P
        + f'<text:p text:style-name="P1">The pier</text:p>{P}<text:p text:style-name="Own">The mole</text:p>{P}'
    )
    styles = (
        style("P1", style_parent_style_name="Heading_20_1")
        + style("Heading_20_1", style_default_outline_level="1")
        + style("Own", style_parent_style_name="Heading_20_1")
    )
    book = open_document(body, styles=styles)
    assert chapters(book, "x.odt") == [(2, "The quay"), (3, "Boats"), (2, "The pier"), (2, "The mole")]


def test_the_title_is_that_of_the_style() -> None:
    book = open_document(f'<text:p text:style-name="Title">On tides</text:p>{P}')
    assert outline(read_bytes(book, name="x.odt")).title == "On tides"


def test_lists_count_or_do_not_and_go_on() -> None:
    numbers = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" text:start-value="3"/>'
        '<text:list-level-style-bullet text:level="2"/></text:list-style>'
    )
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('a boat', '')}</text:list>"
    body = (
        f'<text:list text:style-name="L1">{item.format("one", inner)}{item.format("two", "")}</text:list>{P}'
        f'<text:list text:style-name="L1" text:continue-numbering="true">{item.format("three", "")}</text:list>'
    )
    told = lines(body, styles=numbers)
    assert [line for line in told if "LIST" in line] == ["LIST from 3", "    LIST", "LIST from 5"]


def test_a_list_that_only_numbers_headings_is_none() -> None:
    body = (
        f'<text:list><text:list-item><text:h text:outline-level="1">The quay</text:h></text:list-item></text:list>{P}'
    )
    assert chapters(open_document(body * 2), "x.odt") == [(2, "The quay")] * 2
    assert not any("LIST" in line for line in lines(body))


def test_notes_are_read_and_their_marks_are_not() -> None:
    note = (
        '<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>His name was Finch.</text:p></text:note-body></text:note>"
    )
    told = lines(f"<text:p>The keeper{note} walked.</text:p>")
    assert told[0].startswith("P The keeper[^1^](note: n1) walked.")
    assert "NOTE n1 (1)" in told
    assert any(
        "His name was Finch." in line
        for line in heard(open_document(f"<text:p>The keeper{note} walked.</text:p>"), "x.odt")
    )


def test_spaces_tabs_breaks_marks_and_links() -> None:
    bold = style("T1", "text", '<style:text-properties fo:font-weight="bold"/>')
    body = (
        '<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d <text:span text:style-name="T1">e</text:span> '
        '<text:a xlink:href="https://example.org/">f</text:a></text:p>'
    )
    assert lines(body, styles=bold) == ["P a b c⏎d *e* [f](link: https://example.org/) | p"]


def test_a_table_with_a_head_and_spans() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell.format(' table:number-columns-spanned="2"', "Boats")
        + "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        + cell.format("", "nine")
        + cell.format("", "ten")
        + "</table:table-row></table:table>"
    )
    assert lines(body) == ["TABLE", "  #Boats [2x1]", "  nine | ten"]


def test_boxes_follow_their_paragraph_and_images_have_words() -> None:
    box = "<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame>"
    image = '<draw:frame><draw:image xlink:href="a.png"/><svg:title>A heron</svg:title><svg:desc>It waits.</svg:desc></draw:frame>'
    told = heard(open_document(f"<text:p>The keeper {box}walked.</text:p><text:p>{image}</text:p>"), "x.odt")
    assert told[:2] == ["The keeper walked.", "In the box."]
    assert "A heron It waits" in " ".join(told[2:])


def test_shapes_have_text() -> None:
    shape = "<draw:custom-shape><text:p>On the sign.</text:p></draw:custom-shape>"
    assert "On the sign." in heard(open_document(f"<text:p>{shape}The keeper walked.</text:p>"), "x.odt")


def test_what_is_no_part_of_the_text_is_named() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>An old line.</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>The quay 3</text:p></text:index-body></text:table-of-content>"
        "<text:p>The keeper<office:annotation><dc:creator>Ed</dc:creator><text:p>Which one?</text:p></office:annotation> walked."
        ' <text:page-number>7</text:page-number></text:p><text:section text:display="none"><text:p>Secret.</text:p></text:section>'
    )
    book = open_document(body)
    assert heard(book, "x.odt") == ["The keeper walked."]
    assert sorted(named(book, "x.odt")) == [
        ("7", "PAGE_NUMBER"),
        ("An old line.", "DELETED"),
        ("Secret.", "HIDDEN"),
        ("The quay 3", "BOILERPLATE"),
        ("Which one?", "REMARK"),
    ]


def test_hidden_text_ruby_and_languages() -> None:
    styles = style("H", "text", '<style:text-properties text:display="none"/>') + style(
        "D", "text", '<style:text-properties fo:language="de" fo:country="DE"/>'
    )
    body = (
        '<text:p>The <text:span text:style-name="H">not this </text:span>keeper said <text:span text:style-name="D">'
        "Der Leuchtturm steht noch immer auf dem Felsen</text:span>, "
        "<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby>.</text:p>"
    )
    told = lines(body + P * 6, styles=styles)
    assert (
        told[0]
        == "P The keeper said [Der Leuchtturm steht noch immer auf dem Felsen](language: de-DE), [漢字](reading: かんじ). | p"
    )
    assert told[7:] == ["- HIDDEN: not this"]


def test_quotations_and_program_text() -> None:
    body = (
        '<text:p text:style-name="Quotations">All tides turn.</text:p><text:p text:style-name="Preformatted_20_Text">let a</text:p>'
        '<text:p text:style-name="Preformatted_20_Text">let b</text:p>'
    )
    assert lines(body) == ["QUOTE", "    P All tides turn. | p in blockquote", "CODE", "  let a", "  let b"]


def test_a_formula_is_spoken_once() -> None:
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>'
        '<annotation encoding="StarMath 5.0">a + b</annotation></semantics></math>'
    )
    book = open_document(
        '<text:p>It is <draw:frame><draw:object xlink:href="./Object 1"/></draw:frame> now.</text:p>',
        more={"Object 1/content.xml": formula},
    )
    assert heard(book, "x.odt") == ["It is a plus b now."]


def test_metadata() -> None:
    meta = (
        "<dc:title>On tides</dc:title><meta:initial-creator>A. Finch</meta:initial-creator><dc:creator>Ed</dc:creator>"
        "<dc:date>2021-07-06T10:00:00</dc:date><dc:language>en-GB</dc:language>"
    )
    metadata = outline(read_bytes(open_document(P, meta=meta), name="x.odt")).metadata
    assert (metadata.title, metadata.author, metadata.language) == ("On tides", "A. Finch", "en-GB")
    assert metadata.date.startswith("2021-07-06")


def test_flat_files_are_read_as_packed_ones() -> None:
    flat = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {OPEN_DOCUMENT}'
        f' office:mimetype="application/vnd.oasis.opendocument.text">'
        f'<office:body><office:text><text:h text:outline-level="1">The quay</text:h>{P}</office:text></office:body></office:document>'
    ).encode()
    for name in ("x.fodt", "x.xml"):
        assert outline(read_bytes(flat, name=name)).title == "The quay"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "without a text"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "damaged"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "spreadsheet"),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": "<x/>"}),
            "presentation",
        ),
        (packed({"mimetype": "application/vnd.sun.xml.writer", "content.xml": "<x/>"}), "old OpenOffice"),
        (
            open_document(
                P,
                more={
                    "META-INF/manifest.xml": f"<manifest:manifest {OPEN_DOCUMENT}><manifest:encryption-data/></manifest:manifest>"
                },
            ),
            "protected by a password",
        ),
    ],
)
def test_what_cannot_be_read_is_called_by_its_name(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_bytes(data, name="x.odt")
    assert caught.value.remedy
    assert "Unpack" not in caught.value.remedy
