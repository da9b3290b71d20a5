"""Decides which stretches of a page are its article.

Each stretch is first scored by itself (`rules.RULES`), then by the scores of the stretches around it (`rules.COMPANY`). A list or a
table is judged as a whole, and a heading goes with the text under it.
"""

import math
from collections.abc import Sequence
from itertools import accumulate

from chaptercast.document.formats.html.layout_tables import is_layout
from chaptercast.document.main_content.features import Signs
from chaptercast.document.main_content.rules import COMPANY, KEEP, Company, weigh
from chaptercast.document.main_content.text_blocks import Box, Layout, Stretch

WHOLES = frozenset({"ul", "ol", "dl", "table"})
"""Boxes that are kept or left out as a whole."""
PART = 0.5
"""A list or table with this share of the page's running text is the page itself. Its parts are judged one by one."""
_WIDE = 8
_OUT = -3.0


def judge(layout: Layout, signs: Sequence[Signs]) -> list[bool]:
    """Returns for each stretch whether it is part of the article."""
    alone = [weigh(each) for each in signs]
    scores = [
        score + _company(company) for score, company in zip(alone, _companies(layout.stretches, alone), strict=True)
    ]
    scores = _evened(layout, scores)
    return [score > KEEP for score in _headed(layout.stretches, scores, signs)]


def _company(company: Company) -> float:
    return sum(rule.weight for rule in COMPANY if rule.test(company))


def _companies(stretches: Sequence[Stretch], scores: Sequence[float]) -> list[Company]:
    """Returns for each stretch how much of the text around it is the article, by words."""
    words = [stretch.words + 1 for stretch in stretches]
    total = [0.0, *accumulate(words)]
    kept = [0.0, *accumulate(w / (1 + math.exp(-score)) for w, score in zip(words, scores, strict=True))]
    last = len(words)

    def share(start: int, end: int) -> float:
        start, end = max(0, start), min(last, end)
        return (kept[end] - kept[start]) / (total[end] - total[start]) if end > start else 0.0

    return [
        Company(
            share(i - 1, i), share(i + 1, i + 2), share(i - 3, i), share(i + 1, i + 4), share(i - _WIDE, i + _WIDE + 1)
        )
        for i in range(last)
    ]


def _evened(layout: Layout, scores: Sequence[float]) -> list[float]:
    """Returns the scores, with one common score for each list and each data table: the mean, weighted by words."""
    wholes = _wholes(layout)
    members: dict[Box, list[int]] = {}
    for i, stretch in enumerate(layout.stretches):
        if stretch.box in wholes:
            members.setdefault(wholes[stretch.box], []).append(i)
    result = list(scores)
    for indexes in members.values():
        words = [layout.stretches[i].words + 1 for i in indexes]
        mean = sum(scores[i] * w for i, w in zip(indexes, words, strict=True)) / sum(words)
        for i in indexes:
            result[i] = mean
    return result


def _wholes(layout: Layout) -> dict[Box, Box]:
    """Returns for each box the outermost list or table around it, if that is judged as a whole."""
    found: dict[Box, Box] = {}
    most = PART * (layout.boxes[0].prose or 1) if layout.boxes else 0
    for box in layout.boxes:
        if box.parent in found:
            found[box] = found[box.parent]
        elif box.tag in WHOLES and box.prose < most and not (box.tag == "table" and is_layout(box.element)):
            found[box] = box
    return found


def _headed(stretches: Sequence[Stretch], scores: Sequence[float], signs: Sequence[Signs]) -> list[float]:
    """Returns the scores after headings were matched with their sections: a heading is out if nothing of its section is kept."""
    result = list(scores)
    kept_until: dict[int, bool] = {}
    """By heading level: whether anything is kept between here and the next heading of this level or above."""
    for i in range(len(stretches) - 1, -1, -1):
        level = stretches[i].level
        if not level:
            kept_until = {n: result[i] > KEEP or kept_until.get(n, False) for n in range(1, 7)}
            continue
        if level in kept_until and not kept_until[level] and not signs[i].is_title:
            result[i] = min(result[i], _OUT)
        kept = result[i] > KEEP
        kept_until = {n: kept_until.get(n, False) or kept for n in range(1, 7) if n < level}
    return result
