"""Titles: they stay text, so formulas in them stay TeX."""

import re

from chaptercast.document.model import Inlines, Span
from chaptercast.mathematics import latex
from chaptercast.mathematics.tree import Unknown, contains

_TEX = re.compile(
    r"\$(?!\s)(?P<inside>[^$\n]{1,200})(?<!\s)\$(?![\w$])|(?<!\S)\S{0,200}(?:\\[A-Za-z]{2,20}|[\^_]\{)\S{0,200}"
)


def with_tex(title: str) -> Inlines | str:
    """A title with its formulas; unchanged if it has none."""
    found: list[Span] = []
    place = 0
    for match in _TEX.finditer(title):
        source = match["inside"] or match[0]
        tree = latex.read(source) if latex.looks_like(source) else None
        if tree is None or contains(tree, Unknown):  # an amount of money, or a file name
            continue
        found += [
            *([Span(title[place : match.start()])] if match.start() > place else []),
            Span(match[0], math=True, formula=tree),
        ]
        place = match.end()
    if not found:
        return title
    return (*found, Span(title[place:])) if place < len(title) else tuple(found)
