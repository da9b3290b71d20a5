"""Lists: their numbers, lists within lists, and what belongs to an item."""

import pytest
from tests.document.books import NAMESPACES
from tests.document.books import paragraph as p
from tests.document.formats.docx.reading import lines

from chaptercast.document.formats.docx.number_formats import formatted


def level(place: int, number_format: str, text: str, more: str = "", indent: int | None = None) -> str:
    indented = "" if indent is None else f'<w:pPr><w:ind w:left="{indent}"/></w:pPr>'
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/>{more}{indented}</w:lvl>'
    )


NUMBERS = (
    level(0, "decimal", "%1.", indent=720)
    + level(1, "lowerLetter", "%2)", indent=1440)
    + level(2, "decimal", "%1.%2.%3", indent=2160)
)
BULLETS = level(0, "bullet", "·", indent=720) + level(1, "bullet", "o", indent=1440)


def listed(*abstracts: str, concrete: str = "") -> dict[str, object]:
    """The parts of a document with a numbering, 1, 2..., for each definition."""
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{content}</w:abstractNum>'
        for number, content in enumerate(abstracts, 1)
    )
    usual = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, len(abstracts) + 1)
    )
    numbering = f"<w:numbering {NAMESPACES}>{definitions}{usual}{concrete}</w:numbering>"
    return {"more": {"word/numbering.xml": numbering}, "relations": (("numbering", "numbering.xml"),)}


def item(text: str, place: int = 0, numbering: int = 1, run: str = "", more: str = "") -> str:
    properties = f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{numbering}"/></w:numPr>{more}'
    return p(text, run=run, properties=properties)


def outline(*entries: str) -> list[str]:
    """Lines of the dump of lists, `-` for the beginning of an item."""
    return [entry.rstrip() for entry in entries]


def test_numbers_and_levels() -> None:
    body = item("one") + item("sub", 1) + item("deep", 2) + item("sub two", 1) + item("two")
    assert lines(body, **listed(NUMBERS)) == outline(
        "LIST from 1", "  -", "    P one", "    LIST", "      -", "        P a) sub", "        LIST", "          -",
        "            P 1.a.1 deep", "      -", "        P b) sub two", "  -", "    P two",
    )  # fmt: skip


def test_legal_numbers_are_in_digits() -> None:
    legal = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert lines(item("one") + item("sub", 1), **listed(legal))[5].strip() == "P 1.1 sub"


def test_a_list_that_is_interrupted_counts_on() -> None:
    body = item("one") + item("two") + p("A remark.") + item("three")
    assert [line for line in lines(body, **listed(NUMBERS)) if "LIST" in line] == ["LIST from 1", "LIST from 3"]


def test_lists_that_begin_anew() -> None:
    concrete = (
        '<w:num w:numId="8"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = item("one") + item("two") + item("five", numbering=8) + item("six", numbering=9)
    found = [line for line in lines(body, **listed(NUMBERS, concrete=concrete)) if "LIST" in line]
    assert found == ["LIST from 1", "LIST from 5"]


def test_sublists_begin_anew_unless_the_level_says_otherwise() -> None:
    body = item("one") + item("a", 1) + item("b", 1) + item("two") + item("c", 1)
    on = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)", '<w:lvlRestart w:val="0"/>')
    assert [line.strip() for line in lines(body, **listed(NUMBERS)) if ")" in line] == ["P a) a", "P b) b", "P a) c"]
    assert [line.strip() for line in lines(body, **listed(on)) if ")" in line] == ["P a) a", "P b) b", "P c) c"]


def test_bullets_in_numbers_and_lists_beside_each_other() -> None:
    body = item("one") + item("bullet", 0, 2, more='<w:ind w:left="1440"/>') + item("two") + item("other", 0, 2)
    assert lines(body, **listed(NUMBERS, BULLETS)) == outline(
        "LIST from 1", "  -", "    P one", "    LIST", "      -", "        P bullet", "  -", "    P two", "LIST", "  -", "    P other",
    )  # fmt: skip


def test_paragraphs_between_items_belong_to_them() -> None:
    within = p("More of one.", properties='<w:ind w:left="720"/>')
    body = item("one") + within + item("two") + p("Outside.") + item("three") + within
    assert lines(body, **listed(NUMBERS)) == outline(
        "LIST from 1", "  -", "    P one", "    P More of one.", "  -", "    P two", "P Outside.", "LIST from 3", "  -", "    P three",
        "P More of one.",
    )  # fmt: skip


def test_bold_items_between_text_are_no_list() -> None:
    within = p("Text of its own.", properties='<w:ind w:left="720"/>')
    body = item("One", run="<w:b/>") + within + item("Two", run="<w:b/>") + within
    assert lines(body, **listed(NUMBERS))[:4] == outline("LIST from 1", "  -", "    P *One*", "P Text of its own.")


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (level(0, "decimal", "(%1)"), ["LIST from 1", "P x"]),
        (level(0, "upperRoman", "%1."), ["LIST", "P I. x"]),
        (level(0, "decimal", "Article %1"), ["LIST", "P Article 1 x"]),
        (level(0, "chineseCounting", "%1、"), ["LIST", "P 一、 x"]),
        (level(0, "none", "Note:"), ["LIST", "P Note: x"]),
        (level(0, "bullet", "☐"), ["LIST", "P [ ] x"]),
        (level(0, "bullet", "o"), ["LIST", "P x"]),
        (level(0, "none", ""), ["LIST", "P x"]),
    ],
)
def test_what_stands_before_an_item(definition: str, expected: list[str]) -> None:
    found = lines(item("x") + item("y"), **listed(definition))
    assert [found[0], found[2].strip()] == expected


def test_a_single_paragraph_with_a_number_in_words_is_no_list() -> None:
    articles = listed(level(0, "decimal", "Article %1", indent=720))
    found = lines(item("Fares", run="<w:b/>") + p("A coin.") + item("Hours", run="<w:b/>") + p("At noon."), **articles)
    assert found == ["P *Article 1 **Fares*", "P A coin.", "P *Article 2 **Hours*", "P At noon."]


@pytest.mark.parametrize(
    "properties", ['<w:numPr><w:numId w:val="0"/></w:numPr>', '<w:numPr><w:numId w:val="77"/></w:numPr>']
)
def test_paragraphs_that_are_taken_out_of_a_list(properties: str) -> None:
    assert lines(p("x", properties=properties), **listed(NUMBERS)) == ["P x"]


def test_hidden_and_deleted_paragraphs_are_not_counted() -> None:
    gone = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr>{}</w:rPr></w:pPr></w:p>'
    body = item("one") + gone.format("<w:vanish/>") + gone.format("<w:del/>") + item("two")
    assert lines(body, **listed(NUMBERS)) == outline("LIST from 1", "  -", "    P one", "  -", "    P two")


@pytest.mark.parametrize(
    ("number_format", "number", "expected"),
    [
        ("lowerRoman", 4, "iv"), ("upperRoman", 1999, "MCMXCIX"), ("lowerLetter", 26, "z"), ("upperLetter", 28, "BB"),
        ("ordinal", 22, "22nd"), ("ordinal", 113, "113th"), ("decimalZero", 7, "07"), ("decimal", 7, "7"), ("unknown", 7, "7"),
        ("chineseCounting", 10, "十"), ("chineseCounting", 12, "十二"), ("chineseCountingThousand", 105, "一百零五"),
        ("japaneseCounting", 20, "二十"), ("ideographTraditional", 2, "乙"), ("russianLower", 3, "в"), ("aiueo", 6, "カ"),
        ("none", 3, ""), ("decimal", -5, "0"), ("lowerLetter", 10**9, "g" * 30),
    ],
)  # fmt: skip
def test_number_formats(number_format: str, number: int, expected: str) -> None:
    assert formatted(number, number_format) == expected
