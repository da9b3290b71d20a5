"""Frames made louder, held against what FFmpeg decodes and mp3val finds."""

import math
import subprocess
from array import array
from pathlib import Path

import pytest
from tests.judges import mp3val
from tests.judges.requirement import require
from tests.judges.sounds import tones

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.mpeg_gain import STEP_DB, louder

FORMS = [(44_100, "m", False), (44_100, "j", False), (48_000, "s", True), (32_000, "m", True), (24_000, "m", False),
         (22_050, "s", True), (16_000, "m", True), (11_025, "m", False), (8_000, "s", False)]  # fmt: skip


def encoded(folder: Path, rate: int, mode: str, *, checked: bool) -> bytes:
    """Frames as LAME's own program makes them, with a checksum or without, and nothing before them."""
    require("lame")
    pcm = tones(0, 300, 50, 300, rate=rate)
    stereo = array("h", [each for n, left in enumerate(pcm) for each in (left, pcm[n // 2])])
    (folder / "in.raw").write_bytes((pcm if mode == "m" else stereo).tobytes())
    source = ["-r", "--little-endian", "-s", str(rate / 1000), "-m", mode, *["-p"] * checked]
    path = folder / "in.mp3"
    subprocess.run(
        ["lame", "--quiet", *source, "-t", "-b", "64", "--resample", str(rate / 1000), folder / "in.raw", path],
        check=True,
    )
    return path.read_bytes()


def decoded(path: Path) -> array:
    require("ffmpeg")
    command = ["ffmpeg", "-v", "error", "-err_detect", "crccheck", "-i", path, "-f", "f32le", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return array("f", done.stdout)


@pytest.mark.parametrize(("rate", "mode", "checked"), FORMS)
@pytest.mark.parametrize("steps", [-5, 3])
def test_the_sound_has_the_gain_and_nothing_else(
    rate: int, mode: str, checked: bool, steps: int, tmp_path: Path
) -> None:
    given = encoded(tmp_path, rate, mode, checked=checked)
    (tmp_path / "out.mp3").write_bytes(louder(given, steps))
    before, after = decoded(tmp_path / "in.mp3"), decoded(tmp_path / "out.mp3")
    gain = 10 ** (steps * STEP_DB / 20)
    assert len(before) == len(after)
    off = sum((b - a * gain) ** 2 for a, b in zip(before, after, strict=True)) / sum((a * gain) ** 2 for a in before)
    assert 10 * math.log10(off + 1e-30) < -110
    assert [line.replace("out.mp3", "in.mp3") for line in mp3val(tmp_path / "out.mp3")] == mp3val(tmp_path / "in.mp3")


def test_there_and_back_gives_the_same_bytes(tmp_path: Path) -> None:
    given = encoded(tmp_path, 48_000, "s", checked=True)
    assert louder(louder(given, -6), 6) == given
    assert louder(given, 0) == given


def test_a_frame_can_get_less_than_the_others(tmp_path: Path) -> None:
    given = encoded(tmp_path, 24_000, "m", checked=False)
    size = Grid(24_000, 64_000).frame_bytes(padded=False)
    assert louder(given, 3, [0, 2]) == louder(given[:size], 3) + louder(given[size : 2 * size], 1) + louder(
        given[2 * size :], 3
    )


def test_silence_stays_as_it_is() -> None:
    silence = Grid(24_000, 48_000).silent_frame(padded=False) * 3
    assert louder(silence, 4) == silence


@pytest.mark.parametrize("wrong", [b"RIFF", b"\xff\xfb", b"\xff\xfb\x90\xc0", b"\xff\xfb\x00\xc0" + bytes(500)])
def test_what_is_no_frame_is_refused(wrong: bytes) -> None:
    with pytest.raises(ValueError, match="frame"):
        louder(wrong, 1)
