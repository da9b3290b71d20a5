"""How loud a recording is over its time, in so few values that they can be drawn."""

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import Milliseconds, Samples
from chaptercast.speech.model import LEVELS_A_SECOND, Clip

MOST_LEVELS = 2000
"""Of a recording of any length."""


class Waveform:
    """Takes the levels of clips as they are joined; where there would be too many, neighbours become one."""

    def __init__(self, grid: Grid) -> None:
        """No sound yet."""
        self._step = grid.sample_rate // LEVELS_A_SECOND
        self._folded = 1
        """How many of a clip's levels are one of these."""
        self._levels = bytearray()

    def add(self, clip: Clip, begins: Samples) -> None:
        """Take a clip whose first frame is at sample `begins` of the recording."""
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
        """The loudest sample of each `level_duration` of a recording that is `duration` long, from 0 to 255."""
        count = -(-duration // self.level_duration)
        return tuple(self._levels[:count].ljust(count, b"\0"))

    @property
    def level_duration(self) -> Milliseconds:
        """How long what one level tells of is; it doubles where a recording is too long for `MOST_LEVELS`."""
        return Milliseconds(1000 // LEVELS_A_SECOND * self._folded)

    def _fold(self) -> None:
        even, odd = self._levels[::2], self._levels[1::2].ljust((len(self._levels) + 1) // 2, b"\0")
        self._levels = bytearray(map(max, even, odd))
        self._folded *= 2
