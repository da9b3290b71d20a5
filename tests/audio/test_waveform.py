"""The waveform: few values, each the loudest of its stretch."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from chaptercast.audio.waveform import MOST_LEVELS, Waveform
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import FrameCount, Milliseconds, Samples
from chaptercast.speech.model import Clip

GRID = Grid(24_000, 48_000)
STEP = 2400


def clip(levels: bytes) -> Clip:
    length = len(levels) * STEP
    return Clip(GRID, b"", FrameCount(length // 576 + 1), Samples(0), Samples(length), levels=levels)


def test_levels_stand_at_their_times() -> None:
    waveform = Waveform(GRID)
    waveform.add(clip(b"\x05\x09"), Samples(3 * STEP))
    waveform.add(clip(b"\x07"), Samples(4 * STEP + 100))
    assert waveform.levels(Milliseconds(650)) == (0, 0, 0, 5, 9, 0, 0)
    assert waveform.level_duration == 100


@given(st.lists(st.tuples(st.integers(0, 900), st.binary(max_size=300)), max_size=40))
def test_of_any_length_there_are_few_and_none_is_lost(clips: list[tuple[int, bytes]]) -> None:
    waveform = Waveform(GRID)
    expected = array("B")
    for pause, levels in clips:
        expected.extend(bytes(pause))
        waveform.add(clip(levels), Samples(len(expected) * STEP))
        expected.extend(levels)
    folded = waveform.level_duration // 100
    loudest = tuple(max(expected[at : at + folded]) for at in range(0, len(expected), folded))
    assert len(loudest) <= MOST_LEVELS
    assert waveform.levels(Milliseconds(100 * len(expected))) == loudest
