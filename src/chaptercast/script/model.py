"""What is to be said: frozen values. Written and spoken text are kept apart all the way, pauses are parts and never text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from chaptercast.common.lazy import Lazy
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import Metadata, Omission
from chaptercast.text_structure import Element, Mark
from chaptercast.voice_profiles import Manner, Role


class Respelling(Struct, frozen=True):
    """What a lexicon put in place of a written word."""

    written: str
    spoken: str
    lexicon: str
    """Which one, for people."""


class Sentence(Struct, frozen=True, eq=False, omit_defaults=True):
    """A sentence as the author wrote it and as it is said. The same words said for another reason are the same sentence."""

    written: str
    """With the white space after it, so that the sentences of a paragraph join to its text; empty where the narrator announces
    something that the author did not write."""
    spoken: str
    respellings: tuple[Respelling, ...] = ()
    """What lexicons changed on the way from the one to the other."""
    marks: tuple[Mark, ...] = ()
    """What is more than plain in what is written, in order."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and (self.written, self.spoken) == (other.written, other.spoken)

    def __hash__(self) -> int:
        return hash((self.written, self.spoken))


PLAIN = Manner()


class Say(Struct, frozen=True, eq=False):
    """What is said in one go: a paragraph, a heading, or as much of one as an engine takes, in one language.

    The same words said in the same way are the same, wherever they stand in the article.
    """

    sentences: tuple[Sentence, ...]
    language: LanguageTag
    role: Role = Role.BODY
    continues: bool = False
    """Whether it goes on with the paragraph that was said before it: after a change of language, or of what an engine takes."""
    manner: Manner = PLAIN
    """On top of the role's, where a script asks for it."""
    voice: str = ""
    """An engine's voice that a script asks for; where the engine has none of this name, it is as if none were asked for."""
    text: int = 0
    """The number of the text that it is of, or goes on with: they are counted as they are told."""
    place: tuple[Element, ...] = ()
    """What the text stands in, outermost first."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Say) and self._heard == other._heard

    def __hash__(self) -> int:
        return hash(self._heard)

    @property
    def _heard(self) -> tuple[object, ...]:
        return self.sentences, self.language, self.role, self.continues, self.manner, self.voice

    @property
    def written(self) -> str:
        """As the author wrote it; nothing where all of it is the narrator's."""
        return "".join(sentence.written for sentence in self.sentences).strip()

    @property
    def spoken(self) -> str:
        """As it is said: the text of the utterance."""
        return " ".join(sentence.spoken for sentence in self.sentences if sentence.spoken)


class Pause(Struct, frozen=True):
    """Silence, as a listener hears it."""

    duration: Milliseconds


Part: TypeAlias = Say | Pause


class Head(Struct, frozen=True):
    """What is known of a section before it is narrated."""

    id: str
    title: str
    level: int
    characters: int
    """About how many are said in it: what part of all the section is."""


class Unspoken(Struct, frozen=True):
    """A text that is written and not said: code that is too long to be read out, a row of a table without any words."""

    text: int
    """Its number, among those of what is said."""
    place: tuple[Element, ...]
    role: Role
    language: LanguageTag
    written: str
    marks: tuple[Mark, ...] = ()


class Section(Struct, frozen=True, eq=False):
    """A chapter: its heading and what stands below it up to the next heading. What is heard alike is the same section."""

    id: str
    title: str
    level: int
    """1 for the title and what follows it, 2 and deeper for headings."""
    parts: tuple[Part, ...]
    unspoken: tuple[Unspoken, ...] = ()
    """What stands in it as well; named in the script's `left_out`."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Section) and self._heard == other._heard

    def __hash__(self) -> int:
        return hash(self._heard)

    @property
    def _heard(self) -> tuple[object, ...]:
        return self.id, self.title, self.level, self.parts

    @property
    def head(self) -> Head:
        """What is known without the parts."""
        characters = sum(len(part.spoken) for part in self.parts if isinstance(part, Say))
        return Head(self.id, self.title, self.level, characters)


class Sections(Lazy[Section]):
    """The sections of a script, each made when it is first asked for; what heads them is known before."""

    def __init__(self, source: Iterable[Section], heads: tuple[Head, ...]) -> None:
        """`heads` are those of the sections that `source` will give."""
        super().__init__(source)
        self.heads = heads


class Script(Struct, frozen=True):
    """An article as it will be heard."""

    metadata: Metadata
    title: str
    language: LanguageTag
    sections: Sequence[Section]
    """Perhaps `Sections`, which are made as they are asked for."""
    left_out: Sequence[Omission] = ()
    """What of the source is not spoken, and why; to ask for it makes all sections."""
    notes: tuple[str, ...] = ()
    """What a script asked for that cannot be done, a line for each."""

    def utterances(self) -> Iterator[Say]:
        """Everything that is said, in order."""
        return (part for section in self.sections for part in section.parts if isinstance(part, Say))

    @property
    def heads(self) -> tuple[Head, ...]:
        """What heads the sections; none of them is made for it."""
        if isinstance(self.sections, Sections):
            return self.sections.heads
        return tuple(section.head for section in self.sections)
