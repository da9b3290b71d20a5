"""A folder of MP3s, as players and mutagen read it; and that nothing of the recording is lost between its files."""

import shutil
from pathlib import Path

import pytest
from mutagen.mp3 import MP3
from PIL import Image
from tests.judges import ffmpeg_errors, mp3val
from tests.judges.probing import attached_pictures, ffprobe_duration

from chaptercast.errors import InputError, UsageError
from chaptercast.publication.exports import Choices
from chaptercast.publication.exports.chapter_cuts import frames_of
from chaptercast.publication.exports.output_files import export
from chaptercast.publication.manifest import read_episode


@pytest.fixture
def folder(recording: Path, tmp_path: Path) -> Path:
    (path,) = export(recording, ["mp3s"], tmp_path)
    return path


def sound(path: Path) -> bytes:
    """Without the tag in front."""
    data = path.read_bytes()
    size = data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9]
    return data[10 + size :]


def test_the_files_together_are_the_recording(recording: Path, folder: Path) -> None:
    episode = read_episode(recording / "episode.json")
    whole = frames_of(recording / episode.audio.file)
    files = sorted(folder.glob("*.mp3"))
    assert len(files) == len(episode.chapters)
    assert b"".join(map(sound, files)) == (recording / episode.audio.file).read_bytes()[whole.offsets[0] :]
    for file, chapter in zip(files, episode.chapters, strict=True):
        assert ffprobe_duration(file) * 1000 == pytest.approx(chapter.end - chapter.start, abs=60)


def test_each_file_is_sound_by_itself(folder: Path) -> None:
    for file in folder.glob("*.mp3"):
        assert mp3val(file) == []
        assert ffmpeg_errors(file) == []
        first = sound(file)[4]
        assert first == 0  # it takes no bytes of a frame that is not there


def test_the_tags_tell_album_title_and_number(folder: Path) -> None:
    tags = [MP3(file).tags for file in sorted(folder.glob("*.mp3"))]
    assert [str(tag["TRCK"]) for tag in tags] == [f"{n}/{len(tags)}" for n in range(1, len(tags) + 1)]
    assert {str(tag["TALB"]) for tag in tags} == {"Lamps & <Ladders>"}
    assert {str(tag["TPE1"]) for tag in tags} == {"Ines Calder"}
    assert str(tags[1]["TIT2"]) == "The lamp"
    assert "synthetic voice" in str(tags[1]["TCOM"])
    assert all(tag.version == (2, 3, 0) for tag in tags)


def test_the_cover_is_beside_the_files_and_in_each(folder: Path) -> None:
    cover = (folder / "cover.jpg").read_bytes()
    with Image.open(folder / "cover.jpg") as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) == 500
    for file in folder.glob("*.mp3"):
        (picture,) = MP3(file).tags.getall("APIC")
        assert (picture.mime, picture.type, picture.data) == ("image/jpeg", 3, cover)
    ((codec, width, height),) = attached_pictures(folder / "01 Lamps & Ladders.mp3")
    assert (codec, max(width, height)) == ("mjpeg", 500)


def test_the_lists_name_every_file_in_order(folder: Path) -> None:
    files = [file.name for file in sorted(folder.glob("*.mp3"))]
    assert files[0] == "01 Lamps & Ladders.mp3"
    playlist = (folder / "Lamps & Ladders.m3u8").read_text(encoding="utf-8").splitlines()
    assert [line for line in playlist if not line.startswith("#")] == files
    sheet = (folder / "Lamps & Ladders.cue").read_bytes().decode().split("\r\n")
    assert [line.split('"')[1] for line in sheet if line.startswith("FILE")] == files


def test_names_can_be_ascii_alone(arabic: Path, tmp_path: Path) -> None:
    (path,) = export(arabic, ["mp3s"], tmp_path, Choices(ascii_names=True))
    assert path.name == "recording-mp3s"
    assert sorted(file.name for file in path.iterdir()) == [
        "01 Chapter.mp3",
        "02 Chapter.mp3",
        "03 Chapter.mp3",
        "Recording.cue",
        "Recording.m3u8",
        "cover.jpg",
    ]


def test_an_earlier_folder_is_replaced(recording: Path, folder: Path) -> None:
    (folder / "07 Old.mp3").write_bytes(b"")
    export(recording, ["mp3s"], folder.parent)
    assert not (folder / "07 Old.mp3").exists()


def test_what_cannot_be_exported_is_told(recording: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no recording"):
        export(tmp_path, ["mp3s"])
    with pytest.raises(UsageError, match="no export"):
        export(recording, ["vinyl"])
    broken = tmp_path / "broken"
    shutil.copytree(recording, broken)
    audio = next(broken.glob("*.mp3"))
    audio.write_bytes(audio.read_bytes()[:-700])
    with pytest.raises(InputError, match="cannot be used"):
        export(broken, ["mp3s"])
