"""Numbers printed on pages are the labels of pages to which the file gives none."""

from chaptercast.document.formats.pdf.page import Bad, Line, Page, Run
from chaptercast.document.formats.pdf.page_numbers import with_printed_numbers


def page(number: int, foot: str, *, label: str = "", artifact: bool = False) -> Page:
    """A page with a line of text and a foot."""
    lines = [Line((Run("The ferry leaves at noon."),), 50, 300, 100, 11)]
    lines += [Line((Run(foot),), 50, 80, 700, 9)] if foot and not artifact else []
    bad = (Bad(foot, "artifact"),) if artifact else ()
    return Page(number, 400, 720, label, tuple(lines), bad=bad)


def labels(*pages: Page) -> list[str]:
    return [each.label for each in with_printed_numbers(pages)]


def test_numbers_that_go_up_with_the_pages_are_their_labels():
    feet = ["ix", "x", "xi", "", "12 Harbours", "13", "", "Page 15"]
    assert labels(*(page(at, foot) for at, foot in enumerate(feet, 1))) == ["ix", "x", "xi", "", "12", "13", "14", "15"]


def test_numbers_that_the_structure_leaves_out_count_too():
    assert labels(*(page(at, f"Ferries {47697 + at}", artifact=True) for at in (1, 2, 3))) == [
        "47698",
        "47699",
        "47700",
    ]


def test_other_numbers_are_no_labels():
    assert labels(page(1, "2019"), page(2, "2019"), page(3, "7"), page(4, "3")) == ["", "", "", ""]


def test_the_labels_of_the_file_stay():
    assert labels(page(1, "9", label="A"), page(2, "10"), page(3, "11")) == ["A", "", ""]
