"""Fits chapters into an ID3 tag: merges the deepest levels first if there are more chapters than a tag can count."""

from collections.abc import Sequence

from msgspec.structs import replace

from chaptercast.audio.model import Chapter

ENOUGH = 2
"""A level is merged as a whole if at least one in so many of the chapters that would fit remains."""


def fit(chapters: Sequence[Chapter], limit: int) -> tuple[Chapter, ...]:
    """At most `limit` chapters over the same time. A merged chapter becomes part of the one before it.

    The deepest level is merged as a whole, then the next one, so that the result is an outline, not a sample of one. If hardly any
    chapters would remain, or if the top level alone has too many, as many of the level stay as fit, evenly spread. The first chapter
    always stays. Times do not matter, so the chapters are known before they are spoken.
    """
    kept = tuple(chapters)
    while len(kept) > limit:
        deepest = max(chapter.level for chapter in kept[1:])
        above = (kept[0], *(chapter for chapter in kept[1:] if chapter.level < deepest))
        whole = len(above) > limit or ENOUGH * len(above) >= limit
        kept = above if whole else _filled(kept, above, limit)
    ends = [*(chapter.start for chapter in kept[1:]), chapters[-1].end]
    return tuple(replace(chapter, end=end) for chapter, end in zip(kept, ends, strict=True))


def _filled(kept: Sequence[Chapter], above: Sequence[Chapter], limit: int) -> tuple[Chapter, ...]:
    """The chapters that stay of a level that does not fit: as many as possible, evenly spread, and all of the levels above it."""
    stays = {chapter.id for chapter in above}
    level = [chapter.id for chapter in kept if chapter.id not in stays]
    room = limit - len(above)
    stays |= {level[number * len(level) // room] for number in range(room)}
    return tuple(chapter for chapter in kept if chapter.id in stays)
