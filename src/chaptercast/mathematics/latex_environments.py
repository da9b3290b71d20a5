r"""LaTeX constructs with their own end: environments, and brackets between `\left` and `\right`."""

from collections.abc import Mapping
from types import MappingProxyType

from chaptercast.mathematics import tidy
from chaptercast.mathematics.latex_reader import Reader
from chaptercast.mathematics.signs import one
from chaptercast.mathematics.tree import EMPTY, Node, Row, Sign, parts_of

_CELL = frozenset(["}", "", "&", "\\\\", "\\cr", "\\end", "\\newline"])
_MATRICES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "matrix": ("", ""),
        "smallmatrix": ("", ""),
        "pmatrix": ("(", ")"),
        "bmatrix": ("[", "]"),
        "Bmatrix": ("{", "}"),
        "vmatrix": ("|", "|"),
        "Vmatrix": ("‖", "‖"),
    }
)
_WITH_COLUMNS = frozenset(["array", "alignat", "alignedat", "tabular", "subarray", "darray"])


def left(reader: Reader) -> Node:
    r"""`\left( ... \right)`, with any number of `\middle`."""
    opening = _delimiter(reader)
    parts: list[Node] = []
    while True:
        parts.append(reader.row(frozenset(["\\right", "\\middle", "}", "", "\\end"])))
        mark = reader.take()
        if mark == "\\middle":
            sign = _delimiter(reader)
            parts.append(Sign("∣" if sign == "|" else sign))
            continue
        if mark != "\\right":
            if mark:
                reader.put_back(mark)
            return tidy.arranged([Sign(opening), *parts] if opening else parts)
        break
    closing = _delimiter(reader)
    if not opening and closing == "|":
        return Row((*parts, Sign("|")))
    if not opening and not closing:
        return tidy.arranged(parts)
    return tidy.fence(opening, parts_of(tidy.arranged(parts)), closing)


def _delimiter(reader: Reader) -> str:
    """The next bracket. A full stop means no bracket."""
    mark = reader.take()
    if mark == ".":
        return ""
    if mark == "\\|":
        return "‖"
    found = reader.command(mark) if mark[:1] == "\\" and len(mark) > 1 else one(mark) if mark else None
    text = found.text if isinstance(found, Sign) else mark.lstrip("\\")
    return {"∥": "‖", "<": "⟨", ">": "⟩", "∣": "|"}.get(text, text)


def environment(reader: Reader) -> Node:
    r"""From `\begin` to `\end`."""
    name = reader.name()
    if name in _WITH_COLUMNS:
        reader.option()
        reader.text()
    elif reader.next == "[" and name in ("cases", "aligned", "gathered"):
        reader.option()
    rows: list[list[Node]] = [[]]
    while reader.next:
        rows[-1].append(reader.row(_CELL))
        mark = reader.take()
        if mark in ("\\\\", "\\cr", "\\newline"):
            if reader.next == "[":
                reader.option()
            rows.append([])
        elif mark in ("\\end", ""):
            reader.name()
            break
        elif mark == "}":
            reader.put_back(mark)
            break
    rows = [each for each in rows if any(cell != EMPTY for cell in each)]
    return _shaped(name, rows)


def _shaped(name: str, rows: list[list[Node]]) -> Node:
    if name in _MATRICES:
        opening, closing = _MATRICES[name]
        matrix = tidy.table(rows, "matrix")
        return tidy.fence(opening, (matrix,), closing) if opening else matrix
    if name in ("cases", "dcases", "rcases"):
        return tidy.table(rows, "cases")
    if name in ("array", "subarray", "darray", "tabular"):
        return tidy.table(rows)
    if len(rows) == 1:
        return tidy.arranged(rows[0])
    return tidy.table(rows, "lines") if rows else EMPTY


def substack(reader: Reader) -> Node:
    r"""The lines of `\substack`, as a row."""
    if reader.next == "{":
        reader.take()
    rows: list[list[Node]] = [[]]
    while reader.next:
        rows[-1].append(reader.row(_CELL))
        mark = reader.take()
        if mark == "\\\\":
            rows.append([])
        elif mark != "&":
            break
    lines: list[Node] = []
    for each in rows:
        lines += [*([Sign(",")] if lines else []), *each]
    return tidy.arranged(lines)
