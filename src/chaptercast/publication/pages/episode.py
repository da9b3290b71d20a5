"""The page of an episode, beside its MP3: it plays, highlights the spoken text, and works without a script, too."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import PurePosixPath

from msgspec import Struct

from chaptercast.audio.model import Chapter, Passage
from chaptercast.common.units import Milliseconds
from chaptercast.publication.model import Episode
from chaptercast.publication.pages.markup import file_link, fragment, isolated, web_link
from chaptercast.publication.pages.page_frame import interface
from chaptercast.publication.pages.rendering import assets, render
from chaptercast.publication.pages.transcript import Section, anchors, sections
from chaptercast.publication.pages.translations import Words, clock
from chaptercast.publication.pages.waveform import waveform
from chaptercast.publication.timed_structure import structured

SPEEDS = (0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3)
SKIP_SECONDS = 15
_SHORT_LABELS, _LONG_LABELS = 45, 80
"""The total width of all labels, in columns: Chinese has 36, English 66, Russian 81."""
_DEEPEST_INDENT = 4


class Entry(Struct, frozen=True):
    """A chapter in the list of chapters."""

    chapter: Chapter
    link: str
    time: str
    depth: int
    """1 for the title and the highest headings, at most 4."""


def episode_page(
    episode: Episode,
    passages: Iterable[Passage],
    levels: Sequence[int],
    *,
    transcripts: Sequence[str] = (),
    unspoken: Iterable[Passage] = (),
    library: str = "",
) -> Iterator[str]:
    """Yield the page `index.html` in pieces, to be written beside the MP3 in UTF-8.

    `passages` is the timed text, in order. It is iterated once, a paragraph at a time. `levels` is the loudness, 0 to 255, evenly
    spaced over the whole recording. `unspoken` holds passages without a time, which stand between the others. `transcripts` are names
    of files beside the page. `library` is the relative address of the library page.
    """
    page = interface(episode.language)
    labels = [page.source.label for page in episode.pages]
    said = structured(episode.chapters, passages, unspoken)
    text = sections(said, anchors(episode.chapters), page, web_link(episode.source), labels)
    first = next(text, None)
    titled = first is not None and _is_title(first, episode.title)
    return render(
        "episode.html",
        {
            "page": page,
            "words": page.words,
            "assets": assets("appearance.js", "player.js"),
            "episode": episode,
            "heard_title": first if titled else None,
            "untitled": 0 if titled else None,
            "sections": text if first is None else chain((first,), text),
            "entries": _entries(episode.chapters),
            "wave": waveform(episode, levels, page.words),
            "audio": file_link(episode.audio.file),
            "transcripts": [(file_link(name), PurePosixPath(name).suffix[1:].upper()) for name in transcripts],
            "library": library,
            "source": web_link(episode.source),
            "length": clock(episode.audio.duration),
            "starts_at": page.words("position_of", now=clock(Milliseconds(0)), total=clock(episode.audio.duration)),
            "labels": _labels_class(page.words),
            "speeds": SPEEDS,
            "skip_seconds": SKIP_SECONDS,
            "isolated": isolated,
        },
    )


def _labels_class(words: Words) -> str:
    """The class of the button row, by the total width of its labels. The style sheet knows the space that each class needs."""
    labels = [words(name, seconds=SKIP_SECONDS) for name in ("previous", "back", "forward", "next")]
    labels.append(max(words("play"), words("pause"), key=len))
    columns = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in "".join(labels))
    return " short" if columns <= _SHORT_LABELS else " long" if columns > _LONG_LABELS else ""


def _is_title(section: Section, title: str) -> bool:
    """Whether the first chapter's heading repeats the article's title, which is the heading of the page already."""
    return section.chapter.level == 1 and "".join(section.heading.split()) == "".join(title.split())


def _entries(chapters: Sequence[Chapter]) -> list[Entry]:
    return [
        Entry(chapter, fragment(anchor), clock(chapter.start), min(max(1, chapter.level - 1), _DEEPEST_INDENT))
        for chapter, anchor in zip(chapters, anchors(chapters), strict=True)
    ]
