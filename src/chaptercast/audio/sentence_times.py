"""What was said becomes timed text: the sentences as they are written, at the times at which they are heard."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.audio.model import Passage, TimedSentence, TimedWord
from chaptercast.audio.token_alignment import Span, written_spans
from chaptercast.common.units import Milliseconds, Samples
from chaptercast.script.model import Say, Sentence
from chaptercast.speech.model import Clip, Timing
from chaptercast.text_structure import shifted


def timed_passage(chapter: int, say: Say, clip: Clip, begins: Samples) -> Passage:
    """The sentences of `say` as heard from `clip`, whose first frame is at sample `begins` of the recording.

    What has nothing written is not shown: announcements, and the rest of a sentence longer than an engine takes, which the sentence
    before covers. A sentence starts with its first word that the engine tells, else where the engine tells a sentence, else in
    proportion to the characters; it ends where the next one starts.
    """
    stretches = _stretches(say)
    spoken = say.spoken
    words = tuple(_in_order(clip.words, len(spoken)))
    offsets = [word.offset for word in words]
    own = [words[bisect_left(offsets, s.begin) : bisect_left(offsets, s.end)] for s in stretches]
    starts = _starts(stretches, [said[0].start if said else None for said in own], clip)
    milliseconds = clip.grid.milliseconds
    sentences = []
    for stretch, said, (start, end) in zip(stretches, own, pairwise((*starts, int(clip.end))), strict=True):
        if stretch.written:
            times = [milliseconds(begins + min(max(word.start, start), end)) for word in said]
            timed = _timed_words(stretch, spoken[stretch.begin : stretch.end].rstrip(), said, times)
            heard = milliseconds(begins + start), milliseconds(begins + end)
            sentences.append(_timed_sentence(stretch.sentence, *heard, timed))
    return Passage(chapter, say.role, say.language, say.continues, tuple(sentences), say.text, say.place)


def _timed_sentence(
    sentence: Sentence, start: Milliseconds, end: Milliseconds, words: tuple[TimedWord, ...]
) -> TimedSentence:
    written = sentence.written
    begin, finish = len(written) - len(written.lstrip()), len(written.rstrip())
    marks = shifted(sentence.marks, begin, finish)
    return TimedSentence(written[begin:finish], start, end, words, written[:begin], written[finish:], marks)


def written_words(say: Say, spans: Sequence[Span]) -> Iterator[str]:
    """What the author wrote where the `spans` of what is said stand, in order; what is said where nothing is written there."""
    spoken = say.spoken
    for stretch in _stretches(say) if spans else ():
        own = [
            (begin - stretch.begin, end - stretch.begin) for begin, end in spans if stretch.begin <= begin < stretch.end
        ]
        said = spoken[stretch.begin : stretch.end]
        for (begin, end), written in zip(own, written_spans(stretch.written, said, own), strict=True):
            yield stretch.written[slice(*written)] if written else said[begin:end]


class _Stretch(Struct, frozen=True):
    """A sentence in the spoken text, with what is spoken after it and not written."""

    sentence: Sentence
    written: str
    """By it, without white space around it."""
    begin: int
    end: int
    """In characters."""


def _stretches(say: Say) -> list[_Stretch]:
    """All of the spoken text; only the first may have nothing written."""
    found: list[_Stretch] = []
    place = 0
    for sentence in say.sentences:
        begin, place = place, place + (len(sentence.spoken) + 1 if sentence.spoken else 0)
        written = sentence.written.strip()
        if written or not found:
            found.append(_Stretch(sentence, written, begin, place))
        else:
            found[-1] = replace(found[-1], end=place)
    return found


def _in_order(words: Sequence[Timing], length: int) -> Iterator[Timing]:
    """The words that go on in a text of `length` characters; what an engine tells twice or of another place is passed over."""
    place = 0
    for word in words:
        if place <= word.offset <= word.offset + word.length <= length and word.offset < length:
            place = word.offset + word.length
            yield word


def _timed_words(
    stretch: _Stretch, spoken: str, said: Sequence[Timing], times: Sequence[Milliseconds]
) -> tuple[TimedWord, ...]:
    spans = written_spans(stretch.written, spoken, _places(stretch, spoken, said))
    timed = []
    latest = Milliseconds(0)
    for span, time in zip(spans, times, strict=True):
        if span is not None:
            latest = max(latest, time)
            timed.append(TimedWord(latest, span[0], span[1] - span[0]))
    return tuple(timed)


def _places(stretch: _Stretch, spoken: str, said: Sequence[Timing]) -> list[Span]:
    """Where the words stand in the stretch.

    With a word goes what follows it and is not told: eSpeak NG tells “so far” as “so”, and of some words no length at all.
    """
    begins = [*(word.offset - stretch.begin for word in said), len(spoken)]
    places = []
    for word, (begin, following) in zip(said, pairwise(begins), strict=True):
        end = begin + word.length
        gap = spoken[end:following]
        places.append((begin, end if gap == " " else end + _last_letter(gap)))
    return places


def _last_letter(text: str) -> int:
    """Where the last letter or digit of `text` ends."""
    end = len(text)
    while end and not (text[end - 1].isalnum() or unicodedata.category(text[end - 1]).startswith("M")):
        end -= 1
    return end


def _starts(stretches: Sequence[_Stretch], first_words: Sequence[Samples | None], clip: Clip) -> list[int]:
    """When each stretch begins, in samples of the clip: in order, from `onset` to `end`. The first begins with the first sound."""
    if not stretches:
        return []
    told = (
        _told(stretch, clip) if word is None else word
        for stretch, word in zip(stretches[1:], first_words[1:], strict=True)
    )
    times = [clip.onset, *told, clip.end]
    places = [*(stretch.begin for stretch in stretches), stretches[-1].end]
    starts: list[int] = []
    latest = int(clip.onset)
    for number, time in enumerate(times[:-1]):
        if time is None:
            later, known = next((n, t) for n, t in enumerate(times) if n > number and t is not None)
            characters = places[number] - places[number - 1], max(1, places[later] - places[number - 1])
            time = Samples(latest + (known - latest) * characters[0] // characters[1])  # noqa: PLW2901
        latest = min(max(time, latest), clip.end)
        starts.append(latest)
    return starts


def _told(stretch: _Stretch, clip: Clip) -> Samples | None:
    """When the engine says that a sentence begins in a stretch."""
    return next((told.start for told in clip.sentences if stretch.begin <= told.offset < stretch.end), None)
