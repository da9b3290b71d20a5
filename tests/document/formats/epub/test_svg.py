"""Words in drawings are spoken: their text, and what stands for them."""

from tests.document.books import epub, xhtml
from tests.document.listening import heard, named

P = "<p>The keeper walked along the wall.</p>"


def drawing(content: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 800">{content}</svg>'


def test_text_of_a_drawing_in_a_page() -> None:
    book = epub(
        {
            "a.xhtml": xhtml(
                P
                + drawing(
                    "<title>The Owl</title><desc>An owl sits on a chimney.</desc>"
                    '<text x="10" y="40">The owl sat on the chimney</text><text x="10" y="80">and waited for the moon.</text>'
                )
            )
        }
    )
    told = " ".join(heard(book, "x.epub"))
    assert "The Owl. An owl sits on a chimney" in told
    assert "The owl sat on the chimney and waited for the moon." in told
    assert named(book, "x.epub") == []


def test_a_page_that_is_a_drawing() -> None:
    book = epub({"a.svg": drawing("<text>The owl waited.</text>"), "b.xhtml": xhtml(P)}, in_spine=(".svg", ".xhtml"))
    assert heard(book, "x.epub")[1:] == ["The owl waited.", "The keeper walked along the wall."]


def test_a_word_that_is_cut_at_the_end_of_a_line_is_whole() -> None:
    lines = '<g><text y="1">The owl sat in the moon-</text><text y="2">light and waited.</text></g>'
    assert "The owl sat in the moonlight and waited." in heard(epub({"a.xhtml": xhtml(drawing(lines))}), "x.epub")


def test_html_in_a_drawing() -> None:
    inside = '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml"><p>The owl waited.</p></div></foreignObject>'
    assert "The owl waited." in heard(epub({"a.xhtml": xhtml(P + drawing(inside))}), "x.epub")


def test_a_drawing_with_a_prefix() -> None:
    page = xhtml("<svg:svg><svg:text>The owl waited.</svg:text></svg:svg>" + P).replace(
        "<html", '<html xmlns:svg="http://www.w3.org/2000/svg"'
    )
    assert "The owl waited." in heard(epub({"a.xhtml": page}), "x.epub")


def test_a_formula_that_has_a_placeholder_for_its_words_is_spoken_itself() -> None:
    page = xhtml(
        '<p>Add the two: <math alttext="Alternative text not available"><mi>A</mi><mo>+</mo><mi>B</mi></math> is right.</p>'
    )
    told = " ".join(heard(epub({"a.xhtml": page}), "x.epub"))
    assert "not available" not in told
    assert "A plus B" in told
