"""Where a recording is silent and where it sounds, measured in the samples and by nothing of the product's code.

The measure is the root mean square over windows of 5 ms, in decibels of full scale (32768 is 0 dBFS). 5 ms is well
below the 40 ms within which pauses are promised, and long enough (one period of 200 Hz) that a voice's wave does not
pass through silence at every zero crossing.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import mul

WINDOW_MS = 5
THRESHOLD_DBFS = -50.0
"""Below the softest consonants of a voice at normal level, above the noise that encoding adds to silence."""


def _windows(samples: Sequence[int], rate: int, start_ms: float, threshold_dbfs: float) -> Iterator[bool]:
    """Whether each window from `start_ms` on sounds; the last one may be short."""
    threshold = (32768 * 10 ** (threshold_dbfs / 20)) ** 2
    start, index = round(start_ms * rate / 1000), 0
    while start < len(samples):
        index += 1
        end = round((start_ms + index * WINDOW_MS) * rate / 1000)
        window = samples[start:end]
        yield sum(map(mul, window, window)) >= threshold * len(window)
        start = end


def silences(
    samples: Sequence[int], rate: int, threshold_dbfs: float = THRESHOLD_DBFS, min_ms: int = 100
) -> list[tuple[int, int]]:
    """Start and end in ms of every stretch of `min_ms` or more that stays below the threshold, head and tail included.

    Each edge is at most one window (5 ms) off.
    """
    found: list[tuple[int, int]] = []
    position = 0
    for sounds, run in groupby(_windows(samples, rate, 0, threshold_dbfs)):
        start, position = position, position + WINDOW_MS * sum(1 for _ in run)
        if not sounds and position - start >= min_ms:
            found.append((start, position))
    return found


def onset_after(samples: Sequence[int], rate: int, t_ms: float, threshold_dbfs: float = THRESHOLD_DBFS) -> float | None:
    """The time in ms of the first window from `t_ms` on that sounds (in the midst of speech `t_ms` itself), if any."""
    sounding = (index for index, sounds in enumerate(_windows(samples, rate, t_ms, threshold_dbfs)) if sounds)
    return next((t_ms + index * WINDOW_MS for index in islice(sounding, 1)), None)
