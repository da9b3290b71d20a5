"""What must never happen, whatever the document: text lost, a level skipped, work that grows faster than the document."""

import re
import sys
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from chaptercast.common.units import LanguageTag
from chaptercast.document.model import (
    Break,
    Document,
    Figure,
    Heading,
    ListBlock,
    Metadata,
    Origin,
    Paragraph,
    Quote,
    Span,
    plain,
)
from chaptercast.document.outline import headings, outline

LINES = st.sampled_from(
    [
        "", " ", "1", "01", "Ⅱ", "PART.3", "一、", "一、开头", "二、中间", "（一）细目", "（二）细目", "第一，我们", "第二，他们", "◆",
        "◆ 标题。", "●标题", "【标题】", "【标题】正文", "《书名》", "为什么？", "小心！", "记者：为什么？", "解答：因为。", "“引文”",
        "一段比较长的正文，里面有逗号，也有句号。这是第二句。" * 2, "WATER", "Step 1: Begin", "Step 2: Go on", "1.1 Where",
        "1. First", "2. Second", "I. One", "II. Two", "By Ann Other", "Text: Ann Other", "Read more",
        "Note: mind", "A short line", "What now?", "Stop!", "A sentence that ends.", "Contents",
        "Q: why?", "A: because.", "“Quoted.”", "2021-07-06",
        "Some running text that is long enough to be prose, and that ends with a full stop.", "a" * 450,
        ":", "。", "...", "_x_", "* * *", "Ann Other",
    ],
)  # fmt: skip
SPANS = st.builds(
    Span,
    text=st.one_of(LINES, st.text(max_size=12)),
    strong=st.booleans(),
    emphasis=st.booleans(),
    link=st.sampled_from(["", "", "https://example.org/"]),
)
INLINES = st.lists(st.one_of(SPANS, st.just(Span("\n"))), min_size=0, max_size=5).map(tuple)
ORIGINS = st.builds(
    Origin,
    tag=st.sampled_from(["", "p", "div", "td", "dt", "summary", "h2"]),
    classes=st.sampled_from(
        [(), ("zk_h3",), ("caption",), ("entry-title",), ("subtitle",), ("logo",), ("byline",), ("lead",)]
    ),
    bare=st.booleans(),
    after_image=st.booleans(),
    centred=st.booleans(),
    font_percent=st.sampled_from([100, 100, 90, 120, 160, 0]),
    underline=st.sampled_from(["", "", "=", "-"]),
    indent=st.sampled_from([0, 0, 4, 30]),
    context=st.sampled_from([(), (), ("blockquote",), ("details",), ("figure",), ("footer",)]),
)
PARAGRAPHS = st.builds(Paragraph, INLINES, st.none(), ORIGINS)
HEADINGS = st.builds(Heading, INLINES, st.integers(1, 6), origin=ORIGINS)
ITEMS = st.lists(st.one_of(PARAGRAPHS, HEADINGS), max_size=2).map(tuple)
BLOCKS = st.one_of(
    PARAGRAPHS,
    PARAGRAPHS,
    PARAGRAPHS,
    HEADINGS,
    st.builds(ListBlock, st.lists(ITEMS, max_size=3).map(tuple), st.booleans(), st.integers(1, 5)),
    st.builds(Quote, st.lists(PARAGRAPHS, max_size=2).map(tuple)),
    st.builds(Figure, st.sampled_from(["", "A boat"])),
    st.just(Break()),
)
METADATA = st.builds(Metadata, title=LINES, page_title=LINES)
DOCUMENTS = st.builds(Document, METADATA, st.lists(BLOCKS, max_size=14).map(tuple), st.just(LanguageTag("en")))


def words(blocks) -> Counter[str]:
    found: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            found.update(re.findall(r"\w", plain(block.inlines)))
        elif isinstance(block, Quote):
            found += words(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                found += words(item)
    return found


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_no_letter_is_lost(document):
    made = outline(document)
    before = words(document.blocks)
    after = words(made.blocks)
    for omission in made.left_out:
        after.update(re.findall(r"\w", omission.text))
    if not document.metadata.title.strip():
        after.update(re.findall(r"\w", made.metadata.title))
    lost = {sign for sign in before - after if sign != "_"}  # `_x_` in a title are quotation marks
    assert not lost
    if document.metadata.title.strip() and not any(isinstance(block, ListBlock) for block in document.blocks):
        assert not after - before


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_headings_are_well_formed(document):
    made = outline(document)
    level = 1
    for heading in headings(made):
        assert 2 <= heading.level <= level + 1
        assert 0 < heading.confidence <= 1
        assert heading.evidence
        text = plain(heading.inlines)
        assert text == " ".join(text.split())
        assert text
        assert not any(span.strong for span in heading.inlines)
        level = heading.level


@given(DOCUMENTS)
@settings(max_examples=50, deadline=None)
def test_it_is_a_pure_function(document):
    assert outline(document) == outline(document)


def calls(document: Document) -> int:
    """How many functions are called: the work, without a clock."""
    count = 0

    def tally(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        outline(document)
    finally:
        sys.setprofile(before)
    return count


def varied(times: int) -> Document:
    prose = Paragraph(
        (Span("Some running text that is long enough to be prose, and that ends with a full stop. " * 2),)
    )
    blocks = []
    for i in range(times):
        blocks += [
            Paragraph((Span(f"Heading {i}", strong=True),)),
            prose,
            Paragraph((Span(f"{i}. Numbered line"),)),
            prose,
            Paragraph((Span(f"◆ Bullet {i}", strong=True),)),
            Paragraph((Span("A plain line"),), origin=Origin(after_image=True)),
            Heading((Span(f"Marked {i}"),), 2 + i % 3),
            Paragraph((Span(f"Why {i}?\nAnswer: so.\nDone"),)),
            Paragraph((Span("Answer: because."),), origin=Origin("p", classes=(f"c{i}",), font_percent=100 + i % 90)),
        ]
    return Document(Metadata("A title"), tuple(blocks), LanguageTag("en"))


def test_work_grows_with_the_document_and_no_faster():
    outline(varied(2))  # patterns are compiled once
    small, large = calls(varied(40)), calls(varied(320))
    assert large <= 8.8 * small


def test_one_huge_block_is_no_trouble():
    spans = tuple(Span(f"line {i}. And\n", strong=i % 2 == 0) for i in range(3000))
    heading = Heading((Span("A sentence. Another one. " * 4000),), 2)
    made = outline(Document(Metadata(), (Paragraph(spans), heading), LanguageTag("en")))
    assert words(made.blocks) == words((Paragraph(spans), heading))
