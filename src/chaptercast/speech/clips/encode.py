"""Makes a `Clip` from an engine's PCM: trims silence at both ends, encodes once, cuts to whole frames.

The same speech gives the same clip anywhere in a recording. So any worker can make clips, and clips can be cached.
"""

import warnings
from typing import TYPE_CHECKING, Any

import lameenc
from msgspec.structs import replace

from chaptercast.common.mpeg_frames import CODEC_DELAY, Grid, frame_offsets
from chaptercast.common.units import FrameCount, Samples
from chaptercast.speech.loudness import Level, levelled, peaks, speech_blocks, true_peak
from chaptercast.speech.model import Clip, Speech, Timing
from chaptercast.speech.onset_and_loudness import as_levels, settled

if TYPE_CHECKING:
    from pydub import AudioSegment

_SILENCE_DBFS, _BELOW_THE_LOUDEST_DB, _NOISE_DBFS = -50.0, 25.0, -75.0
"""The silence threshold, the speech margin and the noise floor. Sound below the threshold is not heard as speech: eSpeak NG's speech has
about -22 dBFS, and its pauses are zeros. In speech that is soft throughout, sound within the margin below the loudest sample counts as
speech, down to the noise that encoders make of silence."""
_WINDOW_MS = 5
MARGIN_MS = 10
"""Kept before and after the speech, so that no soft beginning or end is cut off."""
_LAME_QUALITY = 7
"""At 48 kbit/s as good as 5 by wide-band PESQ, for half the time (docs/architecture.md)."""


def make_clip(speech: Speech, grid: Grid, level: Level | None = None) -> Clip:
    """Trim `speech`, bring it to `level`, and encode it on `grid`. Speech that is silent throughout is kept whole.

    The clip's times account for the trimming and for the codec's delay. The encoder resamples speech at another rate. Raises
    `ValueError` if the encoder makes frames that are not on the grid.
    """
    rate = speech.sample_rate
    onset = heard(as_segment(speech)) if level and speech.exact else None
    if level:  # first of all: what is heard, and when, depends on how loud it is
        own = level.of(speech.pcm, rate)
        speech = replace(speech, pcm=levelled(speech.pcm, rate, own)) if own else speech
    segment = as_segment(speech)
    total = int(segment.frame_count())
    sounding = heard(segment)
    first, last = sounding or (0, total)
    margin = total if speech.exact else MARGIN_MS * rate // 1000
    cut_from, cut_to = max(0, first - margin), min(total, last + margin)
    stream = _encode(speech.pcm[2 * cut_from : 2 * cut_to], rate, grid)
    sound = memoryview(speech.pcm)[2 * first : 2 * last]
    highest = peaks(sound, rate)

    def placed(sample: int) -> int:
        """The position in the decoded stream at which a sample of the speech is heard."""
        return CODEC_DELAY + (sample - cut_from) * grid.sample_rate // rate

    def timed(timings: tuple[Timing, ...]) -> tuple[Timing, ...]:
        earliest, latest = placed(first), placed(last)
        measured = timings if speech.exact else settled(timings, segment)
        if onset:  # what began with the first sound begins with the first one that is heard now
            measured = tuple(
                t._replace(start=Samples(min(t.start, first))) if t.start <= onset[0] else t for t in measured
            )
        return tuple(t._replace(start=Samples(min(max(placed(t.start), earliest), latest))) for t in measured)

    frames, count = _whole_frames(stream, grid, placed(cut_to))
    return Clip(
        grid=grid,
        frames=frames,
        frame_count=count,
        onset=Samples(placed(first)),
        end=Samples(min(placed(last), count * grid.samples_per_frame)),
        silent=sounding is None,
        words=timed(speech.words),
        sentences=timed(speech.sentences),
        levels=as_levels(highest),
        unread=speech.unread,
        blocks=speech_blocks(sound, rate) if sounding else (),
        peak_db=true_peak(sound, rate, highest=highest),
    )


def as_segment(speech: Speech) -> "AudioSegment":
    """The PCM of `speech` as a pydub segment."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # pydub warns of ffmpeg, which is not used, and of audioop, which only concerns pydub itself
        from pydub import AudioSegment

    return AudioSegment(data=speech.pcm, sample_width=2, frame_rate=speech.sample_rate, channels=1)


def heard(segment: "AudioSegment") -> tuple[int, int] | None:
    """The first audible sample and the one after the last, to the precision of a window. `None` if all is silent."""
    window = segment.frame_rate * _WINDOW_MS // 1000
    total = int(segment.frame_count())
    threshold: float = max(_NOISE_DBFS, min(_SILENCE_DBFS, segment.max_dBFS - _BELOW_THE_LOUDEST_DB))

    def is_heard(start: int, end: int) -> bool:
        loudness: float = segment.get_sample_slice(start, min(end, total)).dBFS
        return loudness > threshold

    first = next((at for at in range(0, total, window) if is_heard(at, at + window)), None)
    if first is None:
        return None
    last = next(at for at in range(total, first, -window) if is_heard(max(first, at - window), at))
    return first, last


def _encode(pcm: bytes, rate: int, grid: Grid) -> bytes:
    """LAME's own resampling keeps at least 60 dB between a tone and its artefacts, and adds no delay. Linear interpolation keeps 16 dB."""
    encoder: Any = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(grid.sample_rate)
    encoder.set_bit_rate(grid.bit_rate // 1000)
    encoder.set_quality(_LAME_QUALITY)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())


def _whole_frames(stream: bytes, grid: Grid, needed_samples: int) -> tuple[bytes, FrameCount]:
    """The frames that hold `needed_samples`. Frames may be cut from the end of a stream, never from its inside."""
    offsets = frame_offsets(stream, grid)
    count = min(-(-needed_samples // grid.samples_per_frame), len(offsets) - 1)
    return stream[: offsets[count]], FrameCount(count)
