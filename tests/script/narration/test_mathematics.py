"""Formulas in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.script.narration.mathematics import LONGEST, formula
from chaptercast.script.narration.words import languages, words_for
from chaptercast.units import LanguageTag


def read(source: str, language: str = "en") -> str:
    return formula(source, words_for(LanguageTag(language)).math)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"x^2 + y_1", "x squared plus y sub 1"),
        (r"$a^{n+1}$", "a to the power of n plus 1"),
        (r"\frac{1}{2}", "1 over 2"),
        (r"\frac{a+b}{c}", "the fraction a plus b, over c,"),
        (r"\sqrt{2}", "the square root of 2"),
        (r"\sqrt[3]{x}", "the root of order 3 of x"),
        (r"\sum_{i=1}^{n} i", "the sum from i equals 1 to n of i"),
        (r"\lim_{x \to 0} x", "the limit as x to 0 of x"),
        (r"90^\circ", "90 degrees"),
        (r"f'\left(x\right) \leq \pi", "f prime ( x ) is at most π"),
        (r"\text{speed} = 3.5\,\mathrm{km}", "speed equals 3.5 km"),
        (r"\sin x - \{1\}", "sin x minus { 1 }"),
        ("the square of x", "the square of x"),
    ],
)
def test_simple_latex(source: str, expected: str) -> None:
    assert read(source) == expected


def test_in_other_languages() -> None:
    assert read(r"\frac{1}{2} x^2", "zh") == "2分之1 x的平方"
    assert read(r"a = \sqrt{b}", "de") == "a gleich Wurzel aus b"
    assert read(r"\frac{1}{2} x^2 = \sqrt{b}", "th") == "1/2 x² = √b"


@pytest.mark.parametrize(
    "source", ["{" * 300, "x^{" * 100, "^", "_{}", r"\frac", r"\frac{", "}}", r"\begin{matrix}1&2\end{matrix}", r"\}^"]
)
def test_what_is_not_understood_is_read_sign_by_sign(source: str) -> None:
    assert not set(read(source)) & set("\\^_&")


def test_a_long_formula_keeps_its_letters() -> None:
    assert read(r"\frac{a}{b}" * LONGEST).count("a") >= LONGEST


@given(st.text(r"\{}^_&$ab1+=[]' fracsqrtlim", max_size=60), st.sampled_from([*sorted(languages()), LanguageTag("th")]))
def test_every_number_of_a_formula_is_said(source: str, language: LanguageTag) -> None:
    assert read(source, language).count("1") >= source.count("1")
