"""Finds the styles of a document's headings: type unlike that of the text, in lines that stand alone before it, several times."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import median
from typing import TypeAlias

from chaptercast.document.formats.pdf.blocks import MARKER, Block, ends_sentence
from chaptercast.document.formats.pdf.program_text import is_code

_MOST_LINES, _LONGEST = 3, 150
"""Maximum number of lines and letters of a heading."""
_FEWEST, _FEWEST_PLAIN = 2, 3
"""Minimum number of headings in one style; in one that differs from the text's by font, colour or slant only."""
_SHARE = 0.75
"""Minimum share of the blocks in one style that stand as headings do."""
_ALIKE = 2
"""Maximum number of headings with the same words, on average. More are labels, such as those of definitions."""
_NUMBER = re.compile(r"\d+")
LARGER = 1.05
"""Type of this size, as a multiple of the text's, is visibly larger."""
_SMALLEST = 0.95
"""Type that is smaller, as a multiple of the text's, is that of headings only in capitals, or in the font of program text,
which is set smaller."""
_APART = 1.4
"""Minimum distance to the line above, in em, for most headings in one style."""
_WORDS = 12
"""Minimum number of words below a heading, on average."""
_TEXT = 60
"""Minimum number of letters of a paragraph that counts as text, whether or not it ends a sentence."""

Style: TypeAlias = tuple[float, bool, bool, bool, str]


def style_of(block: Block) -> Style:
    """Returns size, weight, slant, case, and font with colour of a block."""
    runs = [run for line in block.lines for run in line.runs if run.text.strip()]
    slanted = bool(runs) and all(run.italic for run in runs)
    return round(2 * block.size) / 2, block.bold, slanted, block.text.isupper(), block.lines[0].look


def heading_styles(blocks: Sequence[Block], body: float) -> frozenset[Style]:
    """Returns the styles in which the headings of a document are set. `body` is the size of its text, in points."""
    usual = _usual(blocks)
    begin = next((index for index, block in enumerate(blocks) if block.lines and style_of(block) == usual), 0)
    every: Counter[Style] = Counter()
    found: defaultdict[Style, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if block.role or not block.lines:
            continue
        style = style_of(block)
        is_one = style != usual and stands(block) and _opens(blocks, index, style)
        every[style] += is_one or index >= begin
        if is_one:
            found[style].append(index)
    return frozenset(
        style for style, places in found.items() if _is_for_headings(style, places, every[style], blocks, body, usual)
    )


def _usual(blocks: Sequence[Block]) -> Style | None:
    letters: Counter[Style] = Counter()
    for block in blocks:
        if block.role in ("", "item") and block.lines:
            letters[style_of(block)] += len(block.text)
    return letters.most_common(1)[0][0] if letters else None


def stands(block: Block, *, small: bool = False) -> bool:
    """Returns whether a block has the form of a heading. `small`: it may begin with a small letter."""
    text = block.text.strip()
    first = next((c for c in text if c.isalpha()), "")
    if len(block.lines) > _MOST_LINES or not 3 <= len(text) <= _LONGEST or not first or (first.islower() and not small):
        return False
    marker = MARKER.match(text)
    if (marker and (marker["bullet"] or marker["dash"])) or any(len(line.cells) > 1 for line in block.lines):
        return False
    return not text.endswith((",", ";", "=")) and not (ends_sentence(text) and not text.endswith(("?", ":")))


def _opens(blocks: Sequence[Block], index: int, style: Style) -> bool:
    """Returns whether text, or a heading in another style, follows a block."""
    block = blocks[index]
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None or following.page > block.page + 1 or not following.lines:
        return False
    if following.role:
        return following.role in ("item", "table", "code", "pictured", "figure", "definition", "term", "quote")
    if style_of(following) == style:
        after = blocks[index + 2] if index + 2 < len(blocks) else None
        return (
            stands(following)
            and after is not None
            and bool(after.lines)
            and style_of(after) != style
            and (_opens(blocks, index + 1, style))
        )
    text = following.text
    return len(text) >= _TEXT or ends_sentence(text) or MARKER.match(text) is not None or stands(following)


def _is_for_headings(
    style: Style, places: Sequence[int], every: int, blocks: Sequence[Block], body: float, usual: Style | None
) -> bool:
    if style[0] < _SMALLEST * body and not style[3] and not is_code(blocks[places[0]]):
        return False
    plain = not style[1] and style[0] < LARGER * body and not (style[3] and usual is not None and not usual[3])
    texts = {_NUMBER.sub("", blocks[index].text.casefold()).strip() for index in places}
    fewest = max(_FEWEST_PLAIN if plain else _FEWEST, len(places) / _ALIKE)
    if len(texts) < fewest or len(places) < _SHARE * every:
        return False
    apart = sum(blocks[index].above >= _APART for index in places)
    below = [_words_below(blocks, index) for index in places]
    return apart >= _SHARE * len(places) and median(below) >= _WORDS


def _words_below(blocks: Sequence[Block], index: int) -> int:
    """Returns the number of words between a block and the next one in its style."""
    style, words = style_of(blocks[index]), 0
    for block in blocks[index + 1 :]:
        if block.lines and not block.role and style_of(block) == style:
            break
        words += len(block.text.split())
        if words > _WORDS:
            break
    return words
