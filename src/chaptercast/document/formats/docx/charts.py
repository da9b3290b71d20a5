"""The words and figures of a chart (ECMA-376, 21.2): its titles, and its data as a table."""

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from chaptercast.document.formats.docx.qualified_names import Element, child, every, integer, name
from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.model import Cell, Span, Table

CELLS = 120
"""A chart of more figures is seen at a glance, and heard for many minutes."""
_DIGITS = 10
"""Significant digits: the file has the noise of binary fractions in it."""
_FIRST_DAY = datetime(1899, 12, 30, tzinfo=UTC)
"""Day 0 of a spreadsheet."""


class Chart(Struct, frozen=True):
    """A chart in words."""

    titles: tuple[str, ...] = ()
    """Of the whole, of its axes, and whatever else is written on it."""
    table: Table | None = None
    figures: str = ""
    """The data in a row, where they are too many for a table to be heard."""


def read_chart(root: Element) -> Chart:
    """The titles and data of a chart's part."""
    titles = [folded("".join(each.text or "" for each in every(part, "a:t"))) for part in every(root, "a:p")]
    shown = tuple(dict.fromkeys(title for title in titles if title))
    rows = _rows([*every(root, "c:ser")]) or _rows_of_extended(root)
    if sum(map(len, rows)) > CELLS:
        return Chart(shown, None, "; ".join(", ".join(filter(None, row)) for row in rows))
    if not rows:
        return Chart(shown)
    cells = (
        tuple(Cell((Span(text),) if text else (), header=number == 0) for text in row)
        for number, row in enumerate(rows)
    )
    return Chart(shown, Table(tuple(cells), tuple(Span(text) for text in (". ".join(shown),) if text)))


def _rows(series: list[Element]) -> list[list[str]]:
    """A row of names, then one row for each category."""
    if not series:
        return []
    names = [" ".join(_points(child(each, "c:tx")).values()) for each in series]
    categories = next((found for each in series if (found := _points(_first(each, "c:cat", "c:xVal")))), {})
    values = [_points(_first(each, "c:val", "c:yVal")) for each in series]
    places = sorted({*categories, *(place for one in values for place in one)})
    head = [["", *names]] if any(names) else []
    return head + [[categories.get(place, ""), *(one.get(place, "") for one in values)] for place in places]


def _first(series: Element, *wanted: str) -> Element | None:
    return next((each for each in series if name(each) in wanted), None)


def _points(element: Element | None) -> dict[int, str]:
    """The points of a row of data by their place; of several levels of names the parts of each."""
    found: dict[int, str] = {}
    if element is None:
        return found
    dates = any(_is_date(each.text or "") for each in every(element, "c:formatCode"))
    loose = [each for each in every(element, "c:v") if name(each.getparent()) != "c:pt"]
    for number, each in enumerate(loose):
        found[number] = folded(each.text or "")
    for point in every(element, "c:pt"):
        text = folded("".join(each.text or "" for each in every(point, "c:v")))
        place = integer(point.get("idx") or "")
        found[place] = " ".join(filter(None, (_said(text, dates=dates), found.get(place, ""))))
    return found


def _is_date(number_format: str) -> bool:
    return any(sign in number_format.lower() for sign in ("yy", "d/", "/d", "mmm"))


def _said(text: str, *, dates: bool) -> str:
    """A figure without the noise of its last digits; a day as its date."""
    try:
        number = float(text)
    except ValueError:
        return text
    if dates and 1 <= number < 100_000:
        return (_FIRST_DAY + timedelta(days=int(number))).date().isoformat()
    return text if len(text) <= _DIGITS else f"{number:.{_DIGITS}g}"


def _rows_of_extended(root: Element) -> list[list[str]]:
    """Of the newer kinds of charts (waterfall, tree map...): each level of data as it stands."""
    levels = ([each.text or "" for each in every(level, "cx:pt")] for level in every(root, "cx:lvl"))
    columns = [[_said(folded(text), dates=False) for text in column] for column in levels]
    longest = max(map(len, columns), default=0)
    return [[column[place] if place < len(column) else "" for column in columns] for place in range(longest)]
