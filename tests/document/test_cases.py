"""Inputs and the documents that they become, in `cases/`: title, `.`, input, `.`, blocks and what was left out, `.`."""

import re
from pathlib import Path

import pytest
from tests.document.dump import dump

from chaptercast.document.read import read_bytes

CASES = Path(__file__).parent / "cases"
NAMES = {"html.txt": "x.html", "pages.txt": "x.html", "markdown.txt": "x.md", "plain_text.txt": "x.txt"}


def cases() -> list[object]:
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for case in re.split(r"\n\.\n\n", path.read_text(encoding="utf-8")):
            if case.strip():
                title, source, expected = case.strip("\n").split("\n.\n", 2)
                found.append(pytest.param(NAMES[path.name], source, expected, id=f"{path.stem}: {title}"))
    return found


@pytest.mark.parametrize(("name", "source", "expected"), cases())
def test_document(name: str, source: str, expected: str) -> None:
    document = read_bytes(source.encode(), name=name)
    assert dump(document.blocks, document.left_out) == expected
