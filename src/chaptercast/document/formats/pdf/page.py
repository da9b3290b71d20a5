"""The content of one page of a PDF: glyphs, lines, pictures. Lengths are points; y increases downwards, lines run to the right."""

from msgspec import Struct

UNTAGGED, ARTIFACT = -1, -2
"""Special values for the number of marked content: no marked content, and content that the page marks as not part of the text."""


class Style(Struct, frozen=True, gc=False):
    """The style of a glyph."""

    size: float
    bold: bool = False
    italic: bool = False
    mono: bool = False
    embedded: bool = True
    """Whether the file contains the font."""
    font: str = ""
    language: str = ""
    """The language that the page gives for its glyphs."""
    unmapped: bool = False
    """Whether PDFium is unsure which characters its glyphs stand for."""
    colour: int = 0
    """Its colour: red, green and blue, eight bits each."""


class Glyph(Struct, gc=False):
    """A character at its place."""

    text: str
    x0: float
    x1: float
    y: float
    """Its baseline."""
    style: Style
    space: int = 0
    """What the file has before it, see `glyphs.Raw`."""
    tag: int = UNTAGGED
    """The number of the marked content that contains it."""
    hidden: bool = False
    """Not painted: the text layer of a scan, or invisible text."""
    shift: int = 0
    """1 for raised, -1 for lowered."""
    order: int = 0
    """Its index in the painting order of the file."""

    @property
    def size(self) -> float:
        """Height of its font."""
        return self.style.size


class Run(Struct, frozen=True):
    """Text of one style in a line."""

    text: str
    bold: bool = False
    italic: bool = False
    mono: bool = False
    shift: int = 0
    """1 for raised, -1 for lowered."""
    tag: int = UNTAGGED
    language: str = ""
    """The language that the page gives for it."""


class Line(Struct, frozen=True):
    """A line of text in its column."""

    runs: tuple[Run, ...]
    x0: float
    x1: float
    y: float
    """Its baseline."""
    size: float
    """Size of most of its glyphs."""
    left: float = 0.0
    """Where its column begins."""
    right: float = 0.0
    """Where its column ends."""
    column: int = 0
    """Columns of a page are numbered in reading order."""
    cells: tuple[tuple[float, float, str], ...] = ()
    """Its parts with wide gaps between them: start, end and text of each."""
    drop: bool = False
    """It begins with an initial that is several lines high."""
    split: bool = False
    """Its two parts stand far apart, and it is no row of a table."""
    look: str = ""
    """Font and colour of most of its glyphs."""
    table: int = 0
    """It is a row of this ruled table of its page, from 1; `cells` then has all of its cells, the lines of each joined by line ends."""

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(run.text for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether nearly all of it is bold."""
        total = sum(len(run.text.strip()) for run in self.runs)
        return total > 0 and sum(len(run.text.strip()) for run in self.runs if run.bold) >= 0.9 * total


class Box(Struct, frozen=True):
    """A rectangle on a page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def area(self) -> float:
        """Area in square points."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.y1 - self.y0)


class Element(Struct, frozen=True):
    """An element of a page's structure tree, with its marked content and child elements, in order."""

    kind: str
    own: str = ""
    """Its own name in the file, before the file's role map is applied."""
    alt: str = ""
    actual: str = ""
    expansion: str = ""
    language: str = ""
    children: tuple["Element | int", ...] = ()


class Leaf(Struct, frozen=True):
    """An element that holds a stretch of text, and the elements that contain it."""

    kinds: tuple[str, ...]
    """Kinds of the elements from the root to itself."""
    numbers: tuple[int, ...]
    """Number of each of these elements on its page."""
    alt: str = ""
    actual: str = ""
    language: str = ""

    @property
    def kind(self) -> str:
        """Its own kind."""
        return self.kinds[-1]

    def within(self, kind: str) -> int:
        """Returns the number of the innermost element of a kind that contains it, or is it; 0 if there is none."""
        return next((n for k, n in zip(self.kinds[::-1], self.numbers[::-1], strict=True) if k == kind), 0)


class Bad(Struct, frozen=True):
    """Text of a page that cannot be spoken, and why."""

    text: str
    why: str


class Page(Struct, frozen=True):
    """The content of a page."""

    number: int
    """Page number, from 1."""
    width: float
    height: float
    label: str = ""
    """The page label: its number in print."""
    lines: tuple[Line, ...] = ()
    images: tuple[Box, ...] = ()
    rules: tuple[Box, ...] = ()
    """Straight lines that are drawn."""
    bad: tuple[Bad, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    """Leaves of its structure, if that can be trusted. The number of a line's column is then that of its leaf."""
    glyphs: int = 0
    layer: bool = False
    """Its text is not painted: a layer that recognition has put on the picture of a scan."""
    fault: str = ""
    """Why the page could not be read."""
    confidence: float = 1.0
    """Confidence of OCR; 1 if nothing was recognised."""
    way: str = "layout"
    """How it was read: `layout`, `tags`, `OCR`, `scan`, `empty`, `fault`."""

    @property
    def has_words(self) -> bool:
        """Whether there is anything to speak on it: text, or words that its structure gives for a picture."""
        return bool(self.lines) or any(leaf.alt or leaf.actual for leaf in self.leaves)


class Chapter(Struct, frozen=True):
    """An entry of the file's own outline."""

    title: str
    depth: int
    """Depth, from 1."""
    page: int
    """Page number, from 1; 0 if the entry leads nowhere."""
    y: float | None = None
    """Distance of its beginning from the top of the page."""


class Facts(Struct, frozen=True):
    """The file's own information."""

    pages: int
    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    tagged: bool = False
    chapters: tuple[Chapter, ...] = ()
    attachments: tuple[str, ...] = ()
    producer: str = ""
