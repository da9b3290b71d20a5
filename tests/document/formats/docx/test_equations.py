"""Formulas of Word: as MathML, as LaTeX, and as they are said."""

import pytest
from lxml import etree
from tests.document.books import NAMESPACES
from tests.document.books import paragraph as p
from tests.document.formats.docx.reading import document

from chaptercast.common.units import LanguageTag
from chaptercast.document.formats.docx import equations
from chaptercast.document.model import Paragraph
from chaptercast.mathematics import latex, mathml
from chaptercast.mathematics.tree import Node
from chaptercast.mathematics.writing import latex as written
from chaptercast.script.narration.formulas import say


def r(text: str, more: str = "") -> str:
    return f"<m:r>{more}<m:t>{text}</m:t></m:r>"


def e(content: str) -> str:
    return f"<m:e>{content}</m:e>"


def tree(omml: str) -> Node:
    return mathml.read(equations.mathml(etree.fromstring(f"<m:oMath {NAMESPACES}>{omml}</m:oMath>")))


SQUARE = f"<m:sSup>{e(r('b'))}<m:sup>{r('2')}</m:sup></m:sSup>"
ROOT = f"<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/>{e(SQUARE + r('−4ac'))}</m:rad>"
SUM = "<m:naryPr><m:chr m:val='∑'/></m:naryPr>"
QUADRATIC = f"{r('x=')}<m:f><m:num>{r('−b±')}{ROOT}</m:num><m:den>{r('2a')}</m:den></m:f>"


@pytest.mark.parametrize(
    ("omml", "source"),
    [
        (r("x+1"), "x+1"),
        (f"<m:f><m:num>{r('1')}</m:num><m:den>{r('2')}</m:den></m:f>", r"\frac{1}{2}"),
        (f"<m:f><m:fPr><m:type m:val='noBar'/></m:fPr><m:num>{r('n')}</m:num><m:den>{r('k')}</m:den></m:f>", r"{n \atop k}"),
        (SQUARE, "b^2"),
        (QUADRATIC, r"x = \frac{−b±\sqrt{b^2−4ac}}{2a}"),
        (f"<m:rad><m:deg>{r('3')}</m:deg>{e(r('x'))}</m:rad>", r"\sqrt[3]{x}"),
        (f"<m:sSub>{e(r('a'))}<m:sub>{r('10')}</m:sub></m:sSub>", "a_{10}"),
        (f"<m:sSubSup>{e(r('a'))}<m:sub>{r('i')}</m:sub><m:sup>{r('n')}</m:sup></m:sSubSup>", "a_i^n"),
        (f"<m:nary>{SUM}<m:sub>{r('i=1')}</m:sub><m:sup>{r('n')}</m:sup>{e(r('i'))}</m:nary>", "∑_{i = 1}^ni"),
        (f"<m:nary><m:sub/><m:sup/>{e(r('x'))}</m:nary>", "∫x"),
        (f"<m:d>{e(r('a+b'))}</m:d>", "(a+b)"),
        (f"<m:d><m:dPr><m:begChr m:val='{{'/><m:endChr m:val=''/></m:dPr>{e(r('a'))}</m:d>", r"\{a"),
        (f"<m:d><m:dPr><m:sepChr m:val=','/></m:dPr>{e(r('a'))}{e(r('b'))}</m:d>", "(a,b)"),
        (f"<m:func><m:fName>{r('sin')}</m:fName>{e(r('x'))}</m:func>", r"\sin x"),
        (f"<m:func><m:fName><m:limLow>{e(r('lim'))}<m:lim>{r('n→∞')}</m:lim></m:limLow></m:fName>{e(r('a'))}</m:func>", r"\lim_{n → ∞}a"),
        (f"<m:m><m:mr>{e(r('1'))}{e(r('2'))}</m:mr><m:mr>{e(r('3'))}{e(r('4'))}</m:mr></m:m>", r"\begin{matrix}1 & 2 \\ 3 & 4\end{matrix}"),
        (f"<m:acc><m:accPr><m:chr m:val='⃗'/></m:accPr>{e(r('v'))}</m:acc>", r"\vec{v}"),
        (f"<m:bar><m:barPr><m:pos m:val='top'/></m:barPr>{e(r('x'))}</m:bar>", r"\overline{x}"),
        (f"<m:sPre><m:sub>{r('6')}</m:sub><m:sup>{r('14')}</m:sup>{e(r('C'))}</m:sPre>", "{}_6^{14}C"),
        (r("if x", "<m:rPr><m:nor/></m:rPr>"), r"\text{if x}"),
        (f"<m:eqArr>{e(r('a=1'))}{e(r('b=2'))}</m:eqArr>", r"\begin{aligned}a = 1 \\ b = 2\end{aligned}"),
        (f"<m:unheard>{e(r('y'))}</m:unheard>", "y"),
    ],
)  # fmt: skip
def test_formulas(omml: str, source: str) -> None:
    assert written(tree(omml)) == source
    assert tree(omml) == latex.read(source)


@pytest.mark.parametrize(
    ("omml", "said"),
    [
        (SQUARE, "b squared"),
        (f"<m:f><m:num>{r('1')}</m:num><m:den>{r('n')}</m:den></m:f>", "one over n"),
        (ROOT, "the square root of b squared minus four a c, end root"),
    ],
)
def test_formulas_are_said(omml: str, said: str) -> None:
    assert say(tree(omml), LanguageTag("en")).text == said


def test_formulas_are_mathematics_in_the_document() -> None:
    found = document(f"<w:p><w:r><w:t>So </w:t></w:r><m:oMath>{SQUARE}</m:oMath></w:p>{p('end')}").blocks[0]
    assert isinstance(found, Paragraph)
    span = found.inlines[-1]
    assert (span.text, span.math) == ("b^2", True)
    assert span.formula == latex.read("b^2")


def test_deleted_parts_of_formulas_are_named() -> None:
    gone = f"<w:del>{r('z')}</w:del>"
    found = document(f"<w:p><m:oMathPara><m:oMath>{r('x')}{gone}</m:oMath></m:oMathPara></w:p>")
    assert [(each.text, each.reason.name) for each in found.left_out] == [("z", "DELETED")]
