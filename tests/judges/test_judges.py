"""The judges tell a sound recording from a damaged one, and agree on what is in it."""

from pathlib import Path

import pytest
from tests.judges import (
    DECODERS,
    audio_format,
    decode,
    dtbook_faults,
    dtd_faults,
    ffmpeg_errors,
    ffmpeg_loudness,
    ffprobe_chapters,
    ffprobe_duration,
    mp3val,
    music_metadata,
    mutagen_chapters,
    onset_after,
    silences,
    webvtt_parser,
)
from tests.judges.sounds import CHAPTERS, ENCODING_DELAY_MS, RATE, tones, write_mp3

EXPECTED = [(start / 1000, end / 1000, title) for start, end, title in CHAPTERS]


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Sound from 500 to 1000 ms and from 2000 to 2600 ms of 3000."""
    return write_mp3(tmp_path / "a recording 录音.mp3", tones(500, 500, 1000, 600, 400))


def test_ffprobe_reads_the_chapters(recording: Path) -> None:
    assert ffprobe_chapters(recording) == EXPECTED


def test_mutagen_reads_the_chapters(recording: Path) -> None:
    assert mutagen_chapters(recording) == EXPECTED


def test_music_metadata_reads_the_chapters_and_finds_no_fault(recording: Path) -> None:
    read = music_metadata(recording)
    assert [(c["start_s"], c["end_s"], c["title"]) for c in read["chapters"]] == EXPECTED
    assert read["warnings"] == []
    assert read["title"] == "Probe"
    assert read["duration"] == pytest.approx(3.0, abs=0.1)


def test_ffprobe_tells_duration_and_format(recording: Path) -> None:
    assert ffprobe_duration(recording) == pytest.approx(3.0, abs=0.1)
    assert audio_format(recording) == (1, RATE)


def test_a_sound_stream_is_passed(recording: Path) -> None:
    assert mp3val(recording) == []
    assert ffmpeg_errors(recording) == []


@pytest.mark.parametrize("decoder", DECODERS)
def test_decoded_sound_stands_at_its_time(recording: Path, decoder: str) -> None:
    samples, rate = decode(recording, decoder)
    assert rate == RATE
    assert len(samples) / rate == pytest.approx(3.0, abs=0.1)
    first, second = (onset_after(samples, rate, t) for t in (0, 1500))
    assert first == pytest.approx(500 + ENCODING_DELAY_MS, abs=20)
    assert second == pytest.approx(2000 + ENCODING_DELAY_MS, abs=20)
    assert len(silences(samples, rate, min_ms=350)) == 3


def test_mp3val_sees_a_stream_that_was_cut_off(recording: Path) -> None:
    recording.write_bytes(recording.read_bytes()[:-100])
    assert mp3val(recording)


def test_both_judges_of_streams_see_junk(recording: Path) -> None:
    whole = recording.read_bytes()
    half = len(whole) // 2
    recording.write_bytes(whole[:half] + b"junk" * 500 + whole[half:])
    assert mp3val(recording)
    assert ffmpeg_errors(recording)


def test_a_file_that_is_not_there_is_no_sound_one(tmp_path: Path) -> None:
    assert mp3val(tmp_path / "none.mp3")
    assert ffmpeg_errors(tmp_path / "none.mp3")
    with pytest.raises(AssertionError, match="No such file"):
        ffprobe_chapters(tmp_path / "none.mp3")


def test_webvtt_parser_tells_sound_text_from_unsound() -> None:
    head = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"
    sound, chapters, *unsound = webvtt_parser(
        [
            (head + "<lang de>a &amp;\nb &lt;</lang>\n", "subtitles"),
            (head + "Title\n", "chapters"),
            (head + "<b>Title</b>\n", "chapters"),
            (head + "a & b\n", "subtitles"),
            (head + "x\n\n00:00:03.000 --> 00:00:03.000\ny\n", "subtitles"),
            (head.replace(".", ",") + "x\n", "subtitles"),
        ]
    )
    assert sound["faults"] == []
    assert list(sound["cues"][0].values()) == [1, 2, "a &\nb <", ["de"]]
    assert chapters["faults"] == []
    assert all(read["faults"] for read in unsound)


def test_document_types_tell_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    sound = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><p>Words.</p></body></html>'
    page.write_text(sound)
    assert dtd_faults(page, "xhtml1-transitional.dtd") == []
    page.write_text(sound.replace("<p>", "<section><p>").replace("</p>", "</p></section>"))
    assert dtd_faults(page, "xhtml1-transitional.dtd") != []
    page.write_text('<dtbook xmlns="http://www.daisy.org/z3986/2005/dtbook/" version="2005-2"/>')
    assert dtbook_faults(page) != []


def test_loudness_is_that_of_the_sound(recording: Path) -> None:
    lufs, peak = ffmpeg_loudness(recording)
    assert -40 < lufs < 0
    assert lufs < peak
