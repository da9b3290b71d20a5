"""Computes when each utterance of a script is heard, from the times of its written sentences in the transcript. Pure."""

from collections.abc import Sequence
from typing import TypeAlias

from chaptercast.publication.transcripts.line_breaking import cleaned, folded
from chaptercast.script.model import Sentence

Segment: TypeAlias = tuple[str, float, float]
"""A sentence of a transcript: its text, start and end, in seconds."""
Span: TypeAlias = tuple[float, float]

_LOOK_AHEAD = 8
"""If script and transcript differ, an expected sentence is searched for among this many sentences."""
_LEAST_S = 0.25
"""Minimum time between two passages for an announcement by the narrator: less is a pause."""
_PAUSE_S = 0.15
"""Minimum silence between it and its neighbours."""


def placed(utterances: Sequence[Sequence[Sentence]], segments: Sequence[Segment], length_s: float) -> list[Span | None]:
    """Returns the time of each utterance, None if it is not known.

    The narrator's announcements (“List with three items.”) are not in a transcript: they are between their neighbours. If there are
    several in a row, their times are in proportion to their numbers of letters.
    """
    known = _known(utterances, segments)
    spans: list[Span | None] = []
    for number, (sentences, span) in enumerate(zip(utterances, known, strict=True)):
        if span and sentences[0].written.strip():
            spans.append(span)
        elif span:
            spans.append((_before(known, number) + _PAUSE_S, span[1]))
        elif any(sentence.written.strip() for sentence in sentences):
            spans.append(None)
        else:
            spans.append(_between(utterances, known, number, length_s))
    return spans


def _known(utterances: Sequence[Sequence[Sentence]], segments: Sequence[Segment]) -> list[Span | None]:
    place = 0
    spans: list[Span | None] = []
    for sentences in utterances:
        own: list[Segment] = []
        for text in filter(None, (folded(cleaned(sentence.written.strip())) for sentence in sentences)):
            ahead = range(place, min(place + _LOOK_AHEAD, len(segments)))
            at = next((n for n in ahead if segments[n][0] == text), None)
            if at is not None:
                own.append(segments[at])
                place = at + 1
        spans.append((own[0][1], own[-1][2]) if own else None)
    return spans


def _before(known: Sequence[Span | None], number: int) -> float:
    """Returns the end of the last utterance before it whose time is known."""
    return next((span[1] for span in reversed(known[:number]) if span), 0.0)


def _between(
    utterances: Sequence[Sequence[Sentence]], known: Sequence[Span | None], number: int, length_s: float
) -> Span | None:
    begin = _before(known, number) + _PAUSE_S
    end = next((span[0] for span in known[number + 1 :] if span), length_s) - _PAUSE_S
    first = number
    while first and known[first - 1] is None:
        first -= 1
    last = number
    while last + 1 < len(known) and known[last + 1] is None:
        last += 1
    letters = [sum(len(sentence.spoken) for sentence in one) for one in utterances[first : last + 1]]
    before, own, total = sum(letters[: number - first]), letters[number - first], sum(letters) or 1
    start, stop = begin + (end - begin) * before / total, begin + (end - begin) * (before + own) / total
    return (start, stop) if stop - start >= _LEAST_S else None
