"""Tables of contents, from their lines."""

from chaptercast.document.formats.pdf.contents_pages import contents_lines, places_of_lines
from chaptercast.document.formats.pdf.page import Line, Page, Run


def found(*texts: str) -> set[int]:
    return contents_lines([Line((Run(text),), 40, 200, 40 + 14 * n, 10) for n, text in enumerate(texts)])


ENTRIES = ("Salt 2", "Bread 5", "Oil 9", "Wine 12", "Water 20")


def test_what_stands_before_their_title_is_text_though_it_ends_in_a_number():
    assert found("How to cook, chapter 3", "Contents", *ENTRIES) == {1, 2, 3, 4, 5, 6}


def test_lines_that_end_in_numbers_are_text_without_a_title():
    assert found(*ENTRIES) == set()


def test_long_lines_of_dots_take_no_time():
    assert found(*[". " * 50_000] * 4, *[f"Salt {'. ' * 50_000}{n}" for n in range(6)]) == {4, 5, 6, 7, 8, 9}


def test_without_page_numbers_the_entries_are_lines_that_stand_on_other_pages():
    titles = ("Salt", "Bread and oil", "Wine", "Water")
    contents = [Line((Run(text),), 40, 200, 40 + 14 * n, 10) for n, text in enumerate(("Contents", *titles, "Preface"))]
    pages = [Page(1, 400, 600, lines=tuple(contents))]
    pages += [Page(2 + n, 400, 600, lines=(Line((Run(text),), 40, 200, 40, 14),)) for n, text in enumerate(titles)]
    assert contents_lines(contents, places_of_lines(pages), 1) == {0, 1, 2, 3, 4}
    assert contents_lines(contents, places_of_lines(pages[:1]), 1) == set()


def test_without_a_title_the_entries_are_lines_of_other_pages_with_rising_numbers():
    titles = ("Salt", "Bread and oil", "Wine", "Water")

    def kept(numbers: tuple[int, ...]) -> set[int]:
        rows = [f"{text} {number}" for text, number in zip(titles, numbers, strict=True)]
        listed = [Line((Run(text),), 40, 200, 40 + 14 * n, 10) for n, text in enumerate((*rows, "Preface"))]
        pages = [Page(1, 400, 600, lines=tuple(listed))]
        pages += [Page(2 + n, 400, 600, lines=(Line((Run(text),), 40, 200, 40, 14),)) for n, text in enumerate(titles)]
        return contents_lines(listed, places_of_lines(pages), 1)

    assert kept((3, 4, 6, 9)) == {0, 1, 2, 3}
    assert kept((30, 4, 26, 9)) == set()
