"""Formulas in titles."""

import pytest

from chaptercast.document.model import plain
from chaptercast.script.narration.titles import with_tex


@pytest.mark.parametrize(
    ("title", "formulas"),
    [
        (r"Euler's e^{i\pi} and more", [r"e^{i\pi}"]),
        ("The $H_0$ tension", ["$H_0$"]),
        (r"\alpha and \beta", [r"\alpha", r"\beta"]),
    ],
)
def test_formulas_of_titles(title: str, formulas: list[str]) -> None:
    found = with_tex(title)
    assert not isinstance(found, str)
    assert plain(found) == title
    assert [span.text for span in found if span.math] == formulas


@pytest.mark.parametrize(
    "title", ["A title", "From $5 to $6 a day", r"Where is C:\Users\me?", "snake_case and x_1", "$dollars$"]
)
def test_other_titles_are_left_alone(title: str) -> None:
    assert with_tex(title) == title
