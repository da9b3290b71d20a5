"""Samples of voices: a sentence that is spoken once, kept, and played by a page."""

import hashlib
import re
from pathlib import Path

import msgspec
from msgspec import Struct

from chaptercast.app.errands import Answer, Errands, Sample
from chaptercast.app.model import Trouble
from chaptercast.app.queue import FOLDER
from chaptercast.app.voice_choices import VoiceChoice
from chaptercast.common.units import LanguageTag
from chaptercast.common.user_folders import forget

_MOST = 500
"""Maximum number of samples that are kept."""
MOST_TEXT = 300
"""Maximum number of characters of a sentence that somebody types."""
_SECONDS = 90.0
_NAME = re.compile(r"[0-9a-f]{32}")


class Spoken(Struct, frozen=True):
    """A sample, or why there is none."""

    name: str = ""
    trouble: Trouble | None = None


class Samples:
    """The samples of a site."""

    def __init__(self, site: Path, errands: Errands) -> None:
        self._folder = site / FOLDER / "samples"
        self._errands = errands

    def file(self, name: str) -> Path | None:
        """Returns the file of a sample; None if there is none. `name` is untrusted."""
        path = self._folder / f"{name}.mp3"
        return path if _NAME.fullmatch(name) and path.is_file() else None

    async def spoken(self, voice: VoiceChoice | None, language: LanguageTag, text: str = "") -> Spoken:
        """Returns the sample of a voice in a language: `text`, or a known sentence. Without a voice, the usual one speaks."""
        engine, name = (voice.engine, voice.voice) if voice else ("auto", "")
        if voice and voice.language and not text:
            language = voice.language
        decides = msgspec.json.encode((engine, name, language, text))
        sample = hashlib.sha256(decides).hexdigest()[:32]
        if self.file(sample) is None:
            path = self._folder / f"{sample}.mp3"
            answer: Answer = await self._errands.run(Sample(str(path), engine, name, language, text), _SECONDS)
            if answer.trouble is not None:
                return Spoken(trouble=answer.trouble)
            forget(self._folder.glob("*.mp3"), _MOST)
        return Spoken(sample)
