"""The judgement: which candidates are headings, of which level, with what evidence."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.document.model import Inlines
from chaptercast.document.outline import heading_series
from chaptercast.document.outline.candidate_context import counted, is_candidate, placed
from chaptercast.document.outline.candidates import Candidate, joined
from chaptercast.document.outline.features import Features, Kind
from chaptercast.document.outline.levels import Entry, levels_of
from chaptercast.document.outline.rules import confidence, weigh
from chaptercast.document.outline.title import Title
from chaptercast.document.outline.vetoes import DEMOTIONS, VETOES


class Verdict(Struct, frozen=True):
    """A piece that is a heading."""

    level: int
    confidence: float
    evidence: tuple[str, ...]
    inlines: Inlines
    completed_by: int | None = None
    """The piece below that is part of this heading."""


Finding: TypeAlias = tuple[float, tuple[str, ...], str]
"""A score, its evidence, and the family that showed the heading, if its looks did not."""


def judge(candidates: Sequence[Candidate], features: Sequence[Features], title: Title) -> dict[int, Verdict]:
    """The headings among `candidates`, by index, in order. `features` are those of `features_of`, without their place."""
    plain = [
        replace(f, kind=Kind.GAP, level=0, text="") if i in title.candidates else f for i, f in enumerate(features)
    ]
    plain = [_demoted(f) if i in title.others else f for i, f in enumerate(plain)]
    numbers = heading_series.numbers_with_lines(plain)
    plain = _completed(plain, numbers)
    seen = _counted(placed(_without_demoted(_counted(placed(plain)))))
    found = _by_rules(seen)
    found |= _family("number", "number and the line below", 3.0, numbers)
    found |= _family("claim", "claim with a parallel answer", 2.2, heading_series.parallel_answers(seen) - found.keys())
    found |= _family(
        "opener", "plain line that opens a series", 0.9, heading_series.series_openers(seen, found, title.text)
    )
    if not found:
        found = _family("line", "short line between paragraphs", 0.6, heading_series.isolated_lines(seen))
    return _verdicts(found, candidates, seen, numbers)


def _verdicts(
    found: dict[int, Finding],
    candidates: Sequence[Candidate],
    features: Sequence[Features],
    numbers: dict[int, int],
) -> dict[int, Verdict]:
    indexes = sorted(found)
    levels = levels_of([Entry(i, features[i], "" if features[i].level else found[i][2]) for i in indexes])
    verdicts = {}
    for i, level in zip(indexes, levels, strict=True):
        score, evidence, _ = found[i]
        inlines = candidates[i].inlines
        if i in numbers:
            inlines = joined([inlines, candidates[numbers[i]].inlines])
        marked = features[i].level > 0
        verdicts[i] = Verdict(
            level,
            1.0 if marked else confidence(score),
            _marks(features[i]) if marked else evidence,
            inlines,
            numbers.get(i),
        )
    return verdicts


def _marks(f: Features) -> tuple[str, ...]:
    return ("marked by the source", "named by the structure of the book") if f.depth else ("marked by the source",)


def _family(name: str, evidence: str, score: float, indexes: Iterable[int]) -> dict[int, Finding]:
    return dict.fromkeys(indexes, (score, (f"{evidence} {score:+.1f}",), name))


def _by_rules(features: Sequence[Features]) -> dict[int, Finding]:
    found: dict[int, Finding] = {}
    for i, f in enumerate(features):
        if not is_candidate(f):
            continue
        if f.level:
            found[i] = (20.0, (), "")
            continue
        score, evidence = weigh(f)
        if score > 0 and weigh(f, VETOES)[0] == 0:
            found[i] = (score, evidence, "")
    return found


def _counted(features: Sequence[Features]) -> list[Features]:
    """The features with the number of their like: of those first that are no line of a list, then of those without any veto."""
    return counted(
        counted(features, lambda f: not (f.crowded or f.repeated)), lambda f: f.level > 0 or weigh(f, VETOES)[0] == 0
    )


def _completed(features: Sequence[Features], numbers: dict[int, int]) -> list[Features]:
    """The features with each number's line taken out: the two are one heading."""
    result = list(features)
    for i, j in numbers.items():
        result[i] = replace(result[i], ending="", number=None, width=result[i].width + 1 + result[j].width)
        result[j] = Features(Kind.GAP)
    return result


def _without_demoted(features: Sequence[Features]) -> list[Features]:
    return [_demoted(f) if f.level and (not f.text or _speaks_against(f)) else f for f in features]


def _speaks_against(f: Features) -> bool:
    return not f.depth and weigh(f, DEMOTIONS)[0] < 0


def _demoted(f: Features) -> Features:
    """What the source marks as a heading and is none, as the text that it is."""
    return replace(
        f,
        level=0,
        kind=Kind.LINE if f.text else Kind.GAP,
        number=None,
        bold=False,
        demoted=True,
    )
