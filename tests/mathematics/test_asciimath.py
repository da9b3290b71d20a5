"""AsciiMath as a tree: the same as that of LaTeX."""

import pytest

from chaptercast.mathematics import asciimath, latex


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("sum_(i=1)^n i^3", r"\sum_{i=1}^n i^3"),
        ("((n(n+1))/2)^2", r"\left(\frac{n(n+1)}{2}\right)^2"),
        ("x/(y+1)", r"\frac{x}{y+1}"),
        ("sqrt(x+1)", r"\sqrt{x+1}"),
        ("root(3)(x)", r"\sqrt[3]{x}"),
        ("[[a,b],[c,d]]", r"\begin{bmatrix}a&b\\c&d\end{bmatrix}"),
        ("{(x,if x>0),(y,else):}", r"\begin{cases}x&ifx>0\\y&else\end{cases}"),
        ("abs(x) <= 5", r"|x| \le 5"),
        ("lim_(x->oo) f(x)", r"\lim_{x\to\infty} f(x)"),
        ("vec x xx hat y", r"\vec x \times \hat y"),
        ("AA x in RR", r"\forall x \in \mathbb{R}"),
        ('x "if" y', r"x\text{if}y"),
        ("`a_1`", "a_1"),
        ("", ""),
    ],
)
def test_the_same_as_latex(source: str, same: str) -> None:
    assert asciimath.read(source) == latex.read(same)


@pytest.mark.parametrize("source", ["(" * 5000, "sqrt" * 5000, "x/" * 5000, "^" * 50])
def test_hostile_sources_are_bounded(source: str) -> None:
    asciimath.read(source)
