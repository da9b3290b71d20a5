"""Cutting text: what a listener would call sentences, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.common.units import LanguageTag
from chaptercast.script.sentences import cut, split_sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("zh", ["他说：“好的。我来了！”", "然后走了……真的吗？", "是。"]),
        ("zh", ['他问："行吗？"', "没人回答。"]),
        ("ja", ["彼は来た。", "雨だった。"]),
        ("en", ["Dr. Smith came at 3.5 km. ", "Nobody knew why."]),
        ("de", ["Am 3. Oktober kam er z. B. an. ", "Dann ging er."]),
        ("de", ["Der 2. Weltkrieg, vgl. Bd. 3, endete mit Hrn. Krause. ", "Dann ging er."]),
        ("pt", ["O n.º 8 e o Dr. Sá, etc. ", "Fim."]),
        ("xx", ["a.b. c 3.5 kilo. ", "Eight n.º 8."]),
        ("en", ["It ended here.", "No space was set. ", "Then it went on."]),
        ("en", ["It opens at five p.m. EST, or at six p.m. Monday. ", "At seven p.m. ", "He left."]),
        ("fr", ["On a vu J.-P. Martin et Jésus-Christ. ", "Puis il part."]),
    ],
)
def test_sentences(language: str, sentences: list[str]) -> None:
    assert list(split_sentences("".join(sentences), LanguageTag(language))) == sentences


@given(
    st.sampled_from(["zh", "en", "ja", "de", "ar", "xx"]),
    st.text('ab。.！? \n”"（)，1', max_size=80) | st.text(max_size=80),
)
def test_sentences_join_to_the_text(language: str, text: str) -> None:
    assert "".join(split_sentences(text, LanguageTag(language))) == text


@given(
    st.text("ab。., ，x字\U0001f468\u200d\U0001f469e\u0301", max_size=120) | st.text(max_size=80), st.integers(32, 200)
)
def test_pieces_fit_and_join_to_the_text(text: str, limit: int) -> None:
    pieces = list(cut(text, limit))
    assert "".join(pieces) == text
    assert all(len(piece.encode()) <= limit for piece in pieces if len(piece) < 8)  # one long grapheme stays whole


def test_cuts_are_between_clauses_then_words() -> None:
    assert list(cut("one two, three four, five", 12)) == ["one two,", " three four,", " five"]
    assert list(cut("unbreakable " * 3, 14)) == ["unbreakable "] * 3
    assert list(cut("3,000,000 birds came", 12)) == ["3,000,000 ", "birds came"]
