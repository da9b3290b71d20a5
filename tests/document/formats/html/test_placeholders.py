"""What only stands where an alternative text should be is none."""

import pytest

from chaptercast.document.formats.html.element_content import is_placeholder


@pytest.mark.parametrize(
    "text",
    [
        "Alternative text not available",
        "alt text",
        "Image description",
        "No alternative text available.",
        "[image]",
        "Image placeholder",
        "N/A",
        "math",
        "TODO",
        "Insert image description here",
        "kein Alternativtext verfügbar",
        "texte alternatif non disponible",
    ],
)
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "A heron on a post",
        "Figure 3",
        "The picture shows a heron",
        "x + y",
        "Image of a heron",
        "None of us",
    ],
)
def test_words_that_stand_for_an_image(text: str) -> None:
    assert not is_placeholder(text)
