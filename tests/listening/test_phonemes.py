"""Which words sound alike, though they are written otherwise."""

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.listening.phonemes import begin_alike, ends_hard, sound_alike
from chaptercast.listening.words import tokens

FR, EN, ES, ZH = map(LanguageTag, ("fr", "en-GB", "es", "zh"))


@pytest.mark.parametrize(
    ("wanted", "got", "language", "alike"),
    [
        ("Sais tu", "C est il", FR, True),
        ("Oh s écrie", "L offre C est crime", FR, True),
        ("near Zennor", "here s inner", EN, True),
        ("une vieille dame", "un grand garçon", FR, False),
        ("sin bajar", "cuando llega", ES, False),
        ("A retired judge who hums", "Ajaj Hu Homs", EN, False),  # a word may be lost
        ("C est celle", "ses celles dans ses celles", FR, False),  # it is said twice
        ("今天", "今天", ZH, False),  # compared by readings already
        ("", "here", EN, False),
        ("near", "here", LanguageTag("tlh"), False),  # nobody knows how that sounds
    ],
)
def test_what_sounds_alike(wanted: str, got: str, language: LanguageTag, alike: bool) -> None:
    assert sound_alike(tokens(wanted, language), tokens(got, language), language) is alike


@pytest.mark.parametrize(("words", "alike"), [("voulez vous", True), ("leva le", True), ("elle leva", False)])
def test_a_recogniser_swallows_a_word_before_one_that_begins_alike(words: str, alike: bool) -> None:
    word, following = tokens(words, FR)
    assert begin_alike(word, following, FR) is alike


@pytest.mark.parametrize(("word", "hard"), [("hipped", True), ("lake", True), ("bowl", False), ("thumb", False)])
def test_a_word_ends_hard_if_its_last_sound_is_a_plosive(word: str, hard: bool) -> None:
    (token,) = tokens(word, EN)
    assert ends_hard(token, EN) is hard
