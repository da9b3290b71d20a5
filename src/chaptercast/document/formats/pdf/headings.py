"""Joins titles set in several styles: a title and the line above that belongs to it ("CHAPTER 5", "Focus on Research")."""

import re
from collections.abc import Sequence
from itertools import pairwise

from chaptercast.document.formats.pdf.blocks import FAR, MARKER, Block
from chaptercast.document.formats.pdf.page import Line

_LARGER = 1.12
_SHORT = 4
"""Maximum number of words in the line above a title."""
_TITLE, _LONGEST_TITLE = 1.3, 200
"""Minimum size of a document's title, as a multiple of the text's, and maximum number of its letters."""
_UPPER = 0.66
"""The title is in this upper share of the first page."""
_FEWEST_LETTERS, _LETTERS = 3, 0.6
"""A heading has at least so many letters, and letters are at least this share of its signs."""
_SMALL = 0.95
"""Type of at most this size, as a multiple of the text's, is small print unless it is bold or in capitals (which may be small ones)."""
_NOTHING = "heads nothing"
"""The note on a block that is no heading because of what stands around it."""
_RUNNING = 80
"""Minimum number of letters of running text."""
_SET_IN, _LARGER_THAN_ITEMS = (1.5, 6.0), 1.05
"""How far in items of lists stand, in em, and type of which size, as a multiple of the text's, has none of them."""
_MARKS = 2
"""With so many raised signs, a line consists of the names of authors."""
_SECTION = re.compile(r"\W*(?:\d{1,2}|[A-Z])(?:\.\d{1,2})+\.?\s")
"""The number of a section within another ("4.7", "B.1")."""
_NUMBERED = re.compile(r"(?:\d{1,3}|\b[IVXLC]{1,5}|\b[A-Z])\.?$")
"""The end of a line that numbers the title below it ("CHAPTER 5", "Part II", "Appendix A"). Others, such as "Review", are kickers."""
_NUMERAL = re.compile(r"(?:\d{1,3}|[IVXLC]{1,5})(?:\.\d{1,2})*\.?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_EQUATION = re.compile(r"\s=(?:\s|$)")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NEAR = 1.7
"""Maximum distance between that line and the title, in em."""


def with_whole_titles(blocks: Sequence[Block], body: float) -> list[Block]:
    """Returns the blocks, with the parts of each title joined into one."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if last is not None and _opens(last, block, body):
            last.lines.extend(block.lines)
        else:
            result.append(block)
    return result


def _opens(first: Block, second: Block, body: float) -> bool:
    if (first.page, first.column) != (second.page, second.column) or first.role or second.role:
        return False
    if not (_is_display(first, body) and _is_display(second, body)) or MARKER.match(second.text):
        return False
    above, below = first.lines[-1], second.lines[0]
    if below.y - above.y > _NEAR * max(below.size, min(above.size, 2 * below.size)):
        return False
    text = first.text.strip()
    if text.isdigit() or (text.endswith(":") and min(first.size, second.size) >= _LARGER * body):
        return True
    numbered = _NUMBERED.search(text) is not None or second.text.strip().isdigit()
    return numbered and first.size < 0.98 * second.size and len(text.split()) <= _SHORT


def _is_display(block: Block, body: float) -> bool:
    """Returns whether a block is set like a title."""
    return len(block.lines) <= 4 and len(block.text) < 200 and (block.bold or block.size >= _LARGER * body)


def mark_title(blocks: list[Block], body: float, height: float) -> None:
    """Marks the text in the largest type in the upper part of the first page as the title, and joins its parts if it has several styles."""
    if any(block.role == "marked" for block in blocks):
        return
    upper = [block for block in blocks if not block.role and block.lines[0].y < _UPPER * height]
    largest = max(upper, key=lambda block: block.size, default=None)
    if largest is not None and largest.size < _LARGER * body and _is_centred_title(blocks, body):
        blocks[0].role, blocks[0].extra["level"] = "marked", "1"
        return
    if largest is None or largest.size < _TITLE * body or not 3 <= len(largest.text.strip()) <= _LONGEST_TITLE:
        return
    places = [index for index, block in enumerate(blocks) if block.size >= 0.98 * largest.size]
    first, *others = (blocks[index] for index in places)
    if not first.text[:1].isalnum() or (others and not _is_one_title(first, others, places)):
        return
    for block in others:
        first.lines.extend(block.lines)
    del blocks[places[0] + 1 : places[0] + len(places)]
    first.role, first.extra["level"] = "marked", "1"


def mark_cover(blocks: Sequence[Block], body: float) -> None:
    """Marks what stands beside the title on a first page without running text, such as names and dates: it heads nothing."""
    if not any(block.role == "marked" for block in blocks) or any(_is_running(block, body) for block in blocks):
        return
    for block in blocks:
        if not block.role:
            block.extra[_NOTHING] = "cover"


def _is_running(block: Block, body: float) -> bool:
    """Returns whether a block is running text."""
    return block.role != "marked" and block.size < _LARGER * body and (len(block.text) >= _RUNNING or block.role != "")


def _is_centred_title(blocks: Sequence[Block], body: float) -> bool:
    """Returns whether a document without larger type begins with a bold title in the middle, and goes on with text that is neither."""
    first = blocks[0]
    text = first.text.strip()
    before, after = first.lines[-1].x0 - first.lines[-1].left, first.lines[-1].right - first.lines[-1].x1
    centred = before > 2 * first.size and abs(before - after) < 1.5 * first.size
    plain = sum(len(block.text) for block in blocks if not block.bold and abs(block.size - body) <= 0.05 * body)
    right_form = 3 <= len(text) <= _LONGEST_TITLE and text[:1].isalnum() and not text.endswith((".", ",", ";", ":"))
    return first.bold and centred and right_form and not first.role and plain > len(text) + _LONGEST_TITLE


def _is_one_title(first: Block, others: Sequence[Block], places: Sequence[int]) -> bool:
    """Returns whether blocks are one title in several styles: they directly follow one another."""
    lines = [line for block in (first, *others) for line in block.lines]
    near = all(0 < below.y - above.y <= _NEAR * max(above.size, below.size) for above, below in pairwise(lines))
    whole = places[-1] - places[0] == len(others) and not any(block.role for block in others)
    return near and whole and sum(len(line.text) for line in lines) <= _LONGEST_TITLE


def mark_items(blocks: Sequence[Block], body: float) -> None:
    """Marks bold lines that are set in, as items of lists are whose bullets are drawn: they head nothing.

    In a text whose paragraphs begin as far in, they may.
    """
    for block, following in pairwise(blocks):
        if not block.role and _is_set_in(block, body) and not _begins_as_far_in(block, following):
            block.extra[_NOTHING] = "item"


def _begins_as_far_in(block: Block, following: Block) -> bool:
    """Returns whether a paragraph has a first line that begins where a block does, and others that begin further out."""
    if len(following.lines) < 2:
        return False
    first, second = following.lines[:2]
    size = block.lines[0].size
    return abs(first.x0 - block.lines[0].x0) < 0.3 * size and second.x0 < first.x0 - size


def _is_set_in(block: Block, body: float) -> bool:
    """Returns whether a block stands further in than its column, as items do whose bullets are drawn, and differs by its weight alone."""
    first = block.lines[0]
    before, after = first.x0 - first.left, first.right - first.x1
    plain = (
        block.bold
        and block.size < _LARGER_THAN_ITEMS * body
        and not block.text.isupper()
        and not _SECTION.match(block.text)
    )
    return plain and _SET_IN[0] * first.size < before < _SET_IN[1] * first.size and after > before + 2 * first.size


def _is_far_apart(line: Line) -> bool:
    """Returns whether the parts of a line stand so far apart that they say different things."""
    return any(right[0] - left[1] >= FAR * line.size for left, right in pairwise(line.cells))


def _announces(block: Block, body: float, *, larger: bool) -> bool:
    """Returns whether a block is a line of the text's size with a colon at its end: numbered, a step; bold, a label.

    Bold ones may be headings if the document has none in larger type.
    """
    if not block.text.rstrip().endswith(":") or block.size >= _LARGER_THAN_ITEMS * body:
        return False
    match = MARKER.match(block.text)
    return bool(match and match["number"]) or (larger and block.bold and not block.text.isupper())


def _says_no_name(block: Block) -> bool:
    """Returns whether a block is an address, an equation, or the names of authors with the marks of their notes."""
    text = block.text
    marks = sum(run.shift > 0 for line in block.lines for run in line.runs)
    return marks >= _MARKS or bool(_ADDRESS.fullmatch(text.strip()) or _EQUATION.search(text))


def is_item(block: Block, body: float, *, larger: bool) -> bool:
    """Returns whether a block that is no heading is an item, a step or a label: text that a heading may have below it."""
    return block.extra.get(_NOTHING) == "item" or _announces(block, body, larger=larger)


def may_head(block: Block, body: float, *, larger: bool = False) -> bool:
    """Returns whether a block may be a heading by where and how it is set: not cells, formulas, words of a picture, or small print.

    `larger`: the document has headings in larger type than the text.
    """
    text = block.text
    if _NOTHING in block.extra:
        return False
    letters = sum(c.isalpha() for c in text)
    signs = sum(not c.isspace() for c in text)
    if letters < _FEWEST_LETTERS and not _NUMERAL.fullmatch(text.strip()):
        return bool(_EAST_ASIAN.search(text))
    if letters < _LETTERS * signs and not _NUMERAL.match(text):
        return False
    if any(len(line.cells) > 1 for line in block.lines) and block.size < _LARGER * body:
        return False
    if (
        any(line.split or _is_far_apart(line) for line in block.lines)
        or _says_no_name(block)
        or _announces(block, body, larger=larger)
    ):
        return False
    return block.bold or text.isupper() or block.size > _SMALL * body
