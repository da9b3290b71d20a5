"""The text of a mail: lines that flow (RFC 3676) put together, and what is quoted with `>` as quotations."""

import re
from collections.abc import Iterator
from itertools import groupby

from chaptercast.document.formats.plain_text import read_plain_text
from chaptercast.document.model import Block, Quote

DEEPEST = 8
"""Quotations within one another."""
_MARKS = re.compile(r"(?:>[ ]?)+|[ ]")
_QUOTED = re.compile(r"[ ]?>")


def blocks_of(text: str, *, flowed: bool = False, without_space: bool = False) -> tuple[Block, ...]:
    """The blocks of a plain text; `flowed` and `without_space` (delsp) are what its type says of it."""
    if flowed:
        text = "\n".join(_joined(text.split("\n"), without_space=without_space))
    return tuple(_blocks(text.split("\n"), 0))


def _blocks(lines: list[str], depth: int) -> Iterator[Block]:
    for quoted, group in groupby(lines, lambda line: depth < DEEPEST and _QUOTED.match(line) is not None):
        found = list(group)
        if not quoted:
            yield from read_plain_text("\n".join(found)).blocks
            continue
        inner = tuple(_blocks([_QUOTED.sub("", line, count=1).removeprefix(" ") for line in found], depth + 1))
        if inner:
            yield Quote(inner)


def _joined(lines: list[str], *, without_space: bool) -> Iterator[str]:
    """Lines that end with a space go on in the next one of the same quotation; `-- ` parts the signature."""
    at = ""
    marks = ""
    for line in lines:
        found = re.match(r"(?:>[ ]?)*[ ]?", line)
        before = found[0] if found else ""
        own, rest = ">" * before.count(">"), line[len(before) :]
        if at and own != marks:
            yield marks + at
            at = ""
        marks = own
        if rest.endswith(" ") and rest != "-- ":
            at += rest.removesuffix(" ") if without_space else rest
            continue
        yield f"{marks}{' ' if marks else ''}{at}{rest}"
        at = ""
    if at:
        yield marks + at
