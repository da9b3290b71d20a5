"""What an article is, once read: metadata and a tuple of blocks. Frozen values; `replace` makes a changed copy."""

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct, field

from chaptercast.common.units import LanguageTag
from chaptercast.mathematics.tree import Node


class Span(Struct, frozen=True):
    r"""A run of text of one kind. White space is as seen: folded, with `\n` for a line break."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    deleted: bool = False
    raised: bool = False
    """Superscript."""
    lowered: bool = False
    """Subscript."""
    link: str = ""
    """The address that the text leads to."""
    reading: str = ""
    """Ruby: how the text is pronounced."""
    expansion: str = ""
    """What an abbreviation stands for (`<abbr title>`)."""
    note: str = ""
    """The id of the `Note` that this is the reference to."""
    math: bool = False
    """A formula; the text is its source or alternative text."""
    formula: Node | None = None
    """What the formula is; None where there is only alternative text."""
    language: LanguageTag | None = None
    """Where it is not that of the block."""


Inlines: TypeAlias = tuple[Span, ...]
"""The text of a block; the spans' texts joined are what a reader sees."""


class Origin(Struct, frozen=True):
    """How a block stood in its source: evidence for the outline, nothing that is spoken."""

    tag: str = ""
    """The element it was: `p`, `div`, `td`, `dt`, `summary`, `figcaption`, `blockquote`...; empty in plain text."""
    classes: tuple[str, ...] = ()
    """Class and id tokens of the element and of ancestors that hold nothing else."""
    bare: bool = False
    """Text that stood between blocks, in no element of its own."""
    after_image: bool = False
    """Nothing stood between the block and an image before it."""
    centred: bool = False
    font_percent: int = 100
    """Font size as a percentage of the surrounding text's, where the source says so."""
    underline: str = ""
    """In plain text: the sign that underlines the line (`=`, `-`, `~`...), itself no longer in the text."""
    indent: int = 0
    """In plain text: columns of white space before the first line; a full-width space is two."""
    context: tuple[str, ...] = ()
    """What it stands in, outermost first: `blockquote`, `li`, `td`, `figure`, `details`, `aside`, `footer`..."""
    depth: int = 0
    """How deep in the structure that a book declares (its contents, its sections) this heads a part, from 1; 0 for what heads none."""


class Heading(Struct, frozen=True):
    """A heading; level 1 is the title."""

    inlines: Inlines
    level: int
    confidence: float = 1.0
    """0 to 1; 1 for a heading that the source marks as one."""
    evidence: tuple[str, ...] = ()
    """Why this is a heading: names of the rules that spoke for or against it."""
    language: LanguageTag | None = None
    origin: Origin = Origin()


class Paragraph(Struct, frozen=True):
    """A block of running text."""

    inlines: Inlines
    language: LanguageTag | None = None
    origin: Origin = Origin()


class ListBlock(Struct, frozen=True):
    """A list; each item is a tuple of blocks."""

    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    start: int = 1
    language: LanguageTag | None = None


class Cell(Struct, frozen=True):
    """A cell of a table."""

    inlines: Inlines
    header: bool = False
    columns: int = 1
    """How many columns it spans."""
    rows: int = 1
    """How many rows it spans."""


class Table(Struct, frozen=True):
    """A table of data, in rows; a table that only lays out a page is read as its blocks."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Inlines = ()
    language: LanguageTag | None = None


class Figure(Struct, frozen=True):
    """An image, a chart, a video: what stands for it in words."""

    alt: str = ""
    caption: Inlines = ()
    source: str = ""
    decorative: bool = False
    """Marked so by its author (`alt=""`, `role="presentation"`)."""
    language: LanguageTag | None = None


class Quote(Struct, frozen=True):
    """A quotation set apart."""

    blocks: tuple["Block", ...]
    language: LanguageTag | None = None


class CodeBlock(Struct, frozen=True):
    """Preformatted text."""

    text: str
    programming_language: str = ""


class Note(Struct, frozen=True):
    """A footnote or endnote."""

    id: str
    blocks: tuple["Block", ...]
    label: str = ""
    language: LanguageTag | None = None


class Break(Struct, frozen=True):
    """A thematic break."""


Block: TypeAlias = Heading | Paragraph | ListBlock | Table | Figure | Quote | CodeBlock | Note | Break


class Reason(StrEnum):
    """Why something of the source is not spoken."""

    NO_ALT = "image without alternative text"
    DECORATIVE = "decorative image"
    CREDIT = "credit of the page"
    BOILERPLATE = "navigation or other page furniture"
    HIDDEN = "hidden in the source"
    DELETED = "deleted in the source"
    REMARK = "remark on the text"
    FIGURES = "figures of a large chart"
    NOT_TEXT = "script, style or form control"
    UNSPEAKABLE = "signs without a spoken form"
    REPEATED = "repeats what is said already"
    NO_SOUND = "the engine has no sound for it"
    UNREAD = "letters that the voice cannot read"
    SETTING = "left out by setting"
    METADATA = "front matter that cannot be read"
    DIRECTIVE = "instruction to the program that shows the text"
    EMBED = "part of another document"
    NOTICE = "notice or licence of a publisher"
    PAGE = "head or foot of a printed page"
    DAMAGED = "bytes that are no text in any encoding"
    PAGE_NUMBER = "page number of the printed edition"
    MISSING = "named in the book, and not in its file"
    ATTACHMENT = "attached file"
    ENVELOPE = "address of a message"


class Omission(Struct, frozen=True):
    """Something of the source that is not spoken, and why."""

    text: str
    reason: Reason


class Metadata(Struct, frozen=True):
    """What is known about an article; empty where nothing is."""

    title: str = ""
    """As front matter or `og:title` give it."""
    page_title: str = ""
    """The `<title>` of a page, often with the name of its site, sometimes only a file's: weaker than a heading."""
    author: str = ""
    """All authors, as a reader writes them."""
    date: str = ""
    """ISO 8601, `YYYY-MM-DD` or with time and offset."""
    language: LanguageTag | None = None
    """As declared; `Document.language` is what it is taken to be."""
    source: str = ""
    """Its address in the web, if it has one."""
    image: str = ""
    description: str = ""
    extra: tuple[tuple[str, str], ...] = field(default=())
    """Other front-matter fields that later stages may know (`lexicon`, `voice`...)."""
    authors: tuple[str, ...] = ()
    """Each author, where they are known one by one."""


class Document(Struct, frozen=True):
    """An article."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    language: LanguageTag
    """Of the article as a whole: declared or found."""
    left_out: tuple[Omission, ...] = ()
    """What the reader saw and did not keep."""
    notes: tuple[str, ...] = ()
    """What people should know of how it was read, a line for each."""

    @property
    def title(self) -> str:
        """The title: from the metadata, or the level-1 heading, or nothing."""
        if self.metadata.title:
            return self.metadata.title
        return next((plain(b.inlines) for b in self.blocks if isinstance(b, Heading) and b.level == 1), "")


def plain(inlines: Inlines) -> str:
    """The text of `inlines` as seen."""
    return "".join(span.text for span in inlines)
