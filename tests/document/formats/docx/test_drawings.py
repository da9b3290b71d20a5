"""Images, text boxes, charts, diagrams: what stands for them in words."""

import pytest
from tests.document.books import NAMESPACES, style
from tests.document.books import paragraph as p
from tests.document.formats.docx.reading import lines

from chaptercast.document.formats.docx.charts import CELLS


def run(content: str) -> str:
    return f"<w:p><w:r>{content}</w:r></w:p>"


def drawing(
    properties: str = "", content: str = '<pic:pic><pic:blipFill><a:blip r:embed="r3"/></pic:blipFill></pic:pic>'
) -> str:
    return f"<w:drawing><wp:inline><wp:docPr id='1' name='Picture 1' {properties}/><a:graphic>{content}</a:graphic></wp:inline></w:drawing>"


DECORATIVE = (
    "<w:drawing><wp:inline><wp:docPr id='1' name='x'><a:extLst><a:ext>"
    '<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst></wp:docPr>'
    '<a:graphic><a:blip r:embed="r3"/></a:graphic></wp:inline></w:drawing>'
)
BOX = f"<w:txbxContent>{p('In a box.')}</w:txbxContent>"
OLD_BOX = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
BOTH = (
    f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr id='1' name='Text Box 1'/><a:graphic>{BOX}</a:graphic>"
    f"</wp:anchor></w:drawing></mc:Choice><mc:Fallback>{OLD_BOX}</mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (drawing("descr='A grey seal'"), "FIGURE A grey seal |  | word/media/seal.png"),
        (drawing("title='A grey seal'"), "FIGURE A grey seal |  | word/media/seal.png"),
        (drawing(), "- NO_ALT: word/media/seal.png"),
        (drawing("descr='IMG_0815.jpg'"), "- NO_ALT: word/media/seal.png"),
        (drawing(r"descr='C:\Users\ann\My pictures\grey seal.jpg'"), "- NO_ALT: word/media/seal.png"),
        (DECORATIVE, "- DECORATIVE: word/media/seal.png"),
        ('<w:pict><v:shape alt="A grey seal"><v:imagedata r:id="r3"/></v:shape></w:pict>', "FIGURE A grey seal |  | word/media/seal.png"),
        ('<w:object><v:shape/><o:OLEObject ProgID="Equation.3"/></w:object>', "- NO_ALT: Equation.3"),
        ('<w:pict><v:shape><v:textpath string="Harbour days"/></v:shape></w:pict>', "P Harbour days"),
        ('<w:pict><v:rect o:hr="t"/></w:pict>', "BREAK"),
        ("<w:pict><v:line/></w:pict>", ""),
        (OLD_BOX, "P In a box."),
        (BOTH, "P In a box."),
        (drawing(content="<a:txBody><a:p><a:r><a:t>In a </a:t></a:r><a:r><a:t>shape.</a:t></a:r></a:p></a:txBody>"), "P In a shape."),
        ("<w:t>See </w:t>" + drawing("descr='the seal'") + "<w:t> here.</w:t>", "P See the seal here."),
    ],
)  # fmt: skip
def test_drawings(content: str, expected: str) -> None:
    found = lines(run(content) + p("end"), relations=(("image", "media/seal.png"),))
    blocks, left = (
        [line for line in expected.split("\n") if line and not line.startswith("- ")],
        expected.startswith("- "),
    )
    assert [line.replace(" | p after_image", "") for line in found] == [*blocks, "P end", *([expected] if left else [])]


def test_text_boxes_come_after_the_paragraph_that_they_hang_on() -> None:
    body = f"<w:p><w:r><w:t>Before </w:t>{BOTH}<w:t>and after.</w:t></w:r></w:p>{p('end')}"
    assert lines(body) == ["P Before and after.", "P In a box.", "P end"]


def test_what_is_deleted_is_named_with_its_text_boxes() -> None:
    assert lines(f"<w:p><w:del><w:r>{OLD_BOX}</w:r></w:del></w:p>{p('end')}") == ["P end", "- DELETED: In a box."]


CAPTION = style("Cap", "caption")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (run(drawing("descr='A seal'")) + p("Figure 1. The seal", "Cap"), ["FIGURE A seal | Figure 1. The seal |"]),
        (p("Figure 1. The seal", "Cap") + run(drawing("descr='A seal'")), ["FIGURE A seal | Figure 1. The seal |"]),
        (run(drawing()) + p("Figure 1. The seal", "Cap"), ["FIGURE  | Figure 1. The seal |", "- NO_ALT: image"]),
        (p("Figure 1. Lost", "Cap"), ["P Figure 1. Lost | p .caption"]),
    ],
)
def test_captions_belong_to_their_image(body: str, expected: list[str]) -> None:
    assert [line.rstrip() for line in lines(body, styles=CAPTION)] == expected


def chart(points: int) -> str:
    categories = "".join(f'<c:pt idx="{n}"><c:v>Day {n}</c:v></c:pt>' for n in range(points))
    values = "".join(f'<c:pt idx="{n}"><c:v>{n}.4000000000000004</c:v></c:pt>' for n in range(points))
    return (
        f"<c:chartSpace {NAMESPACES}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Boats</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        "<c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>North pier</c:v></c:pt></c:strCache></c:strRef>"
        f"</c:tx><c:cat><c:strRef><c:strCache>{categories}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache>{values}</c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )


CHART = run(drawing(content='<a:graphicData><c:chart r:id="r3"/></a:graphicData>'))


def test_charts_are_read_as_tables() -> None:
    found = lines(CHART, more={"word/charts/chart1.xml": chart(2)}, relations=(("chart", "charts/chart1.xml"),))
    assert found == ["TABLE Boats", "  # | #North pier", "  Day 0 | 0.4", "  Day 1 | 1.4"]


def test_large_charts_are_told_and_their_figures_named() -> None:
    found = lines(CHART, more={"word/charts/chart1.xml": chart(CELLS)}, relations=(("chart", "charts/chart1.xml"),))
    assert found[0] == "FIGURE Boats |  | "
    assert found[1].startswith("- FIGURES: North pier; Day 0, 0.4; Day 1, 1.4;")


def test_days_on_the_axis_of_a_chart_are_dates() -> None:
    named, day = '<c:pt idx="0"><c:v>Day 0', '<c:formatCode>m/d/yyyy</c:formatCode><c:pt idx="0"><c:v>44383'
    dated = chart(1).replace(named, day)
    found = lines(CHART, more={"word/charts/chart1.xml": dated}, relations=(("chart", "charts/chart1.xml"),))
    assert found[-1] == "  2021-07-06 | 0.4"


def test_diagrams_are_read_as_lists() -> None:
    texts = {"2": "Harbour", "3": "North pier", "4": "South pier", "5": "Lamp"}
    points = "<dgm:pt modelId='1' type='doc'/>" + "".join(
        f"<dgm:pt modelId='{key}'><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for key, text in texts.items()
    )
    pairs = ((1, 2, 0), (2, 4, 1), (2, 3, 0), (3, 5, 0), (5, 2, 0))  # the last leads in a circle
    links = "".join(f"<dgm:cxn srcId='{one}' destId='{other}' srcOrd='{order}'/>" for one, other, order in pairs)
    data = (
        f"<dgm:dataModel {NAMESPACES}><dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst></dgm:dataModel>"
    )
    body = run(drawing(content='<a:graphicData><dgm:relIds r:dm="r3"/></a:graphicData>'))
    found = lines(body, more={"word/diagrams/data1.xml": data}, relations=(("diagramData", "diagrams/data1.xml"),))
    assert [line.strip() for line in found if "P " in line] == ["P Harbour", "P North pier", "P Lamp", "P South pier"]
    assert "".join(line.strip()[:2] for line in found) == "LI-P LI-P LI-P -P "


def test_drawings_whose_parts_are_missing_are_no_obstacle() -> None:
    assert lines(CHART + p("end"))[0].startswith("P end")
