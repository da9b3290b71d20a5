"""LaTeX as a tree: what is written in different ways is the same, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mathematics.written import FORMULAS

from chaptercast.mathematics import latex
from chaptercast.mathematics.tree import (
    DEEPEST,
    EMPTY,
    LONGEST,
    Accent,
    Fenced,
    Fraction,
    Letter,
    Name,
    Number,
    Row,
    Scripts,
    Sign,
    Table,
    Unknown,
    contains,
)
from chaptercast.mathematics.writing import latex as written

X, Y, TWO = Letter("x"), Letter("y"), Number("2")


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("x^2", Scripts(X, None, TWO)),
        ("x^23", Row((Scripts(X, None, TWO), Number("3")))),
        ("x²", Scripts(X, None, TWO)),
        ("x_2^y", Scripts(X, TWO, Y)),
        ("x^y_2", Scripts(X, TWO, Y)),
        ("{xy}^2", Row((X, Scripts(Y, None, TWO)))),
        ("x''", Scripts(X, None, Sign("″"))),
        (r"x^{\prime\prime}", Scripts(X, None, Sign("″"))),
        (r"\frac12", Fraction(Number("1"), TWO)),
        (r"{x \over y}", Fraction(X, Y)),
        (r"\left(x\right)^2", Scripts(Fenced("(", X, ")"), None, TWO)),
        ("(x)^2", Scripts(Fenced("(", X, ")"), None, TWO)),
        (r"\lvert x\rvert", Fenced("|", X, "|")),
        ("|x|", Fenced("|", X, "|")),
        ("[x,y)", Fenced("[", Row((X, Sign(","), Y)), ")")),
        (r"\hat x", Accent(X, "hat")),
        (r"\mathrm{km}", Name("km")),
        (r"\text{if $x$ is}", Row((Name("if"), X, Name("is")))),
        (r"\begin{pmatrix}x&y\end{pmatrix}", Fenced("(", Table(((X, Y),), "matrix"), ")")),
        (r"\begin{cases}x\\y\end{cases}", Table(((X,), (Y,)), "cases")),
        (r"\left\{\begin{array}{l}x\\y\end{array}\right.", Table(((X,), (Y,)), "cases")),
        (r"x \\ y", Table(((X,), (Y,)), "lines")),
        (r"\begin{align*}x&=2\\y&=2\end{align*}", Table(((Row((X, Sign("="), TWO)),), (Row((Y, Sign("="), TWO)),)), "lines")),
        ("1{,}5", Number("1,5")),
        ("1,500", Number("1,500")),
        (r"\not=", Sign("≠")),
        ("<=", Sign("≤")),
        (r"\color{red} x % a remark", X),
        ("$$x$$", X),
        (r"\[x\]", X),
        (r"\mathbb{R}", Letter("R", "double")),
        ("ℝ", Letter("R", "double")),
        ("𝐯", Letter("v", "bold")),
        (r"\wobble x", Row((Unknown("\\wobble"), X))),
        ("", EMPTY),
    ],
)  # fmt: skip
def test_trees(source: str, tree: object) -> None:
    assert latex.read(source) == tree


@pytest.mark.parametrize("source", [each["latex"] for each in FORMULAS])
def test_what_is_written_of_a_tree_is_the_tree(source: str) -> None:
    tree = latex.read(source)
    assert not contains(tree, Unknown)
    assert latex.read(written(tree)) == tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\frac{1}{x}", True),
        ("x^2", True),
        ("$x$", True),
        ("a + b = 3", True),
        ("x squared", False),
        ("A boat", False),
    ],
)
def test_latex_is_told_from_words(text: str, expected: bool) -> None:
    assert latex.looks_like(text) is expected


@pytest.mark.parametrize(
    "source",
    ["{" * 5000, "x^{" * 5000, r"\frac{" * 5000, r"\left(" * 5000, r"\sqrt " * 5000, r"\begin{matrix}" * 3000, "(" * 20000, "|x" * 20000,
     "({" * 60 + "x" + "})" * 60, ("(" * 60 + r"\sqrt{") * 30 + "x", "x_y^" * 9000, r"\hat" * 9000, "a&" * 20000],
)  # fmt: skip
def test_hostile_sources_are_bounded(source: str) -> None:
    written(latex.read(source))


def test_what_is_too_long_or_too_deep_is_not_taken_apart() -> None:
    assert latex.read("x" * (LONGEST + 1)) == Unknown("x" * (LONGEST + 1))
    assert isinstance(latex.read("{" * (DEEPEST + 1) + "x"), Unknown)


@given(st.text(r"\{}^_&$ab1+=[]|()' fracsqrtlimbegnd", max_size=80))
def test_any_text_has_a_tree(source: str) -> None:
    written(latex.read(source))
