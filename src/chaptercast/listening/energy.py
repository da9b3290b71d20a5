"""Measures what loudness alone shows about speech, before a recogniser is used: silence, long gaps, endings that are cut off."""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from chaptercast.listening.pack import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FRAME_S = 0.01
_SILENT_DBFS, _BELOW_LOUD_DB, _FAINTEST_DBFS = -45.0, 32.0, -70.0
"""Limits of silence. It is silent below the first level, or if it is quieter than the loud parts of the voice by the second value. For
soft speech only the second value counts."""
_TAIL_S = 0.03
"""Duration before the end of the sound that is examined."""


class Loudness(Struct, frozen=True):
    """The loudness of a passage."""

    is_silent: bool
    gaps: tuple[tuple[float, float], ...]
    """Silent gaps inside the passage, longest first: start and end, in seconds."""
    seconds: float
    """Duration from the first sound to the last."""
    drop_db: float
    """Difference between the loud parts and the last moment before the end: small if speech is cut off, large if the voice fades."""
    before_s: float = 0.0
    """Silence before the first sound."""
    after_s: float = 0.0
    """Silence after the last sound."""

    @property
    def longest_gap_s(self) -> float:
        """Duration of the longest gap inside."""
        return self.gaps[0][1] - self.gaps[0][0] if self.gaps else 0.0


_SILENT = Loudness(is_silent=True, gaps=(), seconds=0.0, drop_db=99.0)


def loudness(samples: "NDArray[Any]") -> Loudness:
    """Returns the loudness of 16-bit samples at `SAMPLE_RATE`."""
    import numpy as np

    levels = frame_levels(samples)
    if not len(levels):
        return _SILENT
    loud = float(np.percentile(levels, 95))
    threshold = _threshold(loud)
    heard = np.flatnonzero(levels > threshold)
    if loud <= _SILENT_DBFS or not len(heard):
        return _SILENT
    ends = np.flatnonzero(np.diff(heard) > 1)
    gaps = [((heard[n] + 1 - heard[0]) * _FRAME_S, (heard[n + 1] - heard[0]) * _FRAME_S) for n in ends]
    tail = levels[max(0, heard[-1] + 1 - round(_TAIL_S / _FRAME_S)) : heard[-1] + 1]
    longest = sorted(((float(a), float(b)) for a, b in gaps), key=lambda gap: gap[0] - gap[1])
    seconds = float(heard[-1] + 1 - heard[0]) * _FRAME_S
    before, after = float(heard[0]) * _FRAME_S, float(len(levels) - 1 - heard[-1]) * _FRAME_S
    return Loudness(
        is_silent=False,
        gaps=tuple(longest),
        seconds=seconds,
        drop_db=loud - float(np.max(tail)),
        before_s=before,
        after_s=after,
    )


def frame_levels(samples: "NDArray[Any]") -> "NDArray[Any]":
    """Returns the loudness of each hundredth of a second, in dB below full scale."""
    import numpy as np

    frame = round(_FRAME_S * SAMPLE_RATE)
    whole = samples[: len(samples) // frame * frame].reshape(-1, frame).astype("f4") / 32_768
    levels: NDArray[Any] = 10 * np.log10(np.mean(whole * whole, axis=1) + 1e-10)
    return levels


def _threshold(loud: float) -> float:
    return max(_FAINTEST_DBFS, min(_SILENT_DBFS, loud - _BELOW_LOUD_DB))


def cut(samples: "NDArray[Any]", longest_s: float) -> "list[NDArray[Any]]":
    """Returns the samples in parts of at most `longest_s`. Each cut is at the quietest point in the last two thirds of a part."""
    import numpy as np

    parts: list[NDArray[Any]] = []
    most = round(longest_s * SAMPLE_RATE)
    while len(samples) > most:
        levels = frame_levels(samples[:most])
        smooth = np.convolve(levels, np.ones(15) / 15, "same")
        begin = len(smooth) // 3
        place = (begin + int(np.argmin(smooth[begin:-8]))) * round(_FRAME_S * SAMPLE_RATE)
        parts.append(samples[:place])
        samples = samples[place:]
    return [*parts, samples]
