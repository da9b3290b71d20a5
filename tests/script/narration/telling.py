"""What the tests of narration share: documents in one line, and scripts as lists of what is heard."""

from chaptercast import voice_profiles
from chaptercast.common.units import LanguageTag
from chaptercast.document.model import Block, Document, Inlines, ListBlock, Metadata, Note, Paragraph, Span
from chaptercast.script.model import Pause, Script
from chaptercast.script.narration.narrate import Settings, Verbosity, narrate
from chaptercast.voice_profiles import Role

PAUSES = voice_profiles.load("generic").pauses


def p(*spans: Span | str, language: str | None = None) -> Paragraph:
    """A paragraph of spans; strings are plain ones."""
    return Paragraph(inlines(*spans), LanguageTag(language) if language else None)


def inlines(*spans: Span | str) -> Inlines:
    return tuple(Span(span) if isinstance(span, str) else span for span in spans)


def items(*texts: str, ordered: bool = False, start: int = 1) -> ListBlock:
    return ListBlock(tuple((p(text),) for text in texts), ordered, start)


def note(identity: str, *texts: str, label: str = "") -> Note:
    return Note(identity, tuple(p(text) for text in texts), label)


def script(*blocks: Block, language: str = "en", title: str = "", **settings: object) -> Script:
    document = Document(Metadata(title=title), tuple(blocks), LanguageTag(language))
    return narrate(document, Settings(PAUSES, spells_digits=True, **settings))  # type: ignore[arg-type]


def said(*blocks: Block, verbosity: Verbosity = Verbosity.BRIEF, **settings: object) -> list[str]:
    """What is said, an utterance an entry; what is no part of the running text in brackets."""
    told = script(*blocks, verbosity=verbosity, **settings).utterances()
    return [f"[{say.spoken}]" if say.role is Role.ASIDE else say.spoken for say in told]


def heard(told: Script) -> list[str | int]:
    """Spoken texts and pauses, in order."""
    return [part.duration if isinstance(part, Pause) else part.spoken for s in told.sections for part in s.parts]


def left_out(told: Script) -> list[tuple[str, str]]:
    return [(omission.text, omission.reason.name) for omission in told.left_out]


def voices(*blocks: Block, language: str = "en") -> list[tuple[str, str]]:
    """What the author wrote, an utterance an entry, with its language."""
    told = script(*blocks, language=language).utterances()
    return [(str(say.language), say.written) for say in told if say.written]
