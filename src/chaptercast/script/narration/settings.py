"""Narration settings: how much is announced, and how code, notes and addresses are handled."""

from msgspec import Struct

from chaptercast.common.units import LanguageTag
from chaptercast.script.lexicons.lexicon import NO_LEXICON
from chaptercast.script.lexicons.selection import Lexicons
from chaptercast.script.narration.options import Code, Notes, Verbosity
from chaptercast.script.narration.utterance_cache import UtteranceCache
from chaptercast.script.utterances import Verbalizer
from chaptercast.voice_profiles import Pauses


class Settings(Struct, frozen=True):
    """What narration needs besides the article."""

    pauses: Pauses
    spells_digits: bool = False
    """Whether the engine reads digits and signs well by itself."""
    max_bytes: int = 4000
    """The maximum length of an utterance's text, in bytes of UTF-8."""
    max_sentences: int = 0
    """The maximum number of sentences in an utterance; 0 for no limit but the length."""
    lexicons: Lexicons | None = None
    """The lexicons that respell words."""
    verbosity: Verbosity = Verbosity.BRIEF
    code: Code = Code.SHORT
    notes: Notes = Notes.NEAR
    link_addresses: bool = False
    """Whether the address of a link is read after its text."""
    memory: UtteranceCache | None = None
    """The cached utterances of the article's texts, if there is a cache."""

    def verbalizer(self, language: LanguageTag) -> Verbalizer:
        """The verbalizer of texts in a language for the engine."""
        lexicon = self.lexicons.of(language) if self.lexicons else NO_LEXICON
        return Verbalizer(language, not self.spells_digits, self.max_bytes, lexicon, self.max_sentences)
