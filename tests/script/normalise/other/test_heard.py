"""What is left to eSpeak NG, and what is made for it, judged by its own phonemes: nothing that is written may be silent."""

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.script.normalise import clean, spell
from chaptercast.speech.engines.espeak import japanese
from chaptercast.speech.engines.espeak.installation import paths
from chaptercast.speech.engines.espeak.library import loaded, phonemes

TABLED = ("pt", "it", "nl", "sv", "da", "nb", "ru", "uk", "pl", "cs", "tr", "hi", "ar", "vi", "ko", "ja")
UNTABLED = ("sk", "bg", "ca", "fa", "he", "th", "fi", "ro", "id")


def heard(language: str, *texts: str) -> list[str]:
    tag = LanguageTag(language)
    spoken = [spell(clean(text, tag), tag) for text in texts]
    if language == "ja":
        spoken = [japanese.read(text).said for text in spoken]
    with loaded(*paths()) as library:
        return phonemes(library, "pt-br" if language == "pt" else language, *spoken)


@pytest.mark.parametrize("language", [*TABLED, *UNTABLED])
def test_a_minus_before_degrees_sounds(language):
    below, above = heard(language, "-5°C", "5°C")
    assert below != above


@pytest.mark.parametrize("language", TABLED)
@pytest.mark.parametrize("sign", "€$£¥₽₹₺₩%")
def test_a_sign_sounds_with_its_number(language, sign):
    with_sign, without = heard(language, f"7{sign}", "7")
    assert len(with_sign) > len(without)


@pytest.mark.parametrize(
    ("language", "native", "plain"), [("ar", "٣٫٥", "3.5"), ("hi", "३.५", "3.5"), ("ar", "٪٢٠", "20%")]
)
def test_digits_and_marks_of_a_script_sound_as_others(language, native, plain):
    one, other, whole = heard(language, native, plain, "35")
    assert one == other != whole


@pytest.mark.parametrize("language", ["fa", "he", "th"])
def test_numbers_of_languages_without_tables_are_left_as_they_are(language):
    tag = LanguageTag(language)
    assert spell(clean("12 3/4 -5", tag), tag) == "12 3/4 -5"
