"""Features of a heading candidate that a reader sees: its own shape, and its place among the others."""

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
"""If at most this share of a plain text stands at the margin, the rest counts as indented."""
_FORMULA = 0.5
PROSE = 60
"""The minimum width, in columns, of a paragraph that counts as running text by its length alone."""


class Kind(StrEnum):
    """The kind of a candidate, as its neighbours see it."""

    LINE = "a text that may be a heading"
    BODY = "a text too long to be one"
    BLOCK = "a list, a table, code, a quotation"
    GAP = "an image, a break: what may stand between a heading and its text"


class Profile(Struct, frozen=True):
    """The usual style of a document: a style is a sign only if it is unusual."""

    size: int = 100
    """The font size of most of the text, in percent."""
    bold: bool = False
    """Whether most of the text is bold."""
    capitals: bool = False
    """Whether most of the text is in capitals."""
    centred: bool = False
    """Whether most of the text is centred."""
    labels: frozenset[str] = frozenset()
    """Labels before a colon that open several paragraphs: speakers of an interview, `Answer`."""
    indent: int = 0
    """The indent, in columns, of most of a plain text."""
    turns: frozenset[str] = frozenset()
    """The labels that also open running text, not only lines that are bold as a whole."""


class Features(Struct, frozen=True):
    """The features of a candidate. `candidate_context` fills in the second half when all candidates are known."""

    kind: Kind
    text: str = ""
    """Folded, without bullets."""
    width: int = 0
    level: int = 0
    """The level of a heading that the source marks; 0 for others."""
    depth: int = 0
    """The depth of a heading that a book's structure names, see `Origin`. It is a heading, whatever it says and wherever it stands."""
    tag: str = ""
    bold: bool = False
    """As a whole, among text that is not bold."""
    partly_bold: bool = False
    size: int = 100
    """In percent of the usual size."""
    capitals: bool = False
    centred: bool = False
    headline: str = ""
    """Its type, if it is that of lines that stand alone before text throughout a printed document."""
    underline: str = ""
    indent: int = 0
    outdented: bool = False
    """In a plain text: stands at the margin while nearly all text is indented."""
    bullet: str = ""
    number: Number | None = None
    number_alone: bool = False
    wrapped: bool = False
    """In 【】."""
    bracketed: bool = False
    """In round brackets."""
    role: str = ""
    """The role by its class names: see `class_roles`."""
    class_level: int = 0
    titled: bool = False
    """Whether its class calls it the title of the whole."""
    bare: bool = False
    after_image: bool = False
    ending: str = ""
    """See `line_shape.ending`; empty for none."""
    stop_outside: bool = False
    """The full stop stands outside the bold text."""
    sentences: int = 0
    """The number of sentence ends inside."""
    quoted: float = 0.0
    linked: float = 0.0
    formula: bool = False
    """Most of it is mathematics."""
    label: str = ""
    """The text before a colon, if several paragraphs open with it."""
    turn: bool = False
    """The label also opens running text: a speaker of an interview."""
    words: str = ""
    """The kind of line by its words, see `words_say`: `credit`, `byline`, `notice`, `call`..."""
    context: tuple[str, ...] = ()
    heads_lines: bool = False
    """It is a line of a paragraph that continues with other text."""
    lines: int = 1
    """The number of a paragraph's lines that it takes."""
    in_lines: bool = False
    """It is a line of a paragraph, but not the first."""
    list_item: bool = False
    # its context
    lead: bool = False
    """It stands before the first running text."""
    demoted: bool = False
    """The source marks it as a heading, but it is something else."""
    name: bool = False
    """It stands before the first running text, and looks like a person's name."""
    before_credit: bool = False
    """It stands before the first running text, and a byline follows: a title or a deck."""
    low: bool = False
    """The source marks it; it stands before any running text, and ranks lower than headings that follow."""
    empty: bool = False
    """The source marks it, and only the next heading of its rank follows."""
    opens: bool = False
    """Text of its own follows: running text, or a smaller heading that has some."""
    closes: bool = False
    """Only furniture follows."""
    members: int = 1
    """The number of candidates that look the same."""
    crowded: bool = False
    """It stands in a row of similar candidates, like the lines of a list or a poem."""
    in_sequence: bool = False
    """Its number continues its family's sequence, or is continued."""
    repeated: bool = False
    """A later candidate has the same words: a line of a table of contents."""
    marked: int = 0
    """The number of headings that the source itself marks."""
    named: int = 0
    """The number of these that a book's structure names."""
    outdone: bool = False
    """It is only bold, while there is a series of lines that are bold or larger and have other marks, too."""

    @property
    def style(self) -> tuple[str, ...]:
        """The visual part of the signature: the look that it shares with similar candidates, apart from numbering."""
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
            "headline" if self.headline and not (self.bold or self.size >= 112 or self.capitals) else "",
            self.underline[:1],
            "centred" if self.centred and not self.bold else "",
            "outdented" if self.outdented else "",
        )

    @property
    def family(self) -> str:
        """Its numbering family, if it belongs to a sequence."""
        return self.number.family if self.number and self.in_sequence else ""

    @property
    def signature(self) -> tuple[str, ...]:
        """Style, family, and whether text follows on the next line."""
        return (*self.style, self.family, "line" if self.heads_lines else "")


def profile_of(blocks: Sequence[Block]) -> Profile:
    """The usual style of the paragraphs in `blocks`, weighted by length of text."""
    sizes: Counter[int] = Counter()
    indents: Counter[int] = Counter()
    labels: Counter[str] = Counter()
    turns: set[str] = set()
    total = bold = capitals = centred = 0
    for block in blocks:
        if isinstance(block, ListBlock):
            for paragraph in (each for item in block.items for each in item if isinstance(each, Paragraph)):
                sizes[paragraph.origin.font_percent] += len(plain(paragraph.inlines))
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
    """The text before a colon at the start of `text`: a speaker, a kind of answer. Empty if there is none."""
    match = _LABEL.match(text[:40])
    return shape.folded(match[1]).casefold() if match else ""


def features_of(piece: Candidate, profile: Profile) -> Features:
    """The features of one candidate by itself."""
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
        headline=origin.headline,
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
