"""Reads the numbers that are printed on pages, as labels for pages to which the file gives none."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from chaptercast.document.formats.pdf.page import Page

_NUMBER = r"(?:\d{1,5}|[ivxlcdm]{1,7})"
ALONE = re.compile(
    rf"\W{{0,4}}(?:(?:page|seite|página|pagina|p\.|s\.|第)\s*)?({_NUMBER})(?:\s*(?:/|of|von|de|sur|di)\s*\d{{1,4}})?\s*页?\W{{0,4}}",
    re.IGNORECASE,
)
"""A line that is a page number."""
_AT_END = re.compile(rf"^({_NUMBER})(?=[\s|·•–—-])|(?<=[\s|·•–—-])({_NUMBER})$", re.IGNORECASE)
_LONGEST = 120
"""Maximum length of a line that begins or ends with a page number."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_FEWEST, _SHARE = 3, 0.5
"""Minimum number of pages that printed numbers count, and share of the pages between the first and the last of these."""
_EDGE = 2
"""Number of lines at the head and at the foot of a page that are examined."""


def numbers_in(text: str) -> list[str]:
    """Returns the numbers in a line at the edge of a page that may be that of the page."""
    alone = ALONE.fullmatch(text)
    if alone:
        return [alone[1]]
    return [first or last for first, last in _AT_END.findall(text)] if len(text) < _LONGEST else []


def value_of(number: str) -> int | None:
    """Returns the value of a number in digits or Roman numerals."""
    if number.isdecimal():
        return int(number)
    lower = number.lower()
    if not lower or any(letter not in _ROMAN for letter in lower) or (lower != number and number.upper() != number):
        return None
    values = [_ROMAN[letter] for letter in lower]
    following = [*values[1:], 0]
    return sum(-v if v < w else v for v, w in zip(values, following, strict=True))


def with_printed_numbers(pages: Sequence[Page]) -> list[Page]:
    """Returns pages with the numbers printed on them as their labels, unless the file has labels.

    A number counts if those of other pages go up with the pages. A page without one, between two that have theirs, has the number
    between.
    """
    if any(page.label for page in pages):
        return list(pages)
    found = [{key: text for text in _candidates(page) if (key := _key(text, page.number))} for page in pages]
    counted = Counter(key for each in found for key in each)
    labels: dict[int, str] = {}
    for key, count in sorted(counted.items(), key=lambda item: item[1]):
        at = [index for index, each in enumerate(found) if key in each]
        if count < _FEWEST or count < _SHARE * (at[-1] - at[0] + 1):
            continue
        roman, offset = key
        for index in range(at[0], at[-1] + 1):
            between = "" if roman else str(pages[index].number + offset)
            labels[index] = found[index].get(key, between) or labels.get(index, "")
    return [replace(page, label=labels.get(index, "")) for index, page in enumerate(pages)]


def _key(text: str, page: int) -> tuple[bool, int] | None:
    """Returns what the numbers of one count have in common: whether they are Roman, and their distance from the pages'."""
    value = value_of(text)
    return None if value is None else (not text.isdecimal(), value - page)


def _candidates(page: Page) -> Iterator[str]:
    lines = sorted(page.lines, key=lambda line: line.y)
    edge = lines if len(lines) <= 2 * _EDGE else [*lines[:_EDGE], *lines[-_EDGE:]]
    for text in [*(line.text for line in edge), *(bad.text for bad in page.bad if bad.why == "artifact")]:
        yield from numbers_in(text.strip())
