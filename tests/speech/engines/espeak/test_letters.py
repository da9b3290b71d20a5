"""What a voice cannot read, judged by eSpeak NG's own phonemes."""

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.speech.engines.espeak import ENGINE
from chaptercast.speech.engines.espeak.installation import paths
from chaptercast.speech.engines.espeak.letters import _frequent, unread
from chaptercast.speech.engines.espeak.library import loaded, phonemes
from chaptercast.speech.model import Speech, Utterance


def left(text: str, voice: str) -> list[str]:
    return [text[begin:end] for begin, end in unread(text, voice, *paths())]


def speak(text: str, voice: str) -> Speech:
    with ENGINE.open() as speaker:
        return speaker.speak(Utterance(text, voice, LanguageTag("en")))


@pytest.mark.parametrize(
    ("voice", "text", "named"),
    [
        ("en-us", "The sign 本日休業 and the word བོད, in ᏣᎳᎩ.", ["本日休業", "བོད", "ᏣᎳᎩ"]),
        ("de", "Das Wort 銭湯 (せんとう) heißt Bad.", ["銭湯", "せんとう"]),
        ("ko", "주인은 漢字를 좋아합니다.", ["漢字"]),
        ("ja", "これは漢字。", ["漢字"]),
        ("ja+f3", "これは漢字。", ["漢字"]),
        ("cmn", "中国の龘和𠮷字", ["の", "𠮷"]),
        ("yue", "搭𨋢去𠮷", ["𠮷"]),
        ("th", "คำว่า ລາວ", ["ລາວ"]),
    ],
)
def test_letters_that_are_only_named_are_found(voice: str, text: str, named: list[str]) -> None:
    assert left(text, voice) == named


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        ("cmn", "港口图书馆有〇八个藏书室，臺灣與兇器。"),
        ("yue", "佢哋嘅書喺邊度？"),
        ("ja", "これはペンです。ヴァイオリンとｶﾅ。"),
        ("ko", "이 목욕탕은 오래되었습니다."),
        ("th", "ภาษาไทยเป็นภาษาที่สวยงาม"),
        ("ar", "اللُّغَةُ العَرَبِيَّة جميلة"),
        ("he", "שָׁלוֹם עולם"),
        ("hi", "हिन्दी एक भाषा है"),
        ("ru", "Привет, мир; ёжик и объект"),
        ("el", "Καλημέρα κόσμε, ἀρχή"),
        ("my", "မြန်မာစာ"),
        ("ka", "გამარჯობა"),
        ("am", "ሰላም ለዓለም"),
        ("en-us", "Naïve café, Привет, α and 한국 — “so”."),
    ],
)
def test_of_what_a_voice_reads_nothing_is_found(voice: str, text: str) -> None:
    assert left(text, voice) == []


@pytest.mark.parametrize("voice", ["en-us", "cmn", "yue", "ko"])
def test_what_is_found_is_what_the_library_names(voice: str) -> None:
    codes = (*range(0x3400, 0x4DC0, 97), *range(0x4E00, 0x9F00, 997), *range(0x20000, 0x2A000, 997))
    letters = [chr(code) for code in codes]
    with loaded(*paths()) as library:
        rune, *sounds = phonemes(library, voice, "ᚠ", *letters)
    word = rune.partition("_|")[0]  # its word for “letter”, before the digits of a number
    named = [
        letter for letter, sound in zip(letters, sounds, strict=True) if sound.startswith(word) or "tS'aIni:z" in sound
    ]
    assert [letter for letter in letters if left(letter, voice)] == named


def test_they_are_left_out_of_the_sound_and_told_and_the_others_stay_where_they_are() -> None:
    text = "The word 日本 is here."
    speech = speak(text, "en-us")
    assert speech.unread == ((9, 11),)
    assert speech.pcm == speak("The word    is here.", "en-us").pcm
    assert [text[t.offset : t.offset + t.length] for t in speech.words] == ["The", "word", "is", "here"]


def test_of_nothing_else_there_is_no_sound() -> None:
    assert not any(speak("漢字", "ko").pcm)


def test_what_is_not_asked_the_mandarin_voice_reads() -> None:
    letters = _frequent()
    with loaded(*paths()) as library:
        never, *sounds = phonemes(library, "cmn", "㐂", *letters)
    assert len(letters) > 9_000
    assert [
        letter for letter, sound in zip(letters, sounds, strict=True) if sound == never or sound.count("_|") > 3
    ] == []
