"""Distinguishes tables of data from tables for layout (HTML Living Standard, 4.9.1.2, and the habits of newsletters)."""

from chaptercast.document.formats.html.parse import Element

LONG_CELL = 300
"""A table whose cells are on average longer than this many characters consists of columns of text."""


def is_layout(table: Element) -> bool:
    """Returns whether the table is only for layout. Its content is then read as blocks."""
    role = table.get("role", "")
    if role in ("presentation", "none"):
        return True
    rows = _rows(table)
    cells = [cell for row in rows for cell in row if cell.tag in ("td", "th")]
    return not (_says_data(table, role, cells)) and _looks_like_layout(table, rows, cells)


def _says_data(table: Element, role: str, cells: list[Element]) -> bool:
    """Returns whether the markup says that the cells are data: headers, a caption, columns."""
    return (
        role in ("table", "grid", "treegrid")
        or bool(table.get("summary"))
        or any(child.tag in ("caption", "thead", "col", "colgroup") for child in table)
        or any(cell.tag == "th" or cell.get("scope") or cell.get("headers") for cell in cells)
    )


def _looks_like_layout(table: Element, rows: list[Element], cells: list[Element]) -> bool:
    """Returns whether a table looks like layout: one row, one column, tables or headings in cells, or columns of text."""
    if len(rows) < 2 or max(sum(cell.tag in ("td", "th") for cell in row) for row in rows) < 2:
        return True
    if any(inner is not table for inner in table.iter("table", "h1", "h2", "h3", "h4", "h5", "h6", "form")):
        return True
    return sum(len(part.strip()) for cell in cells for part in cell.itertext()) > LONG_CELL * len(cells)


def _rows(table: Element) -> list[Element]:
    rows: list[Element] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows += [row for row in child if row.tag == "tr"]
    return rows
