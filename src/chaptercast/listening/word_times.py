"""When words are heard, for engines that do not tell it: a known text aligned with its sound by the recogniser."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from chaptercast.common.units import LanguageTag
from chaptercast.listening.pack import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EARLY_S = 0.075
"""So much earlier than a word sounds the recogniser finds it: the median of 59 words of Piper's, whose own times are exact."""
LONGEST_S = 28.0
"""What is longer is not aligned: the recogniser hears thirty seconds at once."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:[’'.,-][^\W_]+)*")
"""Ideographs and kana one by one."""


class Aligning(Protocol):
    """Sound that was taken in by a recogniser."""

    def starts(self, pieces: Sequence[str], language: LanguageTag) -> list[float]:
        """When each piece of a text begins, in seconds."""


class AligningEars(Protocol):
    """A recogniser, or in tests something that knows already."""

    def encoded(self, samples: "NDArray[Any]", *, whole: bool = False) -> Aligning:
        """Take sound in."""


def word_times(
    ears: AligningEars, samples: "NDArray[Any]", text: str, language: LanguageTag
) -> list[tuple[float, int, int]]:
    """Each word of a text: when it begins in the sound, in seconds, where it begins in the text, and how long it is there.

    Nothing where the sound is too long. Raises `EngineError`.
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
    """Whether a text is written without spaces before its words."""
    return bool(text) and "\u3040" <= text.lstrip()[:1] <= "\u9fff"
