"""The marks within a plain text: `_emphasis_`, `*emphasis*`, `=bold=`, and what stands for an image."""

import re
from collections.abc import Iterator

from chaptercast.document.model import Block, Figure, Inlines, Omission, Reason, Span

LONGEST = 600
"""Characters of the longest text between two marks."""

_MARKED = re.compile(
    rf"(?<![\w_])_(?=[^\s_])([^_]{{1,{LONGEST}}}?)(?<=[^\s_])_(?![\w_])"
    rf"|(?<![\w*])\*(?=[^\s*])([^*\n]{{1,{LONGEST}}}?)(?<=[^\s*])\*(?![\w*])"
    rf"|(?<![\w=<>!])=(?=[^\s=])([^=<>\n]{{1,{LONGEST}}}?)(?<=[^\s=])=(?![\w=>])"
)
_MARKS = frozenset("_*=")
_IMAGE = re.compile(
    r"\[_?(?:Illustration|Picture|Image|Frontispiece|Abbildung|Figuur|Ilustración|Illustrazione)\b_?[:.]?\s*(.*?)\]?",
    re.DOTALL | re.IGNORECASE,
)


def inlines(text: str) -> Inlines:
    """A text with what is set apart in it."""
    if _MARKS.isdisjoint(text):
        return (Span(text),)
    return tuple(_spans(text)) or (Span(text),)


def _spans(text: str) -> Iterator[Span]:
    at = 0
    for match in _MARKED.finditer(text):
        before = text[at : match.start()]
        if before:
            yield Span(before)
        emphasised = match[1] or match[2]
        yield Span(emphasised, emphasis=True) if emphasised else Span(match[3], strong=True)
        at = match.end()
    if text[at:]:
        yield Span(text[at:])


def image(text: str) -> Block | Omission | None:
    """What a paragraph in brackets says that there is an image: with its words, or without any."""
    if not text.startswith("[") or not text.endswith("]"):
        return None
    found = _IMAGE.fullmatch(text)
    if found is None:
        return None
    caption = found[1].strip()
    return Figure(alt="", caption=inlines(caption)) if any(map(str.isalnum, caption)) else Omission(text, Reason.NO_ALT)
