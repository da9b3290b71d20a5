"""A formula in words: the rules of ClearSpeak and MathSpeak, with an end wherever a listener could not hear one.

Short forms stand where they can be taken in one way only: `a over b` where nothing is multiplied with it, `x squared`, `f of x`; else
a beginning and an end are said. A letter is called capital where its small form occurs in the same formula, and Greek capitals always.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import Struct

from chaptercast.mathematics.signs import is_operand
from chaptercast.mathematics.tree import (
    EMPTY,
    Accent,
    Compound,
    Fenced,
    Fraction,
    Letter,
    Name,
    Node,
    Number,
    Root,
    Row,
    Scripts,
    Sign,
    Stack,
    Struck,
    Table,
    Unknown,
    parts_of,
)
from chaptercast.script.narration.formulas import kinds, structures
from chaptercast.script.narration.formulas.vocabulary import Vocabulary

_CJK = "\u3000-\u303f\u3040-\u30ff\u4e00-\u9fff\uff00-\uffef"
_NEXT_TO_CJK = re.compile(f"(?<=[{_CJK}]) +| +(?=[{_CJK}])")
_MARK_BEFORE_MARK = re.compile(r"[,，、،]\s*(?=[,，、،;；:：])")
_SENTENCE_MARKS = frozenset(".,;")


class Said(Struct, frozen=True):
    """A formula in words, and what of it has none."""

    text: str
    unsaid: tuple[str, ...] = ()
    pause: bool = False
    """Whether it ends with the end of a part, so that what follows should be set off."""


def said(formula: Node, words: Vocabulary) -> Said:
    """A formula as it is said."""
    parts = parts_of(formula)
    end = ""
    last = parts[-1] if len(parts) > 1 else None
    if isinstance(last, Sign) and last.text in _SENTENCE_MARKS:  # of the sentence that it stands in
        formula, end = Row(parts[:-1]), last.text
    sayer = Sayer(formula, words)
    text = sayer.row(formula)
    pause = not end and text.rstrip()[-1:] in (",", "，", "、", "،")
    return Said(tidied(text, spaced=words.spaced) + end, tuple(sayer.unsaid), pause)


def tidied(text: str, *, spaced: bool) -> str:
    """One mark between two parts, and none at the end."""
    text = _MARK_BEFORE_MARK.sub("", text).replace(" ,", ",").replace(" ;", ";").replace(" :", ":")
    if not spaced:
        text = _NEXT_TO_CJK.sub("", text)
    return " ".join(text.split()).strip(" ,，、،;；")


class Sayer:
    """Says one formula: knows its letters, and keeps what has no words."""

    def __init__(self, formula: Node, words: Vocabulary) -> None:
        self.words = words
        self.unsaid: list[str] = []
        found = kinds.letters(formula)
        self.both = {text for text in found if text != text.lower() and text.lower() in found}
        """Capital letters whose small form occurs, too."""
        self.within_fraction = False
        self.bar = "|"
        """What a single bar is called here."""
        self.arrow = "→"

    # Parts

    def row(self, node: Node) -> str:
        """Parts beside one another."""
        parts = parts_of(node)
        if len(parts) == 1:
            return self.part(parts[0], free=True)
        if any(isinstance(part, Compound) for part in parts):
            return structures.compounds(self, parts)
        return self._parts(parts)

    def _parts(self, parts: tuple[Node, ...]) -> str:
        pieces: list[str] = []
        listed = any(isinstance(part, Sign) and part.text in ",;" for part in parts)
        index = 0
        while index < len(parts):
            part = parts[index]
            before = parts[index - 1] if index else None
            after = parts[index + 1] if index + 1 < len(parts) else None
            if isinstance(part, Sign) and part.text == "%" and isinstance(before, Number):
                pieces[-1] = self.form("percent", pieces[-1])
            elif isinstance(part, Sign):
                pieces.append(self.sign(part.text, before, after))
            elif isinstance(after, Fenced) and self._applies(part, after, listed=listed):
                head = self.part(part, free=False)
                pieces.append(self.form("function", head, self._argument(after)))
                index += 1
            else:
                before_free = (
                    kinds.begins(before)
                    if isinstance(part, Fraction) and not self.words.spaced
                    else kinds.separates(before)
                )
                free = (before_free or kinds.is_operator(before)) and kinds.separates(after)
                pieces.append(self.part(part, free=free))
            index += 1
        return " ".join(piece for piece in pieces if piece)

    def part(self, node: Node, *, free: bool = False) -> str:
        """One part; `free` where nothing beside it could be taken for a part of it."""
        return RULES[type(node)](self, node, free)

    def whole(self, node: Node) -> str:
        """A part between a beginning and an end that are heard."""
        within, self.within_fraction = self.within_fraction, False
        text = self.row(node) if node != EMPTY else self.words.forms["blank"]
        self.within_fraction = within
        return text

    def form(self, name: str, a: str = "", b: str = "", c: str = "") -> str:
        """A form of the vocabulary, filled in."""
        return self.words.forms[name].format(a=a, b=b, c=c)

    def _applies(self, part: Node, brackets: Fenced, *, listed: bool) -> bool:
        """Whether a part is a function of what stands in the brackets after it, to be said with `of`."""
        if (brackets.opening, brackets.closing) != ("(", ")"):
            return False
        base = part.base if isinstance(part, Scripts) else part
        if isinstance(base, Name):
            ranged = isinstance(part, Scripts) and part.lower is not None
            named = base.text in self.words.names and not ranged
        else:
            named = isinstance(base, Letter) and base.style in ("", "upright", "script")
        return named and kinds.is_argument(brackets.content, listed=not listed)

    def _argument(self, brackets: Fenced) -> str:
        bar, self.bar = self.bar, "given"
        text = self.row(brackets.content)
        self.bar = bar
        return text

    # Signs

    def sign(self, text: str, before: Node | None, after: Node | None) -> str:
        """A sign between its neighbours."""
        signs = self.words.signs
        key = text
        if text == "−" and not is_operand(before):
            key = "negative"
        elif text in ("⋅", "×") and (kinds.is_vector(before) or kinds.is_vector(after)):
            key = "dot" if text == "⋅" else "cross"
        elif text == "/" and kinds.is_unit(before) and kinds.is_unit(after):
            key = "per"
        elif text in "|∣":
            key = self.bar if self.bar != "|" else text
        elif text == "→":
            key = self.arrow
        elif text == "⊥" and not (before is not None and after is not None):
            key = "false"
        elif kinds.is_operator(Sign(text)) and after is not None:
            return self.form("of", signs.get(text, text))
        word = signs.get(key, signs.get(text, ""))
        if not word and not self.words.neutral:
            return self.missing(text)
        return word or text

    def missing(self, text: str) -> str:
        """A sign without a word: told, and named."""
        self.unsaid.append(text)
        return self.form("unknown")

    def fence(self, opening: str, content: str, closing: str) -> str:
        """Content between brackets that are said."""
        return " ".join(
            each for each in (self.sign(opening, None, None), content, self.sign(closing, None, None)) if each
        )


def _number(sayer: Sayer, node: Number, _free: bool) -> str:
    return sayer.words.number(node.text)


def _letter(sayer: Sayer, node: Letter, _free: bool) -> str:
    words = sayer.words
    small = node.text.lower()
    if node.style == "double" and node.text in words.double:
        return words.double[node.text]
    name = words.letters.get(node.text) or words.letters.get(small) or node.text
    greek = small in words.letters and node.text != small
    if greek or node.text in sayer.both:
        name = sayer.form("capital", name if greek else node.text)
    if node.style in ("bold", "script", "fraktur", "double"):
        name = sayer.form(node.style, name)
    return name


def _name(sayer: Sayer, node: Name, _free: bool) -> str:
    if node.text.startswith("0x"):  # digit by digit: it is no product
        return " ".join(map(sayer.words.integer, node.text)) if node.text.isalnum() else node.text
    return sayer.words.names.get(node.text, node.text)


def _sign(sayer: Sayer, node: Sign, _free: bool) -> str:
    return sayer.sign(node.text, None, None)


def _row(sayer: Sayer, node: Row, _free: bool) -> str:
    return sayer.row(node)


def _struck(sayer: Sayer, node: Struck, _free: bool) -> str:
    if kinds.is_atom(node.base) or isinstance(node.base, Sign):
        return sayer.form("struck", sayer.part(node.base))
    return sayer.form("struck-long", sayer.whole(node.base))


def _unknown(sayer: Sayer, node: Unknown, _free: bool) -> str:
    sayer.unsaid.append(node.text)
    name = node.text.lstrip("\\").rstrip("*")
    return name if name.isalpha() and len(name) < 30 else sayer.form("unknown")


def _between(sayer: Sayer, node: Fenced, free: bool) -> str:
    """Brackets: some have a meaning of their own, all others are said as they stand."""
    content = node.content
    if isinstance(content, Fraction) and not content.line and node.opening == "(":
        return _chosen(sayer, content, free)
    if isinstance(content, Table) and content.kind in ("matrix", "determinant"):
        return sayer.part(content)
    name = _MEANINGS.get((node.opening, node.closing), "")
    bar, sayer.bar = sayer.bar, "such-that" if name == "set" else "|"
    if name == "set":
        text = sayer.form("set", sayer.whole(content))
    elif name:
        short = kinds.is_atom(content) and free
        text = sayer.form(name if short else f"{name}-long", sayer.whole(content))
    else:
        text = (
            sayer.fence(node.opening, sayer.whole(content), node.closing)
            if content != EMPTY
            else sayer.fence(node.opening, "", node.closing)
        )
    sayer.bar = bar
    return text


_MEANINGS: Mapping[tuple[str, str], str] = MappingProxyType(
    {("|", "|"): "absolute", ("‖", "‖"): "norm", ("⌊", "⌋"): "floor", ("⌈", "⌉"): "ceiling", ("{", "}"): "set"}
)


def _chosen(sayer: Sayer, node: Fraction, free: bool) -> str:
    short = free and kinds.is_atom(node.above) and kinds.is_atom(node.below)
    return sayer.form("choose" if short else "choose-long", sayer.whole(node.above), sayer.whole(node.below))


def _accent(sayer: Sayer, node: Accent, _free: bool) -> str:
    one, several = sayer.words.accents[node.kind]
    if kinds.is_atom(node.base):
        return one.format(a=sayer.part(node.base))
    return several.format(a=sayer.whole(node.base))


def _stack(sayer: Sayer, node: Stack, _free: bool) -> str:
    """A sign with something written over or under it."""
    text = sayer.part(node.base)
    arrow, sayer.arrow = sayer.arrow, "→"
    if node.above is not None:
        text = sayer.form("above", text, sayer.whole(node.above))
    if node.below is not None:
        text = sayer.form("below", text, sayer.whole(node.below))
    sayer.arrow = arrow
    return text


def _table(sayer: Sayer, node: Table, _free: bool) -> str:
    comma, semicolon = (
        (", ", "; ") if sayer.words.spaced else ("、", "、") if sayer.words.language == "ja" else ("，", "；")
    )
    one = {"cases": "case", "lines": "line"}.get(node.kind, "row")
    rows = [
        sayer.form(one, "", sayer.words.integer(str(number)))
        + comma.join(sayer.whole(cell) for cell in cells if cell != EMPTY or one == "row")
        for number, cells in enumerate(node.rows, 1)
    ]
    count, width = (sayer.words.count(each) for each in (len(node.rows), len(node.rows[0])))
    return sayer.form(node.kind, semicolon.join(rows), count, width)


RULES: Mapping[type, Callable[..., str]] = MappingProxyType(
    {
        Number: _number,
        Letter: _letter,
        Name: _name,
        Sign: _sign,
        Row: _row,
        Fraction: structures.fraction,
        Root: structures.root,
        Scripts: structures.scripts,
        Accent: _accent,
        Stack: _stack,
        Fenced: _between,
        Table: _table,
        Compound: structures.compound,
        Struck: _struck,
        Unknown: _unknown,
    }
)
"""By the kind of the part."""
