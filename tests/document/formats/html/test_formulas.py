"""Formulas of pages: MathML, MathJax's scripts, TeX in the text, images of formulas."""

import pytest

from chaptercast.document.formats.html.reader import read_html
from chaptercast.document.model import Document, Paragraph, Reason, Span
from chaptercast.mathematics import latex
from chaptercast.mathematics.writing import latex as written


def document(body: str, head: str = "") -> Document:
    return read_html(f"<html lang=en><head>{head}</head><body><article><h1>T</h1>{body}</article></body></html>")


def formulas(body: str, head: str = "") -> list[Span]:
    blocks = document(body, head).blocks
    return [span for block in blocks if isinstance(block, Paragraph) for span in block.inlines if span.math]


FRACTION = "<mfrac><mi>a</mi><mn>2</mn></mfrac>"


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        (f"<math>{FRACTION}</math>", r"\frac a2"),
        (f"<math alttext='Alternative text not available'>{FRACTION}</math>", r"\frac a2"),
        (f"<math alttext='Equation'>{FRACTION}</math>", r"\frac a2"),
        (f"<math alttext='eq 12.png'>{FRACTION}</math>", r"\frac a2"),
        (f"<math alttext=' – '>{FRACTION}</math>", r"\frac a2"),
        (rf"<math alttext='\frac{{1}}{{x}}'>{FRACTION}</math>", r"\frac 1x"),
        (f"<math><semantics><mrow>{FRACTION}</mrow><annotation encoding='application/x-tex'>b^2</annotation></semantics></math>", "b^2"),
        (rf"<math><semantics>{FRACTION}<annotation encoding='TeX'>\wobble</annotation></semantics></math>", r"\frac a2"),
        ("<math><semantics><mi>x</mi><annotation encoding='text/x-asciimath'>x/2</annotation></semantics></math>", r"\frac x2"),
        ("<script type='math/tex'>x_{n+1}</script>", "x_{n+1}"),
        ("<script type='math/tex; mode=display'>% <![CDATA[\na<b %]]></script>", "a<b"),
        ("<script type='math/asciimath'>sqrt(x+1)</script>", r"\sqrt{x+1}"),
        (f"<script type='math/mml'><math>{FRACTION}</math></script>", r"\frac a2"),
        (r"So \(x^2\) is", "x^2"),
        (r"So \[x^2\] is", "x^2"),
        ("So $$x^2$$ is", "x^2"),
        (r"So \begin{equation}x^2\end{equation} is", "x^2"),
        ("<img class=tex alt='E=mc^2' src=a.png> is it", "E=mc^2"),
    ],
)  # fmt: skip
def test_formulas_are_read(source: str, tree: str) -> None:
    (span,) = formulas(f"<p>Before. {source} After.</p>")
    assert span.formula is not None
    assert written(span.formula) == written(latex.read(tree))


def test_words_of_the_author_are_kept() -> None:
    (span,) = formulas(f"<p><math alttext='a half'>{FRACTION}</math></p>")
    assert (span.text, span.formula) == ("a half", None)


def test_single_dollars_count_where_the_page_asks_for_them() -> None:
    asked = r"<script>MathJax = {tex: {inlineMath: [['$', '$'], ['\\(', '\\)']]}};</script>"
    text = "<p>From $x_1$ to $y$ it costs $5 and $6.</p>"
    assert [span.text for span in formulas(text, asked)] == ["x_1", "y"]
    assert not formulas(text)


def test_what_mathjax_has_set_is_not_read_twice() -> None:
    page = "<p>So <span class='MathJax_Preview'>x2</span><span class=MathJax>x2</span><script type='math/tex'>x^2</script>.</p>"
    found = document(page)
    assert [block.inlines[1].text for block in found.blocks if isinstance(block, Paragraph)] == ["x^2"]
    assert [each.text for each in found.left_out if each.reason == Reason.REPEATED] == ["x2", "x2"]


def test_tex_in_program_text_is_program_text() -> None:
    assert not formulas(r"<p>Write <code>\(x\)</code>.</p><pre>\[x\]</pre>")
