"""Raised and lowered signs in running text: formulas, and what only looks like one."""

import pytest
from tests.script.narration.telling import PAUSES, heard, p, script

from chaptercast.common.units import LanguageTag
from chaptercast.document.model import Span, plain
from chaptercast.script.narration.inline_formulas import with_formulas
from chaptercast.script.narration.inlines import Reader
from chaptercast.script.narration.settings import Settings


def inlines(*parts: str) -> tuple[Span, ...]:
    """`^` before what is raised, `_` before what is lowered."""
    kinds = {"^": "raised", "_": "lowered"}
    return tuple(Span(part[1:], **{kinds[part[0]]: True}) if part[0] in kinds else Span(part) for part in parts)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("The law F = ma", "^2", " is wrong."), "The law F equals m a squared is wrong."),
        (("It has 10", "^-6", " g."), "It has ten to the power of minus six g."),
        (("At 7 kms", "^−2", " it falls."), "At seven k m s to the power of minus two it falls."),
        (("Take 3", "^n", " steps."), "Take three to the power of n steps."),
        (("Let y", "^k+1", " be it."), "Let y to the power of k plus one, end power, be it."),
        (("Then u", "_n-1", "."), "Then u sub n minus one, end sub."),
        (("And y", "_j", "^2", " too."), "And y sub j squared too."),
        (("The ion PO", "_4", "^3-", " and K", "^+", "."), "The ion P O four, three minus, and K, plus."),
        (("By ", "^40", "K and ", "^87", "Rb."), "By isotope forty of K and isotope eighty-seven of R b."),
        (("e", "^iπ", " = −1"), "e to the power of i pi, end power, equals minus one"),
    ],
)
def test_formulas(parts: tuple[str, ...], expected: str) -> None:
    assert heard(script(p(*inlines(*parts)))) == [expected]


@pytest.mark.parametrize(
    "parts",
    [
        ("A co-op", "^1", " is here."),
        ("the 1", "^st", " and 2", "^nd", " of them"),
        ("said so.", "^3", " Then"),
        ("in 1990", "^2", " it was"),
        ("H", "_2", "O and CO", "_2"),
        ("le 4", "^e", " jour, M", "^me", " Roux, n", "^o", " 5"),
        ("5 km", "^2", " of land"),
        ("the end", "^a", " of it"),
        ("by US", "^1", " law"),
    ],
)
def test_what_is_no_formula_is_left_alone(parts: tuple[str, ...]) -> None:
    assert with_formulas(inlines(*parts)) == inlines(*parts)


def test_the_written_text_stays_whole() -> None:
    spans = (
        Span("So "),
        Span("E", emphasis=True),
        Span(" = mc", link="https://example.org"),
        *inlines("^2", " holds."),
    )
    found = with_formulas(spans)
    assert plain(found) == "So E = mc2 holds."
    assert [span.text for span in found if span.math] == ["E = mc2"]


def test_a_language_without_words_keeps_its_signs() -> None:
    pieces = Reader(Settings(PAUSES), []).read(inlines("10", "^-3", " โมล"), LanguageTag("th"))
    assert "".join(piece.said for piece in pieces) == "10⁻³ โมล"


def test_long_texts_are_looked_through_once() -> None:
    spans = inlines(*(part for _ in range(3000) for part in ("word a", "^1", " = b")))
    assert plain(with_formulas(spans)) == plain(spans)
