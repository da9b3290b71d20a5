"""How loud a recording is over its length, as bars, with a mark where each chapter begins."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from chaptercast.publication.model import Episode
from chaptercast.publication.pages.translations import Words

BARS = 300
_HEIGHT = 100
_SMALLEST = 2
"""Of a bar, so that silence is a line and not a gap."""
_MOST_MARKS = 60
"""More would hide the bars; then only the highest headings are marked."""


class Waveform(Struct, frozen=True):
    """What the drawing shows, in a grid of `width` times 100 units."""

    width: int
    bars: str
    """A path."""
    marks: tuple[float, ...]
    """How far along each chapter begins."""
    text: str
    """The same in words."""


def waveform(episode: Episode, levels: Sequence[int], words: Words) -> Waveform | None:
    """The drawing of `levels` (0 to 255, evenly over the whole length); none where there are no levels."""
    length = episode.audio.duration
    if not levels or length <= 0:
        return None
    heights = _folded(levels)
    marked = [c for c in episode.chapters if c.level <= 2] if len(episode.chapters) > _MOST_MARKS else episode.chapters
    return Waveform(
        width=len(heights),
        bars="".join(f"M{n + 0.5} {(_HEIGHT - high) / 2:g}v{high}" for n, high in enumerate(heights)),
        marks=tuple(round(chapter.start / length * len(heights), 2) for chapter in marked),
        text=_in_words(episode, words),
    )


def _folded(levels: Sequence[int]) -> list[int]:
    """At most `BARS` heights: each the loudest of its share of the levels."""
    count = min(BARS, len(levels))
    edges = [number * len(levels) // count for number in range(count + 1)]
    loudest = (max(levels[a:b]) for a, b in pairwise(edges))
    return [max(_SMALLEST, min(level, 255) * _HEIGHT // 255) for level in loudest]


def _in_words(episode: Episode, words: Words) -> str:
    """How long it is and how many chapters it has: where they begin, the list of chapters tells, once."""
    return words("comma").join((words.duration(episode.audio.duration), words.count("chapters", len(episode.chapters))))
