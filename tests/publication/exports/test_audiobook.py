"""W3C and Readium audiobooks: what their manifests say, held against the sound in them."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.judges import ffprobe_duration, webvtt_parser

from chaptercast.publication.exports.output_files import export


def opened(recording: Path, kind: str, folder: Path) -> tuple[Path, Any]:
    (path,) = export(recording, [kind], folder)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder / kind)
        assert all(
            info.compress_type == zipfile.ZIP_STORED for info in archive.infolist() if info.filename.endswith(".mp3")
        )
    name = "publication.json" if kind == "lpf" else "manifest.json"
    return folder / kind, json.loads((folder / kind / name).read_text(encoding="utf-8"))


def test_the_w3c_audiobook_tells_what_is_in_it(recording: Path, tmp_path: Path) -> None:
    folder, told = opened(recording, "lpf", tmp_path)
    assert told["conformsTo"] == "https://www.w3.org/TR/audiobooks/"
    assert told["name"] == "Lamps & <Ladders>"
    assert told["url"] == "https://example.org/lamps"
    lengths = [float(item["duration"].removeprefix("PT").removesuffix("S")) for item in told["readingOrder"]]
    for item, length in zip(told["readingOrder"], lengths, strict=True):
        assert length == pytest.approx(ffprobe_duration(folder / item["url"]), abs=0.03)
    assert float(told["duration"][2:-1]) == pytest.approx(sum(lengths), abs=0.001)
    assert 'href="audio/s6.mp3"' in (folder / "index.html").read_text(encoding="utf-8")


def test_each_chapter_has_a_transcript(recording: Path, tmp_path: Path) -> None:
    folder, told = opened(recording, "lpf", tmp_path)
    names = [item["alternate"][0]["url"] for item in told["readingOrder"]]
    read = webvtt_parser([((folder / name).read_text(encoding="utf-8"), "subtitles") for name in names])
    assert [vtt["faults"] for vtt in read] == [[]] * len(names)
    assert next(cue["text"] for cue in read[0]["cues"]) == "Lamps & <Ladders>"


def test_the_readium_audiobook_tells_what_is_in_it(recording: Path, tmp_path: Path) -> None:
    folder, told = opened(recording, "audiobook", tmp_path)
    assert told["metadata"]["@type"] == "http://schema.org/Audiobook"
    assert [item["title"] for item in told["readingOrder"]][:2] == ["Lamps & <Ladders>", "The lamp"]
    for item in told["readingOrder"]:
        assert item["duration"] == pytest.approx(ffprobe_duration(folder / item["href"]), abs=0.03)
    assert told["metadata"]["duration"] == pytest.approx(sum(i["duration"] for i in told["readingOrder"]), abs=0.001)
    assert told["toc"][0]["children"][0]["title"] == "The lamp"
