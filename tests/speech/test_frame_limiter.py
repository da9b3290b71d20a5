"""Frames of a service whose peaks are lowered, as FFmpeg decodes them."""

from array import array
from pathlib import Path

import pytest
from tests.judges import ffmpeg_loudness, mp3val
from tests.judges.decoding import decode
from tests.judges.sounds import tones
from tests.standin.sound import RATE, encoded

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.mpeg_gain import louder
from chaptercast.speech.frame_limiter import limited

GRID = Grid(RATE, 48_000)


def with_a_peak() -> bytes:
    """A second of a soft tone with four milliseconds in it that are much louder."""
    pcm = array("h", (sample // 4 for sample in tones(0, 1000, rate=RATE)))
    for at in range(12_000, 12_100):
        pcm[at] *= 14
    return encoded(pcm.tobytes())


def samples(folder: Path, frames: bytes) -> array:
    folder.mkdir(exist_ok=True)
    (folder / "a.mp3").write_bytes(frames)
    return decode(folder / "a.mp3", "ffmpeg").samples


@pytest.mark.parametrize("steps", [0, 2])
def test_no_peak_is_too_high_and_all_else_has_its_gain(tmp_path: Path, steps: int) -> None:
    given = with_a_peak()
    plain, lowered = louder(given, steps), limited(given, GRID, steps, -6.0)
    before, after = samples(tmp_path / "plain", plain), samples(tmp_path / "lowered", lowered)
    assert ffmpeg_loudness(tmp_path / "plain" / "a.mp3")[1] > -5
    assert ffmpeg_loudness(tmp_path / "lowered" / "a.mp3")[1] <= -5.9
    assert len(mp3val(tmp_path / "lowered" / "a.mp3")) == 1  # there are no tags
    changed = [number for number, (one, other) in enumerate(zip(before, after, strict=True)) if abs(one - other) > 1]
    assert changed
    assert changed[-1] - changed[0] < RATE // 2  # one step from frame to frame


def test_where_no_peak_is_too_high_nothing_is_lowered() -> None:
    given = with_a_peak()
    assert limited(given, GRID, -4, 0.0) == louder(given, -4)
