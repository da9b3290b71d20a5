"""MathML as a tree: the same as that of LaTeX."""

import pytest
from lxml import etree

from chaptercast.mathematics import latex, mathml
from chaptercast.mathematics.tree import LONGEST, Unknown, contains


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", r"\frac{1}{2}"),
        ("<mrow><mi>π</mi><msup><mi>r</mi><mn>2</mn></msup></mrow>", r"\pi r^2"),
        ("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>3</mn></msup>", "(a)^3"),
        ("<mo>(</mo><mi>a</mi><msup><mo>)</mo><mn>3</mn></msup>", "(a)^3"),
        ("<mrow><mi>sin</mi><mo>\u2061</mo><mi>x</mi></mrow>", r"\sin x"),
        ("<mi>speed</mi>", r"\mathrm{speed}"),
        ("<mtext>if so</mtext>", r"\text{if so}"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>i</mi>", r"\sum_i^n i"),
        ("<munder><mi>lim</mi><mi>n</mi></munder>", r"\lim_n"),
        ("<mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable><mo>)</mo>",
         r"\begin{pmatrix}1&2\end{pmatrix}"),
        ("<mo form='prefix'>∣</mo><mtable><mtr><mtd><mn>1</mn></mtd></mtr></mtable><mo form='postfix'>∣</mo>",
         r"\begin{vmatrix}1\end{vmatrix}"),
        ("<mo>{</mo><mtable><mtr><mtd><mn>1</mn></mtd></mtr><mtr><mtd><mn>2</mn></mtd></mtr></mtable>",
         r"\begin{cases}1\\2\end{cases}"),
        ("<semantics><mi>x</mi><annotation>other</annotation></semantics>", "x"),
        ("<mrow><mi>x</mi><mphantom><mi>y</mi></mphantom></mrow>", "x"),
        ("<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>", "{}_6^{14}C"),
        ("<mmultiscripts><mi>T</mi><mi>i</mi><mi>j</mi></mmultiscripts>", "T_i^j"),
        ("<mroot><mi>x</mi></mroot>", r"\sqrt{x}"),
        ("<mo>%</mo>", r"\%"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", r"\bar{x}"),
        ("<mover accent='true'><mi>v</mi><mo>→</mo></mover>", r"\vec{v}"),
        ("<munder><mi>x</mi><mo>_</mo></munder>", r"\underline{x}"),
        ("<mfenced open='[' close=']' separators=';'><mi>a</mi><mi>b</mi></mfenced>", "[a;b]"),
        ("<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>", r"{n \atop k}"),
        ("<mn>10</mn><mo>⁻³</mo>", "10^{-3}"),
        ("<mi>x²</mi>", "x^2"),
        ("<mi mathvariant='bold'>v</mi>", r"\mathbf{v}"),
        ("<menclose notation='radical'><mi>x</mi></menclose>", r"\sqrt{x}"),
        ("<mo>-</mo><mn>1</mn>", "-1"),
        ("<mn>-1</mn>", "-1"),
        ("<mrow><msub><mi mathvariant='normal'>H</mi><mn>2</mn></msub><mi mathvariant='normal'>O</mi></mrow>", r"\ce{H2O}"),
        ("<unheard><mi>x</mi></unheard>", "x"),
        ("x + y", "x+y"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_same_as_latex(source: str, same: str) -> None:
    assert mathml.read(etree.fromstring(f"<math>{source}</math>")) == latex.read(same)


def test_hostile_trees_are_bounded() -> None:
    for tag in ("mrow", "msqrt", "mfrac", "unheard", "mover"):
        root = inner = etree.Element("math")
        for _ in range(3000):
            inner = etree.SubElement(inner, tag)
        inner.text = "x"
        assert contains(mathml.read(root), Unknown)
    long = etree.fromstring(f"<math><mi>{'x' * (LONGEST + 1)}</mi></math>")
    assert isinstance(mathml.read(long), Unknown)
