"""How much louder each voice of a service is made in a recording: by whole steps of its frames' gain, the same for all that it says.

The speech of a service is kept as it was sent, so that no request is paid for again when another loudness is wanted. The steps are known
when all clips of a recording are there, in whatever order they came.
"""

import math
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from chaptercast.common.mpeg_gain import STEP_DB
from chaptercast.speech.frame_limiter import MOST_DB
from chaptercast.speech.loudness import Block, Loudness, integrated

_UNSURE_DB = 0.2
"""How far the highest peak may be over the one that was measured."""
AT_EDGES_DB = 0.5
"""What the edges of pauses, and the encoder, take of the loudness of clips: 0.3 to 0.8 in eleven languages."""
_MOST_OFF_LU = 1.0
_MOST_STEPS = 20


class VoiceSound(Struct):
    """What is known of all that a voice says in a recording."""

    blocks: list[Block] = field(default_factory=list)
    peak_dbtp: float | None = None

    def add(self, blocks: tuple[Block, ...], peak_dbtp: float | None) -> None:
        """Add a clip."""
        self.blocks.extend(blocks)
        if peak_dbtp is not None:
            self.peak_dbtp = peak_dbtp if self.peak_dbtp is None else max(self.peak_dbtp, peak_dbtp)


def steps_of(voices: Mapping[str, VoiceSound], wanted: Loudness) -> dict[str, int]:
    """The steps for each voice, so that all are as loud as each other, and about as loud as is wanted.

    A step is 1.5 dB, so one voice alone is within 0.75 dB. Of several, each alone would be too, and two of them 1.5 dB apart: therefore
    they meet at a loudness that all of them come near to. Peaks that are too high then are for the limiter of frames.
    """
    known = {name: lufs for name, sound in voices.items() if (lufs := integrated(sound.blocks)) is not None}
    if not known:
        return {}
    lufs_wanted = wanted.lufs + AT_EDGES_DB
    tried = [_towards(goal, known) for goal in _goals(known, lufs_wanted)]
    best = min(tried, key=lambda steps: _faults(steps, known, lufs_wanted))
    highest = wanted.peak_dbtp + MOST_DB - _UNSURE_DB
    return {name: min(steps, _most(voices[name].peak_dbtp, highest)) for name, steps in best.items()}


def _goals(known: Mapping[str, float], wanted: float) -> Iterator[float]:
    """The wanted loudness, and those next to it that a voice can have exactly."""
    yield wanted
    for lufs in known.values():
        whole = math.floor((wanted - lufs) / STEP_DB)
        yield from (lufs + STEP_DB * steps for steps in (whole, whole + 1))


def _towards(goal: float, known: Mapping[str, float]) -> dict[str, int]:
    steps = ((name, round((goal - lufs) / STEP_DB)) for name, lufs in known.items())
    return {name: min(max(number, -_MOST_STEPS), _MOST_STEPS) for name, number in steps}


def _faults(steps: Mapping[str, int], known: Mapping[str, float], wanted: float) -> tuple[float, float, float]:
    """First too far from what is wanted, then unequal, then simply off."""
    made = [known[name] + STEP_DB * number for name, number in steps.items()]
    off = max(abs(lufs - wanted) for lufs in made)
    return round(max(0.0, off - _MOST_OFF_LU), 3), round(max(made) - min(made), 3), off


def _most(peak_dbtp: float | None, highest: float) -> int:
    """The most steps with which a peak stays where it may be."""
    return _MOST_STEPS if peak_dbtp is None else math.floor((highest - peak_dbtp) / STEP_DB)
