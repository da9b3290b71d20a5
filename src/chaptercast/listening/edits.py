"""Finds where a finished recording was cut or lengthened after it was made: from there on, all of it is heard at another time.

By how much is told by its length. Where is found by hearing a few passages at both times (binary search); more than one such place is not
looked for. Pure, but for what it is given to hear with.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.common.units import Milliseconds
from chaptercast.listening.model import Passage

_LEAST_MS = 700
"""A smaller difference in length is no edit: frames at the end, or an encoder's padding."""
_AMONG = 3
"""Of so many passages the longest is heard: titles are understood less well."""
_LEAST_FIT = 0.4
"""A passage is heard at another time if more than this share of it is: a few words are heard anywhere."""

Fits = Callable[[Passage], float]
"""Returns the share of a passage that is heard at its time."""


class Edit(Struct, frozen=True):
    """A place from which on a recording is shorter or longer than its transcript."""

    first: int
    """Number of the first passage after it; that of all passages if there is none."""
    at: Milliseconds
    by: Milliseconds
    """By how much the recording is longer; negative if it is shorter."""


def edit_in(passages: Sequence[Passage], told: Milliseconds, length: Milliseconds, fits: Fits) -> Edit | None:
    """Returns where a recording was edited that should last `told` and lasts `length`; None if it was not."""
    by = Milliseconds(length - told)
    if abs(by) < _LEAST_MS or not passages:
        return None
    low, high = 0, len(passages)
    while low < high:
        middle = (low + high) // 2
        probe = max(range(middle, min(middle + _AMONG, high)), key=lambda n: len(passages[n].spoken))
        if fits(_moved(passages[probe], by)) > max(_LEAST_FIT, fits(passages[probe])):
            high = probe
        else:
            low = probe + 1
    at = passages[low].start + min(by, 0) if low < len(passages) else min(told, length)
    return Edit(low, Milliseconds(max(0, at)), by)


def followed(passages: Sequence[Passage], edit: Edit) -> tuple[Passage, ...]:
    """Returns the passages at the times at which they are heard. Of those that were cut out, no time remains."""
    before = (replace(one, start=min(one.start, edit.at), end=min(one.end, edit.at)) for one in passages[: edit.first])
    return (*before, *(_moved(one, edit.by) for one in passages[edit.first :]))


def _moved(passage: Passage, by: Milliseconds) -> Passage:
    start, end = max(0, passage.start + by), max(0, passage.end + by)
    return replace(passage, start=Milliseconds(start), end=Milliseconds(end))
