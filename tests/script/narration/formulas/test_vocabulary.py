"""The tables of words: each language says all that English says."""

import re
import tomllib
from pathlib import Path

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.mathematics.latex_commands import COMMANDS
from chaptercast.script.narration.formulas.vocabulary import languages, vocabulary

ENGLISH = vocabulary(LanguageTag("en"))
TABLES = ("forms", "accents", "double", "states", "letters", "signs")
SYMBOLS = Path(__file__).parents[4] / "src" / "chaptercast" / "mathematics" / "symbols.toml"
LIKE_LETTERS = frozenset("ijℜℑ")


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text))


@pytest.mark.parametrize("tag", languages())
def test_every_language_says_all_that_english_says(tag: LanguageTag) -> None:
    words = vocabulary(tag)
    for table in TABLES:
        assert getattr(words, table).keys() == getattr(ENGLISH, table).keys()
    assert words.names.keys() >= ENGLISH.names.keys()
    assert all(fields(words.forms[name]) == fields(text) for name, text in ENGLISH.forms.items())
    assert all(fields(text) == {"{a}"} for forms in words.accents.values() for text in forms)
    assert all(words.signs.values())


@pytest.mark.parametrize("tag", languages())
def test_what_turns_the_meaning_round_is_said_differently(tag: LanguageTag) -> None:
    signs = vocabulary(tag).signs
    for kinds in ("≤≥<>=≠≈≪≫", "+−±∓×÷", "∈∉∋⊂⊆⊃⊇", "→←↔⇒⇐⇔", "∪∩∖", "∀∃∄", "∑∏∫", "()[]{}"):
        assert len({signs[sign] for sign in kinds}) == len(kinds)


def test_every_command_that_is_a_sign_has_a_word() -> None:
    symbols = set(tomllib.loads(SYMBOLS.read_text(encoding="utf-8")).values())
    unknown = {
        each
        for each in symbols
        if each not in ENGLISH.signs and each.lower() not in ENGLISH.letters and each not in LIKE_LETTERS
    }
    assert not unknown


def test_functions_that_are_said_by_a_name_are_known_commands() -> None:
    assert {name for name in ENGLISH.names if name.islower()} <= COMMANDS.keys() | {"div", "rot"}


@pytest.mark.parametrize(
    ("language", "expected"), [("en-GB", "en"), ("fr-CA", "fr"), ("zh-CN", "zh"), ("th", "und"), ("und", "und")]
)
def test_the_words_of_a_language(language: str, expected: str) -> None:
    assert vocabulary(LanguageTag(language)).language == expected
