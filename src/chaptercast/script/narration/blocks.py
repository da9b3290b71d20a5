"""How headings, paragraphs, quotations, images, code, notes and breaks are said."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from types import MappingProxyType

from chaptercast.document.model import Break, CodeBlock, Figure, Heading, Note, Paragraph, Quote, Reason, plain
from chaptercast.script.narration.duration import weight
from chaptercast.script.narration.inlines import Piece
from chaptercast.script.narration.narrator import Narrator, Steps, TellNote
from chaptercast.script.narration.notes import every_block, texts_of
from chaptercast.script.narration.options import Code, Notes, Verbosity
from chaptercast.script.normalise import speakable
from chaptercast.text_structure import Element, Kind
from chaptercast.voice_profiles import Role

DEEPEST_PAUSES = 4
"""Headings of this level and deeper pause alike."""
SHORT_CODE_LINES, SHORT_CODE_WEIGHT = 5, 240
"""Code up to here can be followed by ear: a command, a few settings."""

PARAGRAPHS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"dt": ("term", ""), "dd": ("definition", "definition"), "summary": ("term", "details")}
)
"""Paragraphs that are more than running text, by the element they were: the kind of their pauses, and what announces them."""


ELEMENTS: Mapping[str, Kind] = MappingProxyType({"dt": Kind.TERM, "dd": Kind.DEFINITION})


def heading(narrator: Narrator, block: Heading) -> Steps:
    """A heading opens a chapter, unless it stands in a list, a quotation or a note."""
    language = block.language or narrator.language
    pieces = narrator.read(block.inlines, language)
    title = "" if narrator.depth else chapter_title(pieces)
    if title:
        yield from narrator.end_of_section()
        narrator.open_section(title, block.level)
    kind = f"heading-{min(max(block.level, 2), DEEPEST_PAUSES)}"
    narrator.before(kind)
    narrator.say_pieces(pieces, Role.HEADING, language, declared=block.language is not None or narrator.declared)
    narrator.after(kind)


def chapter_title(pieces: Sequence[Piece]) -> str:
    """What a chapter is called whose heading has been read as `pieces`; nothing where it cannot be said, and opens none."""
    if not speakable("".join(piece.said for piece in pieces)):
        return ""
    return " ".join("".join(piece.written for piece in pieces if piece.said or not piece.note).split())


def paragraph(narrator: Narrator, block: Paragraph) -> Steps:
    """Running text; a term, what it means, and the head of a foldable part have pauses of their own."""
    kind, announcement = PARAGRAPHS.get(block.origin.tag, ("paragraph", ""))
    narrator.before(kind)
    if announcement:
        narrator.announce(announcement)
    with narrator.inside(Element(ELEMENTS[block.origin.tag])) if block.origin.tag in ELEMENTS else nullcontext():
        narrator.block(kind, block.inlines, language=block.language)
    yield from ()


def quote(narrator: Narrator, block: Quote) -> Steps:
    """In a voice of its own; where it has several blocks its beginning and its end are announced as well."""
    announced = len(block.blocks) > 1 or narrator.settings.verbosity == Verbosity.FULL
    narrator.before("quote")
    if announced:
        narrator.announce("quote")
    with narrator.within(Role.QUOTE, block.language), narrator.inside(Element(Kind.QUOTE)):
        yield from block.blocks
    narrator.after("quote")
    if announced:
        narrator.announce("quote-end")
        narrator.after("quote")


def figure(narrator: Narrator, block: Figure) -> Steps:
    """Its alternative text and its caption, once where they are the same; a decorative image is silent."""
    if block.decorative:
        narrator.leave_out(block.alt, Reason.DECORATIVE)
    caption = plain(block.caption)
    alt = "" if block.decorative else block.alt
    if speakable(alt) and _folded(alt) in _folded(caption):
        narrator.leave_out(alt, Reason.REPEATED)
        alt = ""
    narrator.before("figure")
    if speakable(alt + caption):
        narrator.announce("image")
    with narrator.inside(Element(Kind.FIGURE)):
        with narrator.inside(Element(Kind.ALTERNATIVE)):
            narrator.block("figure", alt, Role.ASIDE, block.language)
        if speakable(alt) and speakable(caption):
            narrator.announce("caption")
        with narrator.inside(Element(Kind.CAPTION)):
            narrator.block("figure", block.caption, Role.ASIDE, block.language)
    yield from ()


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().strip(" .。")


def code(narrator: Narrator, block: CodeBlock) -> Steps:
    """Announced; read if it is short or if the listener wants it, else named as left out."""
    text = block.text.strip("\n")
    lines = len(text.splitlines())
    narrator.before("code")
    with narrator.inside(Element(Kind.CODE, programming_language=block.programming_language)):
        _tell_code(narrator, text, lines)
    narrator.after("code")
    yield from ()


def _tell_code(narrator: Narrator, text: str, lines: int) -> None:
    if speakable(text) and not _is_read(narrator.settings.code, text, lines):
        narrator.announce("code-skipped", lines=lines)
        narrator.leave_out(text, Reason.SETTING)
        narrator.show([Piece(text, "")], Role.ASIDE, narrator.language)
    else:
        if speakable(text):
            narrator.announce("code", lines=lines)
        _say_lines(narrator, text)
        narrator.announce("code-end")


def _is_read(setting: Code, text: str, lines: int) -> bool:
    short = lines <= SHORT_CODE_LINES and weight(text) <= SHORT_CODE_WEIGHT
    return setting == Code.READ or (setting == Code.SHORT and short)


def _say_lines(narrator: Narrator, text: str) -> None:
    """Line by line; brackets that stand alone go with the line before."""
    pieces: list[Piece] = []
    for line in text.splitlines(keepends=True):
        sounds = speakable(line)
        if sounds and any(piece.said for piece in pieces):
            narrator.say_pieces(pieces, Role.ASIDE, narrator.language, declared=True)
            narrator.before("sentence")
            pieces = []
        pieces.append(Piece(line, line if sounds else ""))
    if any(piece.said for piece in pieces):
        narrator.say_pieces(pieces, Role.ASIDE, narrator.language, declared=True)
    else:
        narrator.leave_out(text, Reason.UNSPEAKABLE)
        narrator.show(pieces, Role.ASIDE, narrator.language)


def note(narrator: Narrator, block: Note) -> Steps:
    """At its own place a note is silent: it is told where it is referred to, or at the end of the section."""
    narrator.moved_notes = narrator.notes.meet(block) or narrator.moved_notes
    yield from ()


def tell_note(narrator: Narrator, step: TellNote) -> Steps:
    """A note that was put off."""
    told = step.note
    if narrator.settings.notes == Notes.SKIP:
        narrator.leave_out("\n".join((told.label, *_skipped(narrator, told))), Reason.SETTING)
        return
    narrator.before("note")
    with narrator.within(Role.ASIDE, told.language), narrator.inside_note(told):
        narrator.announce_note(told)
        yield from told.blocks
        narrator.announce("note-end")
    narrator.after("note")


def _skipped(narrator: Narrator, told: Note) -> Iterator[str]:
    """The texts of a note; a note within it is one of its own."""
    for block in every_block(told.blocks, into_notes=False):
        yield from (plain(inlines) for inlines in texts_of(block))
        match block:
            case CodeBlock():
                yield block.text
            case Figure():
                yield block.alt
            case Note():
                narrator.notes.meet(block)


def thematic_break(narrator: Narrator, _block: Break) -> Steps:
    """A longer pause."""
    narrator.before("break")
    narrator.announce("break")
    narrator.before("break")
    yield from ()
