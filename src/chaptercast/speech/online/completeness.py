"""Proof that an utterance was spoken whole: what the service tells of its text, and how long it sounds.

A service that loses a part of a text says nothing of it: a connection that ends early looks like one that ended. Of a service that tells
nothing at all, the length is all the proof there is; it is held against what the voice took for what it said before.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import repeat

from msgspec import Struct

from chaptercast.common.units import Samples
from chaptercast.speech.model import EncodedSpeech, Utterance
from chaptercast.speech.online.duration_bounds import plausible_seconds, speaking_seconds
from chaptercast.speech.online.mp3_to_clip import Measured

_WORD = re.compile(r"[^\W_]+")
"""Letters and digits without a break: what is between them need not be told, since it need not be heard."""
_UNTOLD_CHARACTERS = 24
"""A stretch up to this length may be missing from what is told, where the times around it leave room for it to be said:
services tell the odd abbreviation or number otherwise than it is written."""
_AHEAD_SECONDS, _DRIFT, _AHEAD_SHARE = 0.25, 0.05, 0.35
"""By how much the last end that a service tells may be after the end of its audio: clocks drift; but in a short utterance by not
more than this share of it."""
_LEAST_SHARE = 0.55
"""What takes less than this share of the time that its voice usually needs lacks something: of one text to the next, paces differ by a
tenth, and a text that is full of figures or names takes longer, not shorter."""
_JUDGED_SECONDS = 2.0
"""Of shorter texts the pace says nothing."""
_QUIET_SECONDS = 1.0
"""By how much the beginning of the last word may be after the last sound: some services tell times that are spread evenly."""


def is_speakable(text: str) -> bool:
    """Whether there is anything in `text` to say: a letter or a digit."""
    return _WORD.search(text) is not None


class _Told(Struct, frozen=True):
    """A word or a sentence that the service told, by its place in the text and in time."""

    begin: int
    end: int
    at: float
    """Seconds on the service's clock at which it begins."""
    until: float | None
    """The same at which it ends, where that is told."""


def shortcoming(utterance: Utterance, measured: Measured) -> str:
    """What of `utterance` is missing in its speech, as a clause; nothing where it is proved whole."""
    if unfit := _unfit(utterance, measured):
        return unfit
    told = _told(measured)
    if not told:
        return "the service does not tell what was spoken"
    missing = _missing_seconds(told, measured)
    if missing > 0:
        return f"{missing:.1f} seconds of sound are missing at its end"
    return next((f"“{gap[:60]}” was not spoken" for gap in _gaps(utterance.text, told, measured.seconds)), "")


def untold_shortcoming(utterance: Utterance, measured: Measured, usual: float | None) -> str:
    """The same of a service that does not tell what it spoke.

    `usual` is how many times as long as reckoned the voice takes, where that is known.
    """
    if unfit := _unfit(utterance, measured):
        return unfit
    expected = speaking_seconds(utterance.text, utterance.prosody.rate) * (usual or 0)
    if expected >= _JUDGED_SECONDS and measured.seconds < _LEAST_SHARE * expected:
        return f"{measured.seconds:.1f} seconds of sound came where {expected:.1f} were to be expected"
    return ""


def _unfit(utterance: Utterance, measured: Measured) -> str:
    """What is wrong where no voice can have said the text in that time."""
    shortest, longest = plausible_seconds(utterance.text, utterance.prosody.rate)
    fits = shortest <= measured.seconds <= longest
    return "" if fits else f"{measured.seconds:.1f} seconds of sound do not fit {len(utterance.text)} characters"


def _missing_seconds(told: tuple[_Told, ...], measured: Measured) -> float:
    """How much of what is told is after the end of the audio, or of all sound in it."""
    rate, last = measured.rate, told[-1]
    end = last.at if last.until is None else last.until
    span = end - told[0].at
    late = max(0.0, told[0].at - measured.onset / rate)  # a clock that began before the audio did
    beyond_the_audio = end - late - measured.samples / rate
    if beyond_the_audio > min(_AHEAD_SECONDS + _DRIFT * span, _AHEAD_SHARE * span):
        return beyond_the_audio
    in_silence = last.at - late - measured.end / rate
    return in_silence if in_silence > _QUIET_SECONDS + _DRIFT * span else 0.0


def _told(measured: Measured) -> tuple[_Told, ...]:
    """Words, or sentences where no words are told."""
    speech, rate = measured.speech, measured.rate
    timings = speech.words or speech.sentences
    ends: Iterable[Samples | None] = (speech.ends if isinstance(speech, EncodedSpeech) else ()) or repeat(None)
    return tuple(
        _Told(timing.offset, timing.offset + timing.length, timing.start / rate, None if end is None else end / rate)
        for timing, end in zip(timings, ends, strict=False)
    )


def _gaps(text: str, told: tuple[_Told, ...], seconds: float) -> Iterator[str]:
    """The stretches of text that are not told, and for which there was no time, at the pace of the rest, between those that are."""
    pace = _pace(text, told)
    start = told[0].at
    before = _Told(0, 0, start, start)
    for one in (*told, _Told(len(text), len(text), start + seconds, None)):
        gap = text[before.end : one.begin].strip()
        if is_speakable(gap):
            # Where the end of what is before is not told, the time for saying that is counted in.
            said = gap if before.until is not None else text[before.begin : before.end] + gap
            room = one.at - (before.at if before.until is None else before.until)
            if len(gap) > _UNTOLD_CHARACTERS or room < speaking_seconds(said, pace) / 2:
                yield gap
        before = one


def _pace(text: str, told: tuple[_Told, ...]) -> float:
    """How many times as fast as normal the words are spoken that are told; not less than once."""
    took = sum(one.until - one.at for one in told if one.until is not None)
    said = "".join(text[one.begin : one.end] for one in told)
    return max(1.0, speaking_seconds(said) / took) if took > 0 else 1.0
