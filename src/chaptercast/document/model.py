"""The model of an article that has been read: metadata and a tuple of blocks. Frozen values; `replace` makes a changed copy."""

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct, field

from chaptercast.common.units import LanguageTag
from chaptercast.mathematics.tree import Node


class Span(Struct, frozen=True):
    r"""A run of text of one kind. White space is as a reader sees it: folded, with `\n` for a line break."""

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
    """The address of a link."""
    reading: str = ""
    """Ruby: how the text is pronounced."""
    expansion: str = ""
    """The expansion of an abbreviation (`<abbr title>`)."""
    note: str = ""
    """The id of the `Note` that this reference points to."""
    math: bool = False
    """Whether it is a formula. The text is its source or alternative text."""
    formula: Node | None = None
    """The tree of the formula; `None` if there is only alternative text."""
    language: LanguageTag | None = None
    """If it differs from the block's language."""
    page: int = 0
    """The number, from 1, of the page of the source that begins with this text; 0 if none does. Never spoken."""


Inlines: TypeAlias = tuple[Span, ...]
"""The text of a block. The joined texts of its spans are what a reader sees."""


class Origin(Struct, frozen=True):
    """The place of a block in its source: evidence for the outline, never spoken."""

    tag: str = ""
    """The name of its element: `p`, `div`, `td`, `dt`, `summary`, `figcaption`, `blockquote`...; empty in plain text."""
    classes: tuple[str, ...] = ()
    """Class and id tokens of the element, and of ancestors with no other content."""
    bare: bool = False
    """Whether the text stood between blocks, without an element of its own."""
    after_image: bool = False
    """Whether it directly followed an image."""
    centred: bool = False
    font_percent: int = 100
    """Font size as a percentage of the surrounding text's, if the source gives it."""
    headline: str = ""
    """In print: its type, if that is the type of lines that stand alone before text throughout the document."""
    underline: str = ""
    """In plain text: the sign that underlines the line (`=`, `-`, `~`...). The underline itself is not in the text."""
    indent: int = 0
    """In plain text: columns of white space before the first line. A full-width space counts as two."""
    context: tuple[str, ...] = ()
    """The elements that contain it, outermost first: `blockquote`, `li`, `td`, `figure`, `details`, `aside`, `footer`..."""
    depth: int = 0
    """The depth, from 1, of the part that it heads, in the structure that a book declares (table of contents, sections). 0 if it heads
    none."""


class Heading(Struct, frozen=True):
    """A heading. Level 1 is the title."""

    inlines: Inlines
    level: int
    confidence: float = 1.0
    """From 0 to 1. 1 for a heading that the source marks."""
    evidence: tuple[str, ...] = ()
    """The names of the rules for and against it."""
    language: LanguageTag | None = None
    origin: Origin = Origin()


class Paragraph(Struct, frozen=True):
    """A block of running text."""

    inlines: Inlines
    language: LanguageTag | None = None
    origin: Origin = Origin()


class ListBlock(Struct, frozen=True):
    """A list. Each item is a tuple of blocks."""

    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    start: int = 1
    language: LanguageTag | None = None


class Cell(Struct, frozen=True):
    """A cell of a table."""

    inlines: Inlines
    header: bool = False
    columns: int = 1
    """The number of columns that it spans."""
    rows: int = 1
    """The number of rows that it spans."""


class Table(Struct, frozen=True):
    """A data table, in rows. A layout table is read as its blocks."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Inlines = ()
    language: LanguageTag | None = None


class Figure(Struct, frozen=True):
    """An image, a chart or a video, represented by words."""

    alt: str = ""
    caption: Inlines = ()
    source: str = ""
    decorative: bool = False
    """Whether its author marked it as decorative (`alt=""`, `role="presentation"`)."""
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
    """The reason why part of the source is not spoken."""

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
    """A part of the source that is not spoken, with the reason."""

    text: str
    reason: Reason


class ReadBy(StrEnum):
    """How the text of a page was read."""

    STRUCTURE = "structure"
    """By the structure (tags) that the file has."""
    LAYOUT = "layout"
    """By where the text stands."""
    RECOGNITION = "recognition"
    """By optical character recognition."""
    PICTURE = "picture"
    """A picture that was not recognised: nothing of it is spoken."""
    EMPTY = "empty"
    UNREADABLE = "unreadable"


class SourcePage(Struct, frozen=True):
    """A page of the source, as in a PDF or a printed edition."""

    label: str
    """Its number in print, such as `xii`."""
    read_by: ReadBy | None = None
    """`None` if the source is text with page marks in it."""
    sure: float | None = None
    """How sure the reading is, from 0 to 1; `None` if nothing was read."""
    fault: str = ""
    """Why it could not be read."""

    @property
    def has_text(self) -> bool:
        """Whether any text was read on it."""
        return self.read_by not in (ReadBy.PICTURE, ReadBy.EMPTY, ReadBy.UNREADABLE)


class Metadata(Struct, frozen=True):
    """The metadata of an article. Unknown fields are empty."""

    title: str = ""
    """From front matter or `og:title`."""
    page_title: str = ""
    """The `<title>` of a page. It often contains the site's name, or is only a file name. Weaker evidence than a heading."""
    author: str = ""
    """All authors, as a reader would write them."""
    date: str = ""
    """ISO 8601, `YYYY-MM-DD` or with time and offset."""
    language: LanguageTag | None = None
    """As declared. `Document.language` is the decision."""
    source: str = ""
    """Its web address, if it has one."""
    image: str = ""
    description: str = ""
    extra: tuple[tuple[str, str], ...] = field(default=())
    """Other front-matter fields, for later stages (`lexicon`, `voice`...)."""
    authors: tuple[str, ...] = ()
    """The authors one by one, if they are known so."""


class Document(Struct, frozen=True):
    """An article."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    language: LanguageTag
    """The language of the whole article, declared or identified."""
    left_out: tuple[Omission, ...] = ()
    """The parts that the reader saw and did not keep."""
    notes: tuple[str, ...] = ()
    """Notes for people on how the article was read, one line each."""
    pages: tuple[SourcePage, ...] = ()
    """The pages of the source, if it has pages. `Span.page` is the number of one of them."""

    @property
    def title(self) -> str:
        """The title: from the metadata, otherwise the level-1 heading, otherwise empty."""
        if self.metadata.title:
            return self.metadata.title
        return next((plain(b.inlines) for b in self.blocks if isinstance(b, Heading) and b.level == 1), "")


def plain(inlines: Inlines) -> str:
    """The visible text of `inlines`."""
    return "".join(span.text for span in inlines)
