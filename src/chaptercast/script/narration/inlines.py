"""Reads the text of a block for the narrator: one rule per kind of span says what is spoken in its place.

Each piece keeps the written and the spoken text apart. The spoken text is still to be normalised.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from chaptercast.common.language_identification import scripts
from chaptercast.common.units import UNDETERMINED, LanguageTag, primary
from chaptercast.document.model import Inlines, Omission, Reason, Span
from chaptercast.script.narration import formulas
from chaptercast.script.narration.inline_formulas import with_formulas
from chaptercast.script.narration.options import Notes, Verbosity
from chaptercast.script.narration.phrases import Words, words_for
from chaptercast.script.narration.settings import Settings
from chaptercast.script.normalise import speakable
from chaptercast.text_structure import PLAIN, Style


class Piece(Struct, frozen=True):
    """A stretch of text: what the author wrote, and what is to be spoken in its place."""

    written: str
    said: str
    language: LanguageTag | None = None
    """The declared language, if it differs from the block's."""
    note: str = ""
    """The id of the note to tell after the sentence."""
    style: Style = PLAIN
    """The inline style of the written text."""

    @property
    def plain(self) -> bool:
        """Whether it is spoken as it is written, so that it can be split anywhere."""
        return self.written == self.said


LONGEST_MEANING = 100
"""In characters. A longer `title` of an abbreviation is a remark, not its expansion."""
LONGEST_CONTEXT = 20_000
_NOTE_MARK = re.compile(
    r"[\[(（〔［]?\s*(?:\d{1,4}|[¹²³⁰⁴-⁹]{1,4}|[①-⑳㉑-㉟]|[a-z]|[ivxlc]{1,6}|[*†‡§¶#⁎※]{1,4}|[注註]\s*\d{0,3})\s*[\])）〕］]?",
    re.IGNORECASE,
)
_LETTER_MARK = re.compile(r"[a-e]")
_AFTER_WORD = re.compile(r"[^\W\d_]{3}$|[.!?,;:。！？，；：”’\"」』)）]$")
_BASE = re.compile(
    r"(?<![\d.,])\d{1,3}$|\d[.,]\d{1,3}$|(?<![A-Za-zα-ωΑ-Ω])(?:[A-Za-zα-ωΑ-Ω]|[kcmdµ]m|mm|ft|in|yd|mi)$|[米里]$"
    r"|\([^()]{0,20}[+−×·/=-][^()]{0,20}\)$|[=+−×·*/] ?[A-Za-z]{1,3}$"
)
"""What an exponent may stand on: a small number (a year would bear a note mark), a variable, a unit of length, a term in brackets or in an
equation."""
_NUMBER_SIGN = re.compile(r"(?<!\w)[nN]\.?$")
_EXPONENTS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_LINE_MARK = re.compile(r"[.!?,;:…。！？，、；：—–-][\"'”’)»\]）】」』]*\s*$|^\s*$")
"""A line that already ends with a pause, or that is empty."""
_GOES_ON = re.compile(r"\s*[\w(“„«‘]")
_CUT_WITH_POINT = re.compile(r"[^\W\d_]{1,6}\.(?:\s?[^\W\d_]{1,4}\.)*")
_CUT = re.compile(r"[^\W\d_A-Z][^\W\d_]{0,4}|[A-Z][^\W\d_A-Z]{1,4}")


class Reader(Struct):
    """Reads the text of an article's blocks, one after the other. What has been explained once is not explained again."""

    settings: Settings
    left_out: list[Omission]
    notes: frozenset[str] | set[str] = frozenset()
    """The ids of the existing notes."""
    explained: set[str] = field(default_factory=set)
    words: Words = field(default_factory=Words)
    language: LanguageTag = UNDETERMINED
    context: str = ""
    """The whole text of the current block, unless it is too long to search repeatedly."""

    def read(self, inlines: Inlines, language: LanguageTag) -> list[Piece]:
        """The pieces of a block in `language`, in order."""
        self.words, self.language = words_for(language), language
        text = "".join(span.text for span in inlines)
        self.context = text.casefold() if len(text) <= LONGEST_CONTEXT else ""
        pieces: list[Piece] = []
        if not formulas.vocabulary(language).neutral:
            inlines = with_formulas(inlines)
        for (kind, link, *_), spans in groupby(inlines, _alike):
            group = list(spans)
            found = list(RULES[kind](self, group, "".join(piece.said for piece in pieces[-3:])))
            pieces += self._styled(found, group, plain=kind in _UNMARKED)
            if link and self.settings.link_addresses:
                pieces += self._address(link, "".join(piece.written for piece in found))
        return list(_lines(_without_double_marks(pieces), self.words.separators.line))

    def _styled(self, pieces: list[Piece], spans: list[Span], *, plain: bool) -> Iterator[Piece]:
        """The pieces of a group of spans: each in the style of its span, or all in the style of the first if they are joined."""
        own = spans if len(pieces) == len(spans) else [spans[0]] * len(pieces)
        for piece, span in zip(pieces, own, strict=True):
            marked = span.link or span.strong or span.emphasis or span.code or span.language or span.page
            if plain and not (marked or span.formula):
                yield piece
            else:
                yield replace(piece, style=self._style(span, spans if own is not spans else [span]))

    def _style(self, span: Span, group: list[Span]) -> Style:
        """The style of a span. `group` are the spans that it stands for."""
        return Style(
            strong=span.strong,
            emphasis=span.emphasis,
            code=span.code,
            deleted=span.deleted,
            raised=span.raised,
            lowered=span.lowered,
            link=span.link,
            note=span.note if span.note in self.notes and self.settings.notes != Notes.SKIP else "",
            expansion=span.expansion.strip(),
            reading="".join(one.reading for one in group),
            language=span.language,
            page=max(one.page for one in group),
            formula=span.formula if len(group) == 1 else None,
        )

    def _address(self, link: str, text: str) -> Iterable[Piece]:
        address = link.removeprefix("mailto:").removeprefix("https://").removeprefix("http://").rstrip("/")
        if address not in text:
            said = self.words.within("link", text="", address=address)
            yield Piece("", said or f" ({address})")


_UNMARKED = ("text", "math")


def _without_double_marks(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces without a comma after a formula if another mark, or nothing, follows."""
    for index, piece in enumerate(pieces):
        comma = not piece.plain and piece.said[-1:] in (",", "，", "、", "،")
        ends = comma and not _GOES_ON.match(pieces[index + 1].said if index + 1 < len(pieces) else "")
        yield replace(piece, said=piece.said[:-1]) if ends else piece


def _alike(span: Span) -> tuple[str, str, str, str, LanguageTag | None]:
    """The properties that spans must share to be read as one."""
    return _kind(span), span.link, span.note, span.expansion, span.language


def _kind(span: Span) -> str:
    return next((kind for kind in RULES if getattr(span, kind, False)), "text")


def _text(_reader: Reader, spans: list[Span], _before: str) -> Iterator[Piece]:
    """Read text as it is written."""
    return (Piece(span.text, span.text, span.language) for span in spans)


def _deleted(reader: Reader, spans: list[Span], _before: str) -> Iterator[Piece]:
    """List deleted text as left out. With full verbosity, read it and say that it was deleted."""
    text = "".join(span.text for span in spans)
    announced = reader.words.within("deleted", text=text)
    if announced and reader.settings.verbosity.includes(Verbosity.FULL) and speakable(text):
        yield Piece(text, announced, spans[0].language)
    else:
        reader.left_out.append(Omission(text.strip(), Reason.SETTING))


def _note(reader: Reader, spans: list[Span], _before: str) -> Iterator[Piece]:
    """Read a note reference: a mark is silent, and the note follows; words that refer to a note are spoken."""
    text = "".join(span.text for span in spans)
    identity = spans[0].note
    if not _NOTE_MARK.fullmatch(text.strip()):
        yield Piece(text, text, spans[0].language, identity if identity in reader.notes else "")
    elif identity in reader.notes:
        yield Piece(text, "", note=identity)
    else:
        reader.left_out.append(Omission(text.strip(), Reason.UNSPEAKABLE))


def _math(reader: Reader, spans: list[Span], _before: str) -> Iterator[Piece]:
    """Read a formula in words, and list the parts without words. Alternative text is spoken as it is."""
    for span in spans:
        if span.formula is None:
            yield Piece(span.text, span.text)
            continue
        said = formulas.say(span.formula, span.language or reader.language)
        reader.left_out += [Omission(text, Reason.UNSPEAKABLE) for text in said.unsaid]
        pause = reader.words.separators.line.rstrip() if said.pause else ""
        yield Piece(span.text, f"{said.text}{pause}" if speakable(said.text) else span.text)


def _reading(reader: Reader, spans: list[Span], _before: str) -> Iterator[Piece]:
    """Read text with ruby once: its reading if the voice knows the reading's script, as it does numbers; otherwise the written text."""
    reading = "".join(span.reading for span in spans)
    text = "".join(span.text for span in spans)
    language = spans[0].language or reader.language
    if reading.isdecimal() or _pronounceable(reading, language):
        yield Piece(text, reading, spans[0].language)
    else:
        yield Piece(text, text, spans[0].language)
        reader.left_out.append(Omission(reading, Reason.REPEATED))


def _pronounceable(reading: str, language: LanguageTag) -> bool:
    """Whether a voice can pronounce a reading: kana for Japanese, an own alphabet for others. A Chinese voice needs no pinyin or zhuyin."""
    found = set(scripts(reading))
    wanted = {"ja": {"Kana"}, "zh": set(), "yue": set(), "ko": {"Hang"}}.get(primary(language), {"Latn"})
    return bool(found) and found <= wanted


def _expansion(reader: Reader, spans: list[Span], _before: str) -> Iterator[Piece]:
    """Read an abbreviation: an initialism is followed by its expansion at first use; a shortened word is read in full."""
    text = "".join(span.text for span in spans)
    meaning = spans[0].expansion.strip()
    said = text
    if reader.settings.verbosity != Verbosity.NONE and speakable(meaning) and len(meaning) <= LONGEST_MEANING:
        if _is_cut_short(text.strip(), meaning):
            said = text.replace(text.strip(), meaning)
        elif text.strip() not in reader.explained and meaning.casefold() not in reader.context:
            said = reader.words.within("expansion", text=text, meaning=meaning) or text
        reader.explained.add(text.strip())
    yield Piece(text, said, spans[0].language)


def _is_cut_short(text: str, meaning: str) -> bool:
    """Whether an abbreviation exists only in writing: `Dr.`, `approx.`, `km`. Nobody pronounces these as they are written."""
    if text.lower() == text.upper():  # a script without cases: 北大 is spoken as it is written
        return False
    if _CUT_WITH_POINT.fullmatch(text):
        return not text.isupper() and len(meaning.split()) <= 4
    return bool(_CUT.fullmatch(text)) and " " not in meaning and meaning[:1].casefold() == text[:1].casefold()


def _raised(reader: Reader, spans: list[Span], before: str) -> Iterator[Piece]:
    """Read a superscript: a power on a number, variable or unit; part of its word if it is letters; otherwise a stray note mark."""
    text = "".join(span.text for span in spans)
    mark = text.strip()
    if _is_power(mark, before):
        yield Piece(text, text.translate(_EXPONENTS), spans[0].language)
    elif mark in ("o", "os") and _NUMBER_SIGN.search(before):
        yield Piece(text, text.replace("o", "°"), spans[0].language)
    elif _is_stray_mark(mark, before.rstrip()):
        reader.left_out.append(Omission(mark, Reason.UNSPEAKABLE))
    else:
        yield Piece(text, text, spans[0].language)


def _is_power(mark: str, before: str) -> bool:
    """Whether the superscript after `before` is an exponent, or the charge of an ion. A mark with a sign is never a note mark."""
    if re.fullmatch(r"\d{1,3}", mark):
        return bool(_BASE.search(before))
    return bool(re.fullmatch(r"[+\-−–]\d{1,3}|\d?[+\-−–]", mark)) and before[-1:].isalnum() | before.endswith(
        (")", "]")
    )


def _is_stray_mark(mark: str, before: str) -> bool:
    """Whether the superscript after `before` only points to a note."""
    if _LETTER_MARK.fullmatch(mark):
        return bool(_AFTER_WORD.search(before))
    return bool(before) and bool(_NOTE_MARK.fullmatch(mark)) and not mark.isalpha()


def _lowered(_reader: Reader, spans: list[Span], before: str) -> Iterator[Piece]:
    """Read a subscript: digits belong to their symbol (H₂O); letters are a word of their own."""
    text = "".join(span.text for span in spans)
    apart = before[-1:].isalpha() and text[:1].isalpha()
    yield Piece(text, f" {text}" if apart else text, spans[0].language)


RULES: Mapping[str, Callable[[Reader, list[Span], str], Iterator[Piece]]] = MappingProxyType(
    {
        "deleted": _deleted,
        "note": _note,
        "math": _math,
        "reading": _reading,
        "expansion": _expansion,
        "raised": _raised,
        "lowered": _lowered,
        "text": _text,
    }
)
"""By the field of `Span` that selects the rule. The first field that is set wins."""


def _lines(pieces: Iterable[Piece], pause: str) -> Iterator[Piece]:
    """The pieces, with a short pause wherever a line ends without punctuation."""
    before = ""
    for piece in pieces:
        if not piece.plain or "\n" not in piece.said:
            yield piece
            before = piece.said or before
            continue
        for part in re.split(r"(\n)", piece.said):
            if part == "\n":
                said = "\n" if _LINE_MARK.search(before) else pause
                yield replace(piece, written=part, said=said)
                before = said
            elif part:
                yield replace(piece, written=part, said=part)
                before = part


def bare(text: str) -> list[Piece]:
    """The pieces of text without markup."""
    return [Piece(text, text)] if text else []
