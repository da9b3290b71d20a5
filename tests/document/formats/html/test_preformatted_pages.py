"""A typed text with each of its pages in a `pre` of its own."""

from chaptercast.document.model import Heading, Paragraph, Reason, plain
from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes

PROSE = "   The keeper of a lamp writes down each night at what hour it was\n   lit, and how much oil was left in the morning.\n"
OPEN = (
    "   A lamp that is seen from the sea is trimmed at the beginning of\n   each watch, and the keeper who is relieved"
)
SECTIONS = ("1. What a keeper is", "2. Oil and wicks", "3. The log", "4. Fog", "5. Relief")


def _leaf(number: int, heading: str) -> str:
    head = (
        "<span class=g>Note 17                  Rules for keepers                 May 1931</span>" if number > 1 else ""
    )
    foot = f"<span class=g>Tyne                                                    [Page {number}]</span>"
    return f"<pre class=leaf><a name=p{number}> </a>\n{head}\n\n{heading}\n\n{(PROSE + chr(10)) * 6}{OPEN}\n\n{foot}</pre>\n<!-- next -->"


def test_the_edges_of_its_pages_are_no_headings_and_are_told() -> None:
    leaves = "".join(_leaf(number, heading) for number, heading in enumerate(SECTIONS, 1))
    source = f"<!DOCTYPE html><html lang=en><head><title>Rules for keepers</title></head><body>{leaves}</body></html>"
    document = outline(read_bytes(source.encode(), name="rules.html"))
    headings = [plain(block.inlines) for block in document.blocks if isinstance(block, Heading)]
    assert headings == list(SECTIONS)
    texts = [plain(block.inlines) for block in document.blocks if isinstance(block, Paragraph)]
    assert not any("May 1931" in text or "[Page" in text for text in texts)
    edges = "\n".join(left.text for left in document.left_out if left.reason is Reason.PAGE)
    assert edges.count("May 1931") == len(SECTIONS) - 1
    assert edges.count("[Page") == len(SECTIONS)


def test_two_texts_one_after_the_other_stay_two() -> None:
    source = f"<!DOCTYPE html><html lang=en><body><pre>{PROSE * 8}   It ends here</pre><pre>   and begins.\n{PROSE * 8}</pre></body></html>"
    document = read_bytes(source.encode(), name="two.html")
    assert not any("here and" in plain(block.inlines) for block in document.blocks if isinstance(block, Paragraph))
