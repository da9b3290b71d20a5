"""Measures the loudness of a recording over time, in a number of values small enough to draw."""

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import Milliseconds, Samples
from chaptercast.speech.model import LEVELS_A_SECOND, Clip

MOST_LEVELS = 2000
"""For a recording of any length."""


class Waveform:
    """Collects the levels of clips while they are joined. If there are too many, neighbours are merged."""

    def __init__(self, grid: Grid) -> None:
        """Starts without sound."""
        self._step = grid.sample_rate // LEVELS_A_SECOND
        self._folded = 1
        """How many clip levels form one level here."""
        self._levels = bytearray()

    def add(self, clip: Clip, begins: Samples) -> None:
        """Add a clip whose first frame is at sample `begins` of the recording."""
        first = (begins + clip.onset) // self._step
        while (first + len(clip.levels)) // self._folded >= MOST_LEVELS:
            self._fold()
        last = (first + len(clip.levels)) // self._folded
        self._levels.extend(bytes(max(0, last + 1 - len(self._levels))))
        begin = 0
        for bucket in range(first // self._folded, last + 1):
            end = (bucket + 1) * self._folded - first
            self._levels[bucket] = max(self._levels[bucket], max(clip.levels[begin:end], default=0))
            begin = end

    def levels(self, duration: Milliseconds) -> tuple[int, ...]:
        """The peak of each `level_duration` of a recording of length `duration`, from 0 to 255."""
        count = -(-duration // self.level_duration)
        return tuple(self._levels[:count].ljust(count, b"\0"))

    @property
    def level_duration(self) -> Milliseconds:
        """The time covered by one level. It doubles if a recording is too long for `MOST_LEVELS`."""
        return Milliseconds(1000 // LEVELS_A_SECOND * self._folded)

    def _fold(self) -> None:
        even, odd = self._levels[::2], self._levels[1::2].ljust((len(self._levels) + 1) // 2, b"\0")
        self._levels = bytearray(map(max, even, odd))
        self._folded *= 2
