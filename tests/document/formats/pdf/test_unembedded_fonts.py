"""Fonts that are not in the file: what is read must not depend on those of the machine."""

import pytest
from tests.document.formats.pdf.making import Sheet, pdf

from chaptercast.document.block_text import texts
from chaptercast.document.formats.pdf.unembedded_fonts import is_eastern
from chaptercast.document.read import read_bytes

SONG = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{encoding}/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000"
    "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
    "/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)
LINES = ["春天的港口很安静。", "码头上没有人。"]


def sheet(vertical: bool, scaled: bool) -> Sheet:
    """A page whose size of type is that of its font, or comes from the matrix alone."""
    font, matrix = ("1 Tf", "14 0 0 14") if scaled else ("14 Tf", "1 0 0 1")
    made = Sheet()
    for number, line in enumerate(LINES):
        shown = line.encode("utf-16-be").hex()
        x, y = (300 - 40 * number, 460) if vertical else (40, 460 - 60 * number)
        made.operators.append(f"BT /Song {font} {matrix} {x} {y} Tm <{shown}> Tj ET")
    return made


@pytest.mark.parametrize("scaled", [False, True])
@pytest.mark.parametrize("vertical", [False, True])
def test_chinese_in_a_font_that_is_not_in_the_file_is_read_on_every_machine(vertical: bool, scaled: bool):
    font = SONG.format(encoding="UniGB-UCS2-V" if vertical else "UniGB-UCS2-H")
    document = read_bytes(pdf([sheet(vertical, scaled)], further_fonts={"Song": font}), name="x.pdf")
    assert "".join(texts(document.blocks)) == "".join(LINES)


@pytest.mark.parametrize("name", ["ABCDEF+SimSun", "MS-Gothic", "STSong-Light", "HeiseiMin-W3", "宋体", "BatangChe"])
def test_names_of_eastern_fonts_are_known(name: str):
    assert is_eastern(name)


@pytest.mark.parametrize(
    "name", ["Helvetica", "CenturyGothic-Bold", "FranklinGothic", "TimesNewRomanPS-BoldMT", "Minion"]
)
def test_names_of_western_fonts_are_no_eastern_ones(name: str):
    assert not is_eastern(name)
