"""Sentences of articles in languages that go by their tables: how many are read as a native speaker would. The floors only rise."""

import pytest
from tests.script.normalise.reading import cases, is_right

from chaptercast.common.units import LanguageTag
from chaptercast.script.normalise import clean, spell

FLOORS = {
    "pt-BR": 75, "it": 59, "ru": 55, "ja": 76, "ko": 29, "hi": 26, "sv": 27, "ar": 30, "nl": 25,
    "da": 8, "nb": 8, "pl": 13, "uk": 9, "cs": 8, "tr": 10, "vi": 7,
}  # fmt: skip


@pytest.mark.parametrize("language", FLOORS)
def test_sentences_of_articles_are_read_as_people_read_them(language):
    tag = LanguageTag(language)
    labelled = cases("languages", language)
    spoken = [spell(clean(case.written, tag), tag) for case in labelled]
    wrong = [
        f"{case.category}: {case.written} -> {said} (not {case.readings[0]})"
        for case, said in zip(labelled, spoken, strict=True)
        if not is_right(said, case)
    ]
    assert len(labelled) - len(wrong) >= FLOORS[language], "\n".join(wrong)


@pytest.mark.parametrize("language", FLOORS)
def test_no_digit_is_left_and_nothing_is_said_twice(language):
    tag = LanguageTag(language)
    for case in cases("languages", language):
        spoken = spell(clean(case.written, tag), tag)
        assert not any(character.isdecimal() for character in spoken)
        assert spell(spoken, tag) == spoken
