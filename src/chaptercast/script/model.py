"""The script: what is to be spoken, as frozen values. Written and spoken text stay separate; a pause is a part, never text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from chaptercast.common.lazy import Lazy
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import Metadata, Omission, SourcePage
from chaptercast.text_structure import Element, Mark
from chaptercast.voice_profiles import Manner, Role


class Respelling(Struct, frozen=True):
    """A replacement of a written word by a lexicon."""

    written: str
    spoken: str
    lexicon: str
    """The name of the lexicon, for people."""


class Sentence(Struct, frozen=True, eq=False, omit_defaults=True):
    """A sentence as it is written and as it is spoken. Two sentences with equal words are equal, whatever the reason for their speech."""

    written: str
    """Includes the white space after it, so that the sentences of a paragraph join to its text. Empty if the narrator announces something
    that the author did not write."""
    spoken: str
    respellings: tuple[Respelling, ...] = ()
    """The lexicons' changes between the written and the spoken form."""
    marks: tuple[Mark, ...] = ()
    """The inline marks of the written text, in order."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and (self.written, self.spoken) == (other.written, other.spoken)

    def __hash__(self) -> int:
        return hash((self.written, self.spoken))


PLAIN = Manner()


class Say(Struct, frozen=True, eq=False):
    """Text in one language that is spoken in one go: a paragraph, a heading, or as much of one as an engine accepts.

    Equal words spoken in the same way are equal, wherever they stand in the article.
    """

    sentences: tuple[Sentence, ...]
    language: LanguageTag
    role: Role = Role.BODY
    continues: bool = False
    """Whether it continues the paragraph spoken before it, after a change of language or at an engine's limit."""
    manner: Manner = PLAIN
    """A script's request, on top of the role's manner."""
    voice: str = ""
    """The engine's voice that a script requests. If the engine has none of this name, the request is ignored."""
    text: int = 0
    """The number of the text that it belongs to or continues. Texts are numbered as they are told."""
    place: tuple[Element, ...] = ()
    """The elements that contain the text, outermost first."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Say) and self._heard == other._heard

    def __hash__(self) -> int:
        return hash(self._heard)

    @property
    def _heard(self) -> tuple[object, ...]:
        return self.sentences, self.language, self.role, self.continues, self.manner, self.voice

    @property
    def written(self) -> str:
        """The author's text. Empty if all of it is the narrator's."""
        return "".join(sentence.written for sentence in self.sentences).strip()

    @property
    def spoken(self) -> str:
        """The spoken text, which is the text of the utterance."""
        return " ".join(sentence.spoken for sentence in self.sentences if sentence.spoken)


class Pause(Struct, frozen=True):
    """Silence, with the duration that a listener hears."""

    duration: Milliseconds


Part: TypeAlias = Say | Pause


class Head(Struct, frozen=True):
    """What is known of a section before it is narrated."""

    id: str
    title: str
    level: int
    characters: int
    """The approximate number of spoken characters: the section's share of the whole."""


class Unspoken(Struct, frozen=True):
    """A written text that is not spoken: code that is too long to read out, or a table row without words."""

    text: int
    """Its number, in the same series as the spoken texts."""
    place: tuple[Element, ...]
    role: Role
    language: LanguageTag
    written: str
    marks: tuple[Mark, ...] = ()


class Section(Struct, frozen=True, eq=False):
    """A chapter: its heading, and what follows up to the next heading. Sections that sound the same are equal."""

    id: str
    title: str
    level: int
    """1 for the title and the text after it, 2 and deeper for headings."""
    parts: tuple[Part, ...]
    unspoken: tuple[Unspoken, ...] = ()
    """Unspoken texts in the section. They are also listed in the script's `left_out`."""

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
    """The sections of a script. Each is made on first request; the heads are known before."""

    def __init__(self, source: Iterable[Section], heads: tuple[Head, ...]) -> None:
        """`heads` are those of the sections in `source`."""
        super().__init__(source)
        self.heads = heads


class Script(Struct, frozen=True):
    """An article as it will be heard."""

    metadata: Metadata
    title: str
    language: LanguageTag
    sections: Sequence[Section]
    """May be `Sections`, which are made on request."""
    left_out: Sequence[Omission] = ()
    """The parts of the source that are not spoken, with reasons. Reading it makes all sections."""
    notes: tuple[str, ...] = ()
    """Requests of a script that cannot be fulfilled, one line each."""
    pages: tuple[SourcePage, ...] = ()
    """The pages of the source, if it has pages. `Style.page` is the number of one of them."""

    def utterances(self) -> Iterator[Say]:
        """Everything that is spoken, in order."""
        return (part for section in self.sections for part in section.parts if isinstance(part, Say))

    @property
    def heads(self) -> tuple[Head, ...]:
        """The heads of the sections. Makes no section."""
        if isinstance(self.sections, Sections):
            return self.sections.heads
        return tuple(section.head for section in self.sections)
