"""The meter and the limiter, held against FFmpeg's ebur128."""

import itertools
import math
import random
import wave
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.judges import ffmpeg_loudness

from chaptercast.speech.loudness import (
    FULL_SCALE,
    Level,
    blocks_of,
    integrated,
    levelled,
    speech_blocks,
    true_peak,
)

RATES = [16_000, 22_050, 24_000, 44_100, 48_000]


def tone(rate: int, hertz: float, level: float, seconds: float = 4) -> bytes:
    count = round(seconds * rate)
    return array("h", [round(level * 32767 * math.sin(2 * math.pi * hertz * n / rate)) for n in range(count)]).tobytes()


def murmur(rate: int, seconds: float = 12) -> bytes:
    """Noise that comes and goes, as syllables do, with more of it below."""
    chance, out, value = random.Random(7), array("h"), 0.0
    for number in range(round(seconds * rate)):
        value = 0.9 * value + chance.gauss(0, 900)
        out.append(
            round(max(-32767, min(32767, value * (1.1 + math.sin(number / rate * 20)) * (number // rate % 5 > 0))))
        )
    return out.tobytes()


def written(path: Path, pcm: bytes, rate: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return path


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("hertz", [200, 500, 1000, 2000, 4000])
def test_tones_are_as_loud_as_ffmpeg_has_them(rate: int, hertz: float, tmp_path: Path) -> None:
    pcm = tone(rate, hertz, 0.1)
    lufs, _ = ffmpeg_loudness(written(tmp_path / "tone.wav", pcm, rate))
    assert integrated(blocks_of(pcm, rate)) == pytest.approx(lufs, abs=0.4)


@pytest.mark.parametrize("rate", RATES)
def test_what_is_like_speech_is_as_loud_as_ffmpeg_has_it(rate: int, tmp_path: Path) -> None:
    pcm = murmur(rate)
    lufs, peak = ffmpeg_loudness(written(tmp_path / "murmur.wav", pcm, rate))
    assert integrated(blocks_of(pcm, rate)) == pytest.approx(lufs, abs=0.4)
    assert integrated(speech_blocks(pcm, rate)) == pytest.approx(lufs, abs=0.5)
    assert true_peak(pcm, rate) == pytest.approx(peak, abs=0.3)


def test_silence_has_no_loudness() -> None:
    assert integrated(blocks_of(bytes(40_000), 22_050)) is None
    assert blocks_of(b"", 22_050) == ()
    assert true_peak(bytes(40_000), 22_050) is None


def test_a_peak_between_samples_is_seen() -> None:
    rate = 24_000
    pcm = array("h", [round(23_000 * math.sin(math.pi * n / 2 + math.pi / 4)) for n in range(rate)]).tobytes()
    highest = 20 * math.log10(23_000 / FULL_SCALE)
    assert true_peak(pcm, rate) == pytest.approx(highest, abs=0.15)  # its samples are 3 dB lower


def samples(pcm: bytes) -> list[int]:
    return array("h", pcm).tolist()


@given(st.lists(st.integers(-32768, 32767), max_size=3000), st.floats(-20, 20), st.floats(-12, -0.1))
def test_nothing_is_over_the_peak_and_nothing_is_lost(given: list[int], gain: float, peak: float) -> None:
    pcm = array("h", given).tobytes()
    result = samples(levelled(pcm, 22_050, Level(gain, peak)))
    assert len(result) == len(given)
    assert max(map(abs, result), default=0) <= FULL_SCALE * 10 ** (peak / 20) + 1


def test_what_is_not_near_a_peak_has_the_gain_alone() -> None:
    rate = 22_050
    quiet, loud = tone(rate, 300, 0.05, 1), tone(rate, 300, 0.9, 0.1)
    result = samples(levelled(quiet + loud + quiet, rate, Level(6.0, -1.5)))
    wanted = [sample * 10**0.3 for sample in samples(quiet)]
    before = len(wanted) - rate // 30
    assert result[:before] == pytest.approx(wanted[:before], abs=1)
    assert result[-before // 2 :] == pytest.approx(wanted[-before // 2 :], abs=1)
    assert max(map(abs, result)) >= FULL_SCALE * 10 ** (-2.0 / 20)


def test_the_gain_never_jumps() -> None:
    rate = 22_050
    pcm = array("h", [10_000] * rate + [30_000] * 200 + [10_000] * rate).tobytes()
    result = samples(levelled(pcm, rate, Level(6.0, -1.5)))
    gains = [after / before for after, before in zip(result, samples(pcm), strict=True)]
    assert max(abs(b - a) for a, b in itertools.pairwise(gains)) < 0.25
    assert gains[0] == gains[-1] == pytest.approx(10**0.3, abs=0.001)
