"""From sentences to what Piper voices are given: phonemes or letters, code point by code point."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.speech.engines.neural.models import PIPER_IDS
from tests.speech.engines.neural.texts import in_order, lost, texts

from chaptercast.speech.engines.neural.phonemes.clauses import ends_sentence, is_spoken
from chaptercast.speech.engines.neural.phonemes.espeak import Phonemes
from chaptercast.speech.engines.neural.phonemes.model import Spelling, Word
from chaptercast.speech.engines.neural.piper.grapheme_to_phoneme import spell, spell_letters

LATIN = {*"_^$ .,;:!?'abcdefghijklmnopqrstuvwxyz", "\u0301"}


@pytest.mark.parametrize(
    ("text", "voice", "symbols"),
    [
        ("In the house, of course.", "en-us", "ɪnðə hˈaʊs, ʌv kˈɔːɹs."),
        ("Yes", "en-us", "jˈɛs."),
        ("Yes?! No", "en-us", "jˈɛs! nˈoʊ."),
        ("Wait... what", "en-us", "wˈeɪt; wˌʌt."),
        ("“Yes” (no) — never.", "en-us", "jˈɛs nˈoʊ; nˈɛvɚ."),
        ("Schön, Straße!", "de", "ʃˈøːn, ʃtɾˈɑːsə!"),
        ("Un bon vin.", "fr", "œ\u0303 bˈɔ\u0303 vˈɛ\u0303."),
        ("你好 yes", "en-us", "jˈɛs."),
    ],
)
def test_a_sentence_in_phonemes(text: str, voice: str, symbols: str, library: Phonemes) -> None:
    found = spell(text, voice, PIPER_IDS, library)
    assert found.symbols == unicodedata.normalize("NFD", symbols)


def test_phonemes_are_code_points_with_their_signs_apart(library: Phonemes) -> None:
    assert spell("ich", "de", PIPER_IDS, library).symbols == "ɪc\u0327."
    assert spell("ich", "de", set(PIPER_IDS) - {"\u0327"}, library).unread == ((0, 3),)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.sampled_from(["en-us", "de", "fr", "ru", "ar"]), texts(), st.sampled_from([PIPER_IDS.keys(), LATIN]))
def test_nothing_is_lost_whatever_it_is(library: Phonemes, voice: str, text: str, symbols: set[str]) -> None:
    found = spell(text, voice, symbols, library)
    assert lost(text, (word[1:] for word in found.words), found.unread) == ""
    assert in_order(text, found.words)
    assert list(found.unread) == sorted(found.unread)
    assert set(found.symbols) <= set(symbols)
    assert is_spoken(found.symbols) is bool(found.words)
    assert not found.words or ends_sentence(found.symbols)


@given(texts())
def test_no_letter_is_lost_of_what_is_spelled(text: str) -> None:
    found = spell_letters(text, LATIN)
    assert lost(text, (word[1:] for word in found.words), found.unread) == ""
    assert in_order(text, found.words)
    assert set(found.symbols) <= LATIN
    assert is_spoken(found.symbols) is bool(found.words)


@pytest.mark.parametrize("text", ["", " ", "...", "?!", "。。。", "—", "“”", "()", "\n", "†", "***"])
def test_punctuation_alone_is_nothing_to_say(text: str, library: Phonemes) -> None:
    for found in (spell(text, "en-us", PIPER_IDS, library), spell_letters(text, LATIN)):
        assert not is_spoken(found.symbols)
        assert (found.words, [text[begin:end] for begin, end in found.unread if text[begin:end].isalnum()]) == ((), [])


@pytest.mark.parametrize(
    ("text", "unread"), [("He said 你好 to them.", ["你好"]), ("①, yes", ["①"]), ("٣", ["٣"]), ("yes カナ", ["カナ"])]
)
def test_what_cannot_be_read_is_named(text: str, unread: list[str], library: Phonemes) -> None:
    assert [text[begin:end] for begin, end in spell(text, "en-us", PIPER_IDS, library).unread] == unread


def test_what_the_voice_has_no_number_for_is_named_with_its_word(library: Phonemes) -> None:
    text = "so thin a day"
    found = spell(text, "en-us", set(PIPER_IDS) - {"θ"}, library)
    assert [text[begin:end] for begin, end in found.unread] == ["thin"]
    assert [text[word.offset : word.offset + word.length] for word in found.words] == text.split()
    none = spell("so", "en-us", {".", " "}, library)
    assert none == Spelling(".", (), ((0, 2),))


def test_letters_are_small_and_have_their_accents_apart() -> None:
    assert spell_letters("Été À", LATIN) == Spelling("e\u0301te\u0301 a", (Word(0, 0, 3), Word(6, 4, 1)), ((4, 5),))


def test_letters_that_the_voice_does_not_know_are_named() -> None:
    text = "Да, no ъ."
    found = spell_letters(text, LATIN)
    assert found.symbols == ", no ."
    assert [text[word.offset : word.offset + word.length] for word in found.words] == ["no"]
    assert [text[begin:end] for begin, end in found.unread] == ["Да,", "ъ."]
