"""The reader's own word on what is a heading."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.common.units import LanguageTag
from chaptercast.document.model import Document, Heading, Metadata, Paragraph, Reason, Span, plain
from chaptercast.document.outline.user_outline import Entry, marked_only, overridden, parse_outline
from chaptercast.errors import UsageError

DOCUMENT = Document(
    Metadata(title="T"),
    (
        Heading((Span("Marked"),), 2),
        Paragraph((Span("First words.\n", strong=True), Span("And more."))),
        Heading((Span("Found"),), 2, 0.8, ("bold +2",)),
        Paragraph((Span("◆ Missed。"),)),
        Paragraph((Span("Body."),)),
    ),
    LanguageTag("en"),
)


def shape(document: Document) -> list[tuple[int, str]]:
    """Level (0 for a paragraph) and text of each block."""
    return [(b.level if isinstance(b, Heading) else 0, plain(b.inlines)) for b in document.blocks]


def test_marked_only_keeps_what_the_source_marks() -> None:
    assert [level for level, _ in shape(marked_only(DOCUMENT))] == [2, 0, 0, 0, 0]


def test_an_outline_file_decides() -> None:
    changed = overridden(DOCUMENT, (Entry(2, "First words"), Entry(3, "Missed")), "o.txt")
    expected = [(0, "Marked"), (2, "First words"), (0, "And more."), (0, "Found"), (3, "Missed"), (0, "Body.")]
    assert shape(changed) == expected


def test_what_the_article_does_not_have_is_an_error() -> None:
    with pytest.raises(UsageError, match="“Nowhere”"):
        overridden(DOCUMENT, (Entry(2, "Marked"), Entry(2, "Nowhere")), "o.txt")
    with pytest.raises(UsageError, match="“Marked”"):
        overridden(DOCUMENT, (Entry(2, "Found"), Entry(2, "Marked")), "o.txt")


def test_level_1_is_the_title() -> None:
    changed = overridden(DOCUMENT, (Entry(1, "Other"),), "o.txt")
    assert changed.title == "Other"
    assert [(o.text, o.reason) for o in changed.left_out] == [("T", Reason.SETTING)]


def test_both_printed_forms_are_read() -> None:
    expected = (Entry(1, "T"), Entry(2, "A (b)"), Entry(3, "C"))
    assert parse_outline("1  T\n2    A (b)  (71% sure)\n\n3      C\n", "o") == expected
    headings = [{"level": 2, "title": "A (b)"}, {"level": 3, "title": "C"}]
    assert parse_outline(json.dumps({"title": "T", "headings": headings}), "o") == expected


@pytest.mark.parametrize(
    "text", ["Title", "{", '{"headings": 3}', '{"headings": [{"level": "x", "title": "y"}]}', "0 Zero"]
)
def test_what_is_no_outline_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_outline(text, "o")


@given(st.text(max_size=200))
def test_any_file_is_read_or_refused(text: str) -> None:
    try:
        entries = parse_outline(text, "o")
        overridden(DOCUMENT, entries, "o")
    except UsageError:
        pass
