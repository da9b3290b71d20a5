"""The structured text: what an article is built of, in order, and when each sentence of it sounds."""

from collections.abc import Iterator
from itertools import count, islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast import voice_profiles
from chaptercast.audio.model import Chapter, Passage, TimedSentence, TimedWord
from chaptercast.audio.sentence_times import timed_passage
from chaptercast.common.mpeg_frames import Grid
from chaptercast.document.model import (
    Block,
    Cell,
    CodeBlock,
    Document,
    Figure,
    Heading,
    ListBlock,
    Metadata,
    Note,
    Origin,
    Paragraph,
    Quote,
    Span,
    Table,
)
from chaptercast.publication.timed_structure import Begin, End, Part, Row, Text, structured, unspoken_passages
from chaptercast.script.model import Say, Script
from chaptercast.script.narration.narrate import Code, Notes, Settings, narrate
from chaptercast.speech.model import Clip
from chaptercast.text_structure import Cell as Shape
from chaptercast.text_structure import Element, Header, Kind, Mark, Style
from chaptercast.voice_profiles import Role

GRID = Grid(22_050, 48_000)
FRAMES = 40
SAMPLES = FRAMES * GRID.samples_per_frame
PAUSES = voice_profiles.load("generic").pauses


def p(*spans: Span | str, tag: str = "p") -> Paragraph:
    return Paragraph(tuple(Span(s) if isinstance(s, str) else s for s in spans), origin=Origin(tag))


def told(*blocks: Block, **settings: object) -> Script:
    document = Document(Metadata(), tuple(blocks), "en")
    return narrate(document, Settings(PAUSES, spells_digits=True, **settings))  # type: ignore[arg-type]


def parts(script: Script) -> list[Part]:
    """Of the whole script, each utterance a second long."""
    clip = Clip(GRID, b"", FRAMES, 0, SAMPLES)
    passages = [
        (number, part)
        for number, section in enumerate(script.sections)
        for part in section.parts
        if isinstance(part, Say)
    ]
    timed = (timed_passage(chapter, say, clip, n * SAMPLES) for n, (chapter, say) in enumerate(passages))
    chapters = [Chapter(head.id, head.title, head.level, 0, 1) for head in script.heads]
    return [
        part
        for section in structured(chapters, timed, unspoken_passages(script))
        for part in ([section.heading] if section.heading else []) + list(section.parts)
    ]


def outline(found: list[Part]) -> str:
    """In one line: elements in brackets, texts as they are, cells between bars."""
    pieces = []
    for part in found:
        match part:
            case Begin(element):
                pieces.append(f"{element.kind}(")
            case End():
                pieces.append(")")
            case Row():
                pieces.append(f"|{'|'.join(text.plain for _, text in part.cells)}|")
            case Text():
                pieces.append(f"‹{part.plain}{part.after if part.after.strip(' ') else ''}›")
    return "".join(pieces)


def test_lists_within_lists_have_the_items_of_the_article_and_not_the_narrators_words() -> None:
    inner = ListBlock(((p("two a"),), (p("two b"),)))
    block = ListBlock(((p("one"),), (p("two"), inner), (p("three"), p("more"))), ordered=True, start=4)
    found = parts(told(block))
    assert outline(found) == ("list(item(‹one›)item(‹two›list(item(‹two a›)item(‹two b›)))item(‹three›‹more›))")
    elements = [part.element for part in found if isinstance(part, Begin)]
    assert [e.ordered for e in elements if e.kind is Kind.LIST] == [True, False]
    assert [e.value for e in elements if e.kind is Kind.ITEM] == [4, 5, None, None, 6]


def test_lists_side_by_side_are_two() -> None:
    assert outline(parts(told(ListBlock(((p("a"),),)), ListBlock(((p("b"),),))))) == "list(item(‹a›))list(item(‹b›))"


def test_a_table_has_all_its_rows_and_cells_each_with_its_own_text_and_time() -> None:
    def row(*texts: str, header: bool = False) -> tuple[Cell, ...]:
        return tuple(Cell((Span(text),), header) for text in texts)

    rows = (row("A", "", "C", header=True), row("One. Two.", "–", "3"), row("", "→", ""), row("", "", ""))
    found = parts(told(Table(rows, (Span("All of it."),))))
    assert outline(found) == "table(caption(‹All of it.›)|A||C||One. Two.|–|3|||→||||||)"
    header, first, *silent = [part for part in found if isinstance(part, Row)]
    assert {shape.header for shape, _ in header.cells} == {Header.COLUMN}
    [times] = [[line.time for _, text in first.cells for line in text.lines]]
    assert [t.start for t in times if t] == sorted({t.start for t in times if t})
    assert all(a and b and a.end <= b.start for a, b in pairwise(times))
    assert [line.time for row_ in silent for _, text in row_.cells for line in text.lines] == [None]


def test_cells_that_span_are_told_once() -> None:
    rows = (
        (Cell((Span("Wide"),), header=True, columns=2),),
        (Cell((Span("tall"),), header=True, rows=2), Cell((Span("a"),))),
        (Cell((Span("b"),)),),
    )
    found = [part for part in parts(told(Table(rows))) if isinstance(part, Row)]
    assert [[shape for shape, _ in row.cells] for row in found] == [
        [Shape(Header.COLUMN, columns=2)],
        [Shape(Header.ROW, rows=2), Shape()],
        [Shape()],
    ]
    assert [[text.plain for _, text in row.cells] for row in found] == [["Wide"], ["tall", "a"], ["b"]]


def test_images_terms_quotations_and_code_are_told_apart() -> None:
    script = told(
        Figure("A ferry", (Span("By night."),)),
        p("Ferry", tag="dt"),
        p("A boat.", tag="dd"),
        Quote((p("Said."), ListBlock(((p("a"),),)))),
        CodeBlock("  if x:\n    go()\n", "python"),
    )
    assert outline(parts(script)) == (
        "figure(alternative(‹A ferry›)caption(‹By night.›))term(‹Ferry›)definition(‹A boat.›)"
        "quote(‹Said.›list(item(‹a›)))code(‹  if x:\n›‹    go()›)"
    )


@pytest.mark.parametrize("code", [Code.SKIP, Code.READ])
def test_code_is_whole_whether_it_is_read_or_not(code: Code) -> None:
    lines = "".join(f"{' ' * n}step {n} {{\n}}\n" for n in range(7))
    found = parts(told(p("Before."), CodeBlock(lines), p("After."), code=code))
    texts = [part for part in found if isinstance(part, Text)]
    assert "".join(text.plain + text.after for text in texts[1:-1]).strip("\n") == lines.strip("\n")
    assert [line.time is None for text in texts[1:-1] for line in text.lines].count(True) == (code is Code.SKIP)
    assert (texts[0].plain, texts[-1].plain) == ("Before.", "After.")


NOTE = Note("n", (p("Told."),), "1")
MARKED = p("One.", Span("[1]", note="n"), " Two.")


@pytest.mark.parametrize("notes", [Notes.NEAR, Notes.END])
def test_a_note_stands_behind_what_refers_to_it_and_keeps_its_name(notes: Notes) -> None:
    found = parts(told(ListBlock(((MARKED,), (p("b"),))), p("Next."), NOTE, notes=notes))
    behind = "note(label(‹1›)‹Told.›)"
    text = f"list(item(‹One.[1] Two.›)item(‹b›)){behind if notes is Notes.NEAR else ''}‹Next.›"
    assert outline(found) == text + ("" if notes is Notes.NEAR else behind)
    [mark] = [mark for part in found if isinstance(part, Text) for line in part.lines for mark in line.marks]
    [name] = [part.element.name for part in found if isinstance(part, Begin) and part.element.kind is Kind.NOTE]
    assert (mark, name) == (Mark(4, 3, Style(note="n")), "n")


def test_a_note_within_a_note_stands_behind_it() -> None:
    long = Note("a", (p("Here. " * 60, Span("[2]", note="b"), " More of it."), p("Last.")), "1")
    found = parts(told(p("One.", Span("[1]", note="a")), long, Note("b", (p("Told."),), "2"), p("End.")))
    texts = f"note(label(‹1›)‹{'Here. ' * 60}[2] More of it.›‹Last.›)note(label(‹2›)‹Told.›)"
    assert outline(found) in (f"‹One.[1]›‹End.›{texts}", f"‹One.[1]›{texts}‹End.›")


def test_where_notes_are_left_out_nothing_refers_to_them() -> None:
    found = parts(told(MARKED, NOTE, notes=Notes.SKIP))
    assert outline(found) == "‹One.[1] Two.›"
    assert not [
        mark
        for part in found
        if isinstance(part, Text)
        for line in part.lines
        for mark in line.marks
        if mark.style.note
    ]


def test_a_mark_of_a_note_that_is_not_said_is_kept_with_it() -> None:
    found = parts(told(p("One.", Span("*", note="n")), Note("n", (p("Told."),), "*")))
    assert [part.element.label for part in found if isinstance(part, Begin)] == ["*"]


def test_marks_are_where_the_author_set_them_in_sentences_and_passages_of_any_language() -> None:
    words = (
        Span("One "),
        Span("two. Three", strong=True, link="https://e.org"),
        Span(" four 在北京的港口 "),
        Span("five", emphasis=True, language="fr"),
        Span("."),
    )
    [text] = parts(told(Paragraph(words)))
    assert isinstance(text, Text)
    assert text.plain == "One two. Three four 在北京的港口 five."
    assert len({line.language for line in text.lines}) == 2
    marked = [
        (line.text[mark.offset : mark.offset + mark.length], mark.style) for line in text.lines for mark in line.marks
    ]
    link = Style(strong=True, link="https://e.org")
    assert [(part.strip(), style) for part, style in marked] == [
        ("two.", link), ("Three", link), ("five", Style(emphasis=True, language="fr")),
    ]  # fmt: skip


def test_the_spaces_are_those_of_the_article() -> None:
    texts = ["A 你好世界欢迎 b.", "在港口 the old ferry 出发。", "他说“Good morning to all of you”，走了。  两个空格。"]
    found = parts(told(*(p(text) for text in texts)))
    assert [part.plain for part in found if isinstance(part, Text)] == texts


def test_a_sentence_cut_by_cells_has_the_words_of_each_at_their_places() -> None:
    place = (Element(Kind.TABLE, 1), Element(Kind.ROW, 2, cells=(Shape(), Shape())))
    marks = (Mark(0, 7, Style(cell=0)), Mark(7, 2, Style(supplied=True)), Mark(9, 3, Style(cell=1)))
    words = (TimedWord(100, 0, 3), TimedWord(200, 4, 3), TimedWord(500, 9, 3))
    passage = Passage(
        0, Role.BODY, "en", False, (TimedSentence("one two; six", 100, 900, words, marks=marks),), 1, place
    )
    section = next(structured([Chapter("s0", "", 1, 0, 1)], [passage]))
    [row] = [part for part in section.parts if isinstance(part, Row)]
    [[first], [second]] = [text.lines for _, text in row.cells]
    assert (first.text, first.words, second.text, second.words) == (
        "one two",
        words[:2],
        "six",
        (TimedWord(500, 0, 3),),
    )
    assert (first.time, second.time) == (type(first.time)(100, 500), type(first.time)(500, 900))


def test_passages_are_taken_as_they_are_needed_however_long_a_list_is() -> None:
    taken = 0

    def endless() -> Iterator[Passage]:
        nonlocal taken
        for taken in count(1):
            place = (Element(Kind.LIST, 1), Element(Kind.ITEM, taken + 1))
            yield Passage(0, Role.BODY, "en", False, (TimedSentence("x", 0, 1),), taken, place)

    section = next(structured([Chapter("s0", "", 1, 0, 1)], endless()))
    assert len(list(islice(section.parts, 300))) == 300
    assert taken < 105


def test_lists_nested_without_end_take_no_time_without_end() -> None:
    block: Block = p("deep")
    for _ in range(3000):
        block = ListBlock(((block,),))
    found = parts(told(block))
    assert "".join(part.plain for part in found if isinstance(part, Text)) == "deep"
    assert len(found) < 100


texts = st.text("ab .。文\n1[", max_size=12) | st.sampled_from(
    ["Guten Tag, meine Herren.", "在北京的港口。", "A. B. C."]
)
spans = st.lists(
    st.builds(
        Span, texts, st.booleans(), code=st.booleans(), link=st.sampled_from(["", "x"]), note=st.sampled_from(["", "n"])
    ),
    max_size=3,
).map(tuple)
cells = st.builds(Cell, spans, st.booleans(), st.integers(1, 3), st.integers(1, 2))
leaves = (
    st.builds(Paragraph, spans)
    | st.builds(Heading, spans, st.integers(2, 3))
    | st.builds(CodeBlock, texts)
    | st.builds(Figure, texts, spans)
    | st.builds(Table, st.lists(st.lists(cells, max_size=3).map(tuple), max_size=3).map(tuple), spans)
)
articles = st.lists(
    st.recursive(
        leaves,
        lambda inner: (
            st.builds(Quote, st.lists(inner, max_size=2).map(tuple))
            | st.builds(
                ListBlock, st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple), st.booleans()
            )
            | st.builds(Note, st.just("n"), st.lists(inner, max_size=2).map(tuple), texts)
        ),
        max_leaves=6,
    ),
    max_size=4,
)


@given(articles, st.sampled_from(Notes), st.sampled_from(Code), st.integers(40, 300))
def test_of_any_article_every_element_ends_and_every_word_that_is_said_stands_there(
    blocks: list[Block], notes: Notes, code: Code, max_bytes: int
) -> None:
    script = told(*blocks, notes=notes, code=code, max_bytes=max_bytes)
    found = parts(script)
    open_: list[Element] = []
    shown: list[str] = []
    for part in found:
        match part:
            case Begin(element):
                open_.append(element)
            case End(element):
                assert open_.pop() == element
            case Row():
                assert open_[-1].kind is Kind.TABLE
                shown += [text.plain for _, text in part.cells]
            case Text():
                assert not open_ or open_[-1].kind not in {Kind.LIST, Kind.TABLE, Kind.FIGURE}
                shown.append(part.plain)
    assert not open_
    sentences = (sentence for say in script.utterances() for sentence in say.sentences)
    silent = (text for section in script.sections for text in section.unspoken)
    own = "".join(authors(text.written, text.marks) for text in (*sentences, *silent))
    assert sorted("".join("".join(shown).split())) == sorted("".join(own.split()))


def authors(written: str, marks: tuple[Mark, ...]) -> str:
    """What of a text the narrator did not supply."""
    supplied = {place for m in marks if m.style.supplied for place in range(m.offset, m.offset + m.length)}
    return "".join(character for place, character in enumerate(written) if place not in supplied)
