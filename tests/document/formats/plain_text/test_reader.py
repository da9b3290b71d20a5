"""Plain text as it is found: how its lines are joined, what of it is no text, and which chapters it has."""

import pytest
from tests.document.dump import dump
from tests.document.listening import chapters, heard, named, outlined

from chaptercast.document.read import read_bytes

PAGE = """The keeper walked along the wall with a lamp in his hand and counted
the boats, as he had done on every night of that year, while the rain
fell on the stones and nobody came out of the town to ask for him.

Below the wall lay the boats, and in one of them an old man sat and
mended a net by the light of a small fire. He did not look up when the
lamp went by, and he did not answer when he was called by his name.
"""


def said(source: str) -> str:
    return "\n".join(heard(source.encode(), "x.txt"))


def left_out(source: str) -> list[tuple[str, str]]:
    return named(source.encode(), "x.txt")


def document(source: str) -> str:
    return dump(read_bytes(source.encode(), name="x.txt").blocks)


def book(*heads: str) -> bytes:
    parts = "".join(f"\n\n\n{head}\n\n\n{PAGE}" for head in heads)
    return f"THE SMALL HARBOUR\n\nby A. Finch{parts}".encode()


class TestChapters:
    @pytest.mark.parametrize(
        ("heads", "found"),
        [
            (("CHAPTER I.", "CHAPTER II.", "CHAPTER III."), ["CHAPTER I", "CHAPTER II", "CHAPTER III"]),
            (("Chapter 1.", "Chapter 2."), ["Chapter 1", "Chapter 2"]),
            (("CHAPTER I.\n\nThe Quay", "CHAPTER II.\n\nThe Boat"), ["CHAPTER I. The Quay", "CHAPTER II. The Boat"]),
            (("CHAPTER I.\nThe Quay", "CHAPTER II.\nThe Boat"), ["CHAPTER I. The Quay", "CHAPTER II. The Boat"]),
            (("CHAPTER I.\n\nTHE QUAY.", "CHAPTER II.\n\nTHE BOAT."), ["CHAPTER I. THE QUAY", "CHAPTER II. THE BOAT"]),
            (("CHAPTER I. THE QUAY.", "CHAPTER II. THE BOAT."), ["CHAPTER I. THE QUAY", "CHAPTER II. THE BOAT"]),
            (("Kapitel 1. Der Kai", "Kapitel 2. Das Boot"), ["Kapitel 1. Der Kai", "Kapitel 2. Das Boot"]),
            (("I.", "II.", "III."), ["I", "II", "III"]),
            (("I", "II", "III"), ["I", "II", "III"]),
            (("1", "2", "3"), ["1", "2", "3"]),
            (("XXXVIII.", "XXXIX.", "XL.", "XLI."), ["XXXVIII", "XXXIX", "XL", "XLI"]),
            (("LETTER I.", "LETTER II."), ["LETTER I", "LETTER II"]),
        ],
    )
    def test_headed_in_the_ways_of_old_books(self, heads: tuple[str, ...], found: list[str]):
        assert [text for _, text in chapters(book(*heads), "x.txt")] == found

    def test_a_sentence_about_a_chapter_is_none(self):
        source = (
            "On reading\n\n" + "\n\n".join(f"Chapter {n} was written in haste." for n in range(1, 4)) + "\n\n" + PAGE
        )
        assert chapters(source.encode(), "x.txt") == []

    def test_lines_at_the_margin_of_a_text_that_is_set_in(self):
        indented = "\n".join("   " + line if line else "" for line in PAGE.split("\n"))
        heads = ("Abstract", "1. Boats", "1.1. Ferries", "1.2. Sails", "2. Quays", "References")
        source = "Of boats and quays".center(70) + "\n\n" + "\n".join(f"{head}\n\n{indented}" for head in heads)
        assert chapters(source.encode(), "x.txt") == [
            (2, "Abstract"),
            (2, "1. Boats"),
            (3, "1.1. Ferries"),
            (3, "1.2. Sails"),
            (2, "2. Quays"),
            (2, "References"),
        ]


class TestProjectGutenberg:
    HEAD = """The Project Gutenberg EBook of The Night Ferry, by Ann Writer

This eBook is for the use of anyone anywhere at no cost.

Title: The Night Ferry
       A Story of the Coast

Author: Ann Writer

Language: French


*** START OF THIS PROJECT GUTENBERG EBOOK THE NIGHT FERRY ***


Produced by A. Finch and the Online Distributed Proofreading Team


THE NIGHT FERRY


CHAPTER I

"""
    END = "\n\n*** END OF THIS PROJECT GUTENBERG EBOOK THE NIGHT FERRY ***\n\nUpdated editions will replace the previous one.\n"
    TEXT = HEAD + PAGE + "\n\nCHAPTER II\n\n" + PAGE.replace("The keeper", "My uncle") + END

    def test_its_head_is_what_is_known_of_it(self):
        metadata = outlined(self.TEXT.encode(), "x.txt").metadata
        assert (metadata.title, metadata.author, metadata.language) == (
            "The Night Ferry: A Story of the Coast",
            "Ann Writer",
            "fr",
        )

    def test_head_makers_and_licence_are_named(self):
        notices = [text for text, reason in left_out(self.TEXT) if reason == "NOTICE"]
        assert [text.split("\n", 1)[0][:40] for text in notices] == [
            "The Project Gutenberg EBook of The Night",
            "Produced by A. Finch and the Online Dist",
            "*** END OF THIS PROJECT GUTENBERG EBOOK ",
        ]
        assert "Gutenberg" not in said(self.TEXT)

    def test_its_marks_are_no_chapters(self):
        assert [text for _, text in chapters(self.TEXT.encode(), "x.txt")] == ["CHAPTER I", "CHAPTER II"]

    def test_one_that_only_speaks_of_it_is_all_text(self):
        source = "On old books\n\nMuch of this was found at Project Gutenberg.\n\n" + PAGE
        assert left_out(source) == []


class TestLines:
    def test_narrow_text_below_a_wide_head(self):
        wide = (
            "This is the text of the night ferry as it was printed in the year of\nthe great storm. It may be copied by anyone who "
            "likes it, and given to\nanyone who wants to read it. Nothing in it is true but the weather, and\nthe names of the boats.\n"
        )
        narrow = (
            "The boat left the pier at six, and nobody on board had\nslept. It was a grey morning with a wind from the\nwest, and the "
            "gulls were loud. My aunt kept a lamp in\nthe window all night, though nobody would come before\nthe morning.\n"
        )
        assert "nobody on board had slept. It was a grey morning with a wind from the west" in said(
            f"THE FERRY\n\n{wide}\n{narrow}\n{narrow}"
        )

    def test_hanging_bullets_are_a_list(self):
        source = (
            "Release 2\n\n   * The tide table no longer stops at the first empty day. A newly\n     opened harbour spends its first day "
            "asking for the tides.\n\n   * Pictures of the boats are now kept beside the names of the\n     boats, never inside the list.\n"
        )
        assert said(source).split("\n")[-2:] == [
            "The tide table no longer stops at the first empty day. A newly opened harbour spends its first day asking for the tides.",
            "Pictures of the boats are now kept beside the names of the boats, never inside the list.",
        ]

    def test_words_parted_at_line_ends(self):
        source = (
            "On models\n\nWe can also transform any feeling that we consider to be nega-\ntive, and any habit that we have come to be "
            "partic-\nularly fond of. The evenings bring the under-\nstanding that nothing lasts, and that the well-\nknown path of our "
            "childhood leads to the sea.\n"
        )
        assert "negative" in said(source)
        assert "particularly" in said(source)
        assert "understanding" in said(source)
        assert "well-known" in said(source)

    def test_verse_stays_verse(self):
        source = "The tide\n\nThe road goes up,\nThe road goes down,\nAnd I go with it\nTo the town.\n\n" + PAGE
        assert "The road goes up,⏎The road goes down,⏎And I go with it⏎To the town." in document(source)

    def test_emphasis(self):
        assert "He was /very/ late, and *quite* wet." in document(
            "A\n\nHe was _very_ late, and =quite= wet.\n\n" + PAGE
        )


class TestDrawn:
    def test_a_table_with_borders_is_a_table(self):
        border = "+-------+-------+\n"
        source = f"Fares\n\n{border}| Boat  | Price |\n{border}| Gull  | 5     |\n| Heron | 7     |\n{border}"
        assert document(source).split("\n")[1:] == ["TABLE", "  #Boat | #Price", "  Gull | 5", "  Heron | 7"]

    def test_columns_below_one_another_are_a_table(self):
        source = (
            "Fares\n\nBoat        Price\n----        -----\nGull            5\nHeron           7\nTern           12\n"
        )
        assert document(source).split("\n")[1:] == [
            "TABLE",
            "  #Boat | #Price",
            "  Gull | 5",
            "  Heron | 7",
            "  Tern | 12",
        ]

    def test_a_list_of_contents_is_named(self):
        entries = "".join(
            f"CHAPTER {number}. A long way{' ' * 20}{page}\n" for number, page in (("I", 1), ("II", 9), ("III", 20))
        )
        source = f"THE FERRY\n\nCONTENTS\n\n{entries}\n\n" + PAGE
        assert "20" not in said(source)
        assert [reason for _, reason in left_out(source)] == ["BOILERPLATE", "BOILERPLATE"]

    def test_a_diagram_is_named(self):
        drawing = "    +------+      +------+\n    | boat |----->| quay |\n    +------+      +------+\n"
        assert ("UNSPEAKABLE") in [
            reason for _, reason in left_out(f"Plan\n\nSee here.\n\n{drawing}\n{PAGE}")
        ] or "TABLE" in document(f"Plan\n\nSee here.\n\n{drawing}\n{PAGE}")


class TestPages:
    HEAD = (
        "\n\nNetwork Working Group                                          A. Finch\nRequest for Comments: 9999"
        "                                 B. C. Lee\nCategory: Informational                                       March 1998\n\n\n"
        "              The Ferry Timetable Protocol\n                     (FTP2)\n\n\n"
    )

    PARTS = ("Boats", "Quays", "Fares", "Storms", "Lamps")

    def rfc(self) -> str:
        pages = []
        for number, part in enumerate(self.PARTS, 1):
            text = PAGE.replace("lamp", part.lower()).replace("name.", f"name, by the {part.lower()}.")
            body = "\n".join("   " + line if line else "" for line in text.split("\n")).rstrip("\n")
            pages.append(
                f"RFC 9999                Ferry Timetable Protocol              March 1998\n\n\n{number}. {part}\n\n{body}\n\n{body}\n\n\n"
                f"Finch & Lee                  Informational                     [Page {number}]\n\f\n"
            )
        return self.HEAD + "".join(pages)

    def test_heads_and_feet_are_named_once_each_kind(self):
        assert "[Page" not in said(self.rfc())
        assert "Informational" not in said(self.rfc())
        kinds = {text.split("\n", 1)[0] for text, reason in left_out(self.rfc()) if reason == "PAGE"}
        assert kinds == {"RFC 9999 Ferry Timetable Protocol March 1998", "Finch & Lee Informational [Page 1]"}

    def test_the_head_of_an_rfc_is_what_is_known_of_it(self):
        metadata = outlined(self.rfc().encode(), "x.txt").metadata
        assert (metadata.title, metadata.author) == ("The Ferry Timetable Protocol (FTP2)", "A. Finch, B. C. Lee")

    def test_a_text_goes_on_over_the_edge_of_a_page(self):
        half = PAGE.split("\n\n", maxsplit=1)[0].split("\n")
        pages = "".join(
            "\n".join([*half, *half, "", "", f"Finch                          [Page {n}]", "\f", "Ferries", "", ""])
            + "\n"
            for n in range(1, 6)
        )
        assert "Page" not in said("THE FERRY\n\n" + pages)
        assert "Ferries" not in said("THE FERRY\n\n" + pages)
