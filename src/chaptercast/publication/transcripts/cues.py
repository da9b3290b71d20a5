"""Timed text as cues: what is shown, from when to when. One after another, none of them of no length."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from chaptercast.audio.model import Chapter, Passage, TimedSentence
from chaptercast.common.units import UNDETERMINED, LanguageTag, Milliseconds
from chaptercast.publication.transcripts.line_breaking import blocks, cleaned, folded


class Cue(NamedTuple):
    """See the module. A tuple: there are thousands in an hour."""

    start: Milliseconds
    end: Milliseconds
    lines: tuple[str, ...]
    language: LanguageTag = UNDETERMINED


def line_cues(passages: Iterable[Passage], limit: int) -> Iterator[Cue]:
    """A cue for each sentence, or several where it is more than two lines of `limit` (in widths of a letter)."""
    return _successive(
        cue
        for passage in passages
        for sentence in passage.sentences
        for cue in _pieces(sentence, passage.language, limit)
    )


def sentence_cues(passages: Iterable[Passage]) -> Iterator[Cue]:
    """A cue of one line for each sentence."""
    return _successive(
        Cue(sentence.start, sentence.end, (folded(cleaned(sentence.text)),), passage.language)
        for passage in passages
        for sentence in passage.sentences
    )


def chapter_cues(chapters: Iterable[Chapter]) -> Iterator[Cue]:
    """A cue of one line for each chapter."""
    return _successive(Cue(c.start, c.end, (folded(cleaned(c.title)),)) for c in chapters)


def _pieces(sentence: TimedSentence, language: LanguageTag, limit: int) -> Iterator[Cue]:
    shown = list(blocks(cleaned(sentence.text), limit))
    if len(shown) == 1:
        yield Cue(sentence.start, sentence.end, shown[0].lines, language)
        return
    places = [*(block.begin for block in shown), len(sentence.text)]
    starts = [sentence.start, *(_start(sentence, *at) for at in pairwise(places[1:]))]
    for block, (start, end) in zip(shown, pairwise((*starts, sentence.end)), strict=True):
        yield Cue(start, end, block.lines, language)


def _start(sentence: TimedSentence, begin: int, end: int) -> Milliseconds:
    """When the text from `begin` to `end` begins: with its first word, else in proportion between the words around it."""
    offsets = [word.offset for word in sentence.words]
    after = bisect_left(offsets, begin)
    words = sentence.words
    if after < len(words) and offsets[after] < end:
        return words[after].start
    known, early = (offsets[after - 1], words[after - 1].start) if after else (0, sentence.start)
    later, late = (offsets[after], words[after].start) if after < len(words) else (len(sentence.text), sentence.end)
    return Milliseconds(early + (late - early) * (begin - known) // max(1, later - known))


def _successive(cues: Iterable[Cue]) -> Iterator[Cue]:
    """`cues` that do not overlap and have some length, if only a millisecond, as WebVTT wants it."""
    latest = Milliseconds(0)
    for cue in cues:
        start = max(cue.start, latest)
        latest = max(cue.end, Milliseconds(start + 1))
        yield Cue(start, latest, cue.lines, cue.language)
