"""Alternative texts of a web page that are said, and those that would say a thing twice."""

import pytest

from chaptercast.document.block_text import words_of
from chaptercast.document.model import Document, Reason
from chaptercast.document.read import read_bytes

TEXT = "The lighthouse was painted twice, first in white and then, after a vote of the whole island, in red and white."


def read(body: str) -> Document:
    source = f"<html><head><title>Two coats of paint</title></head><body><article><h1>Two coats of paint</h1>{body}</article></body></html>"
    return read_bytes(source.encode(), name="x.html")


def left_out(document: Document, reason: Reason) -> list[str]:
    return [each.text for each in document.left_out if each.reason is reason]


def test_what_only_the_image_shows_is_said() -> None:
    document = read(f'<p>{TEXT}</p><img src="a.jpg" alt="A painter hangs from the lantern on a rope."><p>{TEXT}</p>')
    assert "A painter hangs from the lantern on a rope." in words_of(document.blocks)
    assert not left_out(document, Reason.REPEATED)


@pytest.mark.parametrize(
    ("alt", "beside"),
    [
        (
            "The painter Mara Finch at the lantern, with her brother",
            "The painter Mara Finch, with her brother, at the lantern",
        ),
        ("The lighthouse in red and white", "The lighthouse, in red and white. Photograph: Mara Finch"),
        ("Two coats of paint image 3", "A tin of paint on the stairs"),
        ("Two coats of paint", "A tin of paint on the stairs"),
    ],
    ids=["a caption in other words", "a caption in the same words", "the title and a number", "the title"],
)
def test_what_is_said_already_is_named_as_repeated(alt: str, beside: str) -> None:
    document = read(f'<p>{TEXT}</p><div><img src="a.jpg" alt="{alt}"><p>{beside}</p></div><p>{TEXT}</p>')
    assert left_out(document, Reason.REPEATED) == [alt]
    assert beside in words_of(document.blocks)


def test_a_caption_stays_where_its_image_repeats_the_title() -> None:
    document = read(
        f'<p>{TEXT}</p><figure><img src="a.jpg" alt="Two coats of paint"><figcaption>A tin on the stairs</figcaption></figure>'
    )
    assert "A tin on the stairs" in words_of(document.blocks)
    assert left_out(document, Reason.REPEATED) == ["Two coats of paint"]


def test_images_in_lists_and_quotations() -> None:
    image = '<img src="a.jpg" alt="A painter hangs from the lantern on a rope.">'
    document = read(
        f"<p>{TEXT}</p><ul><li>{image}</li><li>Red</li></ul><blockquote>{image}<p>{TEXT}</p></blockquote><ul><li>{image}</li></ul>"
    )
    assert words_of(document.blocks).count("A painter hangs") == 1
    assert len(left_out(document, Reason.REPEATED)) == 2


def test_signs_of_sharing_and_names_of_files() -> None:
    document = read(
        f'<p>{TEXT}</p><img src="f.png" alt="Facebook"><p>{TEXT}</p><img src="0307-lighthouse-coat-01.jpg" alt="0307-lighthouse-coat-01">'
        f"<p>{TEXT}</p>"
    )
    said = words_of(document.blocks)
    assert "Facebook" not in said
    assert "lighthouse-coat" not in said
    assert left_out(document, Reason.BOILERPLATE) == ["Facebook"]
