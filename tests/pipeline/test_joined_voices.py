"""The voices of a recording that is joined: held against what FFmpeg hears in the file, and in each of its parts."""

import math
from array import array
from io import BytesIO
from pathlib import Path

import miniaudio
import pytest
from tests.judges import ffmpeg_loudness

from chaptercast.common.mpeg_frames import Grid
from chaptercast.pipeline.joined_voices import JoinedVoices
from chaptercast.speech.clips.encode import make_clip
from chaptercast.speech.model import Clip, Speech
from chaptercast.speech.voice_levels import PRESETS

GRID = Grid(22_050, 48_000)


def hummed(level: float, seconds: float = 3.0) -> Clip:
    """A clip of a voice's hum that comes and goes, as syllables do. `level` is that of its lowest tone."""
    out = array("h")
    for number in range(round(seconds * GRID.sample_rate)):
        turns = 2 * math.pi * 150 * number / GRID.sample_rate
        tones = sum(math.sin(turns * tone + tone) / tone for tone in range(1, 13))
        out.append(round(level * tones * (0.55 + 0.45 * math.sin(turns / 37))))
    return make_clip(Speech(out.tobytes(), GRID.sample_rate), GRID)


def joined(said: list[tuple[str, Clip, float]], voices: JoinedVoices) -> bytes:
    stream, frames = BytesIO(), 0
    for voice, clip, volume in said:
        stream.write(clip.frames)
        begins_s = frames * GRID.samples_per_frame / GRID.sample_rate
        voices.add(voice, clip, begins_s, stream.tell(), volume=volume)
        frames += clip.frame_count
    voices.level(stream)
    return stream.getvalue()


def rms(frames: bytes) -> float:
    samples = miniaudio.decode(frames, nchannels=1, sample_rate=GRID.sample_rate).samples
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


LEVEL = 7500.0
LOUD, SOFT = hummed(LEVEL), hummed(0.85 * LEVEL)  # 1.4 dB apart, about -19 LUFS


def test_a_voice_that_is_too_soft_here_is_raised_and_no_other() -> None:
    made = joined([("a", LOUD, 1.0), ("a", LOUD, 1.0), ("b", SOFT, 1.0)], JoinedVoices(PRESETS["podcast"]))
    first, last = made[: 2 * len(LOUD.frames)], made[2 * len(LOUD.frames) :]
    assert first == 2 * LOUD.frames
    assert len(last) == len(SOFT.frames)
    assert rms(last) / rms(SOFT.frames) == pytest.approx(2**0.25, abs=0.01)


@pytest.mark.parametrize("wanted", [None, PRESETS["podcast"]])
def test_what_was_asked_to_be_softer_stays_so(wanted: object) -> None:
    voices = JoinedVoices(wanted)  # type: ignore[arg-type]
    assert joined([("a", LOUD, 1.0), ("b", LOUD, 1.0), ("b", SOFT, 0.8)], voices).endswith(SOFT.frames)


def test_what_is_told_is_what_ffmpeg_hears(tmp_path: Path) -> None:
    voices = JoinedVoices(PRESETS["podcast"])
    path = tmp_path / "joined.mp3"
    path.write_bytes(joined([("a", LOUD, 1.0), ("b", SOFT, 1.0), ("a", hummed(0.1 * LEVEL), 1.0)], voices))
    lufs, peak = ffmpeg_loudness(path)
    told_lufs, told_peak = voices.loudness()
    assert told_lufs == pytest.approx(lufs, abs=0.3)
    assert told_peak == pytest.approx(peak, abs=0.7)


def test_silence_has_no_loudness() -> None:
    voices = JoinedVoices(PRESETS["podcast"])
    joined([("a", make_clip(Speech(bytes(22_050), 22_050), GRID), 1.0)], voices)
    assert voices.loudness() == (None, None)
