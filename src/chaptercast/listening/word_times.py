"""Computes word times for engines that do not give them: the recogniser aligns the known text with its audio."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from chaptercast.common.units import LanguageTag
from chaptercast.listening.pack import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EARLY_S = 0.075
"""Seconds by which the recogniser places words too early: the median of 59 words of Piper, whose own times are exact."""
LONGEST_S = 28.0
"""Longer audio is not aligned: the recogniser takes thirty seconds at once."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:[’'.,-][^\W_]+)*")
"""A word. Each ideograph or kana is a word."""


class Aligning(Protocol):
    """Audio that a recogniser has encoded."""

    def starts(self, pieces: Sequence[str], language: LanguageTag) -> list[float]:
        """Returns when each piece of a text begins, in seconds."""


class AligningEars(Protocol):
    """A recogniser; in tests, a stand-in that knows the text."""

    def encoded(self, samples: "NDArray[Any]", *, whole: bool = False) -> Aligning:
        """Encodes audio."""


def word_times(
    ears: AligningEars, samples: "NDArray[Any]", text: str, language: LanguageTag
) -> list[tuple[float, int, int]]:
    """Returns for each word of a text: its start in the audio, in seconds, and its position and length in the text.

    Returns an empty list if the audio is too long. Raises `EngineError`.
    """
    words = list(_WORD.finditer(text))
    if not words or len(samples) > LONGEST_S * SAMPLE_RATE:
        return []
    ends = [*(word.start() for word in words[1:]), len(text)]
    begins = [0, *ends[:-1]]
    pieces = [text[begin:end].rstrip() for begin, end in zip(begins, ends, strict=True)]
    spaced = [piece if ideographic(piece) else f" {piece.lstrip()}" for piece in pieces]
    starts = ears.encoded(samples).starts(spaced, language)
    late = [0.0, *(start + _EARLY_S for start in starts[1:])]
    return [(start, word.start(), len(word[0])) for start, word in zip(late, words, strict=True)]


def ideographic(text: str) -> bool:
    """Returns whether a text is written without spaces between words."""
    return bool(text) and "\u3040" <= text.lstrip()[:1] <= "\u9fff"
