"""Recognises captions of figures and tables, and the words inside pictures."""

import re
from collections.abc import Sequence

from chaptercast.document.formats.pdf.blocks import Block

_OPENS = re.compile(
    r"(?:•\s*)?(?:(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)?|tabelle|tableau|figura|tabla|tabela|tabella|plate|"
    r"exhibit|chart|diagram|scheme|рис(?:унок|\.)|табл(?:ица|\.))\s*[A-Z]?\d{1,3}(?:[.\-]\d{1,3})?\s*[.:|–—\s]|"
    r"[图圖表]\s*\d{1,3}(?:[.-]\d{1,3})?)",
    re.IGNORECASE,
)
_OF_TABLE = re.compile(r"\W*(?:tab|табл|表)", re.IGNORECASE)
_INNER = 0.88
"""Maximum size of words in a picture, as a share of the text's font size."""
_HUGE = 2.5
"""A single letter of this size, as a multiple of the text's, is a picture rather than text."""
_FEW = 5
"""Maximum average number of words in a line of a picture, or in each of its cells. The numbers of an axis do not count."""


def mark_captions(blocks: Sequence[Block], body: float) -> None:
    """Assigns roles to captions and to the words of the pictures beside them."""
    for index, block in enumerate(blocks):
        if len(block.text.strip()) == 1 and block.size >= _HUGE * body:
            block.role = "figure"  # an ornament
        if block.role or not _is_caption(block, body):
            continue
        block.role = "caption"
        if _OF_TABLE.match(block.text):
            continue
        for step in (-1, 1):
            _mark_picture(blocks, index, step, body)


def _is_caption(block: Block, body: float) -> bool:
    match = _OPENS.match(block.text)
    if not match or len(block.text) > 1500:
        return False
    after = block.text[match.end() :].lstrip()
    # "Figure 3 shows ..." in the text's own size is a sentence, not a caption
    apart = block.size <= 0.97 * body or block.lines[0].runs[0].bold or match[0].rstrip()[-1:] in ".:|–—"
    return apart and (not after or not after[0].islower() or block.size <= 0.95 * body)


def _mark_picture(blocks: Sequence[Block], index: int, step: int, body: float) -> None:
    at = index + step
    found: list[Block] = []
    while 0 <= at < len(blocks) and blocks[at].page == blocks[index].page and is_inner(blocks[at], body):
        found.append(blocks[at])
        at += step
    for block in found:
        block.role = "figure"


def is_inner(block: Block, body: float) -> bool:
    """Returns whether a block looks like words in a picture: small, and with few words per line."""
    if block.role or block.size > _INNER * body:
        return False
    words = sum(any(letter.isalpha() for letter in word) for word in block.text.split())
    return words <= _FEW * sum(max(1, len(line.cells)) for line in block.lines) and not block.is_ended
