"""When sentences begin in speech of which nothing is told: about where their share of the time lies, and there at the pause that is heard.

A voice does not keep to a pace: after half a minute the share alone may be a second off. It does pause between sentences, and between
their clauses. So of all ways to give these places the pauses that are heard, in order, that is taken in which long pauses are near to
where they should be. (A place of a clause that takes its own pause leaves those of the sentences to these.)
"""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from chaptercast.common.units import Samples
from chaptercast.speech.model import Timing, Utterance
from chaptercast.speech.online.duration_bounds import speaking_seconds

if TYPE_CHECKING:
    from pydub import AudioSegment

_WINDOW_MS = 10
_PAUSE_WINDOWS = 10
"""A tenth of a second: what is shorter may be the closing of a consonant."""
_PAUSE_SHARE = 0.056
"""25 dB below the loudness of the whole."""
_WORTH = 5.0
"""How many seconds nearer a boundary's place a pause would have to be to be taken for one that is a second longer."""
_LONGEST_S = 0.8
"""A pause that is longer than this is not more of one."""
_NO_PAUSE_S, _NO_PAUSE_WITHIN_S = 1.0, 0.2
"""What it costs to give a boundary no pause, in seconds: one between sentences, one between clauses."""
_CLAUSE = re.compile(r"(?<=[，；：、,;:—–…])(?!\d)\s*")
"""Where a clause ends: after the sign."""


class _Pause(Struct, frozen=True):
    """A stretch that is quiet, in seconds."""

    length: float
    until: float


class _Boundary(Struct, frozen=True):
    """A place in the text where a voice may pause."""

    at: int
    """In characters."""
    expected: float
    """When its share of the time is over, in seconds."""
    is_sentence: bool

    @property
    def without(self) -> float:
        """What it costs to give it no pause."""
        return _NO_PAUSE_S if self.is_sentence else _NO_PAUSE_WITHIN_S


def sentence_starts(utterance: Utterance, segment: "AudioSegment", onset: int, end: int) -> tuple[Timing, ...]:
    """When each sentence of `utterance` begins, in samples of `segment`, which sounds from `onset` to `end`.

    Nothing where it is not known where its sentences begin in the text.
    """
    if not utterance.sentences:
        return ()
    rate, seconds = segment.frame_rate, (end - onset) / segment.frame_rate
    boundaries = _boundaries(utterance, seconds)
    found = _given(boundaries, _pauses(segment, onset, end)) if boundaries else []
    times = {0: 0.0, **dict(zip((b.at for b in boundaries), _filled(boundaries, found, seconds), strict=True))}
    begins = (0, *(begin for begin in utterance.sentences[1:] if begin in times))  # what begins at the end is none
    return tuple(
        Timing(Samples(onset + round(times[begin] * rate)), begin, after - begin)
        for begin, after in pairwise((*begins, len(utterance.text)))
    )


def _boundaries(utterance: Utterance, seconds: float) -> list[_Boundary]:
    """The places of a text that takes so many seconds, in order."""
    text, sentences = utterance.text, set(utterance.sentences[1:])
    within = {match.end() for match in _CLAUSE.finditer(text)}
    places = sorted(place for place in sentences | within if 0 < place < len(text))
    reckoned = [speaking_seconds(text[begin:after]) for begin, after in pairwise((0, *places, len(text)))]
    pace = seconds / (sum(reckoned) or 1.0)
    return [
        _Boundary(place, pace * until, place in sentences)
        for place, until in zip(places, accumulate(reckoned), strict=False)
    ]


def _pauses(segment: "AudioSegment", onset: int, end: int) -> list[_Pause]:
    """The quiet stretches from `onset` to `end`, in seconds from there."""
    from pydub.utils import audioop

    samples = segment.frame_rate * _WINDOW_MS // 1000
    window, seconds = 2 * samples, samples / segment.frame_rate
    pcm = memoryview(segment.raw_data)[2 * onset : 2 * end]
    quiet_below = _PAUSE_SHARE * audioop.rms(pcm, 2)
    found = []
    quiet = 0
    for number, at in enumerate(range(0, len(pcm), window)):
        if audioop.rms(pcm[at : at + window], 2) <= quiet_below:
            quiet += 1
            continue
        if quiet >= _PAUSE_WINDOWS:
            found.append(_Pause(quiet * seconds, number * seconds))
        quiet = 0
    return found


def _given(boundaries: Sequence[_Boundary], pauses: Sequence[_Pause]) -> list[float | None]:
    """For each boundary the end of the pause that it is given, or nothing: the cheapest way to give them in order.

    Dynamic programming: `costs[n][m]` is what the first n boundaries cost with the first m pauses.
    """
    costs = [[0.0] * (len(pauses) + 1)]
    for boundary in boundaries:
        before = costs[-1]
        row = [before[0] + boundary.without]
        for count, pause in enumerate(pauses, 1):
            row.append(min(row[-1], before[count] + boundary.without, before[count - 1] + _cost(boundary, pause)))
        costs.append(row)
    found: list[float | None] = []
    count = len(pauses)
    for number in range(len(boundaries), 0, -1):
        while count and costs[number][count] == costs[number][count - 1]:
            count -= 1
        if costs[number][count] == costs[number - 1][count] + boundaries[number - 1].without:
            found.append(None)
        else:
            count -= 1
            found.append(pauses[count].until)
    return found[::-1]


def _cost(boundary: _Boundary, pause: _Pause) -> float:
    return abs(pause.until - boundary.expected) - _WORTH * min(pause.length, _LONGEST_S)


def _filled(boundaries: Sequence[_Boundary], found: Sequence[float | None], seconds: float) -> list[float]:
    """`found`, and what is not there in proportion between its neighbours."""
    known = [(-1, 0.0, 0.0)]
    known += [(n, b.expected, t) for n, (b, t) in enumerate(zip(boundaries, found, strict=True)) if t is not None]
    known.append((len(boundaries), seconds, seconds))
    times: list[float] = []
    for (first, expected, begin), (after, expected_after, end) in pairwise(known):
        span = expected_after - expected
        share = (end - begin) / span if span > 0 else 0.0
        times += [begin] * (first >= 0)
        times += [begin + (b.expected - expected) * share for b in boundaries[first + 1 : after]]
    return times
