"""Finds where a finished recording was cut or lengthened after it was made: from there on, all of it is heard at another time.

By how much in all is told by its length. Where is found by hearing a few passages at the times that are known (binary search). A passage
that is at none of them is looked for: then there is more than one such place. Pure, but for what it is given to hear with.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import Milliseconds
from chaptercast.listening.model import Passage

_LEAST_MS = 700
"""A smaller difference in length is no edit: frames at the end, or an encoder's padding."""
_SAME_MS = 300
"""A passage that is found so near a known time is there."""
_AMONG = 3
"""Of so many passages the longest is heard: titles are understood less well."""
_LEAST_FIT = 0.4
"""A passage is heard at another time if more than this share of it is: a few words are heard anywhere."""
_GOOD_FIT = 0.8
"""If less is heard than this, a passage is looked for: at a time that is a little wrong, a part of it is heard."""
_AROUND_MS, _FAR_MS, _SMALL_MS = 6_000, 30_000, 15_000
"""A passage is looked for so long before and after the known times; longer if these are further apart than the third value."""
_MOST_SOUGHT = 60
"""So many passages are looked for at most."""
_MOST_UNPROBED = 4
"""Of an edited recording, fewer passages than this between two that are heard at the same delay are taken to have it, too."""
_LONGEST_TAIL_MS = 15_000
"""What was added at the end belongs to the last passage if it is not longer: a sentence said twice, but no music."""

Fits = Callable[[Passage], float]
"""Returns the share of a passage that is heard at its time."""
Seeks = Callable[[Passage], Milliseconds | None]
"""Returns when a passage begins to be heard within a longer time; None if it is not heard."""


class Edit(Struct, frozen=True):
    """A place from which on a recording is shorter or longer than its transcript."""

    first: int
    """Number of the first passage after it; that of all passages if there is none."""
    at: Milliseconds
    by: Milliseconds
    """By how much the recording is longer; negative if it is shorter."""


def edits_in(
    passages: Sequence[Passage], told: Milliseconds, length: Milliseconds, fits: Fits, seeks: Seeks
) -> tuple[Edit, ...]:
    """Returns where a recording was edited that should last `told` and lasts `length`, in order; nothing if it was not."""
    by = length - told
    if abs(by) < _LEAST_MS or not passages:
        return ()
    search = _Search(passages, fits, seeks)
    search.between((-1, 0), (len(passages), by))
    edits: list[Edit] = []
    before = 0
    for number, offset in sorted({**search.known, len(passages): by}.items()):
        if offset != before:
            start = passages[number].start if number < len(passages) else told
            at = max(0, start + min(before, offset))
            edits.append(Edit(number, Milliseconds(at), Milliseconds(offset - before)))
        before = offset
    return tuple(edits)


class _Search:
    """Remembers by how much later each passage is heard that was listened to."""

    def __init__(self, passages: Sequence[Passage], fits: Fits, seeks: Seeks) -> None:
        self.known: dict[int, int] = {}
        self._passages, self._fits, self._seeks = passages, fits, seeks
        self._sought = 0

    def between(self, low: tuple[int, int], high: tuple[int, int]) -> None:
        """Finds the passages between two, of which the number and the delay are known."""
        (first, earlier), (last, later) = low, high
        if last - first <= (_MOST_UNPROBED if earlier == later else 1):
            return
        middle = (first + last) // 2
        probe = max(range(middle, min(middle + _AMONG, last)), key=lambda n: len(self._passages[n].spoken))
        delay = self._delay(probe, earlier, later)
        if delay is None:
            self.between(low, (probe, later))
            self.between((probe, earlier), high)
            return
        self.known[probe] = delay
        self.between(low, (probe, delay))
        self.between((probe, delay), high)

    def _delay(self, number: int, earlier: int, later: int) -> int | None:
        passage = self._passages[number]
        fit, delay = max(
            ((self._fits(_moved(passage, by)), by) for by in dict.fromkeys((earlier, later))), key=lambda one: one[0]
        )
        if fit > _GOOD_FIT or self._sought >= _MOST_SOUGHT:
            return delay if fit > _LEAST_FIT else None
        self._sought += 1
        found = self._found(passage, earlier, later)
        if found is not None and found != delay and self._fits(_moved(passage, found)) > max(fit, _LEAST_FIT):
            return found
        return delay if fit > _LEAST_FIT else None

    def _found(self, passage: Passage, earlier: int, later: int) -> int | None:
        """Returns the delay of a passage that is looked for around the known times."""
        around = _AROUND_MS if abs(later - earlier) < _SMALL_MS else _FAR_MS
        start, end = passage.start + min(earlier, later) - around, passage.end + max(earlier, later) + around
        at = self._seeks(replace(passage, start=Milliseconds(max(0, start)), end=Milliseconds(max(0, end))))
        if at is None:
            return None
        found = at - passage.start
        return next((by for by in (earlier, later) if abs(by - found) < _SAME_MS), found)


def followed(passages: Sequence[Passage], edits: Sequence[Edit]) -> tuple[Passage, ...]:
    """Returns the passages at the times at which they are heard.

    Of those that were cut out, no time remains. What was put in belongs to the passage before it, so that it is heard as something that
    is not written; before the first passage, it belongs to none.
    """
    moved: list[Passage] = []
    delay, done = 0, 0
    for edit in edits:
        ahead = [_moved(one, delay) for one in passages[done : edit.first]]
        delay += edit.by
        is_tail = edit.first == len(passages)
        if ahead and not (is_tail and edit.by > _LONGEST_TAIL_MS):
            end = max(0, passages[edit.first - 1].end + delay)
            ahead = [replace(one, start=min(one.start, end), end=min(one.end, end)) for one in ahead]
            if edit.by > 0:
                ahead[-1] = replace(ahead[-1], end=Milliseconds(end))
        moved += ahead
        done = edit.first
    return (*moved, *(_moved(one, delay) for one in passages[done:]))


def _moved(passage: Passage, by: int) -> Passage:
    start, end = max(0, passage.start + by), max(0, passage.end + by)
    return replace(passage, start=Milliseconds(start), end=Milliseconds(end))
