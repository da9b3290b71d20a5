"""The ways that are held against each other, each as a command."""

import shutil
import sys
from pathlib import Path

from benchmarks.measuring import Way
from benchmarks.text import article

PIPE = "espeak-ng, lame -q 5"
_WORD = "Beginnings are edited. "


def chaptercast(*arguments: str) -> list[str]:
    """Our command, without any network."""
    return [sys.executable, "-m", "chaptercast", "convert", *arguments, "--offline"]


def pipe(source: Path, folder: Path) -> Way:
    """What a Unix user would write."""
    command = f"espeak-ng -v en-us -f '{source}' --stdout | lame --quiet -b 48 -q 5 - '{folder}/pipe.mp3'"
    return Way(PIPE, ["sh", "-c", command])


def pydub(source: Path, folder: Path) -> Way:
    """What the field's projects do."""
    return Way("pydub, +=", [sys.executable, "-m", "benchmarks.pydub_way", str(source), str(folder)])


def cold(source: Path, folder: Path, *more: str) -> Way:
    """The MP3 alone, nothing kept."""
    name = " ".join(["chaptercast, MP3 alone", *more])
    return Way(name, chaptercast(str(source), "-o", f"{folder}/ours.mp3", "--no-cache", *more))


class Kept:
    """Conversions to a folder with everything that belongs to a recording, and with a cache."""

    def __init__(self, source: Path, folder: Path) -> None:
        self._source = source
        self._cache, self._output = folder / "cache", folder / "output"
        self._command = chaptercast(str(source), "-o", str(self._output), "--cache", str(self._cache))
        self._edits = 0

    def ways(self) -> tuple[Way, ...]:
        """In this order: each finds what the one before left."""
        return (
            Way("chaptercast, all files, cold", self._command, self._forget),
            Way("chaptercast, one paragraph edited", self._command, self._edit),
            Way("chaptercast, nothing changed", self._command),
            Way("chaptercast, all from the cache again", [*self._command, "--again"]),
        )

    def _forget(self) -> None:
        for folder in (self._cache, self._output):
            shutil.rmtree(folder, ignore_errors=True)

    def _edit(self) -> None:
        """Another paragraph each time, in the middle."""
        self._edits += 1
        paragraphs = self._source.read_text(encoding="utf-8").split("\n\n")
        place = len(paragraphs) // 2 + self._edits
        paragraphs[place] = _WORD * self._edits + paragraphs[place]
        self._source.write_text("\n\n".join(paragraphs), encoding="utf-8")


def written(folder: Path, hours: float) -> Path:
    """An article of so many hours."""
    path = folder / "article.md"
    path.write_text(article(hours), encoding="utf-8")
    return path


def short_articles(folder: Path, count: int, words: int) -> list[str]:
    """So many articles of so many words each."""
    paths = []
    for number in range(count):
        path = folder / f"short-{number:04}.md"
        path.write_text(article(words=words, seed=number), encoding="utf-8")
        paths.append(str(path))
    return paths
