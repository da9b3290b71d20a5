"""What is measured in speech before it is encoded, or as it is decoded: how loud it is, and where a word is really heard."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from chaptercast.common.units import Samples
from chaptercast.speech.model import LEVELS_A_SECOND, Timing

if TYPE_CHECKING:
    from pydub import AudioSegment

_SOUNDING_RMS = 104
"""-50 dBFS, of 16 bits."""
_WINDOW_MS, _LATEST_MS = 5, 120
"""A word is looked for as long as a stop is closed that it may begin with, and a little more."""
_TOP_BITS = 7
"""What is shifted away so that 15 bits become 8."""


def levels(segment: "AudioSegment", first: int, last: int) -> bytes:
    """The loudest sample of each tenth of a second from sample `first` to `last`, from 0 to 255."""
    from pydub.utils import audioop

    step = 2 * (segment.frame_rate // LEVELS_A_SECOND)
    pcm = memoryview(segment.raw_data)[2 * first : 2 * last]
    return bytes(min(audioop.max(pcm[at : at + step], 2) >> _TOP_BITS, 255) for at in range(0, len(pcm), step))


def settled(timings: Iterable[Timing], segment: "AudioSegment") -> tuple[Timing, ...]:
    """`timings`, in samples of `segment`; one that is in silence waits for the sound that follows at once.

    Engines count a word from where its first consonant is closed, which may be 60 ms before anything is heard.
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
