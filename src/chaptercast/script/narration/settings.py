"""What narration can be told: how much it announces, and what becomes of code, notes and addresses."""

from dataclasses import dataclass
from enum import StrEnum

from chaptercast.profile import Pauses
from chaptercast.script.lexicon import NO_LEXICON
from chaptercast.script.lexicons import Lexicons
from chaptercast.script.wording import Wording
from chaptercast.units import LanguageTag


class Verbosity(StrEnum):
    """How much is said of an article's structure, in words that are not the author's; from the least to the most."""

    NONE = "none"
    """Nothing: structure is heard by pauses and voices alone."""
    BRIEF = "brief"
    """What a listener would miss: sizes of lists and tables, images, notes."""
    FULL = "full"
    """Where everything begins and ends, as talking books have it."""

    def includes(self, other: "Verbosity") -> bool:
        """Whether this says at least as much as the other."""
        order = list(Verbosity)
        return order.index(self) >= order.index(other)


class Code(StrEnum):
    """What becomes of preformatted blocks."""

    SHORT = "short"
    """Read where it is short, else named as left out: a command is part of the story, a listing cannot be followed by ear."""
    READ = "read"
    SKIP = "skip"


class Notes(StrEnum):
    """What becomes of footnotes and endnotes."""

    NEAR = "near"
    """Short ones after the sentence that refers to them, long ones at the end of its section."""
    END = "end"
    """All at the end of the section that refers to them."""
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Settings:
    """What narration needs to know besides the article."""

    pauses: Pauses
    spells_digits: bool = False
    """Whether the engine reads digits and signs well by itself."""
    max_bytes: int = 4000
    """The longest text of one utterance, in bytes of UTF-8."""
    lexicons: Lexicons | None = None
    """What words are respelled by."""
    verbosity: Verbosity = Verbosity.BRIEF
    code: Code = Code.SHORT
    notes: Notes = Notes.NEAR
    link_addresses: bool = False
    """Whether the address of a link is said after its text."""

    def wording(self, language: LanguageTag) -> Wording:
        """How texts of a language are put for the engine."""
        lexicon = self.lexicons.of(language) if self.lexicons else NO_LEXICON
        return Wording(language, not self.spells_digits, self.max_bytes, lexicon)
