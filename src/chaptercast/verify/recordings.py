"""A recording held against itself, its manifest and its list of chapters."""

from collections.abc import Generator, Iterator, Mapping
from pathlib import Path

from chaptercast.audio.chapters import fit
from chaptercast.audio.id3 import MAX_CHAPTERS
from chaptercast.audio.readback import Reading, read_mp3
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.manifest import from_json
from chaptercast.publication.model import Episode
from chaptercast.verify.file_reading import AGAIN, DAMAGED, lines, read_json, reason

_CHAPTERS = "chapters.json"


def mp3_findings(path: Path) -> Iterator[str]:
    """What is wrong with an MP3, whatever is said of it elsewhere."""
    yield from lines(path, _own_findings(path, None), AGAIN)


def recording_findings(folder: Path) -> Generator[str, None, Episode | None]:
    """What is wrong with the recording in `folder`, and at the end its episode, if the manifest can be read."""
    manifest = folder / MANIFEST
    try:
        episode = from_json(read_json(manifest))
    except OSError as error:
        yield f"{manifest}: {error.strerror}: {AGAIN}"
        return None
    except DAMAGED as error:
        yield f"{manifest}: not a manifest: {reason(error)}: {AGAIN}"
        return None
    audio = folder / episode.audio.file
    yield from lines(audio, _own_findings(audio, episode), AGAIN)
    yield from lines(folder / _CHAPTERS, _chapter_list_findings(folder / _CHAPTERS, episode), AGAIN)
    return episode


def twin_findings(site: Path, episodes: Mapping[str, Episode]) -> Iterator[str]:
    """Which recordings of `site` players would take for one another; `episodes` by the names of their folders."""
    known: dict[str, str] = {}
    for folder, episode in episodes.items():
        first = known.setdefault(episode.guid, folder)
        if first != folder:
            yield f"{site / folder}: it has the guid of {first}: remove one of them"


def _own_findings(path: Path, episode: Episode | None) -> Iterator[str]:
    if path.exists() and not path.is_file():
        raise ValueError("it is no file")
    reading = read_mp3(path)
    yield from reading.findings
    if episode is not None:
        yield from _differences(episode, reading)


def _differences(episode: Episode, reading: Reading) -> Iterator[str]:
    audio = episode.audio
    for key, said, found in (
        ("bytes", audio.bytes, reading.file_bytes),
        ("sha256", audio.sha256, reading.sha256),
        ("seconds", audio.duration / 1000, reading.duration / 1000),
    ):
        if said != found:
            yield f"the manifest says {key} {said}, the file has {found}"
    listed = [(c.title, c.start, c.end) for c in fit(episode.chapters, MAX_CHAPTERS)]
    if listed != [(c.title, c.start, c.end) for c in reading.chapters]:
        yield "its chapters are not those of the manifest"


def _chapter_list_findings(path: Path, episode: Episode) -> Iterator[str]:
    listed = read_json(path)["chapters"]
    said = [(c.title, c.start, c.end) for c in episode.chapters]
    if [(c["title"], round(c["startTime"] * 1000), round(c["endTime"] * 1000)) for c in listed] != said:
        yield "its chapters are not those of the manifest"
