"""M4B and Opus, as ffprobe, mutagen and a decoder read them: chapters to the millisecond, and the sound where it was."""

import json
import shutil
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from tests.judges import ffprobe_chapters
from tests.judges.decoding import decode
from tests.judges.measuring import onset_after

from chaptercast.publication.exports import aac_sections
from chaptercast.publication.exports.aac_sections import SAMPLES, packets, sections
from chaptercast.publication.exports.book import open_book
from chaptercast.publication.exports.output_files import export


@pytest.fixture(scope="session")
def m4b(recording: Path) -> Path:
    return export(recording, ["m4b"])[0]


@pytest.fixture(scope="session")
def opus(recording: Path) -> Path:
    return export(recording, ["opus"])[0]


@pytest.fixture(scope="session", params=["m4b", "opus"])
def file(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue(request.param)
    return path


def told(recording: Path) -> list[tuple[int, str]]:
    manifest = json.loads((recording / "episode.json").read_text(encoding="utf-8"))
    return [(chapter["start_ms"], chapter["title"]) for chapter in manifest["chapters"]]


def test_the_chapters_are_those_of_the_recording(file: Path, recording: Path) -> None:
    assert [(round(c.start_s * 1000), c.title) for c in ffprobe_chapters(file)] == told(recording)


def test_the_sound_is_where_it_was(file: Path, recording: Path) -> None:
    mp3 = decode(next(recording.glob("*.mp3")), "ffmpeg")
    other = decode(file, "ffmpeg")
    for start, _ in told(recording):
        at = start + 20
        before, after = onset_after(mp3.samples, mp3.rate, at), onset_after(other.samples, other.rate, at)
        assert before is not None
        assert after == pytest.approx(before, abs=20)


def test_the_same_recording_gives_the_same_bytes(file: Path, recording: Path, tmp_path: Path) -> None:
    assert export(recording, [file.suffix[1:]], tmp_path)[0].read_bytes() == file.read_bytes()


def test_an_m4b_is_tagged_as_an_audiobook(m4b: Path, recording: Path) -> None:
    tags = MP4(m4b)
    assert tags["stik"] == [2]
    assert tags["\xa9nam"] == ["Lamps & <Ladders>"]
    assert tags["\xa9ART"] == ["Ines Calder"]
    assert "synthetic voice" in tags["\xa9nrt"][0]
    assert bytes(tags["covr"][0]) == (recording / "cover.png").read_bytes()
    assert [(round(c.start * 1000), c.title) for c in tags.chapters] == told(recording)  # those of Nero's list


def test_opus_tells_its_chapters_in_tags(opus: Path) -> None:
    tags = OggOpus(opus)
    assert tags["CHAPTER001NAME"] == ["The lamp"]
    assert tags["CHAPTER000"] == ["00:00:00.000"]
    assert tags["title"] == ["Lamps & <Ladders>"]


def test_three_hundred_chapters_are_there(recording: Path, tmp_path: Path) -> None:
    """Of the same sound: the time that encoding takes depends on nothing else."""
    manifest = json.loads((recording / "episode.json").read_text(encoding="utf-8"))
    first, end = manifest["chapters"][0], manifest["chapters"][-1]["end_ms"]
    starts = [number * end // 301 for number in range(302)]
    manifest["chapters"] = [
        first | {"title": f"Chapter {number}", "start_ms": start, "end_ms": after}
        for number, (start, after) in enumerate(pairwise(starts))
    ]
    shutil.copy(next(recording.glob("*.mp3")), tmp_path)
    (tmp_path / "episode.json").write_text(json.dumps(manifest), encoding="utf-8")
    for path in export(tmp_path, ["m4b", "opus"]):
        assert [(round(c.start_s * 1000), c.title) for c in ffprobe_chapters(path)] == told(tmp_path)


def test_sections_are_joined_without_a_trace(
    m4b: Path, recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sound is that of a recording which is encoded in one go: as long, at the same place, silent at the joints, and as good."""
    mp3 = decode(next(recording.glob("*.mp3")), "ffmpeg").samples
    whole = decode(m4b, "ffmpeg").samples
    monkeypatch.setattr(aac_sections, "_SECTION_S", 2)
    frames = open_book(recording).frames
    joints = [section.first * SAMPLES for section in sections(frames)[1:]]
    assert len(joints) >= 3
    joined = decode(export(recording, ["m4b"], tmp_path)[0], "ffmpeg").samples
    assert len(joined) == len(whole)
    for joint in joints:
        assert max(map(abs, joined[joint - 2 * SAMPLES : joint + SAMPLES])) <= 1
    first = joints[0] - 2 * SAMPLES  # a section hears nothing of those behind it
    assert joined[:first] == whole[:first]

    def noise(samples: Sequence[int]) -> int:
        return sum((one - other) ** 2 for one, other in zip(samples, mp3, strict=False))

    assert noise(joined) < 1.25 * noise(whole)  # each begins with an encoder that knows nothing yet
    assert [*packets(frames, 48_000, 3)] == [*packets(frames, 48_000, 1)]
