"""eSpeak NG's sounds, and whose they are."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chaptercast.speech.engines.espeak import installation
from chaptercast.speech.engines.neural.phonemes import espeak
from chaptercast.speech.engines.neural.phonemes.espeak import Phonemes, phonemes, release
from chaptercast.speech.engines.neural.phonemes.word_alignment import _owners, _shared

WORDS = {
    "en-US": "in the of a I and to that 1987 3rd won't I'm e-mail house hour gonna from_the U.S Ångström £5 50% x²",
    "fr": "les amis d’un l’heure est-ce qu’il y a où vas-tu week-end œuf grand ami 80 dix",
    "de": "der die Straße 21 Computer-Spiel und über größer im Auto T-Shirt d.h",
    "pt-BR": "o a os som abre é uma água do Amparo que e",
    "hi": "नमस्ते दुनिया में है 5 computer",
    "it": "l’acqua c’è un’altra gli zii 3 città",
}  # fmt: skip


def owned(phonemes: Phonemes, text: str, voice: str) -> list[tuple[str, str]]:
    """Each word with what is said of it, without stress."""
    sounded = phonemes.sounded(text, voice)
    said = [
        "".join(sound.letters for sound in sounded.sounds if sound.word == number)
        for number in range(len(sounded.words))
    ]
    return [
        (text[begin:end], one.replace("ˈ", "").replace("ˌ", ""))
        for (begin, end), one in zip(sounded.words, said, strict=True)
    ]


def test_words_that_are_said_as_one_are_told_apart(library: Phonemes) -> None:
    assert owned(library, "in the house of the king", "en-us") == [
        ("in", "ɪn"), ("the", "ðə"), ("house", "haʊs"), ("of", "ʌv"), ("the", "ðə"), ("king", "kɪŋ"),
    ]  # fmt: skip


def test_a_number_that_is_said_in_many_words_is_one(library: Phonemes) -> None:
    (before, number, after) = owned(library, "in 1987 again", "en-us")
    assert (before[1], after[1]) == ("ɪn", "ɐɡɛn")
    assert number[1].startswith("naɪntiːn")
    assert number[1].endswith("sɛvən")


def test_words_of_other_languages_are_said_and_their_language_is_not(library: Phonemes) -> None:
    for text, voice in (("le week-end et le parking", "fr"), ("Das Computer-Game", "de"), ("यह computer है", "hi")):
        found = owned(library, text, voice)
        assert [word for word, _ in found] == text.split()
        assert all(said for _, said in found)
        assert not any(set(said) & set("()_ ") for _, said in found)
    assert owned(library, "computer", "hi")[0][1].startswith("kəm")  # as the English say it


def test_a_word_that_melts_into_another_keeps_a_sound(library: Phonemes) -> None:
    found = owned(library, "o som abre o ar", "pt-br")
    assert [word for word, said in found if said] == ["o", "som", "abre", "o", "ar"]


@pytest.mark.parametrize("text", ["① x", "٣ x", "１２ x", "x ५"])
def test_letters_and_digits_that_nothing_is_said_of_are_told(library: Phonemes, text: str) -> None:
    sounded = library.sounded(text, "en-us")
    assert [text[begin:end] for begin, end in sounded.unread] == [text.replace("x", "").strip()]
    assert {sound.word for sound in sounded.sounds} == {text.split().index("x")}


@pytest.mark.parametrize("text", ["", "   ", "-", "† ‡ •", "\u200b"])
def test_nothing_is_said_of_nothing(library: Phonemes, text: str) -> None:
    sounded = library.sounded(text, "en-us")
    assert (sounded.sounds, sounded.unread) == ((), ())


def test_a_zero_byte_ends_nothing(library: Phonemes) -> None:
    assert [said for _, said in owned(library, "one\0two three\0 four", "en-us")] == ["wʌntuː", "θɹiː", "fɔːɹ"]


@pytest.mark.parametrize("sign", "9a")
def test_words_without_an_end_are_said_to_their_end(library: Phonemes, sign: str) -> None:
    counts = [len(library.sounded(sign * count, "de").sounds) for count in (40, 80, 160, 320)]
    assert all(1.8 * shorter < longer < 2.3 * shorter for shorter, longer in pairwise(counts))


def test_long_words_and_numbers_are_one_as_they_are(library: Phonemes) -> None:
    compound = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    assert len(compound) == 80
    assert [sound.opens_group for sound in library.sounded(compound, "de").sounds].count(True) == 1
    million = "".join(sound.letters for sound in library.sounded("1000000", "en-us").sounds)
    assert "mˈɪliən" in million


def test_sounds_do_not_depend_on_what_was_asked_before(library: Phonemes, monkeypatch: pytest.MonkeyPatch) -> None:
    text = WORDS["en-US"]
    first = library.sounded(text, "en-us")
    library.sounded("house hour from", "fr")
    assert library.sounded(text, "en-us") == first
    monkeypatch.setattr(espeak, "_known", {})
    library.close()
    with phonemes(*installation.paths()) as anew:
        assert anew.sounded(text, "en-us") == first


def test_what_is_known_of_words_is_limited(library: Phonemes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "_known", {})
    monkeypatch.setattr(espeak, "_MOST_WORDS", 5)
    for number in range(12):
        library.sounded(f"word {number}", "en-us")
    assert len(espeak._known["en-us"]) <= 7


def test_the_library_is_there_again_after_it_was_asked_for_letters(library: Phonemes) -> None:
    before = library.sounded("house", "en-us")
    assert library.unread("a 語 b", "en-us") == ((2, 3),)
    assert library.sounded("house", "en-us") == before
    library.close()
    assert library.sounded("house", "en-us") == before


def test_the_release_is_told() -> None:
    assert release() == installation.release() != ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.sampled_from(sorted(WORDS)), st.data())
def test_each_word_has_its_sounds_in_order(library: Phonemes, voice: str, data: st.DataObject) -> None:
    words = st.sampled_from(WORDS[voice].split()) | st.text(st.characters(codec="utf-8"), max_size=6)
    text = " ".join(data.draw(st.lists(words, max_size=7)))
    sounded = library.sounded(text, voice)
    assert [text[begin:end] for begin, end in sounded.words] == text.split()
    owners = [sound.word for sound in sounded.sounds]
    assert owners == sorted(owners)
    assert set(owners) <= set(range(len(sounded.words)))
    assert all(sound.letters.strip("ˈˌ") for sound in sounded.sounds)
    for number, (begin, end) in enumerate(sounded.words):
        written = any(map(str.isalnum, text[begin:end]))
        assert number in owners or (begin, end) in sounded.unread or not written


SOUNDS = st.lists(st.sampled_from(["a", "aː", "b", "ts", "t", "ɪ"]), max_size=4)


@given(st.lists(SOUNDS, min_size=1, max_size=5))
def test_sounds_that_are_as_expected_are_whose_they_are(alone: list[list[str]]) -> None:
    sounds = [sound for word in alone for sound in word]
    assert _owners(sounds, alone) == [number for number, word in enumerate(alone) for _ in word]


@given(SOUNDS, st.lists(SOUNDS, min_size=1, max_size=5))
def test_sounds_that_are_not_as_expected_are_somebodys(sounds: list[str], alone: list[list[str]]) -> None:
    owners = _shared(_owners(sounds, alone), alone)
    assert len(owners) == len(sounds)
    assert all(0 <= one <= other < len(alone) for one, other in pairwise([*owners, len(alone) - 1]))
    sounding = {number for number, word in enumerate(alone) if word}
    assert len(sounds) < len(sounding) or sounding <= set(owners)


@pytest.mark.parametrize(
    ("sounds", "alone", "owners"),
    [
        ("a b c", ["a b", "c"], [0, 0, 1]),
        ("a b ɹ c", ["a b", "c"], [0, 0, 0, 1]),  # a liaison belongs to the word before
        ("a c", ["a b", "c"], [0, 1]),
        ("aː c", ["a", "c"], [0, 1]),
        ("x y z", ["a", "b", "c"], [0, 1, 2]),
        ("x", ["", "a"], [1]),
        ("a b", ["a", "q", "b"], [0, 2]),
    ],
)
def test_whose_is_what(sounds: str, alone: list[str], owners: list[int]) -> None:
    assert _owners(sounds.split(), [word.split() for word in alone]) == owners


@pytest.mark.parametrize(
    ("owners", "alone", "shared"),
    [
        ([0, 0, 2], ["a", "b", "c"], [0, 1, 2]),
        ([0, 2, 2], ["a", "b", "c"], [0, 1, 2]),
        ([0, 2, 3, 3], ["a", "b", "c", "d"], [0, 1, 2, 3]),
        ([1, 2, 2], ["a", "b", "c"], [0, 1, 2]),
        ([1, 1, 3, 3], ["", "a", "", "b", "c"], [1, 1, 3, 4]),
        ([0, 2], ["a", "b", "c"], [0, 2]),  # there are not enough
        ([0, 0], ["a", ""], [0, 0]),
        ([0, 0, 0], ["a", "b", "c"], [0, 1, 2]),
    ],
)
def test_each_word_that_sounds_gets_a_sound(owners: list[int], alone: list[str], shared: list[int]) -> None:
    assert _shared(list(owners), [word.split() for word in alone]) == shared


def test_there_is_nothing_to_be_owned_without_words() -> None:
    assert _owners([], []) == []
    assert _owners(["a"], []) == []
