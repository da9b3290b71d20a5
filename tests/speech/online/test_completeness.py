"""Nothing that lacks a part of its text is taken for whole, and nothing that is whole for lacking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.standin.sound import RATE, Told, say

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.speech.engines.edge.boundaries import Boundary, located
from chaptercast.speech.model import EncodedSpeech, Prosody, Utterance
from chaptercast.speech.online.completeness import is_speakable, shortcoming
from chaptercast.speech.online.mp3_to_clip import measured

GRID = Grid(RATE, 48_000)
ENGLISH = "The bell rang twice. Nobody moved, not even the cat, until the lamp on the pier went out at 9:30."
CHINESE = "码头上的灯熄了。没有人动，连猫也没有动，直到钟声又响了两下，大家才慢慢走开。"
TEXTS = [ENGLISH, CHINESE, "Yes.", "好。", "R2-D2 & C3 <po>", "1989", "Straße – œuvre — naïve…"]


def utterance(text: str, rate: float = 1.0) -> Utterance:
    return Utterance(text, "v", LanguageTag("en"), Prosody(rate))


def answer(text: str, told: tuple[Told, ...] | None = None, frames: bytes | None = None, rate: float = 1.0):
    sound = say(text, rate)
    words = located([Boundary(t.offset, t.duration, t.text) for t in told or sound.words], text, RATE)
    speech = EncodedSpeech(
        sound.frames if frames is None else frames,
        GRID,
        tuple(word.timing for word in words),
        ends=tuple(word.until for word in words),
    )
    return measured(speech)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
def test_what_is_whole_is_taken_for_whole(text: str, rate: float) -> None:
    assert shortcoming(utterance(text, rate), answer(text, rate=rate)) == ""


def test_sentences_alone_are_proof_enough() -> None:
    sound = say(ENGLISH)
    told = located([Boundary(t.offset, t.duration, t.text) for t in sound.sentences], ENGLISH, RATE)
    speech = EncodedSpeech(sound.frames, GRID, sentences=tuple(one.timing for one in told))
    assert shortcoming(utterance(ENGLISH), measured(speech)) == ""
    assert "not spoken" in shortcoming(utterance(ENGLISH), measured(replace(speech, sentences=speech.sentences[:1])))


@pytest.mark.parametrize("text", TEXTS)
def test_sound_that_ends_early_is_noticed_by_sentences(text: str) -> None:
    sound = say(text, 1.0, 100, 0)
    told = located([Boundary(t.offset, t.duration, t.text) for t in sound.sentences], text, RATE)
    speech = EncodedSpeech(
        sound.frames, GRID, sentences=tuple(one.timing for one in told), ends=tuple(one.until for one in told)
    )
    assert shortcoming(utterance(text), measured(speech)) == ""
    half = len(sound.frames) // 288 * 144
    assert shortcoming(utterance(text), measured(replace(speech, frames=sound.frames[:half])))


@given(st.sampled_from(TEXTS), st.data())
def test_sound_that_ends_early_is_noticed(text: str, data: st.DataObject) -> None:
    whole = say(text, 1.0, 100, 0).frames
    kept = data.draw(st.integers(0, len(whole) // 144 * 6 // 10)) * 144
    assert shortcoming(utterance(text), answer(text, say(text, 1.0, 100, 0).words, whole[:kept]))


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
@given(data=st.data())
def test_words_that_are_neither_told_nor_sound_are_noticed(text: str, data: st.DataObject) -> None:
    parts = text.split() if " " in text else list(text)
    begin = data.draw(st.integers(0, len(parts) - 1))
    end = data.draw(st.integers(begin + 1, len(parts)))
    joiner = " " if " " in text else ""
    left = joiner.join([*parts[:begin], *parts[end:]])
    if not is_speakable(joiner.join(parts[begin:end])):
        return
    sound = say(left)
    assert shortcoming(utterance(text), answer(text, sound.words, sound.frames))


def test_a_word_that_sounds_but_is_told_otherwise_is_no_shortcoming() -> None:
    sound = say(ENGLISH)
    words = tuple(replace(told, text="21:30 o'clock") if told.text == "9:30" else told for told in sound.words)
    assert shortcoming(utterance(ENGLISH), answer(ENGLISH, words)) == ""
    middle = tuple(replace(told, text="feline") if told.text == "cat" else told for told in sound.words)
    assert shortcoming(utterance(ENGLISH), answer(ENGLISH, middle)) == ""


def test_a_long_stretch_that_is_not_told_is_a_shortcoming_even_where_there_is_sound() -> None:
    words = say(ENGLISH).words
    assert "Nobody moved" in shortcoming(utterance(ENGLISH), answer(ENGLISH, words[:4] + words[12:]))


def test_silence_in_place_of_speech_is_noticed() -> None:
    from tests.standin.sound import encoded

    assert "do not fit" in shortcoming(utterance(ENGLISH), answer(ENGLISH, frames=encoded(bytes(2 * RATE * 8))))


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_silence_in_place_of_the_second_half_is_noticed(text: str) -> None:
    from tests.standin.sound import encoded

    frames = say(text).frames
    half = frames[: len(frames) // 288 * 144] + encoded(bytes(2 * RATE * 8))[: len(frames) // 2]
    assert "missing at its end" in shortcoming(utterance(text), answer(text, frames=half))


@pytest.mark.parametrize("text", [ENGLISH, "Yes.", "好。"])
@pytest.mark.parametrize("silence_ms", [0, 400, 900])
def test_times_that_are_spread_evenly_over_all_of_the_audio_will_do(text: str, silence_ms: int) -> None:
    sound = say(text, 1.0, silence_ms, silence_ms)
    step = int(sound.seconds * 10_000_000) // len(sound.words)
    even = tuple(Told(told.text, n * step, step) for n, told in enumerate(sound.words))
    assert shortcoming(utterance(text), answer(text, even, sound.frames)) == ""


def test_far_too_long_is_noticed() -> None:
    from tests.standin.sound import encoded

    long = encoded(b"\x00\x20\x00\xe0" * RATE * 20)
    assert "do not fit" in shortcoming(utterance("Yes."), answer("Yes.", frames=long))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False),
        ("***", False),
        ("…！？", False),
        ("_", False),
        ("é", True),
        ("7", True),
        ("①", True),
        ("はい", True),
    ],
)
def test_what_can_be_said(text: str, expected: bool) -> None:
    assert is_speakable(text) is expected
