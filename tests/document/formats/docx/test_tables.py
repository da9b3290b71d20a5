import pytest
from tests.document.books import paragraph as p
from tests.document.books import style
from tests.document.formats.docx.reading import lines

GRID = '<w:tblPr><w:tblStyle w:val="Striped"/><w:tblLook w:firstRow="1"/></w:tblPr>'
STRIPED = style(
    "Striped", "Striped", '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>', kind="table"
)


def cell(content: str, properties: str = "", run: str = "") -> str:
    inner = content if content.startswith("<") else p(content, run=run)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(each if each.startswith('<w:tc') else cell(each) for each in cells)}</w:tr>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl>{properties}{''.join(rows)}</w:tbl>"


SPAN = '<w:gridSpan w:val="2"/>'
DOWN = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"


BOLD = cell("bold", run="<w:b/>")
NAMED = '<w:tblPr><w:tblCaption w:val="Fares"/></w:tblPr>'
TWO_BY_TWO = ["TABLE", "  a | b", "  c | d"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (table(row("Port", "Fare", properties="<w:tblHeader/>"), row("North", "2")), ["TABLE", "  #Port | #Fare", "  North | 2"]),
        (table(row("Port", "Fare"), row("North", "2"), properties=GRID), ["TABLE", "  #Port | #Fare", "  North | 2"]),
        (table(row(BOLD, BOLD), row("North", "2")), ["TABLE", "  #*bold* | #*bold*", "  North | 2"]),
        (table(row(cell("a", SPAN), "b"), row("c", "d", "e")), ["TABLE", "  a [2x1] | b", "  c | d | e"]),
        (table(row(cell("a", DOWN), "b"), row(cell("", ON), "c"), row("d", "e")), ["TABLE", "  a [1x2] | b", "  c", "  d | e"]),
        (table(row(cell("a", DOWN), "b"), row(cell("unseen", ON), "c")), ["TABLE", "  a [1x2] | b", "  c", "- HIDDEN: unseen"]),
        (table(row("a", cell("", '<w:hMerge w:val="continue"/>')), row("c", "d")), ["TABLE", "  a [2x1]", "  c | d"]),
        (table(row("b", properties='<w:gridBefore w:val="1"/>'), row("c", "d")), ["TABLE", "   | b", "  c | d"]),
        (table(row("a", "b"), row("x", "y", properties="<w:del/>"), row("c", "d")), [*TWO_BY_TWO, "- DELETED: x", "- DELETED: y"]),
        (table(row("a", "b"), row("c", "d"), properties=NAMED), ["TABLE Fares", *TWO_BY_TWO[1:]]),
        (table("<w:sdt><w:sdtContent>" + row("a", "b") + "</w:sdtContent></w:sdt>", row("c", "d")), TWO_BY_TWO),
        (table(row(cell(p("a") + p("b")), "c"), row("d", "e")), ["TABLE", "  a⏎b | c", "  d | e"]),
        # such as only lay out a page
        (table(row("left", "right")), ["P left", "P right"]),
        (table(row("one"), row("two")), ["P one", "P two"]),
        (table(row(cell(p("Fares", "heading1")), "x"), row("a", "b")), ["H2 Fares", "P x", "P a", "P b"]),
        (table(row(cell(table(row("a", "b"), row("c", "d"))), "x"), row("y", "z")), ["TABLE", "  a | b", "  c | d", "P x", "P y", "P z"]),
        (table(row("long " * 80, "longer " * 80), row("a" * 400, "b" * 400)),
         ["P " + ("long " * 80).strip(), "P " + ("longer " * 80).strip(), "P " + "a" * 400, "P " + "b" * 400]),
        (table(row(cell("<w:p/>"), cell("<w:p/>")), row(cell("<w:p/>"), cell("<w:p/>"))) + p("after"), ["P after"]),
    ],
)  # fmt: skip
def test_tables(source: str, expected: list[str]) -> None:
    assert lines(source + p("end"), styles=STRIPED)[: len(expected) + 1] == _with_end(expected)


def _with_end(expected: list[str]) -> list[str]:
    left = [line for line in expected if line.startswith("- ")]
    return [line for line in expected if line not in left] + ["P end"] + left


def test_header_cells_that_reach_down_make_two_rows_of_headers() -> None:
    head = row(cell("Port", DOWN), cell("Fare", SPAN), properties="<w:tblHeader/>")
    found = lines(table(head, row(cell("", ON), "child", "man"), row("North", "1", "2")))
    assert found == ["TABLE", "  #Port [1x2] | #Fare [2x1]", "  #child | #man", "  North | 1 | 2"]


CAPTION = style("Cap", "caption")


@pytest.mark.parametrize("order", ["before", "after"])
def test_captions_belong_to_their_table(order: str) -> None:
    fares = table(row("a", "b"), row("c", "d"))
    number = '<w:fldSimple w:instr="SEQ Table"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    caption = p("Table ", "Cap").removesuffix("</w:p>") + number + "</w:p>"
    body = caption + fares if order == "before" else fares + caption
    assert lines(body + p("end"), styles=CAPTION) == ["TABLE Table 1", "  a | b", "  c | d", "P end"]
