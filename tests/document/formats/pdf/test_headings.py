"""What may be a heading by its form."""

import pytest

from chaptercast.document.formats.pdf.blocks import Block
from chaptercast.document.formats.pdf.headings import mark_cover, mark_items, mark_title, may_head
from chaptercast.document.formats.pdf.page import Line, Run
from chaptercast.document.formats.pdf.program_text import mark_code
from chaptercast.document.formats.pdf.running_heads import body_size


def block(text: str, size: float = 10, *, bold: bool = False, cells: tuple[str, ...] = ()) -> Block:
    parts = tuple((40.0 + 80 * n, 100.0 + 80 * n, cell) for n, cell in enumerate(cells))
    return Block([Line((Run(text, bold),), 40, 200, 100, size, cells=parts)], 1, 0)


@pytest.mark.parametrize(
    ("text", "size", "bold"),
    [
        ("The salt road", 10, False),
        ("The salt road", 8, True),
        ("I. INTRODUCTION", 8, False),
        ("IV", 14, False),
        ("第一章", 14, False),
        ("3.2 Methods", 12, False),
    ],
)
def test_what_may_be_a_heading(text: str, size: float, bold: bool):
    assert may_head(block(text, size, bold=bold), 10)


@pytest.mark.parametrize(
    ("text", "size", "cells"),
    [
        ("x", 12, ()),
        ("10 20 30 40 50", 12, ()),
        ("a(t, k) = b(t) + 1", 12, ()),
        ("8. Which of these is the largest", 8, ()),
        ("Name Age", 10, ("Name", "Age")),
    ],
)
def test_what_is_none(text: str, size: float, cells: tuple[str, ...]):
    assert not may_head(block(text, size, cells=cells), 10)


@pytest.mark.parametrize(
    "text", ["https://river.example/ships", "keeper@river.example", "Toll = ships and loads", "Sum ="]
)
def test_addresses_and_equations_are_none_however_large(text: str):
    assert not may_head(block(text, 14, bold=True), 10)


def test_a_line_whose_parts_stand_far_apart_is_none():
    parts = ((40.0, 100.0, "The River Post"), (300.0, 360.0, "No. 4"))
    line = Line((Run("The River Post No. 4", bold=True),), 40, 360, 100, 14, cells=parts)
    assert not may_head(Block([line], 1, 0), 10)


def test_what_stands_beside_the_title_on_a_cover_is_none():
    title, name = block("The salt road", 24), block("Prepared for the council", 14, bold=True)
    title.role = "marked"
    mark_cover([title, name], 10)
    assert not may_head(name, 10)


def test_a_first_page_with_text_is_no_cover():
    title, head, text = block("The salt road", 24), block("Overview", 14), block("Salt came down the road. " * 5)
    title.role = "marked"
    mark_cover([title, head, text], 10)
    assert may_head(head, 10)


def test_a_bold_title_in_the_middle_of_a_page_in_one_size_is_the_title():
    title = Block([Line((Run("The salt road", bold=True),), 200, 300, 60, 10, 50, 450)], 1, 0)
    text = block("Salt came down the road in the year of the flood. " * 9)
    mark_title([title, text], 10, 800)
    assert title.role == "marked"
    at_margin = block("The salt road", bold=True)
    mark_title([at_margin, text], 10, 800)
    assert at_margin.role == ""


def set_in(x0: float, *, first: float = 50) -> tuple[Block, Block]:
    head = Block([Line((Run("Bring a lamp", bold=True),), x0, x0 + 60, 100, 10, 50, 450)], 1, 0)
    lines = [
        Line((Run("Salt came down the road in the year of the flood"),), x, 440, 120, 10, 50, 450) for x in (first, 50)
    ]
    return head, Block(lines, 1, 0)


@pytest.mark.parametrize(("x0", "first", "heads"), [(50, 50, True), (75, 50, False), (75, 75, True), (200, 50, True)])
def test_a_bold_line_set_in_is_an_item_unless_paragraphs_begin_there(x0: float, first: float, heads: bool):
    head, text = set_in(x0, first=first)
    mark_items([head, text], 10)
    assert may_head(head, 10) is heads


def test_a_bold_line_of_program_text_apart_from_the_text_above_is_no_listing():
    def code(text: str, above: float, *, bold: bool) -> Block:
        return Block([Line((Run(text, bold, mono=True),), 40, 200, 100, 10)], 1, 0, above=above)

    text = block("The keeper sends a ship with salt to the town at the river. " * 3)
    head, listing = code("GET /ships", 2.0, bold=True), code("ships = []", 2.0, bold=False)
    marked = mark_code([text, head, text, listing])
    assert (marked[1].role, marked[3].role) == ("", "code")


def test_program_text_does_not_decide_the_size_of_the_text_beside_other_text():
    coded = Line((Run("keep(ships) " * 9, mono=True),), 40, 200, 100, 8)
    assert body_size([[coded, Line((Run("The keeper sends a ship with salt."),), 40, 200, 100, 10)]]) == 10
    assert body_size([[coded, Line((Run("Ships"),), 40, 200, 100, 14)]]) == 8


@pytest.mark.parametrize(
    ("text", "size", "larger", "heads"),
    [
        ("1. Count the ships:", 10, False, False),
        ("1. Count the ships:", 12, False, True),
        ("Loads of ships:", 10, False, True),
        ("Loads of ships:", 10, True, False),
        ("LOADS:", 10, True, True),
    ],
)
def test_a_step_or_a_label_with_a_colon_is_none_beside_larger_headings(
    text: str, size: float, larger: bool, heads: bool
):
    assert may_head(block(text, size, bold=True), 10, larger=larger) is heads
