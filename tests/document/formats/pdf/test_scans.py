"""Pages that are pictures of text."""

import pytest

from chaptercast.document.formats.pdf.page import Box, Line, Run
from chaptercast.document.formats.pdf.scans import is_scan, is_stamped_scan

WIDTH, HEIGHT = 600.0, 800.0
WHOLE = Box(0, 0, WIDTH, HEIGHT)
STRIPS = [Box(-5, 100.0 * n, 605, 100.0 * (n + 1)) for n in range(8)]


def line(y: float, text: str = "Case 1:20-cv-01234 Document 15 Page 3 of 27") -> Line:
    return Line((Run(text),), 50, 300, y, 10)


@pytest.mark.parametrize("images", [[WHOLE], STRIPS])
def test_a_picture_with_stamps_in_its_margins_is_a_scan(images: list[Box]):
    assert is_stamped_scan([line(30), line(780)], lambda: images, WIDTH, HEIGHT)


@pytest.mark.parametrize(
    ("lines", "images"),
    [
        ([line(30), line(400)], [WHOLE]),
        ([line(30)], STRIPS[:5]),
        ([], [WHOLE]),
        ([line(30, "A head " * 50)], [WHOLE]),
    ],
)
def test_other_pages_are_no_stamped_scans(lines: list[Line], images: list[Box]):
    assert not is_stamped_scan(lines, lambda: images, WIDTH, HEIGHT)


def test_a_label_is_too_small_to_have_margins():
    assert not is_stamped_scan([line(8)], lambda: [Box(0, 0, 600, 90)], WIDTH, 90)


def test_a_page_without_known_text_is_a_scan_if_a_picture_covers_half_of_it():
    assert is_scan([Box(0, 0, WIDTH, 500)], WIDTH * HEIGHT, 3)
    assert not is_scan([Box(0, 0, WIDTH, 300)], WIDTH * HEIGHT, 3)
    assert not is_scan([WHOLE], WIDTH * HEIGHT, 50)
