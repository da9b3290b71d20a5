"""Formulas that are written three times: LaTeX as people type it, MathML and OMML as pandoc makes them; and as they are said."""

from pathlib import Path

from lxml import etree
from tests.document.books import NAMESPACES

from chaptercast.document.formats.docx import equations
from chaptercast.mathematics import mathml
from chaptercast.mathematics.tree import Node

_FILE = Path(__file__).with_name("formulas.txt")
FORMULAS = [
    dict(line.split(": ", 1) for line in block.splitlines())
    for block in _FILE.read_text(encoding="utf-8").split("\n\n")
]
LANGUAGES = ("en", "zh", "de", "fr", "es")


def from_mathml(source: str) -> Node:
    """The tree of MathML without namespaces."""
    return mathml.read(etree.fromstring(source))


def from_omml(source: str) -> Node:
    """The tree of a formula of Word."""
    return mathml.read(equations.mathml(etree.fromstring(source.replace("<m:oMath", f"<m:oMath {NAMESPACES}", 1))))
