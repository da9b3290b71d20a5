"""Transcripts that are missing, damaged or of another recording are found."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.publication.transcripts.passages import chapter, passage, sentence

from chaptercast.mpeg import Grid
from chaptercast.publication.model import AudioFile, Episode, Spoken
from chaptercast.publication.transcripts import tracks
from chaptercast.publication.transcripts.check import findings
from chaptercast.units import LanguageTag, Milliseconds

CHAPTERS = (chapter("A & B", 0, 3000), chapter("", 3000, 3000), chapter("", 3000, 9000))
EPISODE = Episode(
    **dict.fromkeys(("guid", "slug", "origin", "title", "author", "date", "source", "description", "image"), ""),
    generator="",
    language=LanguageTag("en"),
    audio=AudioFile("a.mp3", 1, "", Milliseconds(9000), Grid(24_000, 48_000)),
    spoken=Spoken("", "", (), ""),
    chapters=CHAPTERS,
    left_out=(),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    passages = [passage(sentence("One & two. ", 200, 3000), sentence("Three.", 3000, 8000))]
    for name, pieces in tracks(passages, EPISODE).items():
        (tmp_path / name).write_text("".join(pieces), encoding="utf-8")
    return tmp_path


def test_what_was_written_is_sound(folder: Path) -> None:
    assert list(findings(folder, EPISODE)) == []


@pytest.mark.parametrize(
    ("name", "damage", "told"),
    [
        ("transcript.vtt", lambda text: text.replace("WEBVTT", "WEB"), "does not begin with WEBVTT"),
        ("transcript.vtt", lambda text: text.replace("00:00:03.000", "00:00:00.000"), "out of order or has no length"),
        ("transcript.vtt", lambda text: text.replace("00:00:08.000", "00:00:09.001"), "a cue ends at 9.001 seconds"),
        ("transcript.vtt", lambda text: text + "\nmore\n", "no cue: 'more'"),
        ("transcript.srt", lambda text: text.replace(",", "."), None),
        ("transcript.srt", lambda text: text.replace("-->", "->"), "no cue"),
        ("transcript.json", lambda text: text[:-4], "not well-formed"),
        ("transcript.json", lambda text: text.replace("endTime", "end"), "not well-formed"),
        ("transcript.json", lambda text: text.replace("8.0", "NaN"), "not well-formed"),
        ("chapters.vtt", lambda text: text.replace("00:00:03.000", "00:00:02.000"), "are not those of the manifest"),
    ],
)
def test_damage_is_told(folder: Path, name: str, damage: Callable[[str], str], told: str | None) -> None:
    path = folder / name
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    found = list(findings(folder, EPISODE))
    assert len(found) == (told is not None)
    assert all(line.startswith(f"{path}: ") and str(told) in line for line in found)


def test_a_missing_file_and_one_that_is_no_text_are_told(folder: Path) -> None:
    (folder / "transcript.srt").unlink()
    (folder / "transcript.json").write_bytes(b"\xff\xfe")
    missing, no_text = sorted(findings(folder, EPISODE), reverse=True)
    assert missing.endswith("transcript.srt: No such file or directory")
    assert "transcript.json: not well-formed" in no_text
