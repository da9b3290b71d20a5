"""The pace of a voice is known after a few texts, and half of a text is noticed by it; nothing that is whole is."""

import pytest
from tests.standin.sound import sampled

from chaptercast.common.units import LanguageTag
from chaptercast.speech.model import Prosody, Speech, Utterance
from chaptercast.speech.online.completeness import untold_shortcoming
from chaptercast.speech.online.duration_bounds import Paces
from chaptercast.speech.online.mp3_to_clip import measured

TEXT = "The bell rang twice. Nobody moved, not even the cat, until the lamp on the pier went out."


def utterance(text: str = TEXT, voice: str = "v", rate: float = 1.0) -> Utterance:
    return Utterance(text, voice, LanguageTag("en"), Prosody(rate))


def answer(text: str = TEXT, share: float = 1.0, speed: float = 1.0):
    speech = sampled(text, speed)
    return measured(Speech(speech.pcm[: int(len(speech.pcm) * share) // 2 * 2], speech.hz))


def test_a_pace_is_known_after_four_texts_of_that_voice_at_that_speed() -> None:
    paces = Paces()
    for seconds in (6.0, 60.0, 6.0):
        paces.heard(utterance(), seconds)
        paces.heard(utterance("Yes."), 60.0)  # tells nothing
    assert paces.usual(utterance()) is None
    paces.heard(utterance(), 6.0)
    assert paces.usual(utterance()) == pytest.approx(6.0 / 4.8, rel=0.1)  # one that was odd does not count
    assert paces.usual(utterance(voice="w")) is None
    assert paces.usual(utterance(rate=1.2)) is None


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_what_is_whole_is_taken_for_whole_however_fast_the_voice_is(speed: float) -> None:
    whole = answer(speed=speed)
    usual = whole.seconds / 4.8
    for pace in (None, usual, 0.7 * usual, 1.6 * usual):
        assert untold_shortcoming(utterance(), whole, pace) == ""


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_half_of_it_is_noticed_by_the_usual_pace(speed: float) -> None:
    half = answer(share=0.5, speed=speed)
    assert "were to be expected" in untold_shortcoming(utterance(), half, answer(speed=speed).seconds / 4.8)
    assert untold_shortcoming(utterance(), half, None) == ""  # nothing is known yet


def test_a_short_text_is_not_judged_by_the_pace() -> None:
    assert untold_shortcoming(utterance("Yes, do."), answer("Yes."), 1.5) == ""


def test_silence_and_what_no_voice_can_have_said_are_noticed_without_a_pace() -> None:
    assert "do not fit" in untold_shortcoming(utterance(), answer(share=0.1), None)
    assert "0.0 seconds" in untold_shortcoming(utterance(), measured(Speech(bytes(48_000), 24_000)), None)
    assert "0.0 seconds" in untold_shortcoming(utterance(), measured(Speech(b"", 24_000)), None)
    assert "do not fit" in untold_shortcoming(utterance("Yes."), answer(TEXT * 5), None)
