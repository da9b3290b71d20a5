"""Jupyter notebooks (.ipynb): Markdown cells are read, program text and what it printed are program text.

The format is JSON (nbformat 3 and 4); the package of that name would validate it, which nothing here needs.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from chaptercast.document.formats.markdown import read_markdown
from chaptercast.document.formats.reader_result import Reading
from chaptercast.document.metadata.merging import flat
from chaptercast.document.model import Block, CodeBlock, Metadata, Omission, Reason
from chaptercast.errors import InputError

_LIKE_MARKDOWN = frozenset({"markdown", "heading"})


def read_notebook(text: str) -> Reading:
    """The blocks of a notebook.

    Raises `InputError` where it is no JSON.
    """
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"this notebook is damaged: {error}", "Save it again from the program that it was written with."
        ) from error
    found = notebook if isinstance(notebook, dict) else {}
    blocks: list[Block] = []
    left_out: list[Omission] = []
    language = _language(found)
    for kind, source, cell in _together(found):
        if kind in _LIKE_MARKDOWN:
            reading = read_markdown(source)
            blocks += reading.blocks
            left_out += reading.left_out
        elif kind == "code":
            blocks += [CodeBlock(source, language)] if source.strip() else []
            blocks += [CodeBlock(output) for output in _outputs(cell) if output.strip()]
        elif source.strip():
            left_out.append(Omission(source, Reason.DIRECTIVE))
    return Reading(tuple(blocks), tuple(left_out), _metadata(found))


def _cells(notebook: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    sheets = notebook.get("worksheets") if "cells" not in notebook else [notebook]
    for sheet in sheets if isinstance(sheets, list) else []:
        cells = sheet.get("cells") if isinstance(sheet, dict) else None
        yield from (cell for cell in (cells if isinstance(cells, list) else []) if isinstance(cell, dict))


def _together(notebook: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Kind, text and cell; Markdown cells in a row are one text, so that notes and addresses in the one hold in the other."""
    row: list[str] = []
    for cell in _cells(notebook):
        kind, source = str(cell.get("cell_type", "")), _source(cell.get("source", cell.get("input", "")))
        if kind in _LIKE_MARKDOWN:
            row.append(f"{_marks(cell)}{source}" if kind == "heading" else source)
            continue
        if row:
            yield "markdown", "\n\n".join(row), {}
            row = []
        yield kind, source, cell
    if row:
        yield "markdown", "\n\n".join(row), {}


def _marks(cell: Mapping[str, Any]) -> str:
    """The signs of a heading (nbformat 3)."""
    level = cell.get("level")
    return "#" * (min(max(level, 1), 6) if isinstance(level, int) else 1) + " "


def _source(value: Any) -> str:
    return "".join(str(line) for line in value) if isinstance(value, list) else str(value or "")


def _outputs(cell: Mapping[str, Any]) -> Iterator[str]:
    """What a cell printed."""
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        if isinstance(output, dict):
            data = output.get("data")
            shown = data.get("text/plain") if isinstance(data, dict) else None
            yield _source(output.get("text") or shown or output.get("evalue"))


def _language(notebook: Mapping[str, Any]) -> str:
    metadata = notebook.get("metadata")
    info = metadata.get("language_info", metadata.get("kernelspec")) if isinstance(metadata, dict) else None
    return str(info.get("name", "")).lower() if isinstance(info, dict) else ""


def _metadata(notebook: Mapping[str, Any]) -> Metadata:
    metadata = notebook.get("metadata")
    given = metadata if isinstance(metadata, dict) else {}
    authors = given.get("authors")
    names = [flat(author) for author in authors] if isinstance(authors, list) else []
    return Metadata(title=flat(given.get("title", "")), author=", ".join(filter(None, names)))
