"""Reading back: every kind of damage is found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from chaptercast.audio.id3 import write_tag
from chaptercast.audio.model import Chapter, Tag
from chaptercast.audio.readback import read_mp3
from chaptercast.common.mpeg_frames import Grid, info_frame, silence
from chaptercast.common.units import Milliseconds

GRID = Grid(22_050, 48_000)
FRAMES = 100
AUDIO = silence(GRID, FRAMES, 0, 0)
LENGTH = GRID.milliseconds(FRAMES * 576)


def build(
    *,
    times: tuple[tuple[int, int], ...] = ((0, 1000), (1000, LENGTH)),
    titles: tuple[str, ...] = ("a", "b"),
    frames: int = FRAMES,
    audio: bytes = AUDIO,
) -> bytes:
    listed = [
        Chapter(f"s{n}", title, 2, Milliseconds(start), Milliseconds(end))
        for n, ((start, end), title) in enumerate(zip(times, titles, strict=True))
    ]
    return write_tag(Tag("T"), listed) + info_frame(GRID, frames, len(AUDIO)) + audio


def test_a_sound_file_has_no_findings(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(build())
    reading = read_mp3(path)
    assert reading.findings == ()
    assert reading.duration == LENGTH


@pytest.mark.parametrize(
    ("damaged", "finding"),
    [
        (lambda: build(frames=99), "99 frames"),
        (lambda: build(audio=AUDIO + GRID.silent_frame(padded=False)), "there are 101"),
        (lambda: build(times=((10, 1000), (1000, LENGTH))), "not at 0"),
        (lambda: build(times=((0, 900), (1000, LENGTH))), "ends at 900"),
        (lambda: build(times=((0, 1000), (1000, LENGTH + 60))), "last chapter ends"),
        (lambda: build(titles=("a", "")), "no title"),
        (lambda: build().replace(b"Info", b"Nope"), "no Info frame"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, damaged: Callable[[], bytes], finding: str) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(damaged())
    assert any(finding in line for line in read_mp3(path).findings)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ID3",
        b"RIFF" + bytes(1000),
        build()[:-1],
        build() + b"junk",
        build()[:-5000] + build()[-4999:],
        build()[: len(build()) - len(AUDIO)][:-60],
        build().replace(b"CTOC", b"XTOC"),
        build().replace(b"chp1\0", b"chp9\0", 1),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"."):
        read_mp3(path)


def test_a_long_file_is_read_in_pieces(tmp_path: Path) -> None:
    frames = 20_000
    path = tmp_path / "a.mp3"
    audio = silence(GRID, frames, 0, 0)
    length = GRID.milliseconds(frames * 576)
    listed = [Chapter("s0", "a", 2, Milliseconds(0), length)]
    path.write_bytes(write_tag(Tag("T"), listed) + info_frame(GRID, frames, len(audio)) + audio)
    reading = read_mp3(path)
    assert (reading.frame_count, reading.audio_bytes, reading.findings) == (frames, len(audio), ())
