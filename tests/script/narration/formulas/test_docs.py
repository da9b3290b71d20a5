"""What the documentation says is said."""

import re
from pathlib import Path

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.mathematics import latex
from chaptercast.script.narration.formulas import say

PAGE = Path(__file__).parents[4] / "docs" / "formulas.md"
ROWS = re.findall(r"^\| \$(.+)\$ \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("source", "expected"), ROWS)
def test_the_table_is_true(source: str, expected: str) -> None:
    assert say(latex.read(source), LanguageTag("en")).text == expected


def test_there_is_a_table() -> None:
    assert len(ROWS) > 5
