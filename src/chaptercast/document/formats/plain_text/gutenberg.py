"""Texts of Project Gutenberg: what their head says of them, and what is notice and licence and no part of the book.

The marks are those of thirty years: `*** START OF THE PROJECT GUTENBERG EBOOK X ***`, the "small print" before it in texts of the nineties,
"End of the Project Gutenberg Etext of X". A file may hold several texts.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, field

from chaptercast.document.metadata.language import canonical
from chaptercast.document.model import Metadata

HEAD = 60_000
"""Characters within which the head ends."""
FIRST = 600
"""Characters within which a text says that it is one of these."""

_NAMED = re.compile(r"project gutenberg", re.IGNORECASE)
_START = re.compile(
    r"^[ \t]*\*{2,4}[ \t]*START OF (?:TH[EI]S? )?PROJECT GUTENBERG[^*]{0,400}?(?:\*{2,4}|$(?=\n\s*\n))"
    r"|^\*END\*?[^\n]{0,8}THE SMALL PRINT[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(
    r"^[ \t*]*(?:END OF (?:TH[EI]S? )?PROJECT GUTENBERG|START:? ?FULL LICENSE|THE FULL PROJECT GUTENBERG LICENSE)",
    re.IGNORECASE | re.MULTILINE,
)
_CREDIT = re.compile(
    r"\s*(?:(?:[^\n]{0,40}\n)?\W{0,3}(?:(?:this|the) (?:e-?book|e-?text|[\w-]+ version|text|file)[\w\s]{0,20} (?:was|is)\s+)?"
    r"(?:re)?(?:produced|e-?text\s+(?:prepared|produced|revised|created)|prepared|scanned|transcribed|created|digiti[sz]ed|typed)\b"
    r"[\w\s,:-]{0,60}?\b(?:by|from)\b[^\n]*|[^\n]*\bDistributed Proofread[^\n]*"
    r"|\W{0,3}note: project gutenberg (?:also has|has)[^\n]*|\W{0,6}(?:the )?project gutenberg(?:[’']s)?\b[^\n]{0,120}"
    r"|html version by[^\n]*)(?:\n[^\n]*\S[^\n]*){0,30}(?=\n\s*\n|\s*\Z)",
    re.IGNORECASE,
)
"""A paragraph that says who made the file."""
_CREDITS = 5
_FIELD = re.compile(r"^(Title|Authors?|Language):[ \t]*(\S.*(?:\n[ \t]+\S.*){0,5})", re.MULTILINE)
_OF = re.compile(
    r"Project Gutenberg(?:[’']s)?[ \t]+(?:E-?Book|E-?Text)s?[ \t]+of[ \t]+(?P<one>\S[^\n*]*)(?:\n(?P<by>[ \t*]*by[ \t]+[^\n*]+))?"
    r"|Project Gutenberg[’']s[ \t]+(?P<other>\S[^\n*]*,?[ \t]+by[ \t][^\n*]+)",
    re.IGNORECASE,
)
_BY = re.compile(r",?\s+by\s+(?=[^\W\d_a-z])")
_NUMBERED = re.compile(r"\s*[\[(]?(?:e-?book|e-?text)?\s*#\s?\d+\]?.*", re.IGNORECASE)
_FULL = 55
"""Columns from which on a line of a title goes on in the next; shorter ones are followed by a subtitle."""


class Book(Struct, frozen=True):
    """A text without what its publisher put around it."""

    text: str
    metadata: Metadata = field(default_factory=Metadata)
    notices: tuple[str, ...] = ()
    """What is no part of it: head, makers of the file, licence."""


def is_book(text: str) -> bool:
    """Whether a text is one of Project Gutenberg, by its head."""
    return _NAMED.search(text[:FIRST]) is not None and bool(_START.search(text[:HEAD]) or _OF.search(text[:FIRST]))


def split(text: str) -> Book:
    """Part the book from the rest; a text that is not of Project Gutenberg is all book."""
    head = text[:HEAD]
    starts = list(_START.finditer(head))
    start = starts[-1] if starts else None
    if start is None and not (_NAMED.search(head[:FIRST]) and _END.search(text)):
        return Book(text)
    begin = start.end() if start is not None else 0
    books, notices = _books(text, begin)
    body = "\n\n\n".join(books)
    if not any(map(str.isalnum, body)):
        return Book(text)
    return Book(
        body, _metadata(text[:begin] or head[:FIRST], notices), (*([text[:begin].strip()] if begin else []), *notices)
    )


def _books(text: str, begin: int) -> tuple[list[str], list[str]]:
    """The texts between the marks, and what stands beside them."""
    books: list[str] = []
    notices: list[str] = []
    while True:
        end = _END.search(text, begin)
        body = text[begin : end.start() if end else len(text)]
        made, body = _credits(body)
        notices += made
        books.append(body)
        if end is None:
            break
        again = _START.search(text, end.end())
        notices.append(text[end.start() : again.end() if again else len(text)].strip())
        if again is None:
            break
        begin = again.end()
    return books, notices


def _credits(body: str) -> tuple[list[str], str]:
    """The paragraphs at the beginning that say who made the file, and the rest."""
    found: list[str] = []
    at = 0
    while len(found) < _CREDITS and (match := _CREDIT.match(body, at)):
        found.append(match[0].strip())
        at = match.end()
    return found, body[at:]


def _metadata(head: str, notices: Sequence[str]) -> Metadata:
    """What the head says of the book: in fields, or in its first words, or in the notices after it."""
    found = {match[1].casefold().rstrip("s"): match[2] for match in reversed(list(_FIELD.finditer(head)))}
    title, author = _title(found.get("title", "")), " ".join(found.get("author", "").split())
    for text in (head, *notices):
        if title:
            break
        title, by = _named(text)
        author = author or by
    return Metadata(title=title, author=author, language=canonical(found.get("language", "")))


def _title(value: str) -> str:
    """A title with its subtitle."""
    lines = [" ".join(line.split()) for line in value.split("\n")]
    title = lines[0]
    for before, line in pairwise(lines):
        new = len(before) < _FULL and line[:1].isupper() and before[-1:] not in (",", ";", ":", "-")
        title += (": " if new else " ") + line
    return title


def _named(text: str) -> tuple[str, str]:
    """Title and author from "The Project Gutenberg Etext of X, by Y"."""
    of = _OF.search(text)
    if of is None:
        return "", ""
    line = _NUMBERED.sub("", " ".join(f"{of['one'] or of['other']} {(of['by'] or '').strip(' *')}".split()))
    name, *rest = _BY.split(line, maxsplit=1)
    return name.strip(" *,."), rest[0].strip(" *,.") if rest else ""
