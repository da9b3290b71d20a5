"""Units as types, so that a bare `int` or `str` never has to be guessed at."""

from typing import NewType

Milliseconds = NewType("Milliseconds", int)
"""A duration or a point in time, in thousandths of a second."""

Samples = NewType("Samples", int)
"""A duration or a point in time, in samples of the stream at hand."""

FrameCount = NewType("FrameCount", int)
"""A number of MPEG audio frames."""

LanguageTag = NewType("LanguageTag", str)
"""A BCP 47 language tag: `zh`, `en-GB`; `und` where the language is not known."""

UNDETERMINED = LanguageTag("und")


def primary(tag: LanguageTag) -> str:
    """The primary subtag of a language tag, in lower case: `zh` for `zh-Hant-TW` (RFC 5646, 2.2.1)."""
    return tag.replace("_", "-").split("-", 1)[0].lower()
