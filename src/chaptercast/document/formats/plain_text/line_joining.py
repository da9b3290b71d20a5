"""Whether a line goes on in the next one: the table of what speaks for it and against it.

Text is either wrapped by hand, so that a line ends where the next word had no room, or a line is a paragraph, a verse, an entry.
Nothing tells the one from the other by itself: old books are wrapped by phrase, verses are long, lists hang. So each place between two
lines is judged by all that a reader sees there. Weights are logits, as in `outline.rules`: above zero the lines are one text.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec import Struct

from chaptercast.document.formats.plain_text.lines import Line, columns, is_wide
from chaptercast.document.formats.plain_text.list_markers import NUMBERED, mark

SLACK = 8
"""Columns by which a wrapped line may have had room for the next word all the same."""
VERSES = 3
"""Lines of the shortest stanza that shows by itself that it is one."""
PROSE = -3.5
"""Log odds that a chunk is verse when nothing of it has been seen."""
_MARKS = tuple(".,;:!?—-)\"'”’»…")
SENTENCE_ENDS = tuple(".!?。！？…：:")
CLOSING = "\"'”’」』）)»"
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Mrs?|Dr|St|Messrs|Prof|Rev|Hon|Col|Capt|Gen|Lieut|e\.g|i\.e|cf|vol|No|pp?|vs|etc)\.$"
)
_BYLINE = re.compile(r"(?:by|von|par|por|de|di|door|av|af) [^\W\d_a-zà-ÿ]")
_WORD_PARTED = re.compile(r"[^\W\d_][-\u00ad¬]$")


class Scene(Struct, frozen=True):
    """What is known of the lines around a place."""

    margin: int
    """The column at which lines are wrapped here; 0 if a line is a paragraph."""
    prose: float = 0.0
    """Share of the places of the chunk in which a sentence plainly goes on."""
    verse: bool = False
    """Every line of the chunk begins with a capital, and they end at all columns."""
    base: int = 0
    """The smallest indent of the chunk."""
    hanging: bool = False
    """The first lines of its paragraphs stand further out than the others."""
    count: int = 2
    """Lines of the chunk."""
    cased: bool = True
    """Its letters have capitals."""


class Joint(Struct, frozen=True):
    """A place between two lines."""

    before: Line
    after: Line
    scene: Scene
    room: int
    """Columns that would have been left on the line, had the next word come on it; below zero where it had no room."""
    lower: bool
    """Whether the next line begins with a small letter."""
    upper: bool
    """Whether it begins with a capital."""

    @property
    def ends(self) -> bool:
        """Whether the line ends a sentence."""
        return ends_sentence(self.before.text)

    @property
    def deeper(self) -> int:
        """By how many columns the next line is set in."""
        return self.after.indent - self.before.indent

    @property
    def hangs(self) -> bool:
        """Whether the next line stands below the text of the line, not below its mark or its term."""
        before = self.before
        found = mark(before.text)
        if found:
            return before.indent < self.after.indent <= before.indent + found.end() + 3
        gap = _GAP.search(before.text)
        return (
            bool(gap) and abs(before.indent + columns(before.text[: gap.end()]) - self.after.indent) <= 1
            if gap
            else False
        )


def joint(before: Line, after: Line, scene: Scene) -> Joint:
    """The place between two lines."""
    text = after.text
    first = text[0] if text[0].isalnum() else text.lstrip("\"'“‘„«(_*")[:1]
    word = 2 if is_wide(text[0]) else 1 + after.word
    return Joint(before, after, scene, scene.margin - before.width - word, first.islower(), first.isupper())


_GAP = re.compile(r"\S\s{2,}(?=\S)")


class Rule(Struct, frozen=True):
    """One thing that a reader goes by."""

    name: str
    weight: float
    test: Callable[[Joint], bool]


def _begins_paragraph(place: Joint) -> bool:
    """Whether the next line is set in as the first one of a paragraph."""
    if place.after.full_width_indent:
        return True
    set_in = place.deeper >= 2 and place.after.indent >= place.scene.base + 2
    return set_in and not place.scene.hanging and not place.hangs


def _begins_item(place: Joint) -> bool:
    """Whether the next line opens with the mark of an item, and is no number or dash within a sentence."""
    if mark(place.after.text) is None or place.lower:
        return False
    return place.ends or place.room >= 0 or mark(place.before.text) is not None


def _goes_on_in_capitals(place: Joint) -> bool:
    """Whether a heading in capitals goes on in a second line."""
    capital = _is_capital(place.before.text) and _is_capital(place.after.text)
    return capital and place.room < 0 and NUMBERED.match(place.after.text) is None


def _is_capital(text: str) -> bool:
    return text.upper() == text and text.lower() != text and sum(map(str.isalpha, text)) > 1


RULES: tuple[Rule, ...] = (
    Rule("next word had no room", 2.5, lambda j: j.room < 0),
    Rule("next word had hardly room", 1.2, lambda j: 0 <= j.room < SLACK),
    Rule("some room", -0.8, lambda j: SLACK <= j.room < 2 * SLACK),
    Rule("much room", -1.6, lambda j: 2 * SLACK <= j.room < 4 * SLACK),
    Rule("half a line of room", -2.8, lambda j: j.room >= 4 * SLACK),
    Rule("small letter", 3.0, lambda j: j.lower),
    Rule("capital", -0.7, lambda j: j.upper),
    Rule("number or sign", -0.4, lambda j: not j.lower and not j.upper and j.scene.cased),
    Rule("end of a sentence", -0.6, lambda j: j.ends),
    Rule("no mark at the end", 0.4, lambda j: not j.ends and j.scene.cased),
    Rule("word parted", 2.0, lambda j: j.lower and _WORD_PARTED.search(j.before.text) is not None),
    Rule("among prose", 1.5, lambda j: j.scene.prose >= 0.25),
    Rule("no sentence goes on", -1.2, lambda j: j.scene.cased and j.scene.count >= 4 and j.scene.prose == 0),
    Rule("verse", -4.0, lambda j: j.scene.verse),
    Rule("first line of a paragraph", -4.0, _begins_paragraph),
    Rule("first line of a hanging paragraph", -2.5, lambda j: j.scene.hanging and j.deeper <= -2),
    Rule("below the text of a mark", 3.5, lambda j: j.hangs),
    Rule("a mark", -3.0, _begins_item),
    Rule("name of an author", -4.0, lambda j: j.room > 2 * SLACK and _BYLINE.match(j.after.text) is not None),
    Rule("capitals that go on", 4.0, _goes_on_in_capitals),
    Rule("heading in capitals", -4.0, lambda j: _is_capital(j.before.text) and not _is_capital(j.after.text)),
)  # fmt: skip


def goes_on(place: Joint) -> bool:
    """Whether a line goes on in the next."""
    if not place.scene.margin:
        return place.hangs and mark(place.after.text) is None
    return sum(rule.weight for rule in RULES if rule.test(place)) > 0


def ends_sentence(text: str) -> bool:
    """Whether a line ends with the end of a sentence; the point of an abbreviation is none."""
    bare = text.rstrip(CLOSING + "_*")
    return bare.endswith(SENTENCE_ENDS) and not _ABBREVIATED.search(bare)


def scene_of(lines: Sequence[Line], margin: int) -> Scene:
    """What is known of a chunk whose lines are wrapped, if they are, at `margin`."""
    pairs = list(pairwise(lines))
    bare = Scene(margin)
    joints = [joint(a, b, bare) for a, b in pairs]
    cased = any(line.text.upper() != line.text.lower() for line in lines)
    going = sum(j.lower and not j.ends for j in joints)
    prose = going / len(joints) if len(joints) > 1 else 0.0
    indents = [line.indent for line in lines]
    return Scene(
        margin,
        prose,
        cased and _is_verse(lines, joints),
        min(indents, default=0),
        _hangs(lines, joints),
        len(lines),
        cased,
    )


def _is_verse(lines: Sequence[Line], joints: Sequence[Joint]) -> bool:
    """Whether lines are verses, entries, an address: they begin with capitals, end with marks, and end at all columns.

    Of wrapped lines a fifth begin with a capital (in German two fifths), a sixth end with a mark, and few have room left.
    """
    if len(lines) < VERSES:
        return False
    beyond = max(line.width for line in lines) - joints[0].scene.margin
    said = PROSE
    for place in joints:
        said += 1.5 if place.upper else -2.5 if place.lower else 0.5
        said += 0.8 if place.before.text.endswith(_MARKS) else -0.4
        said += 0.9 if place.room + beyond >= 3 else -1.0
    return said > 0


def _hangs(lines: Sequence[Line], joints: Sequence[Joint]) -> bool:
    """Whether first lines stand further out than those that go on: by where the lines are full."""
    out = [j for j in joints if j.deeper >= 2]
    back = [j for j in joints if j.deeper <= -2]
    if not out or lines[0].indent > min(line.indent for line in lines) or len(out) < len(back):
        return False
    deep = {j.after.indent for j in out}
    if len(deep) > 2:
        return False
    full = sum(j.room < SLACK or (j.lower and not j.ends) for j in out)
    return full > 0.6 * len(out)
