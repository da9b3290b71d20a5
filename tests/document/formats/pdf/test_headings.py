"""What may be a heading by its form."""

import pytest

from chaptercast.document.formats.pdf.blocks import Block
from chaptercast.document.formats.pdf.headings import may_head
from chaptercast.document.formats.pdf.page import Line, Run


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
