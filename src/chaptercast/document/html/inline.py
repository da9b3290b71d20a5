"""The inline content of one block as it grows: white space folded the HTML way, equal styles merged, images kept in their place.

Folding follows CSS Text 3, section 4.1, with its segment-break rule for scripts without spaces: a line break between two
ideographs or kana is nothing, any other run of white space is one space.
"""

import re
from dataclasses import dataclass, field, replace

from chaptercast.document.html.tags import PLAIN
from chaptercast.document.model import Inlines, Span

WHITE = " \t\n\r\f"
INLINE_ALT_LIMIT = 60
"""Characters: a longer alternative text amid a sentence is told after the paragraph."""

_RUN = re.compile(r"[ \t\n\r\f]+")
_WIDE = r"[\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
_WIDE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\f]*[\n\r][ \t\n\r\f]*(?={_WIDE})")
_WIDE_CHARACTER = re.compile(_WIDE)
_INVISIBLE = re.compile("[\u00ad\ufeff]")


@dataclass(frozen=True, slots=True)
class Picture:
    """An image or another thing with alternative text, at its place in a line."""

    alt: str = ""
    source: str = ""
    decorative: bool = False
    sign: bool = False
    """Stands for a character or a formula: an emoji, a rendered equation."""


@dataclass(slots=True)
class _Run:
    style: Span
    parts: list[str] = field(default_factory=list)


Segment = Inlines | Picture
"""A stretch of text, or an image that stands by itself."""


class Line:
    """Collects text, breaks and pictures until the block ends; `take` hands them over and starts anew."""

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

    def text(self, raw: str, style: Span, *, preserve: bool = False) -> None:
        """Add text in `style`; white space stays as it is when `preserve`."""
        raw = _INVISIBLE.sub("", raw)
        if preserve:
            self._settle(raw[:1])
            self._write(raw.replace("\r\n", "\n").replace("\r", "\n"), style)
            return
        core = raw.strip(WHITE)
        if not core:
            self._space(raw, style)
            return
        self._space(raw[: raw.index(core[0])], style)
        self._settle(core[0])
        self._write(_RUN.sub(" ", _WIDE_BREAK.sub("", core)), style)
        self._space(raw[len(raw.rstrip(WHITE)) :], style)

    def line_break(self, style: Span) -> bool:
        """End the line. True when it was empty already: two breaks in a row part two paragraphs."""
        self._gap = ""
        self._soft = False
        if self._last in ("", "\n"):
            return True
        self._write("\n", style)
        return False

    def soft_break(self) -> None:
        """End the line if anything stands on it, and only if anything follows."""
        self._soft = self._soft or self._last not in ("", "\n")

    def picture(self, picture: Picture) -> None:
        """Put an image here."""
        self._settle("")
        self._pieces.append(picture)

    def mark(self) -> int:
        """The place that `annotate` can go back to."""
        return len(self._pieces)

    def split(self) -> None:
        """Let what follows begin a run of its own even if its style is the same."""
        self._pieces.append(_Run(PLAIN))

    def annotate(self, mark: int, reading: str) -> None:
        """Give the text since `mark` a ruby reading; a second reading for the same text is added to the first."""
        runs = [piece for piece in self._pieces[mark:] if isinstance(piece, _Run) and piece.parts]
        if not runs:
            return
        base = "".join(part for run in runs for part in run.parts)
        style = replace(runs[0].style, reading=runs[0].style.reading + reading)
        self._pieces[mark:] = [_Run(style, [base])]

    def take(self) -> list[Segment]:
        """What was collected, in order, and an empty line again. A picture amid text becomes text if it is short."""
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
        """Decide what the white space seen so far is, now that `following` is known."""
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
    """The runs as spans, without white space at either end; nothing when there is no visible sign."""
    spans: list[Span] = []
    for run in pieces:
        if not isinstance(run, _Run) or not run.parts:
            continue
        text = "".join(run.parts)
        if spans and run.style == replace(spans[-1], text=""):
            spans[-1] = replace(spans[-1], text=spans[-1].text + text)
        else:
            spans.append(replace(run.style, text=text) if run.style is not PLAIN else Span(text))
    return trimmed(spans)


def trimmed(spans: list[Span]) -> Inlines:
    """Spans without white space at either end; empty when nothing in them can be seen."""
    if not any(span.text.strip("\u200b\u200c\u200d\u2060").strip() for span in spans):
        return ()
    while not spans[0].text.strip():
        del spans[0]
    while not spans[-1].text.strip():
        del spans[-1]
    spans[0] = replace(spans[0], text=spans[0].text.lstrip())
    spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip())
    return tuple(spans)


def _segments(pieces: list["_Run | Picture"]) -> list[Segment]:
    """Cut the line at pictures that stand by themselves; those amid text become text, or follow it when they are long."""
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
            stretch.append(_Run(PLAIN, [piece.alt]))
        elif index in amid:
            later.append(piece)
        else:
            close()
            segments.append(piece)
    close()
    return segments


def _amid_text(pieces: list["_Run | Picture"]) -> set[int]:
    """The pictures that have text before them and after them on their line."""
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
