"""Chapters as a tag can hold them: where there are more than it counts, the deepest levels are merged first."""

from collections.abc import Sequence

from msgspec.structs import replace

from chaptercast.audio.model import Chapter

ENOUGH = 2
"""A level is merged as a whole where one in so many of the chapters that would fit is left without it."""


def fit(chapters: Sequence[Chapter], limit: int) -> tuple[Chapter, ...]:
    """At most `limit` chapters over the same time: a merged chapter goes on in the one before it.

    Level by level, the deepest is merged as a whole, so that what is left is an outline and not a sample of one. Where hardly any
    chapters would be left without it, and where even the top level is too many, as many of the level stay as fit, evenly spread. The
    first chapter always stays. Times have no part in it: which chapters there will be is known before they are spoken.
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
    """What stays of a level that does not fit: as many as there is room for, evenly spread, with all that is above it."""
    stays = {chapter.id for chapter in above}
    level = [chapter.id for chapter in kept if chapter.id not in stays]
    room = limit - len(above)
    stays |= {level[number * len(level) // room] for number in range(room)}
    return tuple(chapter for chapter in kept if chapter.id in stays)
