"""From an engine's PCM to a `Clip`: silence trimmed at both ends, encoded once, cut to whole frames.

The same speech gives the same clip wherever in a recording it stands, so that clips can be made by any worker and kept.
"""

import warnings
from typing import TYPE_CHECKING, Any

import lameenc

from chaptercast.common.mpeg_frames import CODEC_DELAY, Grid, frame_offsets
from chaptercast.common.units import FrameCount, Samples
from chaptercast.speech.model import Clip, Speech, Timing
from chaptercast.speech.onset_and_loudness import levels, settled

if TYPE_CHECKING:
    from pydub import AudioSegment

_SILENCE_DBFS, _BELOW_THE_LOUDEST_DB, _NOISE_DBFS = -50.0, 25.0, -75.0
"""What is quieter is not heard as speech; eSpeak NG's speech has about -22 dBFS, its pauses are zeros. Of speech that is soft
throughout, what is not so far below its loudest sample is heard, down to what encoders make of nothing."""
_WINDOW_MS = 5
MARGIN_MS = 10
"""Kept around the speech, so that no soft beginning or end is cut off."""
_LAME_QUALITY = 7
"""At 48 kbit/s as good as 5 by wide-band PESQ, for half the time (docs/architecture.md)."""


def make_clip(speech: Speech, grid: Grid) -> Clip:
    """Encode `speech`, trimmed, on `grid`; speech that is silent throughout is kept whole.

    The trimming is known to the clip's times, the codec's delay too. Speech at another rate is resampled by the encoder. Raises
    `ValueError` where the encoder makes frames that are not on the grid.
    """
    segment = as_segment(speech)
    rate, total = speech.sample_rate, int(segment.frame_count())
    sounding = heard(segment)
    first, last = sounding or (0, total)
    margin = total if speech.exact else MARGIN_MS * rate // 1000
    cut_from, cut_to = max(0, first - margin), min(total, last + margin)
    stream = _encode(segment.get_sample_slice(cut_from, cut_to).raw_data, rate, grid)

    def placed(sample: int) -> int:
        """When a sample of the speech is heard in the decoded stream."""
        return CODEC_DELAY + (sample - cut_from) * grid.sample_rate // rate

    def timed(timings: tuple[Timing, ...]) -> tuple[Timing, ...]:
        earliest, latest = placed(first), placed(last)
        measured = timings if speech.exact else settled(timings, segment)
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
        levels=levels(segment, first, last),
        unread=speech.unread,
    )


def as_segment(speech: Speech) -> "AudioSegment":
    """The PCM of `speech` as pydub takes it."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # pydub warns of ffmpeg, which is not used, and of audioop, which is its own affair
        from pydub import AudioSegment

    return AudioSegment(data=speech.pcm, sample_width=2, frame_rate=speech.sample_rate, channels=1)


def heard(segment: "AudioSegment") -> tuple[int, int] | None:
    """The first sample that is heard and the one after the last, to within a window; nothing where all is silent."""
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
    """LAME's own resampling keeps 60 dB and more between a tone and what it adds, and delays nothing; linear interpolation keeps 16."""
    encoder: Any = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(grid.sample_rate)
    encoder.set_bit_rate(grid.bit_rate // 1000)
    encoder.set_quality(_LAME_QUALITY)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())


def _whole_frames(stream: bytes, grid: Grid, needed_samples: int) -> tuple[bytes, FrameCount]:
    """The frames that hold `needed_samples`; frames may be cut from the end of a stream, never from its inside."""
    offsets = frame_offsets(stream, grid)
    count = min(-(-needed_samples // grid.samples_per_frame), len(offsets) - 1)
    return stream[: offsets[count]], FrameCount(count)
