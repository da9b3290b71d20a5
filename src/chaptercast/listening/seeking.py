"""Looks for a passage in audio that is longer than it, so that an edited recording can be followed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from chaptercast.common.units import LanguageTag
from chaptercast.listening.energy import frame_levels
from chaptercast.listening.pack import SAMPLE_RATE
from chaptercast.listening.word_alignment import share, steps
from chaptercast.listening.word_times import Aligning, word_times
from chaptercast.listening.words import Token, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chaptercast.listening.recogniser import Heard

_WINDOW_S, _STEP_S = 24.0, 14.0
_LEAST_FOUND = 0.5
"""A passage is there if this share of its words is heard."""
_LEAST_TOKENS = 4
"""Shorter passages may be heard anywhere."""
_NEAR_S, _PAUSE_S, _BELOW_LOUD_DB = 0.5, 0.12, 32.0
"""A passage begins where sound follows a pause, at most so far from the time that the recogniser tells."""


class _Sound(Aligning, Protocol):
    def heard(self, language: LanguageTag, *, wide: bool = False) -> "Heard":
        """Returns the words."""


class Ears(Protocol):
    """A recogniser; in tests, a stand-in that knows the text."""

    def encoded(self, samples: "NDArray[Any]", *, whole: bool = False) -> _Sound:
        """Encodes audio."""


def sought(ears: Ears, samples: "NDArray[Any]", text: str, language: LanguageTag) -> float | None:
    """Returns when a text begins in 16-bit audio, in seconds; None if it is not heard there. Raises `EngineError`."""
    wanted = tokens(text, language)
    if len(wanted) < _LEAST_TOKENS:
        return None
    for begin in range(0, max(1, len(samples)), round(_STEP_S * SAMPLE_RATE)):
        window = samples[begin : begin + round(_WINDOW_S * SAMPLE_RATE)]
        heard = ears.encoded(window).heard(language).text
        got = tokens(heard, language)
        if share(wanted, got) >= _LEAST_FOUND:
            times = word_times(ears, window, heard, language)
            at = _start(wanted, got, [time for time, _, _ in times], heard, times, language)
            if at is not None:
                return begin / SAMPLE_RATE + _onset(window, at)
        if begin + len(window) >= len(samples):
            break
    return None


def _start(
    wanted: Sequence[Token],
    got: Sequence[Token],
    starts: Sequence[float],
    heard: str,
    times: Sequence[tuple[float, int, int]],
    language: LanguageTag,
) -> float | None:
    """Returns the time of the first word that is expected and heard, less what comes before it in the text."""
    of_token = [n for n, (_, at, count) in enumerate(times) for _ in tokens(heard[at : at + count], language)]
    if len(of_token) != len(got) or not starts:
        return None
    same = [
        step
        for step in steps([token.sound for token in wanted], [token.sound for token in got])
        if step.expected is not None
        and step.heard is not None
        and wanted[step.expected].sound == got[step.heard].sound
        and of_token[step.heard] > 0  # the first word of a window is always told to be at its beginning
    ]
    if not same or same[0].expected is None or same[0].heard is None or same[-1].heard is None:
        return None
    first, last = starts[of_token[same[0].heard]], starts[of_token[same[-1].heard]]
    a_word = (last - first) / max(1, same[-1].heard - same[0].heard)
    return max(0.0, first - a_word * same[0].expected)


def _onset(window: "NDArray[Any]", at: float) -> float:
    """Returns the time near `at` at which sound follows a pause; `at` if there is none."""
    import numpy as np

    levels = frame_levels(window)
    frame_s = len(window) / SAMPLE_RATE / max(1, len(levels))
    is_heard = levels > float(np.percentile(levels, 95)) - _BELOW_LOUD_DB
    pause = round(_PAUSE_S / frame_s)
    padded = np.concatenate([np.zeros(pause, bool), is_heard])
    onsets = [n for n in np.flatnonzero(is_heard) if not padded[n : n + pause].any()]
    near = [n * frame_s for n in onsets if abs(n * frame_s - at) <= _NEAR_S]
    return float(min(near, key=lambda time: abs(time - at), default=at))
