"""Passages packed into windows: a recogniser takes as long for one second as for thirty, so several are heard at once."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

GAP_S = 0.5
"""Of silence between two passages in a window."""
_Item = TypeVar("_Item")


def packed(
    items: Iterable[_Item], seconds: Callable[[_Item], float], kind: Callable[[_Item], str], longest_s: float
) -> Iterator[list[_Item]]:
    """Runs of items in their order that together last at most `longest_s`, of one `kind` each. What is longer by itself is alone."""
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
