"""Languages compared: what is answered without the library is what the library answers."""

import langcodes
import pytest

from chaptercast.common import language_tags
from chaptercast.common.language_tags import closest, iso_639_2
from chaptercast.common.units import LanguageTag

OFFERED = [LanguageTag(tag) for tag in ("de", "en-GB", "en-US", "fr", "pt-BR", "zh-CN", "zh-HK", "zh-TW")]


@pytest.mark.parametrize("tag", ["ar", "de", "en", "en-GB", "fr-CA", "pt-BR", "zh", "zh-Hant-TW", "ko", "it"])
def test_the_three_letters_are_those_of_the_library(tag: str) -> None:
    assert iso_639_2(LanguageTag(tag)) == langcodes.Language.get(tag).to_alpha3()


def test_the_codes_kept_here_are_all_right() -> None:
    assert all(langcodes.Language.get(tag).to_alpha3() == code for tag, code in language_tags._ISO_639_2.items())


def test_the_tags_kept_here_are_in_their_usual_form() -> None:
    assert all(langcodes.standardize_tag(tag) == tag and langcodes.tag_is_valid(tag) for tag in language_tags._USUAL)


@pytest.mark.parametrize(("offered", "served"), [("en-GB", True), ("cmn", False), ("yue", False), ("de", False)])
def test_a_voice_serves_readers_of_its_language(offered: str, served: bool) -> None:
    assert language_tags.serves(LanguageTag(offered), LanguageTag("en-US")) == served
    assert all(
        language_tags.serves(LanguageTag("cmn"), LanguageTag(tag)) for tag in ("zh-CN", "zh-TW", "zh-Hant", "zh-HK")
    )


@pytest.mark.parametrize("wanted", ["en", "zh", "pt", "zh-Hans", "de", "fr", "en-GB", "zh-TW"])
def test_the_closest_is_that_of_the_library(wanted: str) -> None:
    match, _ = langcodes.closest_match(wanted, OFFERED, max_distance=10)
    assert closest(LanguageTag(wanted), OFFERED) == match


@pytest.mark.parametrize(("wanted", "found"), [("zh-CN", "zh"), ("en-US", "en"), ("en-AU", "en"), ("ru", None)])
def test_a_region_finds_its_language(wanted: str, found: str | None) -> None:
    assert closest(LanguageTag(wanted), [LanguageTag("en"), LanguageTag("zh")]) == found


def test_of_several_the_very_tag_wins() -> None:
    assert closest(LanguageTag("en"), [LanguageTag("en-US"), LanguageTag("en")]) == "en"
