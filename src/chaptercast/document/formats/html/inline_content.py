"""Collects the inline content of one block: folds white space the HTML way, merges equal styles, keeps images in their place.

Folding follows CSS Text 3, section 4.1, with its segment-break rule for scripts without spaces: a line break between two ideographs or
kana is removed, any other run of white space becomes one space.
"""

import re

import regex
from msgspec import Struct, field
from msgspec.structs import replace

from chaptercast.document.formats.html.element_kinds import PLAIN
from chaptercast.document.model import Inlines, Span
from chaptercast.mathematics.tree import Node

WHITE = " \t\n\r\f"
INLINE_ALT_LIMIT = 60
"""Maximum number of characters of an alternative text within a sentence. A longer one is said after the paragraph."""

_RUN = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_WIDE = r"[\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
_WIDE_BREAK = regex.compile(rf"(?<={_WIDE})[ \t\f]*[\n\r][ \t\n\r\f]*(?={_WIDE})")
_WIDE_CHARACTER = regex.compile(_WIDE)
_INVISIBLE = re.compile("[\u00ad\ufeff]")
_OBJECT = "\ufffc"
"""Stands for an image when the character before a position is asked for."""
_UNSEEN = " \t\n\r\f\v\u00a0\u3000\u200b\u200c\u200d\u2060"


class Picture(Struct, frozen=True):
    """An image, or another object with alternative text, at its place in a line."""

    alt: str = ""
    source: str = ""
    decorative: bool = False
    sign: bool = False
    """It stands for a character or a formula: an emoji, a rendered equation."""
    formula: Node | None = None
    """The tree of the alternative text, if that is a formula."""
    amid: bool = False
    """It stood within the text of the paragraph before it."""


class _Run(Struct):
    style: Span
    parts: list[str] = field(default_factory=list)


Segment = Inlines | Picture
"""A run of text, or an image that stands by itself."""


class Line:
    """Collects text, breaks and pictures until the block ends. `take` returns them and starts a new line."""

    def __init__(self) -> None:
        self._pieces: list[_Run | Picture] = []
        self._last = ""
        self._gap = ""
        self._gap_style = PLAIN
        self._soft = False

    @property
    def blank(self) -> bool:
        """Whether nothing has been collected."""
        return not self._pieces

    @property
    def within_word(self) -> bool:
        """Whether a letter or a digit was added last, of a script that has spaces between its words."""
        return self._last.isalnum() and not (self._gap or self._soft or _WIDE_CHARACTER.match(self._last))

    def text(self, raw: str, style: Span, *, preserve: bool = False) -> None:
        """Adds text in `style`. With `preserve`, white space stays unchanged."""
        if not raw.isascii():
            raw = _INVISIBLE.sub("", raw)
        if preserve:
            self._settle(raw[:1])
            self._write(raw.replace("\r\n", "\n").replace("\r", "\n"), style)
            return
        core = raw.strip(WHITE)
        if not core:
            self._space(raw, style)
            return
        if raw[0] in WHITE:
            self._space(raw[: raw.index(core[0])], style)
        self._settle(core[0])
        if "\n" in core and not core.isascii():
            core = _WIDE_BREAK.sub("", core)
        self._write(_RUN.sub(" ", core), style)
        if raw[-1] in WHITE:
            self._space(raw[len(raw.rstrip(WHITE)) :], style)

    def line_break(self, style: Span) -> bool:
        """Ends the line. Returns True if it was empty already: two breaks in a row separate two paragraphs."""
        self._gap = ""
        self._soft = False
        if self._last in ("", "\n"):
            return True
        self._write("\n", style)
        return False

    def soft_break(self) -> None:
        """Ends the line if there is something on it, and only if something follows."""
        self._soft = self._soft or self._last not in ("", "\n")

    def picture(self, picture: Picture) -> None:
        """Puts an image here."""
        self._settle("")
        self._pieces.append(picture)
        if self._last == " " or (picture.sign and not self._last):
            self._last = _OBJECT

    def mark(self) -> int:
        """Returns a position for `annotate`. What follows begins a run of its own."""
        self._settle("漢")
        self._pieces.append(_Run(PLAIN))
        return len(self._pieces) - 1

    def annotate(self, mark: int, reading: str) -> bool:
        """Gives the text since `mark` a ruby reading. Returns False if there is no text."""
        runs = [piece for piece in self._pieces[mark:] if isinstance(piece, _Run) and piece.parts]
        if not runs or len(runs) < len(
            [piece for piece in self._pieces[mark:] if not isinstance(piece, _Run) or piece.parts]
        ):
            return False
        base = "".join(part for run in runs for part in run.parts)
        self._pieces[mark:] = [_Run(replace(runs[0].style, reading=reading), [base])]
        return True

    def take(self) -> list[Segment]:
        """Returns what was collected, in order, and empties the line. A short picture within text becomes text."""
        pieces, self._pieces = self._pieces, []
        self._last = self._gap = ""
        self._soft = False
        if not any(isinstance(piece, Picture) for piece in pieces):
            spans = _spans(pieces)
            return [spans] if spans else []
        return _segments(pieces)

    def _space(self, white: str, style: Span) -> None:
        if white:
            if not self._gap:
                self._gap_style = style
            self._gap = "\n" if "\n" in white or "\r" in white or self._gap == "\n" else " "

    def _settle(self, following: str) -> None:
        """Decides, by `following`, what the white space before it becomes."""
        if self._soft:
            self._write("\n", PLAIN)
        elif self._gap and self._last not in ("", "\n", " "):
            wide = self._gap == "\n" and _WIDE_CHARACTER.match(self._last) and _WIDE_CHARACTER.match(following)
            if not wide:
                self._write(" ", self._gap_style)
        self._gap = ""
        self._soft = False

    def _write(self, text: str, style: Span) -> None:
        if not text:
            return
        last = self._pieces[-1] if self._pieces else None
        if isinstance(last, _Run) and (last.style is style or last.style == style):
            last.parts.append(text)
        else:
            self._pieces.append(_Run(style, [text]))
        self._last = text[-1]


def _spans(pieces: list["_Run | Picture"]) -> Inlines:
    """Returns the runs as spans, without white space at either end; empty if nothing is visible."""
    styles: list[Span] = []
    texts: list[str] = []
    for run in pieces:
        if not isinstance(run, _Run) or not run.parts:
            continue
        text = run.parts[0] if len(run.parts) == 1 else "".join(run.parts)
        if text[0] == " " and texts and texts[-1][-1:] == " ":
            text = text[1:]
        if styles and (styles[-1] is run.style or styles[-1] == run.style):
            texts[-1] += text
        else:
            styles.append(run.style)
            texts.append(text)
    seen = [index for index, text in enumerate(texts) if text.strip()]
    if not seen or not any(text.strip(_UNSEEN) for text in texts):
        return ()
    first, last = seen[0], seen[-1]
    texts[first] = texts[first].lstrip()
    texts[last] = texts[last].rstrip()
    return tuple(replace(styles[index], text=texts[index]) for index in range(first, last + 1))


def _segments(pieces: list["_Run | Picture"]) -> list[Segment]:
    """Cuts the line at pictures that stand by themselves. Pictures within text become text, or follow it if they are long."""
    amid = _amid_text(pieces)
    segments: list[Segment] = []
    stretch: list[_Run | Picture] = []
    later: list[Picture] = []

    def close() -> None:
        spans = _spans(stretch)
        if spans:
            segments.append(spans)
        segments.extend(later)
        stretch.clear()
        later.clear()

    for index, piece in enumerate(pieces):
        if isinstance(piece, _Run):
            stretch.append(piece)
        elif index in amid and piece.alt and (piece.sign or len(piece.alt) <= INLINE_ALT_LIMIT):
            style = PLAIN if piece.formula is None else replace(PLAIN, math=True, formula=piece.formula)
            stretch.append(_Run(style, [piece.alt]))
        elif index in amid:
            later.append(replace(piece, amid=True))
        else:
            close()
            segments.append(piece)
    close()
    return segments


def _amid_text(pieces: list["_Run | Picture"]) -> set[int]:
    """Returns the pictures that have text before and after them on their line."""
    before: set[int] = set()
    after: set[int] = set()
    for found, order in ((before, range(len(pieces))), (after, range(len(pieces) - 1, -1, -1))):
        text = False
        for index in order:
            piece = pieces[index]
            if isinstance(piece, Picture):
                if text or piece.sign:
                    found.add(index)
                    text = text or piece.sign
                continue
            content = "".join(piece.parts)
            line = content.rpartition("\n")[2] if found is before else content.partition("\n")[0]
            text = bool(line.strip()) or (text and "\n" not in content)
    return before & after
