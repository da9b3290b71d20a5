"""The head of an RFC: two columns, with the series and number on the left, and the authors and the date on the right."""

import re

from chaptercast.document.formats.plain_text.gutenberg import Book
from chaptercast.document.metadata.dates import to_iso
from chaptercast.document.model import Metadata

HEAD = 60
"""Lines within which the head stands."""

_NUMBER = re.compile(
    r"^Request for Comments:\s*\d+|^RFC:?\s+\d+\s*$|^Internet[- ]Draft\b", re.IGNORECASE | re.MULTILINE
)
_FIRST = re.compile(
    r"(?:Network Working Group|Internet (?:Engineering|Architecture|Research)|Independent Submission|INTERNET[- ]DRAFT|\S.*Working Group)",
    re.IGNORECASE,
)
_COLUMNS = re.compile(r"\s{3,}")
_AUTHOR = re.compile(r"(?:[^\W\d_a-z]\. ?-?)+[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?(?:, (?:Ed|Editor|Eds?)\.?)?")
_NO_TITLE = re.compile(r"<?draft-\S+>?|STD:? \d+|BCP:? \d+", re.IGNORECASE)


def split(text: str) -> Book | None:
    """The text without its head, which is what is known of it; None if it is no RFC."""
    lines = text.split("\n", HEAD)
    first = next((number for number, line in enumerate(lines[:HEAD]) if line.strip()), 0)
    if not _FIRST.match(lines[first].strip()) or not _NUMBER.search("\n".join(line.strip() for line in lines[:HEAD])):
        return None
    end = first
    while end < len(lines) - 1 and lines[end].strip():
        end += 1
    head = lines[first:end]
    right = [parts[-1].strip() for line in head if len(parts := _COLUMNS.split(line.rstrip())) > 1]
    authors = [entry for entry in right if _AUTHOR.fullmatch(entry)]
    date = next((iso for entry in right[::-1] if (iso := to_iso(entry))), "")
    title = _title(lines[end:])
    rest = "\n".join(lines[end:])
    if not title or not any(map(str.isalnum, rest)):
        return None
    return Book(
        rest,
        Metadata(title=title, author=", ".join(authors), authors=tuple(authors), date=date),
        ("\n".join(head).strip(),),
    )


def _title(lines: list[str]) -> str:
    """The lines in the middle below the head."""
    found: list[str] = []
    for line in lines[:HEAD]:
        bare = line.strip()
        if bare and not _NO_TITLE.fullmatch(bare):
            if not line.startswith(" ") and found:
                break
            found.append(bare)
        elif found:
            break
    return " ".join(found)
