import pytest
from lxml import etree

from chaptercast.document.mathml import latex


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", r"\frac{1}{2}"),
        ("<mrow><mi>π</mi><msup><mi>r</mi><mn>2</mn></msup></mrow>", "πr^2"),
        ("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>3</mn></msup>", "{(a)}^3"),
        ("<mrow><mi>sin</mi><mo>\u2061</mo><mi>x</mi></mrow>", r"\sin x"),
        ("<mi>speed</mi>", r"\mathrm{speed}"),
        ("<mtext>if so</mtext>", r"\text{if so}"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>", "∑_i^n"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", "1, 2"),
        ("<semantics><mi>x</mi><annotation>other</annotation></semantics>", "x"),
        ("<mrow><mi>x</mi><mphantom><mi>y</mi></mphantom></mrow>", "x"),
        ("<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>", "{}_6^{14}C"),
        ("<mroot><mi>x</mi></mroot>", r"\sqrt[]{x}"),
        ("<mo>%</mo>", r"\%"),
        ("<unheard><mi>x</mi></unheard>", "x"),
        ("", ""),
    ],
)
def test_latex(source: str, expected: str) -> None:
    assert latex(etree.fromstring(f"<math>{source}</math>")) == expected
