"""Finds by how many quarter turns the picture of a page stands upright: pages that were scanned sideways or upside down.

The recogniser finds lines in any direction, but does not tell in which they run, and recognises turned ones badly. A few lines show the
direction when they are read in both. So a picture is turned before it is recognised, and recognised once.
"""

from collections.abc import Callable, Sequence

_LONG = 3.0
"""The box of a line is at least this many times as long as high. Shorter ones show no direction."""
_LINES = 3
"""Maximum number of lines that are read."""
_PART = 14.0
"""How much of a line is read, as a multiple of its height: its middle."""
_CLEAR = 0.3
"""If the recogniser is so much surer of one direction than of the other, no more lines are read."""
_BETTER = 0.1
"""A page is turned upside down if the recogniser is at least so much surer then, on average."""
_SURE = 0.5
"""A page is put on its side if the recogniser is at least so sure then, on average. Columns of Chinese signs are no sideways lines."""

Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge, in pixels."""


def quarter_turns(boxes: Sequence[Box], sure: Callable[[Box, int], float]) -> int:
    """Returns by how many quarter turns to the left the picture of a page stands upright: 0 to 3.

    `boxes` are those of its lines. `sure` returns how sure the recogniser is of the text in a box, after quarter turns to the left.
    """
    long = sorted((box for box in boxes if _length(box) >= _LONG * _thickness(box)), key=_length, reverse=True)
    if not long:
        return 0
    is_sideways = sum(_length(box) for box in long if _is_tall(box)) > sum(map(_length, long)) / 2
    one, other = (1, 3) if is_sideways else (0, 2)
    first = second = 0.0
    lines = [_middle(box) for box in long if _is_tall(box) == is_sideways][:_LINES]
    for read, box in enumerate(lines, start=1):
        first += sure(box, one)
        second += sure(box, other)
        if abs(first - second) >= _CLEAR * read:
            break
    if is_sideways:
        return (one if first >= second else other) if max(first, second) >= _SURE * read else 0
    return other if second - first >= _BETTER * read else one


def _is_tall(box: Box) -> bool:
    return box[3] - box[1] > box[2] - box[0]


def _length(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def _thickness(box: Box) -> float:
    return max(min(box[2] - box[0], box[3] - box[1]), 1.0)


def _middle(box: Box) -> Box:
    """Returns the middle part of a long line: enough to show its direction."""
    excess = max(0.0, _length(box) - _PART * _thickness(box)) / 2
    left, top, right, bottom = box
    return (
        (left, top + excess, right, bottom - excess) if _is_tall(box) else (left + excess, top, right - excess, bottom)
    )
