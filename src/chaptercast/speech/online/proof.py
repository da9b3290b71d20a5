"""Proof that an utterance was spoken whole: what the service tells of its text, and how long it sounds.

A service that loses a part of a text says nothing of it: a connection that ends early looks like one that ended.
"""

import re
from collections.abc import Iterator

from chaptercast.speech.model import Timing, Utterance
from chaptercast.speech.online.frames import Measured
from chaptercast.speech.online.pace import plausible_seconds, speaking_seconds

_WORD = re.compile(r"[^\W_]+")
"""Letters and digits without a break: what is between them need not be told, since it need not be heard."""
_UNTOLD_CHARACTERS = 24
"""A stretch up to this length may be missing from what is told, where the times around it leave room for it to be said:
services tell the odd abbreviation or number otherwise than it is written."""
_LATE_SECONDS, _LATE_SHARE = 0.5, 0.02
"""By how much the clock of a service may run ahead of the sound that it sends."""


def is_speakable(text: str) -> bool:
    """Whether there is anything in `text` to say: a letter or a digit."""
    return _WORD.search(text) is not None


def shortcoming(utterance: Utterance, measured: Measured) -> str:
    """What of `utterance` is missing in its speech, as a clause; nothing where it is proved whole."""
    shortest, longest = plausible_seconds(utterance.text, utterance.prosody.rate)
    if not shortest <= measured.seconds <= longest:
        return f"{measured.seconds:.1f} seconds of sound do not fit {len(utterance.text)} characters"
    told = _told(measured)
    if not told:
        return "the service does not tell what was spoken"
    rate = measured.speech.grid.sample_rate
    late = (told[-1].start - told[0].start) / rate - measured.seconds
    if late > _LATE_SECONDS + _LATE_SHARE * measured.seconds:
        return f"the sound ends {late:.1f} seconds before its last words"
    return next((f"“{gap[:60]}” was not spoken" for gap in _gaps(utterance, told, measured)), "")


def _told(measured: Measured) -> tuple[Timing, ...]:
    """Words and sentences told, by their place in the text."""
    speech = measured.speech
    return tuple(sorted((*speech.words, *speech.sentences), key=lambda timing: (timing.offset, timing.length)))


def _gaps(utterance: Utterance, told: tuple[Timing, ...], measured: Measured) -> Iterator[str]:
    """The stretches of text that are not told, and for which there was no time between those that are."""
    text, rate = utterance.text, measured.speech.grid.sample_rate
    end_of_sound = told[0].start + measured.end - measured.onset
    stops = [(timing.offset, timing.offset + timing.length, int(timing.start)) for timing in told]
    last, last_at, covered = "", int(told[0].start), 0
    for begin, end, at in (*stops, (len(text), len(text), end_of_sound)):
        gap = text[covered:begin].strip()
        if is_speakable(gap):
            needed = speaking_seconds(last + gap, utterance.prosody.rate) / 2
            if len(gap) > _UNTOLD_CHARACTERS or (at - last_at) / rate < needed:
                yield gap
        if end >= covered:
            last, last_at, covered = text[begin:end], at, end
