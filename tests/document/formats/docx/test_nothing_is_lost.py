"""Whatever a document is made of, every word of it is in the script, or in its report of what was left out."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.document.books import NAMESPACES, WORD, docx, style

from chaptercast.document.model import Omission
from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError
from chaptercast.script.narration.narrate import Settings, narrate
from chaptercast.voice_profiles import Pauses

WORD_LIKE = re.compile(r"w\d+x")
CONTENTS = "<w:docPartGallery w:val='Table of Contents'/>"
DOWN = "<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>"
AROUND_BLOCKS = [
    "{}",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    f"<w:sdt><w:sdtPr><w:docPartObj>{CONTENTS}</w:docPartObj></w:sdtPr><w:sdtContent>{{}}</w:sdtContent></w:sdt>",
    "<w:ins>{}</w:ins>",
    "<w:del>{}</w:del>",
    "<w:customXml>{}</w:customXml>",
    "<w:unheard>{}</w:unheard>",
    "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
    f"<w:tbl><w:tr><w:tc>{DOWN}{{}}</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{{}}</w:tc></w:tr></w:tbl>",
    "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
    "<mc:AlternateContent><mc:Choice Requires='x'>{}</mc:Choice></mc:AlternateContent>",
]
PARAGRAPH_PROPERTIES = [
    "",
    "",
    "",
    "<w:pStyle w:val='heading1'/>",
    "<w:pStyle w:val='Title'/>",
    "<w:pStyle w:val='Quote'/>",
    "<w:pStyle w:val='Cap'/>",
    "<w:pStyle w:val='Code'/>",
    "<w:pStyle w:val='TOC1'/>",
    "<w:pStyle w:val='Hidden'/>",
    "<w:outlineLvl w:val='2'/>",
    "<w:framePr w:dropCap='drop'/>",
    "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>",
    "<w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr>",
    "<w:ind w:left='720'/>",
    "<w:rPr><w:del/></w:rPr>",
]
AROUND_RUNS = [
    "{}",
    "{}",
    "<w:hyperlink>{}</w:hyperlink>",
    "<w:fldSimple w:instr='SEQ x'>{}</w:fldSimple>",
    "<w:fldSimple w:instr='TOC x'>{}</w:fldSimple>",
    "<w:ins>{}</w:ins>",
    "<w:del>{}</w:del>",
    "<w:moveFrom>{}</w:moveFrom>",
    "<w:moveTo>{}</w:moveTo>",
    "<w:smartTag>{}</w:smartTag>",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<mc:AlternateContent><mc:Choice Requires='x'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
    "<w:unheard>{}</w:unheard>",
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    "<w:r><w:ruby><w:rt><w:r><w:t>よみ</w:t></w:r></w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
    "<m:oMath><m:f><m:num>{}</m:num><m:den>{}</m:den></m:f></m:oMath>",
    "<m:oMathPara><m:oMath><m:d><m:e>{}</m:e></m:d></m:oMath></m:oMathPara>",
]
MARKS = [
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r>",
    "<w:r><w:instrText> TOC </w:instrText></w:r>",
    "<w:r><w:instrText> PAGE </w:instrText></w:r>",
    "<w:r><w:fldChar w:fldCharType='separate'/></w:r>",
    "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
    "<w:r><w:tab/></w:r>",
    "<w:r><w:br/></w:r>",
    "<w:r><w:footnoteReference w:id='1'/></w:r>",
    "<w:r><w:t> </w:t></w:r>",
]
RUN_PROPERTIES = [
    "",
    "",
    "<w:b/>",
    "<w:vanish/>",
    "<w:strike/>",
    "<w:vertAlign w:val='superscript'/>",
    "<w:lang w:val='fr-FR'/>",
    "<w:sz w:val='40'/>",
]
STYLES = (
    style("Cap", "caption")
    + style("Code", "HTML Preformatted")
    + style("TOC1", "toc 1")
    + style("Hidden", "Hidden", "<w:rPr><w:vanish/></w:rPr>")
)
NUMBERING = (
    f"<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:numFmt w:val='bullet'/><w:lvlText w:val='-'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
)


class Words:
    """Words that are all different: w0x, w1x..."""

    def __init__(self) -> None:
        self.count = 0

    def next(self) -> str:
        self.count += 1
        return f"w{self.count}x"


def filled(template: str, content: Iterator[str]) -> str:
    return re.sub(r"\{\}", lambda _: next(content), template)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    words = Words()

    def run() -> str:
        properties = draw(st.sampled_from(RUN_PROPERTIES))
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words.next()} </w:t></w:r>"

    def inline(depth: int) -> str:
        if draw(st.integers(0, 3)) == 0:
            return draw(st.sampled_from(MARKS)) + run()
        template = draw(st.sampled_from(AROUND_RUNS)) if depth < 3 else "{}"
        return filled(template, iter(lambda: inline(depth + 1) if draw(st.booleans()) and depth < 2 else run(), None))

    def block(depth: int) -> str:
        template = draw(st.sampled_from(AROUND_BLOCKS)) if depth < 2 else "{}"
        return filled(
            template, iter(lambda: block(depth + 1) if template != "{}" and draw(st.booleans()) else paragraph(), None)
        )

    def paragraph() -> str:
        properties = draw(st.sampled_from(PARAGRAPH_PROPERTIES))
        return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inline(0) for _ in range(draw(st.integers(1, 3))))}</w:p>"

    return "".join(block(0) for _ in range(draw(st.integers(1, 6))))


def written(body: str) -> set[str]:
    """An extraction that knows nothing of Word: the words of every `w:t`."""
    root = ET.fromstring(f"<w:document {NAMESPACES}>{body}</w:document>")
    return {word for each in root.iter(f"{{{WORD}}}t") for word in WORD_LIKE.findall(each.text or "")}


def told(data: bytes) -> Counter[str]:
    """The words of the script and of its report."""
    script = narrate(outline(read_bytes(data, name="a.docx")), Settings(Pauses({}, {})))
    said = [
        sentence.written
        for section in script.sections
        for part in section.parts
        for sentence in getattr(part, "sentences", ())
    ]
    omissions: tuple[Omission, ...] = tuple(script.left_out)
    return Counter(WORD_LIKE.findall(" ".join([*said, *(omission.text for omission in omissions)])))


@settings(max_examples=150, deadline=None)
@given(bodies())
def test_every_word_of_a_document_is_in_the_script_or_in_the_report(body: str) -> None:
    more = {"word/numbering.xml": NUMBERING}
    data = docx(
        f"{body}<w:p><w:r><w:t>end</w:t></w:r></w:p>",
        styles=STYLES,
        more=more,
        relations=(("numbering", "numbering.xml"),),
    )
    assert not written(body) - set(told(data))


@settings(max_examples=150, deadline=None)
@given(bodies(), st.data())
def test_damaged_documents_are_read_or_refused(body: str, data: st.DataObject) -> None:
    whole = docx(body, styles=STYLES)
    start = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:start] + data.draw(st.binary(max_size=8)) + whole[start + data.draw(st.integers(0, 20)) :]
    caught: InputError | None = None
    try:
        read_bytes(damaged, name="a.docx")
    except InputError as error:
        caught = error
    assert caught is None or (caught.message and caught.remedy)
