"""What a reader sees of a block that may be a heading: its shape, by itself, and its place among the others."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum

from msgspec import Struct

from chaptercast.document.model import (
    Block,
    Break,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    Note,
    Origin,
    Paragraph,
    Span,
    plain,
)
from chaptercast.document.outline import class_roles
from chaptercast.document.outline import line_shape as shape
from chaptercast.document.outline.candidates import LONG, Candidate, strong_share
from chaptercast.document.outline.line_wording import words_say
from chaptercast.document.outline.numbering import Number, bare_number, is_number_alone, is_numeral, number_of

_AT_MARGIN = 0.2
"""Share of a plain text at the margin up to which all the rest is set in."""
_FORMULA = 0.5
PROSE = 60
"""Columns of the shortest paragraph that counts as running text by its length alone."""


class Kind(StrEnum):
    """What a piece is to its neighbours."""

    LINE = "a text that may be a heading"
    BODY = "a text too long to be one"
    BLOCK = "a list, a table, code, a quotation"
    GAP = "an image, a break: what may stand between a heading and its text"


class Profile(Struct, frozen=True):
    """What is usual in a document: a sign says something only where it is not."""

    size: int = 100
    """Font size of most of the text, in percent."""
    bold: bool = False
    """Most of the text is bold."""
    capitals: bool = False
    """Most of the text is in capitals."""
    centred: bool = False
    """Most of the text is centred."""
    labels: frozenset[str] = frozenset()
    """What several paragraphs open with before a colon: speakers of an interview, `Answer`."""
    indent: int = 0
    """Columns by which most of a plain text is set in."""
    turns: frozenset[str] = frozenset()
    """Those that open running text, too, not only lines that are bold as a whole."""


class Features(Struct, frozen=True):
    """A piece as it looks. The second half, its place, is filled in by `places` once all candidates are known."""

    kind: Kind
    text: str = ""
    """Folded, without bullets."""
    width: int = 0
    level: int = 0
    """Of a heading that the source marks as one; 0 for others."""
    depth: int = 0
    """Of a heading that a book's structure names, see `Origin`: it is one whatever it says, and wherever it stands."""
    tag: str = ""
    bold: bool = False
    """As a whole, among text that is not."""
    partly_bold: bool = False
    size: int = 100
    """Percent of the usual size."""
    capitals: bool = False
    centred: bool = False
    underline: str = ""
    indent: int = 0
    outdented: bool = False
    """In a plain text: stands at the margin, and nearly all text is set in."""
    bullet: str = ""
    number: Number | None = None
    number_alone: bool = False
    wrapped: bool = False
    """In 【】."""
    bracketed: bool = False
    """In round brackets."""
    role: str = ""
    """What class names say: see `roles`."""
    class_level: int = 0
    titled: bool = False
    """Its class calls it the title of the whole."""
    bare: bool = False
    after_image: bool = False
    ending: str = ""
    """See `text.ending`; empty for none."""
    stop_outside: bool = False
    """The full stop stands after the bold."""
    sentences: int = 0
    """Sentence ends inside."""
    quoted: float = 0.0
    linked: float = 0.0
    formula: bool = False
    """Most of it is mathematics."""
    label: str = ""
    """What stands before a colon, if several paragraphs open so."""
    turn: bool = False
    """The label also opens running text: a speaker of an interview."""
    words: str = ""
    """What the words show it to be, see `words_say`: `credit`, `byline`, `notice`, `call`..."""
    context: tuple[str, ...] = ()
    heads_lines: bool = False
    """A line of a paragraph that goes on with other text."""
    lines: int = 1
    """How many lines of a paragraph it takes."""
    in_lines: bool = False
    """A line of a paragraph, but not its first."""
    list_item: bool = False
    # its place
    lead: bool = False
    """Before the first running text."""
    demoted: bool = False
    """Marked by the source as a heading, and something else."""
    name: bool = False
    """Before the first running text, and like the name of a person."""
    before_credit: bool = False
    """Before the first running text, and a byline follows: a title or a deck."""
    low: bool = False
    """Marked by the source, before any running text, and of a lower rank than headings that follow."""
    empty: bool = False
    """Marked by the source, and nothing but the next heading of its rank follows."""
    opens: bool = False
    """Text of its own follows: running text, or a smaller heading that has some."""
    closes: bool = False
    """Nothing but furniture follows."""
    members: int = 1
    """How many candidates look the same."""
    crowded: bool = False
    """Stands in a row of its like, as the lines of a list or a poem do."""
    in_sequence: bool = False
    """Its number follows on, or is followed on, in its family."""
    repeated: bool = False
    """A later piece has the same words: a line of a list of contents."""
    marked: int = 0
    """How many headings the source itself marks."""
    named: int = 0
    """How many of them the structure of a book names."""
    outdone: bool = False
    """It is only bold, and there is a series of lines that are bold or larger and more than that."""

    @property
    def style(self) -> tuple[str, ...]:
        """What it has in common with its like, numbering aside: the visual part of the signature."""
        if self.level:
            return ("marked", str(self.level))
        return (
            self.tag if self.tag in ("dt", "summary") else "",
            f"class{self.class_level}" if self.role in ("heading", "subtitle") else "",
            "bold" if self.bold else "",
            str(round(self.size / 5) * 5) if self.size > 106 else "",
            self.bullet,
            "【】" if self.wrapped else "",
            "capitals" if self.capitals else "",
            self.underline[:1],
            "centred" if self.centred and not self.bold else "",
            "outdented" if self.outdented else "",
        )

    @property
    def family(self) -> str:
        """Its family of numbering, if it belongs to a sequence."""
        return self.number.family if self.number and self.in_sequence else ""

    @property
    def signature(self) -> tuple[str, ...]:
        """Style, family, and whether text follows on the next line."""
        return (*self.style, self.family, "line" if self.heads_lines else "")


def profile_of(blocks: Sequence[Block]) -> Profile:
    """Weigh what is usual among the paragraphs of `blocks`, by length of text."""
    sizes: Counter[int] = Counter()
    indents: Counter[int] = Counter()
    labels: Counter[str] = Counter()
    turns: set[str] = set()
    total = bold = capitals = centred = 0
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        text = plain(block.inlines)
        total += len(text)
        sizes[block.origin.font_percent] += len(text)
        indents[0 if block.origin.tag else block.origin.indent] += len(text)
        bold += sum(len(s.text) for s in block.inlines if s.strong)
        centred += len(text) if block.origin.centred else 0
        capitals += len(text) if shape.in_capitals(text) else 0
        label = label_of(text)
        if label:
            labels[label] += 1
            if strong_share(block.inlines) < 0.9:
                turns.add(label)
    size = sizes.most_common(1)[0][0] if sizes else 100
    indent = 0 if indents[0] > _AT_MARGIN * total else max(indents, key=lambda i: indents[i], default=0)
    repeated = frozenset(label for label, count in labels.items() if count >= 2)
    most = 0.6 * total
    return Profile(size or 100, bold > most, capitals > most, centred > most, repeated, indent, repeated & turns)


_LABEL = re.compile(r"\s*([^\s:：.,，。?？!！][^:：.,，。?？!！\n]{0,23})[:：]")


def label_of(text: str) -> str:
    """What stands before a colon at the start of `text`: a speaker, a kind of answer; empty if nothing does."""
    match = _LABEL.match(text[:40])
    return shape.folded(match[1]).casefold() if match else ""


def features_of(piece: Candidate, profile: Profile) -> Features:
    """Look at one piece by itself."""
    block = piece.block
    if isinstance(block, Figure | Break):
        return Features(Kind.GAP)
    if not piece.inlines or not isinstance(block, Heading | Paragraph | ListBlock):
        return Features(Kind.GAP if isinstance(block, Note) else Kind.BLOCK)
    raw = plain(piece.inlines)
    marked = isinstance(block, Heading)
    if len(raw) > 2 * LONG and not marked:
        return Features(Kind.BODY, text=raw, width=len(raw), label=_known_label(raw, profile))
    return _of_line(piece, raw, profile)


def _of_line(piece: Candidate, raw: str, profile: Profile) -> Features:
    block = piece.block
    origin = block.origin if isinstance(block, Heading | Paragraph) else Origin()
    bullet, text = shape.without_bullet(shape.folded(raw))
    width = shape.width(text)
    inner = shape.unwrapped(text)
    ended = shape.ending(text)
    bold = strong_share(piece.inlines)
    marked = block.level if isinstance(block, Heading) else 0
    role = class_roles.role_of(origin.classes)
    number = number_of(text) or (None if origin.tag or marked else bare_number(text))
    return Features(
        Kind.LINE if (width <= LONG and shape.letters(text)) or marked else Kind.BODY,
        text=text,
        width=width,
        level=marked,
        depth=origin.depth if marked else 0,
        tag=origin.tag,
        bold=bold >= 0.9 and not profile.bold,
        partly_bold=0 < bold < 0.9,
        size=round(origin.font_percent * 100 / profile.size),
        capitals=shape.in_capitals(text) and not profile.capitals and not is_numeral(text),
        centred=origin.centred and not profile.centred,
        underline=origin.underline,
        indent=origin.indent,
        outdented=profile.indent >= 2 and not origin.tag and not origin.indent and not marked and not bullet,
        bullet=bullet if not isinstance(block, ListBlock) else "",
        number=number,
        number_alone=is_number_alone(text),
        wrapped=bool(inner),
        bracketed=shape.in_round_brackets(text),
        role=role,
        class_level=class_roles.level_of(origin.classes) if role == "heading" else 0,
        titled=class_roles.is_title(origin.classes, origin.tag),
        bare=origin.bare,
        after_image=origin.after_image and piece.first,
        ending=shape.ending(inner) if inner else ended,
        stop_outside=ended == "stop" and bold >= 0.9 and not piece.inlines[-1].strong,
        sentences=shape.inner_sentences(text[number.length :] if number else text),
        quoted=shape.quoted_share(text),
        linked=_share(piece.inlines, lambda span: bool(span.link)),
        formula=_share(piece.inlines, lambda span: span.math) > _FORMULA,
        label=_known_label(text, profile),
        turn=_known_label(text, profile) in profile.turns,
        words=words_say(text),
        context=origin.context,
        heads_lines=not piece.last and not marked,
        lines=max(1, len(piece.lines)),
        in_lines=not piece.first,
        list_item=isinstance(block, ListBlock),
    )


def _known_label(text: str, profile: Profile) -> str:
    label = label_of(text)
    return label if label in profile.labels else ""


def _share(inlines: Inlines, such: Callable[[Span], bool]) -> float:
    """The share of letters in spans of a kind."""
    total = sum(shape.letters(s.text) for s in inlines)
    return sum(shape.letters(s.text) for s in inlines if such(s)) / total if total else 0.0
