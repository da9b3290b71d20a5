"""Each language has all the words, with the same gaps to fill, and every form that its plurals ask for."""

import re

import pytest
from babel import Locale

from chaptercast.common.units import LanguageTag
from chaptercast.document.model import Reason
from chaptercast.publication.pages.translations import clock, languages, words_for

ENGLISH = words_for(LanguageTag("en"))
EACH = pytest.mark.parametrize("tag", languages())


def gaps(text: str) -> list[str]:
    return sorted(re.findall(r"{\w+}", text))


def test_there_are_the_languages_that_were_promised() -> None:
    assert set(languages()) >= {"en", "zh", "zh-Hant", "de", "fr", "es", "ja", "ko", "pt", "it", "ru", "ar"}


@EACH
def test_a_language_has_all_texts_and_each_fills_the_same_gaps(tag: LanguageTag) -> None:
    words = words_for(tag)
    assert {name: gaps(text) for name, text in words.texts.items()} == {
        name: gaps(text) for name, text in ENGLISH.texts.items()
    }
    assert all(text.strip() for text in words.texts.values())
    assert set(words.reasons) == {reason.name.lower() for reason in Reason}


@EACH
def test_counts_have_every_form_of_the_language(tag: LanguageTag) -> None:
    words = words_for(tag)
    assert set(words.counts) == set(ENGLISH.counts)
    needed = {Locale.parse(tag, sep="-").plural_form(number) for number in range(1, 1000)}
    for forms in words.counts.values():
        assert needed <= set(forms)
        assert "{n}" in forms["other"]


@pytest.mark.parametrize(
    ("tag", "used"),
    [("zh-CN", "zh"), ("zh-TW", "zh-Hant"), ("de-AT", "de"), ("pt-BR", "pt"), ("th", "en"), ("und", "en")],
)
def test_the_nearest_language_is_used(tag: str, used: str) -> None:
    assert words_for(LanguageTag(tag)).language == used


@pytest.mark.parametrize(
    ("tag", "length", "said"),
    [
        ("en", 0, "1 second"),
        ("en", 61_000, "1 minute 1 second"),
        ("en", 3_725_000, "1 hour 2 minutes"),
        ("ru", 7_320_000, "2 часа 2 минуты"),
        ("ar", 7_200_000, "ساعتان"),
        ("zh", 599_400, "9 分钟 59 秒"),
    ],
)
def test_lengths_in_words(tag: str, length: int, said: str) -> None:
    assert words_for(LanguageTag(tag)).duration(length) == said


def test_dates_and_names_of_languages_are_those_of_the_language() -> None:
    german = words_for(LanguageTag("de"))
    assert german.date("2024-03-05T10:00:00+01:00") == "5. März 2024"
    assert german.date("spring") == "spring"
    assert german.language_name(LanguageTag("zh-Hant")).startswith("Chinesisch")
    assert german.language_name(LanguageTag("xx-yy-zz!")) == "xx-yy-zz!"


def test_times_as_players_show_them() -> None:
    assert [clock(time) for time in (0, 59_999, 61_000, 3_723_000)] == ["0:00", "0:59", "1:01", "1:02:03"]
