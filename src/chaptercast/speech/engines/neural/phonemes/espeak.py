"""eSpeak NG as a source of phonemes: its library, loaded for one utterance and given the voices that are asked for."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from chaptercast.speech.engines.espeak import installation, letters
from chaptercast.speech.engines.espeak.library import choose, loaded
from chaptercast.speech.engines.neural.phonemes.word_alignment import Phonemiser, Sounded

_MOST_WORDS = 20_000
_known: dict[str, dict[str, tuple[str, ...]]] = {}
"""By voice, the sounds of single words that were asked for in this process; they depend on nothing else."""


class Phonemes:
    """What eSpeak NG would say of texts. The library is loaded when it is first asked, and keeps nothing for the next utterance."""

    def __init__(self, path: str, data: str) -> None:
        """`path` and `data` are those of the library and its data."""
        self._paths = path, data
        self._resources = ExitStack()
        self._library: Any = None
        self._voice = ""

    def sounded(self, text: str, voice: str) -> Sounded:
        """A text without punctuation between its words, in the sounds of `voice`. Raises `EngineError`."""
        if self._library is None:
            self._library = self._resources.enter_context(loaded(*self._paths))
        if voice != self._voice:
            choose(self._library, voice)
            self._voice = voice
        known = _known.setdefault(voice, {})
        if len(known) > _MOST_WORDS:
            known.clear()
        return Phonemiser(self._library, known).sounded(text)

    def unread(self, text: str, voice: str) -> tuple[tuple[int, int], ...]:
        """Begin and end of what `voice` would merely name, or spell by its number, in characters. Raises `EngineError`."""
        self.close()  # the library is one for the whole process, and is loaded anew for that
        return tuple(letters.unread(text, voice, *self._paths))

    def close(self) -> None:
        """Let the library go."""
        self._resources.close()
        self._library, self._voice = None, ""


@contextmanager
def phonemes(path: str, data: str) -> Iterator[Phonemes]:
    """For one utterance."""
    found = Phonemes(path, data)
    try:
        yield found
    finally:
        found.close()


def release() -> str:
    """Which eSpeak NG is installed; empty where none is."""
    return installation.release()
