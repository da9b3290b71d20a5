"""What RTF becomes: text in every encoding, headings, lists, tables, notes, fields, and what is no text."""

import pytest
from tests.document.dump import dump
from tests.document.listening import chapters, heard, named

from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes

P = r"\pard The keeper walked along the wall with a lamp in his hand, counting the boats.\par "
STYLES = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2\sbasedon1 Own;}{\s3 Title;}{\s4 Quote;}{\s5 \u220\'dcberschrift 2;}}"


def rtf(body: str, head: str = "") -> bytes:
    return (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}" + head + body + "}").encode("latin-1")


def lines(body: str, head: str = "") -> list[str]:
    document = read_bytes(rtf(body, head), name="x.rtf")
    return dump(document.blocks, document.left_out).split("\n")


def text(body: str, head: str = "") -> str:
    return " ".join(heard(rtf(body, head), "x.rtf"))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (r"caf\'e9 na\'efve", "café naïve"),
        (r"caf\u233? open", "café open"),
        (r"{\uc2 caf\u233 ab open}", "café open"),
        (r"{\uc0 caf\u233 open}", "caféopen"),
        (r"\u-10179 ?\u-8704 ? fox", "😀 fox"),
        (r"one\line two\tab three", "one two three"),
        (r"a\~b\_c\-d", "a\u00a0b\u2011cd"),
        (r"\ldblquote so\rdblquote\emdash yes", "“so”—yes"),
        (r"\{braces\} and \\ slash", r"{braces} and \ slash"),
        ("broken\nin the\r\nsource", "brokenin thesource"),
        (r"{\upr{lost}{\*\ud{found}}}", "found"),
        (r"{\*\unknown nothing}seen", "seen"),
        (r"\bin4 }}{{seen", "seen"),
    ],
)
def test_characters(body: str, said: str) -> None:
    document = read_bytes(rtf(body), name="x.rtf")
    assert dump(document.blocks).replace("⏎", " ").removeprefix("P ").removesuffix(" | p") == said


@pytest.mark.parametrize(
    ("charset", "encoding", "word"),
    [
        (204, "cp1251", "Гавань"),
        (134, "gbk", "港口"),
        (128, "cp932", "港です"),
        (161, "cp1253", "Λιμάνι"),
        (238, "cp1250", "přístav"),
    ],
)
def test_bytes_are_read_in_the_character_set_of_their_font(charset: int, encoding: str, word: str) -> None:
    written = "".join(rf"\'{byte:02x}" for byte in word.encode(encoding))
    fonts = rf"{{\fonttbl{{\f0 Arial;}}{{\f1\fcharset{charset} Arial;}}}}"
    assert dump(read_bytes(rtf(rf"{{\f1 {written}}} \'e9", fonts), name="x.rtf").blocks).startswith(f"P {word} é")


def test_headings_by_name_by_parent_by_level_in_any_language() -> None:
    body = (
        rf"\pard\s1 The quay\par {P}\pard\s5 Boats\par {P}\pard\s2 The pier\par {P}\pard\outlinelevel0 The mole\par {P}"
    )
    assert chapters(rtf(body, STYLES), "x.rtf") == [(2, "The quay"), (3, "Boats"), (2, "The pier"), (2, "The mole")]


def test_title_quotation_and_metadata() -> None:
    info = r"{\info{\title On tides}{\author A. Finch}{\creatim\yr2021\mo7\dy6}{\doccomm About it}}"
    document = read_bytes(rtf(rf"\pard\s4 All tides turn.\par {P}", STYLES + info), name="x.rtf")
    assert dump(document.blocks).startswith("QUOTE\n    P All tides turn.")
    metadata = outline(document).metadata
    assert (metadata.title, metadata.author, metadata.date, metadata.description) == (
        "On tides",
        "A. Finch",
        "2021-07-06",
        "About it",
    )
    titled = outline(read_bytes(rtf(rf"\pard\s3 The net\par {P}", STYLES), name="x.rtf"))
    assert titled.title == "The net"


def test_lists_with_signs_and_numbers() -> None:
    body = r"\pard{\listtext 3.\tab}\ilvl0 one\par\pard{\listtext\'b7\tab}\ilvl1 a boat\par\pard{\listtext 4.\tab}\ilvl0 two\par "
    assert [line.split(" |")[0] for line in lines(body)] == [
        "LIST from 3",
        "  -",
        "    P one",
        "    LIST",
        "      -",
        "        P a boat",
        "  -",
        "    P two",
    ]


def test_lists_that_are_only_typed() -> None:
    item = r"{{\pard \li{} \fi-360 {}\tx360\tab {}\par}}"
    body = item.format(1080, "3.", "one") + item.format(1440, r"\bullet ", "a boat") + item.format(1080, "4.", "two")
    assert [line.split(" |")[0].strip() for line in lines(body + P)][:8] == [
        *("LIST from 3", "-", "P one", "LIST", "-", "P a boat", "-", "P two"),
    ]
    assert lines(r"\pard\li360\fi-360 12\tab boats\par ") == ["P 12 boats | p"]


def test_tables_and_tables_within_them() -> None:
    row = r"\trowd\cellx100\cellx200\pard\intbl {}\cell {}\cell\row "
    told = lines(row.format("a", "b") + row.format("c", "d") + P)
    assert told[:3] == ["TABLE", "  a | b", "  c | d"]
    inner = (
        r"\trowd\cellx900\pard\intbl before\par\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}"
        r"\pard\intbl\itap1 after\cell\row "
    )
    told_of_inner = " ".join(heard(rtf(inner + P), "x.rtf"))
    for word in ("before", "x", "y", "after"):
        assert told_of_inner.count(f"{word}") >= 1


def test_notes_are_read_and_their_marks_are_not() -> None:
    body = r"\pard The keeper{\super\chftn{\footnote\pard{\super\chftn} His name was Finch.}} walked.\par "
    told = lines(body)
    assert told[0].startswith("P The keeper[^1^](note: note-1) walked.")
    assert any("His name was Finch." in line for line in told)


def test_fields_show_their_result_and_links_lead_somewhere() -> None:
    link = r'{\field{\*\fldinst HYPERLINK "https://example.org/"}{\fldrslt the pier}}'
    page = r"{\field{\*\fldinst PAGE}{\fldrslt 7}}"
    told = lines(rf"\pard See {link} on {page}.\par ")
    assert told == ["P See [the pier](link: https://example.org/) on 7. | p"]
    contents = r"\pard{\field{\*\fldinst TOC \\o}{\fldrslt The quay 3}}\par "
    assert named(rtf(contents + P), "x.rtf") == [("The quay 3", "BOILERPLATE")]


def test_what_is_no_part_of_the_text_is_named_and_what_is_no_text_is_not() -> None:
    body = (
        r"{\header Harbour News}{\footer\pard page\par}{\pict\wmetafile8 0102abcd}\pard The {\v not this }keeper{\*\atnauthor Ed}"
        r"{\*\annotation Which one?} walked{\deleted  slowly} on.\par "
    )
    assert heard(rtf(body), "x.rtf") == ["The keeper walked on."]
    assert sorted(named(rtf(body), "x.rtf")) == [
        ("Harbour News", "BOILERPLATE"),
        ("Which one?", "REMARK"),
        ("image", "NO_ALT"),
        ("not this", "HIDDEN"),
        ("page", "BOILERPLATE"),
        ("slowly", "DELETED"),
    ]


def test_boxes_and_images_have_words() -> None:
    box = r"{\shp{\*\shpinst{\shptxt\pard In the box.\par}}}"
    told = heard(rtf(rf"\pard The keeper {box}walked.\par {P}"), "x.rtf")
    assert told[:2] == ["The keeper walked.", "In the box."]
    picture = r"{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A heron}}}\pngblip 89504e}"
    assert "A heron" in text(rf"\pard {picture}\par {P}")


def test_looks_and_languages() -> None:
    body = r"\pard{\b bold} {\i slanted} {\strike gone} H{\sub 2}O {\plain\b0 on}\par "
    assert lines(body) == ["P *bold* /slanted/ ~gone~ H_2_O on | p"]


@pytest.mark.parametrize(
    "data", [b"{\\rtf1 cut off {\\b in", b"{\\rtf1 a}}}} b}", b"{\\rtf1\\'", b"{\\rtf1 a\\u", b"{\\rtf a\\bin99999 b"]
)
def test_what_is_cut_off_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert read_bytes(data + b" words", name="x.rtf") if b"bin" not in data else True


def test_the_language_of_the_keyboard_is_not_believed_against_the_text() -> None:
    german = r"\pard\lang1033 Der Leuchtturm steht seit hundert Jahren auf dem Felsen, und niemand hat ihn je gez\'e4hlt.\par "
    document = read_bytes(rtf(german * 3, r"\deflang1033"), name="x.rtf")
    assert document.language == "de"
    assert "language" not in dump(document.blocks)
    quoted = r"\pard The keeper said: {\lang1031 Der Leuchtturm steht noch immer auf dem Felsen} and left.\par "
    assert "(language: de-DE)" in dump(read_bytes(rtf(P * 6 + quoted), name="x.rtf").blocks)


def test_names_of_programs_are_no_authors_and_no_titles() -> None:
    info = r"{\info{\title Document1}{\author Windows User}{\operator B. Wren}}"
    metadata = read_bytes(rtf(P, info), name="x.rtf").metadata
    assert (metadata.page_title, metadata.author) == ("", "B. Wren")


def test_a_line_in_the_type_of_headings_before_all_text_is_the_title() -> None:
    body = rf"{{\pard\qc\b\fs36 On tides\par}}{{\pard\fs24\qc A. Finch\par}}{P}"
    body += "".join(
        rf"{{\pard\outlinelevel0\b\fs36 {title}\par}}{{\pard\fs24 {P}}}" for title in ("The quay", "The pier")
    )
    document = outline(read_bytes(rtf(body), name="x.rtf"))
    assert document.title == "On tides"
    assert chapters(rtf(body), "x.rtf") == [(2, "The quay"), (2, "The pier")]
