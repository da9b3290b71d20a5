"""Packs passages into windows: a recogniser takes as long for one second as for thirty, so several are recognised at once."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

GAP_S = 0.5
"""Seconds of silence between two passages in a window."""
_Item = TypeVar("_Item")


def packed(
    items: Iterable[_Item], seconds: Callable[[_Item], float], kind: Callable[[_Item], str], longest_s: float
) -> Iterator[list[_Item]]:
    """Yields runs of consecutive items of one `kind` that together last at most `longest_s`. A longer item is alone."""
    window: list[_Item] = []
    length = 0.0
    for item in items:
        own = seconds(item)
        if window and (length + GAP_S + own > longest_s or kind(window[0]) != kind(item)):
            yield window
            window, length = [], 0.0
        length += own + (GAP_S if window else 0.0)
        window.append(item)
    if window:
        yield window
