"""Chapters as a tag can hold them: where there are more than it counts, the deepest levels are merged first."""

from collections.abc import Sequence

from msgspec.structs import replace

from chaptercast.audio.model import Chapter


def fit(chapters: Sequence[Chapter], limit: int) -> tuple[Chapter, ...]:
    """At most `limit` chapters over the same time: a merged chapter goes on in the one before it.

    Level by level, the deepest is merged as a whole, so that what is left is an outline and not a sample of one; where
    even the top level is too many, every n-th of it stays. The first chapter always stays.
    """
    kept = tuple(chapters)
    while len(kept) > limit and (deepest := max(c.level for c in kept[1:])) > min(c.level for c in kept[1:]):
        kept = (kept[0], *(c for c in kept[1:] if c.level < deepest))
    if len(kept) > limit:
        kept = kept[:: -(-len(kept) // limit)]
    ends = [*(chapter.start for chapter in kept[1:]), chapters[-1].end]
    return tuple(replace(chapter, end=end) for chapter, end in zip(kept, ends, strict=True))
