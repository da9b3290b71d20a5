"""Which language a text is in."""

import pytest

from chaptercast.common.language_identification import (
    alike,
    identify,
    probability_of,
    probable,
    runs,
    scripts,
    written_in,
)
from chaptercast.common.units import LanguageTag


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The last ferry leaves at eleven.", "en"),
        ("Der letzte Dampfer fährt um elf.", "de"),
        ("每逢星期四，旧港的候船室里坐着四张桌子的人。", "zh"),
        ("這個問題，我們來說說看。", "zh-Hant"),
        ("桟橋にはまだ雪が残っていました。", "ja"),
        ("안녕하세요, 반갑습니다.", "ko"),
        ("Последний паром уходит в полночь.", "ru"),
        ("ข้อความ", "th"),
        ("42 …", "und"),
    ],
)
def test_a_text_tells_its_language(text: str, language: str) -> None:
    assert identify(text) == language
    assert probable(text)[0] == language


def test_a_prior_is_kept_where_the_text_says_too_little() -> None:
    assert identify("OK", LanguageTag("de-AT")) == "de-AT"
    assert identify("The last ferry leaves at eleven.", LanguageTag("en-GB")) == "en-GB"
    assert identify("每逢星期四", LanguageTag("en")) == "zh"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("One\nA.\nTwo\nB.\nThree\nC.\nFour\nD.\nFive\nE.\nSix\nF.", "en"),
        ("Ang mga tawo gipanganak nga gawasnon ug managsama sa kaligdong ug mga katungod.", "ceb"),
    ],
)
def test_a_language_that_voices_hardly_exist_for_is_found_only_where_the_text_shows_it(
    text: str, language: str
) -> None:
    assert identify(text) == language


@pytest.mark.parametrize("text", ["A.", "B.", "C. D."])
def test_letters_that_stand_alone_are_not_cebuano(text: str) -> None:
    assert identify(text) not in {"ceb", "war"}


def test_letters_are_counted_by_script() -> None:
    assert scripts("Order a コーヒー, 东京!") == {"Latn": 6, "Kana": 4, "Hani": 2}
    assert list(runs("aб")) == [("Latn", 0, 1), ("Cyrl", 1, 2)]


def test_languages_know_their_scripts() -> None:
    assert written_in(LanguageTag("ja")) >= {"Hani", "Kana"}
    assert written_in(LanguageTag("sr-Latn")) == {"Latn"}
    assert written_in(LanguageTag("tlh")) == {"Latn"}


def test_close_languages_are_alike() -> None:
    assert alike("nb", "da")
    assert not alike("en", "de")


def test_a_language_is_as_probable_as_the_words_make_it() -> None:
    german = "Der letzte Dampfer fährt um elf."
    assert probability_of(LanguageTag("de-AT"), german) > 0.9
    assert probability_of(LanguageTag("en"), german) < 0.05
