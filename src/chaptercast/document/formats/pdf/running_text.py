"""Turns lines into running text: joins words that are split at line ends, and makes spans."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from chaptercast.common.language_tags import normalised
from chaptercast.document.formats.pdf.page import Line, Page, Run
from chaptercast.document.formats.plain_text.hyphenation import SIGNS, Hyphens
from chaptercast.document.model import Inlines, Span

_EAST_ASIAN = "WF"


class Verbalizer:
    """Joins the lines of one document. Words that occur in the document decide about hyphens."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._hyphens = Hyphens("\n".join(line.text for page in pages for line in page.lines))

    def inlines(
        self,
        lines: Sequence[Line],
        notes: dict[str, str],
        *,
        bold: bool = False,
        turns: Mapping[int, int] = MappingProxyType({}),
    ) -> Inlines:
        """Returns the text of lines.

        `notes` gives the ids of notes by their marks. `bold`: bold is the normal style here. `turns` gives the pages that begin with
        lines, by their indices.
        """
        spans: list[Span] = []
        gap = ""
        for index, line in enumerate(lines):
            is_whole = bool(gap)
            following = lines[index + 1].text.lstrip() if index + 1 < len(lines) else ""
            ending, gap = self._end(line.text.rstrip(), following)
            shorter = len(line.text.rstrip()) - len(ending)
            runs = list(_stripped(line.runs, shorter, first=index == 0 or not spans))
            made = [_span(run, notes, bold=bold) for run in runs]
            spans.extend(with_page(made, turns[index], at_word=not is_whole) if index in turns else made)
            if following and gap and spans:
                spans[-1] = _with_text(spans[-1], spans[-1].text + gap)
        return merged(spans)

    def joined(self, texts: Sequence[str]) -> Inlines:
        """Returns texts that stand line below line as one, without styles."""
        return self.inlines([Line((Run(text),), 0, 0, 0, 1) for text in texts if text.strip()], {})

    def _end(self, before: str, after: str) -> tuple[str, str]:
        if not after:
            return before, ""
        if before[-1:] in SIGNS:
            return self._hyphens.joined(before, after)
        east = before and unicodedata.east_asian_width(before[-1]) in _EAST_ASIAN
        if east and unicodedata.east_asian_width(after[0]) in _EAST_ASIAN and not "\uac00" <= after[0] <= "\ud7ff":
            return before, ""
        return before, "" if before[-1:] in "/\u2014" and len(before) > 1 and before[-2] != " " else " "


def _stripped(runs: Sequence[Run], shorter: int, *, first: bool) -> Iterator[Run]:
    """Yields the runs of a line without white space at its ends, and without the last `shorter` characters."""
    texts = [run.text for run in runs]
    while texts and not texts[-1].strip():
        texts.pop()
    if texts:
        texts[-1] = texts[-1].rstrip()
        texts[-1] = texts[-1][: len(texts[-1]) - shorter] if shorter else texts[-1]
    begun = False
    for run, text in zip(runs, texts, strict=False):
        kept = text if begun else text.lstrip()
        begun = begun or bool(kept)
        if kept:
            yield replace(run, text=kept)
    del first


def _span(run: Run, notes: dict[str, str], *, bold: bool) -> Span:
    mark = run.text.strip().strip("[]()")
    if run.shift == 1 and mark in notes:
        return Span(run.text, note=notes[mark], raised=True)
    return Span(
        run.text,
        strong=run.bold and not bold,
        emphasis=run.italic,
        raised=run.shift == 1,
        lowered=run.shift == -1,
        language=normalised(run.language) if run.language else None,
    )


def _with_text(span: Span, text: str) -> Span:
    return replace(span, text=text)


def with_page(spans: Sequence[Span], number: int, *, at_word: bool = False) -> list[Span]:
    """Returns spans that begin a page. With `at_word`, they begin with the rest of a word: the page begins with the next one."""
    if not spans:
        return []
    first, *rest = spans
    begun, space, following = first.text.partition(" ")
    if at_word and following:
        return [_with_text(first, begun + space), replace(first, text=following, page=number), *rest]
    return [replace(first, page=number), *rest]


def merged(spans: Iterable[Span]) -> Inlines:
    """Returns spans with adjacent equal styles merged, and with the spaces around note marks outside of them."""
    result: list[Span] = []
    for given in spans:
        span, blank = given, ""
        if span.raised or span.lowered:
            if result and result[-1].text.endswith(" "):
                result[-1] = _with_text(result[-1], result[-1].text.rstrip(" "))
            core = span.text.strip()
            blank = " " if span.text != span.text.rstrip() else ""
            span = _with_text(span, core)
        if not span.text:
            continue
        last = result[-1] if result else None
        if last is not None and _look(last) == _look(span) and not (span.note or span.page):
            result[-1] = _with_text(last, last.text + span.text)
        else:
            result.append(span)
        if blank:
            result.append(Span(blank))
    return tuple(result)


def _look(span: Span) -> tuple[bool, bool, bool, bool, str, str | None]:
    return span.strong, span.emphasis, span.raised, span.lowered, span.note, span.language
