"""M4B and Opus, as ffprobe, mutagen and a decoder read them: chapters to the millisecond, and the sound where it was."""

import json
from pathlib import Path

import pytest
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from tests.judges import ffprobe_chapters
from tests.judges.decoding import decode
from tests.judges.measuring import onset_after

from chaptercast.pipeline import Options, convert
from chaptercast.publication.exports.output_files import export


@pytest.fixture(scope="session", params=["m4b", "opus"])
def file(request: pytest.FixtureRequest, recording: Path) -> Path:
    return export(recording, [request.param])[0]


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


def test_an_m4b_is_tagged_as_an_audiobook(recording: Path) -> None:
    tags = MP4(export(recording, ["m4b"])[0])
    assert tags["stik"] == [2]
    assert tags["\xa9nam"] == ["Lamps & <Ladders>"]
    assert tags["\xa9ART"] == ["Ines Calder"]
    assert "synthetic voice" in tags["\xa9nrt"][0]
    assert bytes(tags["covr"][0]) == (recording / "cover.png").read_bytes()
    assert [(round(c.start * 1000), c.title) for c in tags.chapters] == told(recording)  # those of Nero's list


def test_opus_tells_its_chapters_in_tags(recording: Path) -> None:
    tags = OggOpus(export(recording, ["opus"])[0])
    assert tags["CHAPTER001NAME"] == ["The lamp"]
    assert tags["CHAPTER000"] == ["00:00:00.000"]
    assert tags["title"] == ["Lamps & <Ladders>"]


def test_three_hundred_chapters_are_there(tmp_path: Path) -> None:
    source = tmp_path / "long.md"
    source.write_text("# Long\n\n" + "".join(f"## Chapter {n}\n\nA.\n\n" for n in range(300)), encoding="utf-8")
    made = convert(source, tmp_path, Options(engine="silence", jobs=1), lambda *_: None, lambda *_: None)
    folder = made.audio.parent
    for path in export(folder, ["m4b", "opus"]):
        assert [(round(c.start_s * 1000), c.title) for c in ffprobe_chapters(path)] == told(folder)
