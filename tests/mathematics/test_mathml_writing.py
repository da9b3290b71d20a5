"""Formulas as MathML: what was written is read back as the same tree, and nothing is shown that was not understood."""

import pytest
from lxml import etree
from tests.mathematics.written import FORMULAS, from_mathml

from chaptercast.mathematics import latex, mathml
from chaptercast.mathematics.mathml_writing import NAMESPACE
from chaptercast.mathematics.mathml_writing import mathml as written
from chaptercast.mathematics.tree import EMPTY, Accent, Letter, Node, Row, Unknown


def read_back(markup: str) -> Node:
    element = etree.fromstring(markup)
    for each in element.iter():
        assert each.tag.startswith(f"{{{NAMESPACE}}}")
        each.tag = etree.QName(each).localname
    return mathml.read(element)


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula["latex"][:40])
def test_what_is_written_is_read_back_as_the_same_formula(formula: dict[str, str]) -> None:
    for tree in (latex.read(formula["latex"]), from_mathml(formula["mathml"])):
        assert read_back(written(tree, formula["latex"])) == tree


def test_the_alternative_text_is_the_source_or_latex() -> None:
    tree = latex.read("E=mc^2")
    assert 'alttext="E=mc^2"' in written(tree, "E=mc^2")
    assert 'alttext="E = mc^2"' in written(tree, "E = mc2"), "what is raised is lost in it"
    assert written(latex.read("a<b"), " a<b_1 ").startswith(" <math ")
    assert written(latex.read("a<b"), " a<b_1 ").endswith("</math> ")


@pytest.mark.parametrize("tree", [EMPTY, Unknown("\\foo"), Row((Letter("x"), Unknown("?"))), Accent(Letter("x"), "?")])
def test_what_is_not_understood_is_not_written(tree: Node) -> None:
    assert written(tree, "source") == ""
