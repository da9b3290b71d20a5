"""eSpeak NG as a source of phonemes: its library, loaded for one utterance and set to the requested voices."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from chaptercast.speech.engines.espeak import installation, letters
from chaptercast.speech.engines.espeak.library import choose, loaded
from chaptercast.speech.engines.neural.phonemes.word_alignment import Phonemiser, Sounded

_MOST_WORDS = 20_000
_known: dict[str, dict[str, tuple[str, ...]]] = {}
"""By voice: the sounds of single words requested so far in this process. They depend on nothing else."""


class Phonemes:
    """eSpeak NG as a source of phonemes. The library is loaded on first use, and keeps nothing for the next utterance."""

    def __init__(self, path: str, data: str) -> None:
        """`path` and `data` are the paths of the library and of its data."""
        self._paths = path, data
        self._resources = ExitStack()
        self._library: Any = None
        self._voice = ""

    def sounded(self, text: str, voice: str) -> Sounded:
        """The sounds in `voice` of a text without punctuation between its words. Raises `EngineError`."""
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
        """Begin and end of each stretch that `voice` would only name, or spell by its code number, in characters. Raises `EngineError`."""
        self.close()  # the library is shared by the whole process, and is loaded again for that
        return tuple(letters.unread(text, voice, *self._paths))

    def close(self) -> None:
        """Close the library."""
        self._resources.close()
        self._library, self._voice = None, ""


@contextmanager
def phonemes(path: str, data: str) -> Iterator[Phonemes]:
    """A source of phonemes for one utterance."""
    found = Phonemes(path, data)
    try:
        yield found
    finally:
        found.close()


def release() -> str:
    """The installed release of eSpeak NG; empty if there is none."""
    return installation.release()
