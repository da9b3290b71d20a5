"""The steps of a service's voices: near what is wanted, near each other, and never over the peak."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chaptercast.common.mpeg_gain import STEP_DB
from chaptercast.speech.frame_limiter import MOST_DB
from chaptercast.speech.loudness import Loudness
from chaptercast.speech.service_levels import AT_EDGES_DB, VoiceSound, few_steps_of, steps_of

PODCAST = Loudness(-19.0, -1.5)


def voice(lufs: float, peak: float = -30.0) -> VoiceSound:
    return VoiceSound(lufs, peak, 4.0)


def made(levels: dict[str, float]) -> list[float]:
    steps = steps_of({name: voice(lufs) for name, lufs in levels.items()}, PODCAST)
    return [lufs + STEP_DB * steps[name] - AT_EDGES_DB for name, lufs in levels.items()]


@given(st.floats(-40, -10))
def test_one_voice_is_within_half_a_step(lufs: float) -> None:
    assert made({"a": lufs})[0] == pytest.approx(-19, abs=STEP_DB / 2 + 0.01)


@pytest.mark.parametrize(("voices", "apart"), [(2, 2 / 3 * STEP_DB), (3, 5 / 6 * STEP_DB)])
@given(data=st.data())
def test_two_or_three_voices_match(voices: int, apart: float, data: st.DataObject) -> None:
    """Closer than that is impossible where steps are whole and all must be within 1 LU of what is wanted."""
    levels = data.draw(st.lists(st.floats(-38, -10), min_size=voices, max_size=voices))
    found = made({str(number): lufs for number, lufs in enumerate(levels)})
    assert max(found) - min(found) <= apart + 0.01
    assert all(lufs == pytest.approx(-19, abs=1.01) for lufs in found)


def test_two_voices_that_could_be_a_little_closer_stay_near_what_is_wanted() -> None:
    found = made({"a": -12.0, "b": -20.5})
    assert max(found) - min(found) <= 1
    assert all(lufs == pytest.approx(-19, abs=1) for lufs in found)


@given(st.floats(-40, -10), st.floats(-20, 3))
def test_no_voice_is_raised_further_than_the_limiter_works(lufs: float, peak: float) -> None:
    steps = steps_of({"a": voice(lufs, peak)}, PODCAST)["a"]
    assert peak + STEP_DB * steps <= -1.5 + MOST_DB


@given(st.lists(st.floats(-19.4, -17.6), min_size=2, max_size=2))
@example([-18.0, -19.0])
def test_voices_that_have_their_gain_match_too(levels: list[float]) -> None:
    steps = few_steps_of({str(number): voice(lufs) for number, lufs in enumerate(levels)}, PODCAST)
    found = [lufs + STEP_DB * steps.get(str(number), 0) for number, lufs in enumerate(levels)]
    assert max(found) - min(found) <= 0.81


def test_of_voices_that_differ_the_one_that_says_less_is_changed() -> None:
    voices = {"long": VoiceSound(-18.6, -3.0, 60.0), "short": VoiceSound(-19.9, -3.0, 9.0)}
    assert few_steps_of(voices, PODCAST) == {"long": 0, "short": 1}


def test_voices_that_have_their_gain_and_match_are_left_alone() -> None:
    assert few_steps_of({"a": voice(-18.2), "b": voice(-18.9)}, PODCAST) == {}
    assert few_steps_of({"a": voice(-18.2), "b": VoiceSound(-25.0, -9.0, 0.2)}, PODCAST) == {}
    assert few_steps_of({"a": VoiceSound()}, PODCAST) == {}


def test_silence_gets_no_steps() -> None:
    assert steps_of({"a": VoiceSound()}, PODCAST) == {}
    assert steps_of({}, PODCAST) == {}
