"""Proves that an utterance was spoken completely: by the service's own report on its text, and by the duration of the sound.

A service that loses part of a text does not say so: a connection that breaks early looks like one that ended. If a service reports
nothing, the duration is the only proof. It is compared with the voice's pace in its earlier utterances.
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
"""An unbroken run of letters and digits. The signs between them need not be reported, because they need not be heard."""
_UNTOLD_CHARACTERS = 24
"""A stretch up to this length may be unreported if the times around it leave room to speak it: services report some abbreviations or
numbers in another form than the written one."""
_AHEAD_SECONDS, _DRIFT, _AHEAD_SHARE = 0.25, 0.05, 0.35
"""How far the last reported end may lie after the end of the audio, because clocks drift. In a short utterance, at most this share of it.
"""
_LEAST_SHARE = 0.55
"""Speech that takes less than this share of its voice's usual time is incomplete. From text to text, the pace varies by a tenth, and a
text full of numbers or names takes longer, not shorter."""
_JUDGED_SECONDS = 2.0
"""For shorter texts, the pace is not significant."""
_QUIET_SECONDS = 1.0
"""How far the onset of the last word may lie after the last sound: some services report evenly spread times."""


def is_speakable(text: str) -> bool:
    """Whether `text` contains anything to speak: a letter or a digit."""
    return _WORD.search(text) is not None


class _Told(Struct, frozen=True):
    """A word or a sentence that the service reported, with its place in the text and in time."""

    begin: int
    end: int
    at: float
    """Its onset, in seconds on the service's clock."""
    until: float | None
    """Its end, if it is reported."""


def shortcoming(utterance: Utterance, measured: Measured) -> str:
    """What is missing in the speech of `utterance`, as a clause. Empty if the speech is proved complete."""
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
    """The same for a service that does not report what it spoke.

    `usual` is the voice's usual ratio of real to estimated duration, if it is known.
    """
    if unfit := _unfit(utterance, measured):
        return unfit
    expected = speaking_seconds(utterance.text, utterance.prosody.rate) * (usual or 0)
    if expected >= _JUDGED_SECONDS and measured.seconds < _LEAST_SHARE * expected:
        return f"{measured.seconds:.1f} seconds of sound came where {expected:.1f} were to be expected"
    return ""


def _unfit(utterance: Utterance, measured: Measured) -> str:
    """The fault if no voice can have spoken the text in that time."""
    shortest, longest = plausible_seconds(utterance.text, utterance.prosody.rate)
    fits = shortest <= measured.seconds <= longest
    return "" if fits else f"{measured.seconds:.1f} seconds of sound do not fit {len(utterance.text)} characters"


def _missing_seconds(told: tuple[_Told, ...], measured: Measured) -> float:
    """How much of the reported speech lies after the end of the audio, or after its last sound."""
    rate, last = measured.rate, told[-1]
    end = last.at if last.until is None else last.until
    span = end - told[0].at
    late = max(0.0, told[0].at - measured.onset / rate)  # the clock began before the audio
    beyond_the_audio = end - late - measured.samples / rate
    if beyond_the_audio > min(_AHEAD_SECONDS + _DRIFT * span, _AHEAD_SHARE * span):
        return beyond_the_audio
    in_silence = last.at - late - measured.end / rate
    return in_silence if in_silence > _QUIET_SECONDS + _DRIFT * span else 0.0


def _told(measured: Measured) -> tuple[_Told, ...]:
    """The reported words; if there are none, the sentences."""
    speech, rate = measured.speech, measured.rate
    timings = speech.words or speech.sentences
    ends: Iterable[Samples | None] = (speech.ends if isinstance(speech, EncodedSpeech) else ()) or repeat(None)
    return tuple(
        _Told(timing.offset, timing.offset + timing.length, timing.start / rate, None if end is None else end / rate)
        for timing, end in zip(timings, ends, strict=False)
    )


def _gaps(text: str, told: tuple[_Told, ...], seconds: float) -> Iterator[str]:
    """The stretches of text between reported words that are not reported and had no time to be spoken, at the pace of the rest."""
    pace = _pace(text, told)
    start = told[0].at
    before = _Told(0, 0, start, start)
    for one in (*told, _Told(len(text), len(text), start + seconds, None)):
        gap = text[before.end : one.begin].strip()
        if is_speakable(gap):
            # If the end of the preceding word is not reported, the time to speak that word is counted, too.
            said = gap if before.until is not None else text[before.begin : before.end] + gap
            room = one.at - (before.at if before.until is None else before.until)
            if len(gap) > _UNTOLD_CHARACTERS or room < speaking_seconds(said, pace) / 2:
                yield gap
        before = one


def _pace(text: str, told: tuple[_Told, ...]) -> float:
    """The pace of the reported words, as a multiple of the normal pace; at least one."""
    took = sum(one.until - one.at for one in told if one.until is not None)
    said = "".join(text[one.begin : one.end] for one in told)
    return max(1.0, speaking_seconds(said) / took) if took > 0 else 1.0
