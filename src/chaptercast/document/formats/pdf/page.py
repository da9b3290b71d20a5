"""What one page of a PDF holds, as values: glyphs, lines, pictures. Lengths are points; y grows downwards, lines run to the right."""

from msgspec import Struct

UNTAGGED, ARTIFACT = -1, -2
"""In place of the number of marked content: none, and what the page marks as no part of the text."""


class Style(Struct, frozen=True, gc=False):
    """How a glyph is set."""

    size: float
    bold: bool = False
    italic: bool = False
    mono: bool = False
    embedded: bool = True
    """Whether the file brings the font along."""
    font: str = ""
    unmapped: bool = False
    """Whether PDFium doubts what its glyphs stand for."""


class Glyph(Struct, gc=False):
    """A character where it stands."""

    text: str
    x0: float
    x1: float
    y: float
    """Its baseline."""
    style: Style
    space: int = 0
    """What the file has before it, see `glyphs.Raw`."""
    tag: int = UNTAGGED
    """The number of the marked content that it is in."""
    hidden: bool = False
    """Not painted: the text layer of a scan, or text that nobody sees."""
    shift: int = 0
    """1 for raised, -1 for lowered."""
    order: int = 0
    """Its place in the order in which the file paints."""

    @property
    def size(self) -> float:
        """Height of its font."""
        return self.style.size


class Run(Struct, frozen=True):
    """Text of one look in a line."""

    text: str
    bold: bool = False
    italic: bool = False
    mono: bool = False
    shift: int = 0
    """1 for raised, -1 for lowered."""
    tag: int = UNTAGGED


class Line(Struct, frozen=True):
    """A line of text in its column."""

    runs: tuple[Run, ...]
    x0: float
    x1: float
    y: float
    """Its baseline."""
    size: float
    """Of most of its glyphs."""
    left: float = 0.0
    """Where its column begins."""
    right: float = 0.0
    """Where its column ends."""
    column: int = 0
    """The columns of a page are counted in the order of reading."""
    cells: tuple[tuple[float, float, str], ...] = ()
    """Its parts with wide gaps between them: where each begins and ends, and its text."""
    drop: bool = False
    """Begins with an initial that is several lines high."""

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
    """A place on a page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def area(self) -> float:
        """Square points."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.y1 - self.y0)


class Element(Struct, frozen=True):
    """An element of a page's structure tree, with the marked content and the elements in it, in order."""

    kind: str
    own: str = ""
    """What the file itself calls it, before its map of roles."""
    alt: str = ""
    actual: str = ""
    expansion: str = ""
    language: str = ""
    children: tuple["Element | int", ...] = ()


class Leaf(Struct, frozen=True):
    """An element that holds a stretch of text, and the elements that it is in."""

    kinds: tuple[str, ...]
    """From the root to itself."""
    numbers: tuple[int, ...]
    """Which element each of them is on its page."""
    alt: str = ""
    actual: str = ""
    language: str = ""

    @property
    def kind(self) -> str:
        """Its own."""
        return self.kinds[-1]

    def within(self, kind: str) -> int:
        """The number of the innermost element of a kind that it is in, or is; 0 for none."""
        return next((n for k, n in zip(self.kinds[::-1], self.numbers[::-1], strict=True) if k == kind), 0)


class Bad(Struct, frozen=True):
    """Text of a page that cannot be spoken, and why."""

    text: str
    why: str


class Page(Struct, frozen=True):
    """A page as it was read."""

    number: int
    """From 1."""
    width: float
    height: float
    label: str = ""
    """What it is called in print."""
    lines: tuple[Line, ...] = ()
    images: tuple[Box, ...] = ()
    rules: tuple[Box, ...] = ()
    """Straight lines that are drawn."""
    bad: tuple[Bad, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    """Of its structure, if that can be trusted: the number of a line's column is that of its leaf."""
    glyphs: int = 0
    fault: str = ""
    """Why it could not be read."""
    confidence: float = 1.0
    """Of recognition; 1 where nothing was recognised."""
    way: str = "layout"
    """How it was read: `layout`, `tags`, `OCR`, `scan`, `empty`, `fault`."""


class Chapter(Struct, frozen=True):
    """An entry of the file's own outline."""

    title: str
    depth: int
    """From 1."""
    page: int
    """From 1; 0 where it leads nowhere."""
    y: float | None = None
    """Where on the page it begins, counted from its top."""


class Facts(Struct, frozen=True):
    """What a file says of itself."""

    pages: int
    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    tagged: bool = False
    chapters: tuple[Chapter, ...] = ()
    attachments: tuple[str, ...] = ()
    producer: str = ""
