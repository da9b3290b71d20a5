"""Chemical formulas as trees."""

import pytest

from chaptercast.mathematics import chemistry, latex
from chaptercast.mathematics.writing import latex as written


@pytest.mark.parametrize(
    "source",
    [
        "H2O",
        "SO4^2-",
        "[Fe(CN)6]^3-",
        "CuSO4.5H2O",
        "^{14}_{6}C",
        "2 H2 + O2 -> 2 H2O",
        "N2 + 3 H2 <=>[Fe][400 K] 2 NH3",
        "Na+ + Cl- -> NaCl(s)",
        "Cu^2+ + 2 e- -> Cu",
        "CH3-CH2-OH",
        "^{238}_{92}U -> ^{234}_{90}Th + ^4_2He",
    ],
)
def test_what_is_written_of_a_tree_is_the_tree(source: str) -> None:
    tree = chemistry.read(source)
    assert latex.read(written(tree)) == tree


@pytest.mark.parametrize(
    ("one", "other"),
    [("H2O", "H_2O"), ("CO₂", "CO2"), ("SO₄²⁻", "SO4^2-"), ("Ca^{2+}", "Ca^2+"), ("2H2O", "2 H2O")],
)
def test_ways_of_writing(one: str, other: str) -> None:
    assert chemistry.read(one) == chemistry.read(other)


def test_upright_symbols_are_chemistry_and_other_upright_letters_are_not() -> None:
    assert latex.read(r"\mathrm{H_2O}") == latex.read(r"\ce{H2O}")
    assert latex.read(r"\mathrm{x_2}") != chemistry.read("x2")
    assert latex.read(r"\mathrm{V_1}") == latex.read(r"\mathrm{V}_1")
