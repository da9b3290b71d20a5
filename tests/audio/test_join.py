"""Joining, judged from the decoded file: pauses as a listener hears them, chapters where they sound."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.judges.decoding import decode
from tests.judges.measuring import onset_after, silences
from tests.judges.probing import ffprobe_chapters, ffprobe_duration, mutagen_chapters
from tests.judges.requirement import require
from tests.judges.sounds import tones
from tests.judges.stream import ffmpeg_errors, mp3val
from tests.judges.tags import music_metadata

from chaptercast.audio.join import CHAPTER_LEAD, CLOSING_SILENCE, join
from chaptercast.audio.model import ChapterStart, Recording, Tag
from chaptercast.audio.readback import read_mp3
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import Milliseconds
from chaptercast.speech.clips.encode import make_clip
from chaptercast.speech.model import Clip, Speech

RATE = 22_050
GRID = Grid(RATE, 48_000)
FRAME_MS = 576_000 / RATE
PAUSES = (1500, 800, 350, 1200)


def clip(length_ms: int, *, before: int = 0, after: int = 0) -> Clip:
    return make_clip(Speech(tones(before, length_ms, after, rate=RATE).tobytes(), RATE), GRID)


def starts(*titles: str) -> tuple[ChapterStart, ...]:
    return tuple(ChapterStart(f"s{n}", title, 1 if n == 0 else 2) for n, title in enumerate(titles))


def recorded(path: Path) -> tuple[Recording, tuple[ChapterStart, ...]]:
    """Five sounds with known pauses between them, in three chapters."""
    begun = starts("Title", "第二章 “引号”", "C & <d>")
    lengths = (700, 400, 300, 900, 500)
    parts: list = [begun[0], clip(lengths[0], before=90, after=300)]
    for number, (pause, length) in enumerate(zip(PAUSES, lengths[1:], strict=True)):
        parts.append(Milliseconds(pause))
        if pause >= 1200:
            parts.append(begun[1 + number // 3])
        parts.append(clip(length, before=40 * number, after=500 - 100 * number))
    with path.open("w+b") as stream:
        recording = join(parts, begun, Tag("Title"), GRID, stream)
    return recording, begun


def test_pauses_are_what_was_asked_for(tmp_path: Path) -> None:
    recorded(tmp_path / "a.mp3")
    for decoder in ("ffmpeg", "miniaudio"):
        if decoder == "ffmpeg":
            require("ffmpeg")
        pcm = decode(tmp_path / "a.mp3", decoder)
        heard = [end - start for start, end in silences(pcm.samples, pcm.rate)]
        assert heard[0] == pytest.approx(CHAPTER_LEAD, abs=30)
        assert heard[1:-1] == [pytest.approx(pause, abs=30) for pause in PAUSES]
        assert heard[-1] == pytest.approx(CLOSING_SILENCE, abs=30)


def test_every_chapter_begins_a_moment_before_its_first_sound(tmp_path: Path) -> None:
    recording, _ = recorded(tmp_path / "a.mp3")
    pcm = decode(tmp_path / "a.mp3", "miniaudio")
    for chapter in recording.chapters:
        onset = onset_after(pcm.samples, pcm.rate, chapter.start)
        assert onset is not None
        assert 150 <= onset - chapter.start <= 260


def test_all_readers_agree_on_chapters_and_length(tmp_path: Path) -> None:
    for judge in ("ffprobe", "music-metadata", "mp3val", "ffmpeg"):
        require(judge)
    path = tmp_path / "a.mp3"
    recording, begun = recorded(path)
    expected = [(c.start / 1000, c.end / 1000, c.title) for c in recording.chapters]
    assert [c.title for c in recording.chapters] == [start.title for start in begun]
    assert [tuple(c) for c in ffprobe_chapters(path)] == expected
    assert [tuple(c) for c in mutagen_chapters(path)] == expected
    found = music_metadata(path)
    assert [(c["start_s"], c["end_s"], c["title"]) for c in found["chapters"]] == expected
    assert found["warnings"] == []
    assert found["duration"] == pytest.approx(recording.duration / 1000, abs=FRAME_MS / 1000)
    assert ffprobe_duration(path) == pytest.approx(recording.duration / 1000, abs=FRAME_MS / 1000)
    assert mp3val(path) == []
    assert ffmpeg_errors(path) == []


def test_the_decoded_length_is_the_counted_one(tmp_path: Path) -> None:
    recording, _ = recorded(tmp_path / "a.mp3")
    for decoder in ("ffmpeg", "miniaudio"):
        if decoder == "ffmpeg":
            require("ffmpeg")
        pcm = decode(tmp_path / "a.mp3", decoder)
        assert abs(len(pcm.samples) - recording.frame_count * 576) <= 2 * 576


def test_our_own_reader_finds_what_was_written(tmp_path: Path) -> None:
    recording, _ = recorded(tmp_path / "a.mp3")
    reading = read_mp3(tmp_path / "a.mp3")
    assert reading.findings == ()
    assert (reading.frame_count, reading.audio_bytes) == (recording.frame_count, recording.audio_bytes)
    assert [(c.title, c.start, c.end) for c in reading.chapters] == [
        (c.title, c.start, c.end) for c in recording.chapters
    ]


CLIPS = [clip(length, after=length % 70) for length in (30, 120, 333)]


@given(
    st.lists(
        st.tuples(st.integers(0, 3000), st.booleans(), st.integers(0, 2)),
        min_size=1,
        max_size=20,
    )
)
def test_times_are_never_out_of_order(plan: list[tuple[int, bool, int]]) -> None:
    parts: list = []
    begun: list[ChapterStart] = []
    for number, (pause, opens, which) in enumerate(plan):
        parts.append(Milliseconds(pause))
        if opens or number == 0:
            begun.append(ChapterStart(f"s{number}", f"t{number}", 2))
            parts.append(begun[-1])
        parts.append(CLIPS[which])
    stream = io.BytesIO()
    placed: list[int] = []
    recording = join(parts, tuple(begun), Tag("T"), GRID, stream, lambda _clip, begins: placed.append(begins))
    assert [c.id for c in recording.chapters] == [start.id for start in begun]
    assert recording.chapters[0].start == 0
    assert recording.chapters[-1].end == recording.duration
    assert all(
        a.end == b.start and a.start <= a.end for a, b in zip(recording.chapters, recording.chapters[1:], strict=False)
    )
    assert placed == sorted(placed)
    assert len(placed) == len(plan)


def test_a_clip_of_another_grid_is_refused() -> None:
    begun = starts("T")
    with pytest.raises(ValueError, match="does not fit"):
        join([*begun, clip(100)], begun, Tag("T"), Grid(24_000, 48_000), io.BytesIO())


def test_chapters_that_were_not_announced_are_refused() -> None:
    begun = starts("T", "U")
    with pytest.raises(ValueError, match="announced"):
        join([begun[0], clip(100)], begun, Tag("T"), GRID, io.BytesIO())
