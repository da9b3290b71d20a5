"""What narration can be told: how much it announces, and what becomes of code, notes and addresses."""

from msgspec import Struct

from chaptercast.common.units import LanguageTag
from chaptercast.script.lexicons.lexicon import NO_LEXICON
from chaptercast.script.lexicons.selection import Lexicons
from chaptercast.script.narration.options import Code, Notes, Verbosity
from chaptercast.script.narration.utterance_cache import UtteranceCache
from chaptercast.script.utterances import Verbalizer
from chaptercast.voice_profiles import Pauses


class Settings(Struct, frozen=True):
    """What narration needs to know besides the article."""

    pauses: Pauses
    spells_digits: bool = False
    """Whether the engine reads digits and signs well by itself."""
    max_bytes: int = 4000
    """The longest text of one utterance, in bytes of UTF-8."""
    max_sentences: int = 0
    """How many sentences an utterance may have; 0 for as many as it has room for."""
    lexicons: Lexicons | None = None
    """What words are respelled by."""
    verbosity: Verbosity = Verbosity.BRIEF
    code: Code = Code.SHORT
    notes: Notes = Notes.NEAR
    link_addresses: bool = False
    """Whether the address of a link is said after its text."""
    memory: UtteranceCache | None = None
    """What the texts of the article became before, where that is kept."""

    def verbalizer(self, language: LanguageTag) -> Verbalizer:
        """How texts of a language are put for the engine."""
        lexicon = self.lexicons.of(language) if self.lexicons else NO_LEXICON
        return Verbalizer(language, not self.spells_digits, self.max_bytes, lexicon, self.max_sentences)
