"""The letters of the network: every sound that eSpeak NG has for its languages is written in them."""

import re
from collections.abc import Iterator

import pytest
from babel import Locale
from num2words import num2words

from chaptercast.speech.engines.neural.kokoro.letters import TOKENS, spelled
from chaptercast.speech.engines.neural.phonemes.clauses import is_spoken
from chaptercast.speech.engines.neural.phonemes.espeak import Phonemes


def known(symbols: str) -> bool:
    return set(symbols) <= TOKENS.keys()


LOCALES = {"en-US": "en", "en-GB-x-rp": "en_GB", "es": "es", "fr": "fr", "hi": "hi", "it": "it", "pt-BR": "pt_BR"}
"""By the voices of eSpeak NG whose phonemes the network was trained on."""


def words_of(locale: str) -> list[str]:
    """A thousand words and more of a language: names of languages, countries and moneys, and numbers."""
    known = Locale.parse(locale)
    names = (name for table in (known.languages, known.territories, known.currencies) for name in table.values())
    numbers = (num2words(number, lang=locale) for number in range(0, 120, 7)) if locale != "hi" else ()
    return sorted({word for text in (*names, *numbers) for word in re.findall(r"[^\W\d_][\w\u093c-\u094d’'-]*", text)})


def sounds_of(phonemes: Phonemes, voice: str) -> Iterator[tuple[str, str]]:
    words = words_of(LOCALES[voice])
    assert len(words) > 900
    for at in range(0, len(words), 10):
        line = words[at : at + 10]
        yield from ((sound.letters, line[sound.word]) for sound in phonemes.sounded(" ".join(line), voice).sounds)


@pytest.mark.parametrize("voice", LOCALES)
def test_every_sound_of_a_language_can_be_written(voice: str, library: Phonemes) -> None:
    found = dict(sounds_of(library, voice))
    assert len(found) > 50
    wrong = {sound: word for sound, word in found.items() if not known(spelled(sound, voice))}
    assert wrong == {}
    silent = {sound: word for sound, word in found.items() if not is_spoken(spelled(sound, voice))}
    assert silent == {}


@pytest.mark.parametrize("voice", LOCALES)
def test_single_letters_and_digits_can_be_written(voice: str, library: Phonemes) -> None:
    for text in ("a b c d e f g h i j k l m", "n o p q r s t u v w x y z", "0 1 2 3 4 5 6 7 8 9", "99 1234 3.5 80%"):
        for sound in library.sounded(text, voice).sounds:
            assert known(spelled(sound.letters, voice)), sound


WRITTEN = {
    "en-US": (
        "aɪ:I aʊ:W eɪ:A oʊ:O ɔɪ:Y dʒ:ʤ tʃ:ʧ ɚ:əɹ ɜː:ɜɹ ɾ:T iː:i ɑː:ɑ ɐ:ə ᵻ:ᵻ ʔ:t əl:ᵊl ɡ:ɡ r:ɹ ˈeɪ:ˈA ˌoʊ:ˌO ɔːɹ:ɔɹ ɛ:ɛ"
    ),
    "en-GB-x-rp": "əʊ:Q eɪ:A aɪ:I ɜː:ɜː eə:ɛː ɪə:ɪə iː:iː ɐ:ə tʃ:ʧ ˈəʊ:ˈQ",
    "fr": "ɔ̃:ɔ̃ ɑ̃:ɑ̃ ʁ:ʁ y:y ø:ø œ:œ ɲ:ɲ ə-:ə g:ɡ",
    "es": "tʃ:ʧ ɾ:ɾ r:r ɲ:ɲ x:x θ:θ ts:ʦ aɪ:I eɪ:A aʊ:W",
    "it": "dʒ:ʤ ts:ʦ dz:ʣ ʎ:ʎ ss:S tʃ:ʧ",
    "hi": "ʈ:ʈ ɖ:ɖ ʱ:ʰ ɦ:h ẽ:ẽ tʃ:ʧ",
    "pt-BR": "ɐ̃ʊ̃:ɐ̃ʊ̃ ʎ:ʎ dʒ:ʤ ɾ:ɾ",
}
"""As the network's training texts had them (the misaki package's tables for English, and its list of pairs for others)."""


@pytest.mark.parametrize("voice", WRITTEN)
def test_sounds_are_written_as_the_network_has_learnt_them(voice: str) -> None:
    pairs = [pair.split(":") for pair in WRITTEN[voice].split()]
    assert {sound: spelled(sound, voice) for sound, _ in pairs} == dict(pairs)


def test_the_vocabulary_is_that_of_the_network() -> None:
    assert len(TOKENS) == 114
    assert len(set(TOKENS.values())) == 114
    assert (min(TOKENS.values()), max(TOKENS.values())) == (1, 177)
    some = {
        ";": 1,
        "…": 10,
        " ": 16,
        "A": 24,
        "I": 25,
        "O": 31,
        "Y": 41,
        "a": 43,
        "z": 68,
        "ə": 83,
        "ɡ": 92,
        "ɹ": 123,
        "ʧ": 133,
    }
    some |= {
        "ʌ": 138,
        "θ": 119,
        "ˈ": 156,
        "ː": 158,
        "ʰ": 162,
        "ʲ": 164,
        "↓": 169,
        "→": 171,
        "↘": 173,
        "ᵻ": 177,
        "ꭧ": 23,
    }
    assert {letter: TOKENS[letter] for letter in some} == some


def test_what_no_letter_stands_for_is_left() -> None:
    assert spelled("ǃ", "en-US") == "ǃ"
    assert not known("ǃ")
    assert known("ˈəl")
