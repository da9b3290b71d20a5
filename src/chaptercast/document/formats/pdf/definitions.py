"""Recognises definitions, as textbooks have them in the margin: a term in bold type, and below it what it means, in small letters."""

from collections.abc import Sequence
from itertools import pairwise

from chaptercast.document.formats.pdf.blocks import MARKER, Block, ends_sentence

TERM, DEFINITION = "term", "definition"
"""Roles of the two blocks."""
_MOST_LINES, _MOST_WORDS = 2, 8
"""Maximum length of a term."""
_NEAR, _ALIGNED = 1.6, 0.5
"""Maximum distance between the two, and between their left edges, in em."""
_SMALL = 0.93
"""Maximum size of a definition whose term begins with a capital, as a share of the text's."""


def mark_definitions(blocks: Sequence[Block], body: float) -> None:
    """Assigns roles to the terms and definitions of a page. `body` is the size of the document's text, in points."""
    for term, meaning in pairwise(blocks):
        if not (term.role or meaning.role) and _is_term(term) and _defines(meaning, term, body):
            term.role, meaning.role = TERM, DEFINITION


def _is_term(block: Block) -> bool:
    text = block.text.strip()
    return (
        block.bold
        and len(block.lines) <= _MOST_LINES
        and len(text.split()) <= _MOST_WORDS
        and text[:1].isalpha()
        and not ends_sentence(text)
        and not any(line.cells for line in block.lines)
    )


def _defines(block: Block, term: Block, body: float) -> bool:
    """Returns whether a block tells in a sentence without a capital what the term above it means."""
    last, first = term.lines[-1], block.lines[0]
    beside = (block.page, block.column) == (term.page, term.column) and abs(first.x0 - last.x0) <= _ALIGNED * last.size
    alike = 0.72 * term.size <= block.size <= 1.1 * term.size and not block.bold
    small = block.size <= _SMALL * body or term.text.strip()[:1].islower()
    return (
        beside
        and alike
        and small
        and 0 < first.y - last.y <= _NEAR * last.size
        and block.text.strip()[:1].islower()
        and block.is_ended
        and MARKER.match(block.text) is None
    )
