"""Lists in pages that Word wrote, as paragraphs with a marker in front."""

from tests.document.dump import dump

from chaptercast.document.read import read_bytes


def item(text: str, marker: str, level: int = 1, name: str = "l0", list_number: str = "lfo1") -> str:
    gap = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
    return (
        f"<p class=MsoListParagraph style='margin-left:36.0pt;mso-list:{name} level{level} {list_number}'><![if !supportLists]>"
        f"<span style='font-family:Symbol'><span style='mso-list:Ignore'>{marker}{gap}</span></span><![endif]>{text}</p>\n"
    )


def lines(body: str) -> list[str]:
    page = f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><body>{body}</body></html>"
    found = dump(read_bytes(page.encode(), name="a.html").blocks)
    return [line.partition(" | p")[0] for line in found.split("\n")]


def test_bullets() -> None:
    body = "<p>Bring:</p>" + item("A coat", "·") + item("A lamp", "o") + item("A rope", "§") + "<p>Now.</p>"
    assert lines(body) == [
        "P Bring:",
        "LIST",
        "  -",
        "    P A coat",
        "  -",
        "    P A lamp",
        "  -",
        "    P A rope",
        "P Now.",
    ]


def test_numbers_letters_and_levels() -> None:
    body = (
        item("one", "1.")
        + item("sub", "a)", 2)
        + item("sub two", "b)", 2)
        + item("two", "2.")
        + "<p>Then</p>"
        + item("three", "3.")
    )
    assert lines(body) == [
        *(
            "LIST from 1",
            "  -",
            "    P one",
            "    LIST",
            "      -",
            "        P a) sub",
            "      -",
            "        P b) sub two",
        ),
        *("  -", "    P two", "P Then", "LIST from 3", "  -", "    P three"),
    ]


def test_another_list_beside_it() -> None:
    body = item("one", "1.") + item("other", "·", 1, "l1", "lfo2") + item("again", "1.", 1, "l2", "lfo3")
    assert [line for line in lines(body) if "LIST" in line] == ["LIST from 1", "LIST", "LIST from 1"]


def test_text_between_items_ends_the_list_and_nothing_is_lost() -> None:
    body = (
        item("one", "·")
        + "loose text"
        + item("two", "·")
        + "<table><tr><td>"
        + item("three", "·")
        + "</td></tr></table>"
    )
    found = lines(body)
    assert [line.strip() for line in found if "P " in line] == ["P one", "P loose text | body bare", "P two", "P three"]
    assert found.count("LIST") == 3


def test_an_item_without_a_marker_and_one_whose_marker_holds_text() -> None:
    bare = "<p style='mso-list:l0 level1 lfo1'>bare</p>"
    assert lines(bare + item("<b>bold</b> text", "·")) == ["LIST", "  -", "    P bare", "  -", "    P *bold* text"]
