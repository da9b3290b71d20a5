"""A limiter for MP3 frames of a service: where a peak would be too high, the frames around it get fewer steps of gain.

Nothing is encoded again. Frames overlap, so the gain slides from one to the next. Neighbours differ by one step at most, 1.5 dB in a frame.
"""

import math
from collections.abc import Iterator

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.mpeg_gain import STEP_DB, louder
from chaptercast.speech.loudness import true_peak

MOST_DB = 6.0
"""How far a voice may be raised over what its highest peak allows."""
_HEADROOM = 12
"""Steps by which the sound is softer while it is looked at: decoded samples end at full scale."""
_OVERLAP, _FILTER = 576, 480
"""Samples for which a frame sounds on in the next: half of its transform, and the filters behind it (ISO/IEC 11172-3 2.4.3.4)."""
_MOST_ROUNDS = 12
_AROUND = 16
"""Samples on both sides of a frame that the curve between its own depends on."""


def limited(frames: bytes, grid: Grid, steps: int, peak_dbtp: float) -> bytes:
    """Returns the frames of a clip, so many steps louder, and less where a true peak would be over `peak_dbtp`.

    Raises `ValueError` where they are not on their grid.
    """
    less = [0] * (len(frames) // grid.frame_bytes(padded=False) + 1)
    for _ in range(_MOST_ROUNDS):
        over = list(_over(louder(frames, steps - _HEADROOM, less), grid, peak_dbtp - _HEADROOM * STEP_DB))
        if not over:
            break
        wanted = [0] * len(less)
        for place, excess_db in over:
            first = max(0, place - _OVERLAP - _FILTER) // grid.samples_per_frame
            for number in range(first, min(place // grid.samples_per_frame + 1, len(less))):
                wanted[number] = max(wanted[number], math.ceil(excess_db / STEP_DB))
        less = _sloping([known + more for known, more in zip(less, wanted, strict=True)])
    return louder(frames, steps, less)


def _over(frames: bytes, grid: Grid, peak_dbtp: float) -> Iterator[tuple[int, float]]:
    """Yields the place in samples of each frame's peak that is too high, and by how many decibels."""
    import miniaudio
    from pydub.utils import audioop

    rate, size = grid.sample_rate, grid.samples_per_frame
    decoded = miniaudio.decode(frames, miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=rate)
    sound = memoryview(decoded.samples.tobytes())
    surely = 32768 * 10 ** ((peak_dbtp - 3) / 20)  # the curve between samples is not 3 dB over them
    for begin in range(0, len(sound) // 2, size):
        piece = sound[2 * begin : 2 * (begin + size)]
        if audioop.max(piece, 2) < surely:
            continue
        found = true_peak(sound[2 * max(0, begin - _AROUND) : 2 * (begin + size + _AROUND)], rate, 1)
        if found is not None and found > peak_dbtp:
            yield begin + audioop.findmax(piece, 1), found - peak_dbtp


def _sloping(less: list[int]) -> list[int]:
    """Returns the same, with neighbours that differ by one step at most: more is taken where that is needed."""
    out = list(less)
    for number in range(1, len(out)):
        out[number] = max(out[number], out[number - 1] - 1)
    for number in range(len(out) - 2, -1, -1):
        out[number] = max(out[number], out[number + 1] - 1)
    return out
