"""Text cut into sentences, and sentences into pieces that an engine takes. Nothing is lost: the pieces joined are the text."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from chaptercast.common.units import LanguageTag, primary
from chaptercast.script.normalise.data import table

_CLOSING = re.compile(r"^\s*[”’」』）】》〉)\]]+[。！？…，；：]*")
"""Closing marks that a splitter left at the head of the next sentence: they belong to the one before."""
_STRAIGHT_CLOSING = re.compile(r"^\s*\"[。！？…，；：]*")
"""The same where a quotation is open that began with a straight mark."""
_CLAUSE_END = re.compile(r"(?<=[，；：、,;:—–…])(?!\d)")
_MISSING_SPACE = re.compile(r"[^\W\d_]{3}\.\Z")
"""A word and a full stop: with a capital right after it, a space was forgotten. Any other full stop without a space is within a word."""
_SHORT_OR_NUMBER = re.compile(r"(?:(?<=[\s(\[“„«‘'\"/–—-])|\A)(?:\w{1,3}|\S*[\d.]\S*)\.\s+\Z")
"""What may be an abbreviation or an ordinal, where a small letter follows."""
_AFTER_ELLIPSIS = re.compile(r"(?<=…\s)(?=[A-ZÀ-ÞА-ЯЁ¿¡«“])|(?<=…[”»)]\s)(?=[A-ZÀ-ÞА-ЯЁ¿¡«“])")
"""Three full stops end a sentence before a capital, and so does the one sign for them."""
_LAST_WORD = re.compile(r"([^\s(\[“„«‘'\"/]+)\.\s+\Z")
_ORDINAL = re.compile(r"(?<!\S)(?:\d{1,2}|[IVX]+)\.\s+\Z")
_HOUR = re.compile(r"(?<!\w)[ap]\.m\.\s+\Z")
_AFTER_HOUR = re.compile(
    r"\(?(?:(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|[IJKH]S?T|SGT|AE[SD]T|AWST|[EW]AT|Eastern|Pacific|Central|Mountain|Greenwich"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
"""A zone or a day: the hour before it does not end the sentence."""
_INITIALS = re.compile(r"(?<!\w)[A-ZÀ-Þ]\.-[ABD-ZÀ-Þ][a-z]?\.\s+\Z")
"""Of a double name; `J.-C.` may end a sentence."""
_WRITTEN_AS = {"nb": "no", "nn": "no"}
_STRETCH = 2000
_SURE_END = re.compile(r"[。！？][”’」』）]*|[a-z]{3}[.!?]\s+(?=[A-Z])|\n")
_SPACE = re.compile(r"(?<=\s)")


def split_sentences(text: str, language: LanguageTag) -> tuple[str, ...]:
    """The sentences of a paragraph; each keeps the white space after it, so that they join to `text`."""
    import sentencex

    sentences: list[str] = []
    segments = (s for stretch in _stretches(text) for s in sentencex.segment(primary(language), stretch))
    for found in (part for segment in segments for part in _AFTER_ELLIPSIS.split(segment)):
        closing = _closing(found, sentences[-1]) if sentences else None
        if closing:
            sentences[-1] += closing.group()
            found = found[closing.end() :]  # noqa: PLW2901
        if sentences and found.strip() and not _ends(sentences[-1], found, primary(language)):
            sentences[-1] += found
        elif found.strip():
            sentences.append(found)
        elif sentences:
            sentences[-1] += found
        elif found:
            sentences.append(found)
    if "".join(sentences) != text:  # the library dropped or changed something: keep the text rather than the cuts
        return (text,)
    return tuple(sentences)


def _ends(before: str, following: str, language: str) -> bool:
    """Whether a sentence ends with `before`, where the library says so: a full stop may be that of an abbreviation or of an ordinal."""
    if not before.rstrip().endswith("."):
        return True
    if not before[-1].isspace():
        return bool(_MISSING_SPACE.search(before)) and following[0].isupper()
    if _INITIALS.search(before) or (_HOUR.search(before) and _AFTER_HOUR.match(following)):
        return False
    if following[0].islower() and _SHORT_OR_NUMBER.search(before):
        return False
    if _table(language).get("stopped_ordinals") and following[0].isalpha() and _ORDINAL.search(before):
        return False
    last = _LAST_WORD.search(before)
    cut_short = last is not None and last[1].lower() in _abbreviations(language)
    return not cut_short or (last is not None and len(last[1]) == 1 and not following[0].isdigit())


def _table(language: str) -> Mapping[str, Any]:
    return table(_WRITTEN_AS.get(language, language))


@cache
def _abbreviations(language: str) -> frozenset[str]:
    """What is cut short with a full stop, and always followed by more of the sentence; in small letters, without that full stop."""
    words = _table(language)
    written = {*words.get("titles", ()), *words.get("before_number", ()), *words.get("abbreviations", ())}
    stopped = {name[:-1].lower() for name in written if name.endswith(".") and " " not in name}
    return frozenset(stopped - {name[:-1].lower() for name in words.get("closing", ())}) | {
        *words.get("stops", "").split()
    }


def _stretches(text: str) -> Iterator[str]:
    """`text` in stretches that end where a sentence surely does: the library takes quadratic time, and quotes left open, for long ones."""
    start = 0
    while len(text) - start > _STRETCH:
        end = _SURE_END.search(text, start + _STRETCH)
        if end is None:
            break
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]


def _closing(found: str, before: str) -> re.Match[str] | None:
    return _CLOSING.match(found) or (_STRAIGHT_CLOSING.match(found) if before.count('"') % 2 else None)


def cut(text: str, max_bytes: int) -> Iterator[str]:
    """`text` in pieces of at most `max_bytes` of UTF-8: cut between clauses, else words, else graphemes.

    Only a grapheme that alone is longer stays whole. The pieces join to `text`.
    """
    if len(text.encode()) <= max_bytes:
        yield text
        return
    yield from _packed(_atoms(text, max_bytes), max_bytes)


def _atoms(text: str, max_bytes: int) -> Iterator[str]:
    """The largest units of `text` that fit: clauses, the words of clauses that do not fit, the graphemes of words that do not."""
    for clause in _CLAUSE_END.split(text):
        if len(clause.encode()) <= max_bytes:
            yield clause
            continue
        for word in _SPACE.split(clause):
            if len(word.encode()) <= max_bytes:
                yield word
            else:
                yield from _graphemes(word)


def _graphemes(text: str) -> Iterator[str]:
    import regex

    matches: Any = regex.finditer(r"\X", text)
    return (match.group() for match in matches)


def _packed(atoms: Iterator[str], max_bytes: int) -> Iterator[str]:
    piece, size = "", 0
    for atom in atoms:
        length = len(atom.encode())
        if piece and size + length > max_bytes:
            yield piece
            piece, size = "", 0
        piece += atom
        size += length
    if piece:
        yield piece
