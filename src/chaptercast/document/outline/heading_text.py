"""The words of a heading without the marks that only set it apart: bullets, 【】, a final full stop or colon, bold."""

import re

from msgspec.structs import replace

from chaptercast.document.model import Inlines, Span, plain
from chaptercast.document.outline import line_shape as shape
from chaptercast.document.outline.numbering import is_number_alone

_FINAL = "。．｡।۔:："
_ABBREVIATION = re.compile(r"(?:\b\w|\.\w|\betc|\busw|\bInc|\bLtd|\bJr|\bSr|\bCo|\bNo|\bvs|др|пр|г)\.$", re.IGNORECASE)
_UNDERSCORED = re.compile(r"(?<![0-9A-Za-z_])_([^_\n]+)_(?![0-9A-Za-z_])")


def heading_inlines(inlines: Inlines) -> Inlines:
    """The inlines of a heading: white space folded to single spaces, marks gone; numbering, ？ and ！ stay.

    No letter or digit is ever lost.
    """
    spans = _folded(inlines)
    text = plain(spans)
    start, end = _bounds(text)
    return _slice(spans, start, end)


def heading_text(text: str) -> str:
    """As `heading_inlines`, for plain text."""
    return plain(heading_inlines((Span(text),)))


def title_text(text: str) -> str:
    """A title: white space folded, and the quotation marks back that a file-name cleaner made `_x_` (text.md, section 0)."""
    return _UNDERSCORED.sub(r"“\1”", shape.folded(text))


def _folded(inlines: Inlines) -> Inlines:
    """Spans with their white space folded over their borders, and none of them bold."""
    result: list[Span] = []
    gap = False
    for span in inlines:
        words = span.text.split()
        if not words:
            gap = gap or bool(span.text)
            continue
        before = " " if result and (gap or span.text[0].isspace()) else ""
        result.append(replace(span, text=before + " ".join(words), strong=False))
        gap = span.text[-1].isspace()
    return tuple(result)


def _bounds(text: str) -> tuple[int, int]:
    """Where the words of a heading begin and end in `text`."""
    start, end = 0, len(text)
    while True:
        body = text[start:end]
        inner = shape.without_bullet(body)[1].strip()
        inner = shape.unwrapped(inner) or inner
        inner = _without_final(inner)
        if inner == body or not shape.letters(inner):
            return start, end
        start += body.index(inner)
        end = start + len(inner)


def _without_final(text: str) -> str:
    """`text` without one final full stop or colon; the point of an abbreviation or an ellipsis stays."""
    if text.endswith(tuple(_FINAL)):
        return text[:-1].rstrip()
    if (
        text.endswith(".")
        and not text.endswith("..")
        and (not _ABBREVIATION.search(text[-8:]) or is_number_alone(text))
    ):
        return text[:-1].rstrip()
    return text


def _slice(spans: Inlines, start: int, end: int) -> Inlines:
    result: list[Span] = []
    at = 0
    for span in spans:
        piece = span.text[max(0, start - at) : max(0, end - at)]
        at += len(span.text)
        if not piece:
            continue
        if result and replace(result[-1], text="") == replace(span, text=""):
            result[-1] = replace(span, text=result[-1].text + piece)
        else:
            result.append(replace(span, text=piece))
    return tuple(result)
