"""Measures speech before it is encoded, or while it is decoded: its loudness, and the true onset of a word."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from chaptercast.common.units import Samples
from chaptercast.speech.loudness import peaks
from chaptercast.speech.model import Timing

if TYPE_CHECKING:
    from pydub import AudioSegment

_SOUNDING_RMS = 104
"""-50 dBFS at 16 bits."""
_WINDOW_MS, _LATEST_MS = 5, 120
"""A word's sound is searched for as long as the closure of an initial stop consonant lasts, and a little longer."""
_TOP_BITS = 7
"""The shift from 15 bits to 8."""


def levels(pcm: bytes, rate: int, first: int, last: int) -> bytes:
    """The peak of each tenth of a second of PCM from sample `first` to `last`, from 0 to 255."""
    return as_levels(peaks(memoryview(pcm)[2 * first : 2 * last], rate))


def as_levels(highest: Iterable[int]) -> bytes:
    """Peaks of 16 bits as values from 0 to 255."""
    return bytes(min(peak >> _TOP_BITS, 255) for peak in highest)


def settled(timings: Iterable[Timing], segment: "AudioSegment") -> tuple[Timing, ...]:
    """`timings`, in samples of `segment`. An onset in silence moves to the sound that follows immediately.

    Engines count a word from the closure of its first consonant, which may be 60 ms before anything is audible.
    """
    from pydub.utils import audioop

    window = 2 * (segment.frame_rate * _WINDOW_MS // 1000)
    pcm = memoryview(segment.raw_data)
    windows = range(0, window * (_LATEST_MS // _WINDOW_MS), window)

    def heard(start: int) -> int:
        begin = 2 * max(0, start)
        places = (begin + ahead for ahead in windows)
        sounding = (at for at in places if audioop.rms(pcm[at : at + window], 2) >= _SOUNDING_RMS)
        return next(sounding, begin) // 2

    return tuple(timing._replace(start=Samples(heard(timing.start))) for timing in timings)
