"""Formulas in words: three writings of each give the same, in five languages, and different formulas give different words."""

import random
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mathematics.written import FORMULAS, LANGUAGES, from_mathml, from_omml

from chaptercast.common.units import LanguageTag
from chaptercast.mathematics import latex
from chaptercast.mathematics.tree import EMPTY
from chaptercast.mathematics.writing import latex as written
from chaptercast.script.narration.formulas import say

ENGLISH = LanguageTag("en")


def said(source: str, language: str = "en") -> str:
    return say(latex.read(source), LanguageTag(language)).text


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula["latex"])
def test_three_writings_are_said_as_one(formula: dict[str, str]) -> None:
    trees = (latex.read(formula["latex"]), from_mathml(formula["mathml"]), from_omml(formula["omml"]))
    for language in LANGUAGES:
        assert {say(tree, LanguageTag(language)).text for tree in trees} == {formula[language]}
    assert not any(say(tree, ENGLISH).unsaid for tree in trees)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\frac{1}{2}", "one half"),
        (r"\frac{3}{20}", "three over twenty"),
        (r"\frac{a}{b}c", "the fraction a, over b, end fraction, c"),
        (r"2\frac{a}{b}", "two the fraction a, over b, end fraction"),
        (r"\sqrt{x}y", "the square root of x, end root, y"),
        (r"\sqrt{x}+y", "the square root of x plus y"),
        (r"a+-b", "a plus minus b"),
        (r"f(x)", "f of x"),
        (r"f(x+1)", "f open paren x plus one close paren"),
        (r"2(x)", "two open paren x close paren"),
        (r"(f(x,y),z)", "open paren f open paren x comma y close paren comma z close paren"),
        (r"P(A\mid B)", "P of A given B"),
        (r"a\mid b", "a divides b"),
        (r"x+X", "x plus capital X"),
        (r"X+Y", "X plus Y"),
        (r"\Omega", "capital omega"),
        (r"5\,\mathrm{km}/\mathrm{h}", "five km per h"),
        (r"A^\top A", "A transpose A"),
        (r"z^*", "z star"),
        (r"x^+", "x superscript plus"),
        (r"f^{(n)}", "f superscript open paren n close paren"),
        (r"20\,^\circ\mathrm{C}", "twenty degrees C"),
        (r"f'^2", "f prime squared"),
        (r"1{,}5+1.5+1,500+1.000", "one point five plus one point five plus one thousand five hundred plus one point zero zero zero"),
        (r"\xrightarrow{f}", "goes to, above it f, end above"),
        (r"\cancel{x}", "x crossed out"),
        (r"F(x)\Big|_a^b", "F of x evaluated from a to b"),
        (r"\arg\max_x f", "argument the maximum over x of f"),
        (r"\ce{CuSO4.5H2O}", "C u S O four dot five H two O"),
        (r"\ce{Na+}", "N a, plus"),
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", "two lines, line one: a equals b; line two: c equals d, end lines"),
        (r"\left(\begin{array}{cc}1&\\&2\end{array}\right)",
         "the two by two matrix, row one: one, blank; row two: blank, two, end matrix"),
        (r"|z|^2", "the absolute value of z, end absolute value, squared"),
        (r"x_{\max}", "x sub max"),
        (r"9\,\mathrm{m\,s^{-2}}", "nine m s to the power of minus two"),
        (r"10\%", "ten percent"),
        (r"\exists!x", "there exists exactly one x"),
        (r"E=mc^2.", "E equals m c squared."),
    ],
)  # fmt: skip
def test_english(source: str, expected: str) -> None:
    assert said(source) == expected


@pytest.mark.parametrize(
    ("source", "language", "expected"),
    [
        ("1{,}5", "de", "eins Komma fünf"),
        ("1.5", "de", "eins Komma fünf"),
        ("1.000", "de", "eintausend"),
        ("1,000", "de", "eins Komma null null null"),
        (r"\frac{3}{4}", "fr", "trois quarts"),
        (r"\frac{3}{4}", "zh", "四分之三"),
        (r"1+\frac{1}{n}", "zh", "一加分式，分子一，分母n，分式结束"),
        (r"\begin{pmatrix}1&2\end{pmatrix}", "zh", "一行两列矩阵，第一行：一，二，矩阵结束"),
        (r"10\%", "zh", "百分之十"),
        (r"x^{10}", "zh-Hans-SG", "x的十次方"),
        (r"a\ne b", "es-MX", "a distinto de b"),
    ],
)
def test_other_languages(source: str, language: str, expected: str) -> None:
    assert said(source, language) == expected


def test_what_has_no_words_is_named() -> None:
    assert say(latex.read(r"a \wobble ⏰"), ENGLISH) == say(latex.read(r"a \wobble ⏰"), LanguageTag("en-GB"))
    found = say(latex.read(r"a \wobble ⏰"), ENGLISH)
    assert (found.text, found.unsaid) == ("a wobble unknown sign", ("\\wobble", "⏰"))
    assert say(latex.read("{" * 200 + "x"), ENGLISH).unsaid == ("{" * 200 + "x",)


def test_a_language_without_words_gets_a_row_of_signs_and_it_is_named() -> None:
    found = say(latex.read(r"\frac{1}{2} x^2 = \sqrt{b}"), LanguageTag("th"))
    assert found.text == "(1)/(2) x² = √b"
    assert found.unsaid == ("\\frac{1}{2}x^2 = \\sqrt{b}",)
    assert say(latex.read("a = 5"), LanguageTag("th")).unsaid == ()


def _formula(chance: random.Random, depth: int) -> str:
    """A formula at random."""
    if depth == 0:
        return chance.choice(["x", "y", "a", "n", "2", "3", r"\pi"])

    def part() -> str:
        return _formula(chance, depth - 1)

    shapes = (
        lambda: f"{part()}{chance.choice('+-=<')}{part()}",
        lambda: f"{part()} {part()}",
        lambda: rf"\frac{{{part()}}}{{{part()}}}",
        lambda: f"{{x}}^{{{part()}}}",
        lambda: f"({part()})^{{{part()}}}",
        lambda: f"{{a}}_{{{part()}}}",
        lambda: rf"\sqrt{{{part()}}}",
        lambda: rf"\sqrt[n]{{{part()}}}",
        lambda: f"f({part()})",
        lambda: rf"\left|{part()}\right|",
        lambda: rf"\sin {part()}",
        lambda: rf"\sum_{{{part()}}}^{{{part()}}}{part()}",
        lambda: rf"\hat{{{part()}}}",
        lambda: rf"\binom{{{part()}}}{{{part()}}}",
    )
    return chance.choice(shapes)()


@pytest.mark.parametrize("language", LANGUAGES)
def test_different_formulas_are_said_in_different_words(language: str) -> None:
    chance = random.Random(5)
    heard = defaultdict(set)
    for _ in range(1500):
        tree = latex.read(_formula(chance, chance.choice((1, 2, 2, 3))))
        words = "".join(
            character for character in say(tree, LanguageTag(language)).text if character.isalnum() or character == " "
        )
        heard[words].add(written(tree))
    assert not {words: formulas for words, formulas in heard.items() if len(formulas) > 1}


@given(st.text(r"\{}^_&$ab1+=[]|()' fracsqrtlim", max_size=60), st.sampled_from(LANGUAGES))
def test_any_formula_is_said_or_named(source: str, language: str) -> None:
    tree = latex.read(source)
    found = say(tree, LanguageTag(language))
    assert tree == EMPTY or found.text or found.unsaid or not any(map(str.isalnum, source))
    assert not set(found.text) & set("\\^_&{}")
