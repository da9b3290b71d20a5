"""Jupyter notebooks: their text is read as Markdown, their program text and what it printed as program text."""

import json

import pytest
from tests.document.dump import dump

from chaptercast.document.read import read_bytes
from chaptercast.errors import InputError

CELLS = [
    {"cell_type": "markdown", "metadata": {}, "source": ["# Tides\n", "\n", "They *rise*.[^1]"]},
    {"cell_type": "markdown", "metadata": {}, "source": "[^1]: Twice a day."},
    {
        "cell_type": "code",
        "metadata": {},
        "execution_count": 1,
        "source": ["x = 1\n", "print(x)"],
        "outputs": [
            {"output_type": "stream", "text": ["1\n"]},
            {"output_type": "display_data", "data": {"text/plain": ["<Figure>"]}},
        ],
    },
    {"cell_type": "raw", "metadata": {}, "source": "\\newpage"},
]


def notebook(**fields: object) -> bytes:
    metadata = {
        "language_info": {"name": "python"},
        "title": "On tides",
        "authors": [{"name": "A. Finch"}, {"name": "B. Lee"}],
    }
    return json.dumps({"cells": CELLS, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5, **fields}).encode()


def test_cells_become_blocks() -> None:
    made = read_bytes(notebook(), name="x.ipynb")
    assert dump(made.blocks, made.left_out).split("\n") == [
        "H1 Tides | h1",
        "P They /rise/.[^[1]^](note: fn1) | p",
        "NOTE fn1 (1)",
        "    P Twice a day. | p in li",
        "CODE python",
        "  x = 1",
        "  print(x)",
        "CODE",
        "  1",
        "  ",
        "CODE",
        "  <Figure>",
        "- DIRECTIVE: \\newpage",
    ]
    assert (made.metadata.title, made.metadata.author) == ("On tides", "A. Finch, B. Lee")


def test_its_content_tells_it_whatever_it_is_called() -> None:
    assert read_bytes(notebook(), name="x.txt").blocks == read_bytes(notebook(), name="x.ipynb").blocks


def test_of_the_third_format() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": "Tides"},
        {"cell_type": "code", "input": "x", "outputs": []},
    ]
    data = {"metadata": {}, "nbformat": 3, "worksheets": [{"cells": cells}]}
    assert dump(read_bytes(json.dumps(data).encode(), name="x.ipynb").blocks) == "H2 Tides | h2\nCODE\n  x"


@pytest.mark.parametrize(
    "cells",
    [None, {}, [1, None], [{"cell_type": "markdown"}], [{"cell_type": ["x"], "source": {"a": 1}, "outputs": 3}]],
)
def test_what_is_no_cell_is_no_crash(cells: object) -> None:
    with pytest.raises(InputError, match="nothing to speak"):
        read_bytes(notebook(cells=cells, metadata={}), name="x.ipynb")


def test_a_damaged_one_is_named() -> None:
    with pytest.raises(InputError, match="this notebook is damaged"):
        read_bytes(notebook()[:-30], name="x.ipynb")
