"""An engine that says nothing for as long as speaking would take: for tests, timing and dry runs. Deterministic, needs nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from chaptercast.common.units import UNDETERMINED, Samples
from chaptercast.speech.model import Plain, Speaker, Speech, Status, Timing, Utterance, Voice

_RATE = 22_050
_SECONDS_PER_WIDTH = 0.06
"""About 170 words of English in a minute, a CJK character counting as three letters."""
_CJK_START = 0x2E80


def _width(text: str) -> int:
    return sum(3 if ord(character) >= _CJK_START else 1 for character in text)


class _SilentSpeaker:
    def speak(self, utterance: Utterance) -> Speech:
        """Zeros, as many as the text is long."""
        samples = int(max(1, _width(utterance.text)) * _SECONDS_PER_WIDTH * _RATE / utterance.prosody.rate)
        whole = (Timing(Samples(0), 0, len(utterance.text)),)
        return Speech(bytes(2 * samples), _RATE, sentences=whole)


class SilenceEngine(Plain, Struct, frozen=True):
    """See `speech.model.Engine`."""

    name: str = "silence"
    version: str = "1"
    online: bool = False
    sample_rate: int = _RATE
    audible: bool = False
    spells_digits: bool = True
    max_bytes: int = 4000

    def status(self) -> Status:
        """Always ready."""
        return Status(ready=True, reason="says nothing, in the time that speaking would take")

    def voices(self) -> tuple[Voice, ...]:
        """One voice for all languages."""
        return (Voice("silence", UNDETERMINED, "no sound"),)

    @contextmanager
    def open(self, *, dry: bool = False) -> Iterator[Speaker]:  # noqa: ARG002 -- there is nothing to write
        """Needs nothing."""
        yield _SilentSpeaker()


ENGINE = SilenceEngine()
