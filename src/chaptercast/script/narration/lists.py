"""How lists are said: how many items there are, each after a pause, numbered as the author numbered them."""

import re

from msgspec.structs import replace

from chaptercast.document.model import Block, ListBlock, Paragraph, plain
from chaptercast.script.narration.inlines import Piece
from chaptercast.script.narration.narrator import Narrator, Steps
from chaptercast.script.narration.options import Verbosity
from chaptercast.script.narration.phrases import words_for
from chaptercast.text_structure import Element, Kind, Style

WORTH_COUNTING, WORTH_COUNTING_WITHIN = 3, 2
"""Items from which on a brief narrator says how many there are: in a list, and in one within a list."""
SUPPLIED = Style(supplied=True)
_NUMBERS = 4
"""Numbers of lists within one another that are said in a row."""
_BOX = re.compile(r"\[([ xX✓✔])\]\s+")


def list_block(narrator: Narrator, block: ListBlock) -> Steps:
    """A list. An item without a number is told from the next by its pause alone, which is longer."""
    name = "sublist" if narrator.lists else "list"
    announced = _is_announced(narrator, block)
    narrator.before("item" if narrator.lists else "list")
    if announced:
        narrator.announce(name, items=len(block.items))
    narrator.lists += 1
    with narrator.within(language=block.language), narrator.inside(Element(Kind.LIST, ordered=block.ordered)):
        for number, item in enumerate(block.items, block.start):
            narrator.before("item")
            own = number if block.ordered else None
            with narrator.inside(Element(Kind.ITEM, value=own)):
                yield from _item(narrator, item, own)
            narrator.lead = ()
            narrator.after("item")
    narrator.lists -= 1
    if _is_ended(narrator, block, announced=announced):
        narrator.announce(f"{name}-end")
    narrator.after("item" if narrator.lists else "list")


def _is_announced(narrator: Narrator, block: ListBlock) -> bool:
    if narrator.settings.verbosity == Verbosity.FULL:
        return bool(block.items)
    return len(block.items) >= (WORTH_COUNTING_WITHIN if narrator.lists else WORTH_COUNTING)


def _is_ended(narrator: Narrator, block: ListBlock, *, announced: bool) -> bool:
    """Whether the end is announced too: where items hold more than a text one cannot hear it."""
    if narrator.settings.verbosity == Verbosity.FULL or (narrator.lists and announced):
        return bool(block.items)
    return any(not isinstance(inner, ListBlock) for item in block.items for inner in item[1:])


def _item(narrator: Narrator, item: tuple[Block, ...], number: int | None) -> Steps:
    if not item:
        return
    first, lead = _without_box(narrator, item[0])
    if number is not None and not _bears(first, number):
        written = f"{number}. "
        said = words_for(narrator.language).separators.number.format(number=number)
        lead = (Piece(written, said, style=SUPPLIED), *lead)
    narrator.lead = (*narrator.lead[-_NUMBERS:], *lead)
    if number is not None and isinstance(first, Paragraph):
        narrator.say(first.inlines, language=first.language)
    else:
        yield first
    yield from item[1:]


def _bears(block: Block, number: int) -> bool:
    """Whether the author wrote the number of the item into its text as well."""
    return isinstance(block, Paragraph) and bool(re.match(rf"\W*{number}\b", plain(block.inlines)))


def _without_box(narrator: Narrator, block: Block) -> tuple[Block, tuple[Piece, ...]]:
    """A task of a list of tasks without its box, and what is said of it: done, or not."""
    box = _BOX.match(block.inlines[0].text) if isinstance(block, Paragraph) and block.inlines else None
    if box is None or not isinstance(block, Paragraph):
        return block, ()
    said = words_for(narrator.language).within("undone" if box[1] == " " else "done", text="")
    if not said:
        return block, ()
    rest = replace(block.inlines[0], text=block.inlines[0].text[box.end() :])
    return replace(block, inlines=(rest, *block.inlines[1:])), (Piece(box.group(), said),)
