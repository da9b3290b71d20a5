"""Narration: what is said, in which order, with which pauses; and that nothing is lost."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast import voice_profiles
from chaptercast.common.units import LanguageTag
from chaptercast.document.model import (
    Block,
    Break,
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
    Reason,
    Span,
    Table,
)
from chaptercast.script.model import Pause, Say, Script
from chaptercast.script.narration.narrate import Code, Notes, Settings, Verbosity, narrate
from chaptercast.script.narration.narrator import Narrator
from chaptercast.script.normalise import speakable
from chaptercast.voice_profiles import Role

SETTINGS = Settings(voice_profiles.load("generic").pauses)
ZH = LanguageTag("zh")


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def heading(text: str, level: int = 2) -> Heading:
    return Heading((Span(text),), level)


def script_of(*blocks, title: str = "标题", settings: Settings = SETTINGS) -> Script:
    return narrate(Document(Metadata(title=title), tuple(blocks), ZH), settings)


def heard(script: Script) -> list[str | int]:
    """Texts and pauses, in order."""
    return [p.duration if isinstance(p, Pause) else p.written for s in script.sections for p in s.parts]


def test_the_title_is_spoken_first_and_sections_open_at_headings() -> None:
    script = script_of(paragraph("导语。"), heading("一"), paragraph("甲。"), heading("二", 3))
    assert [(s.title, s.level) for s in script.sections] == [("标题", 1), ("一", 2), ("二", 3)]
    assert heard(script) == ["标题", 1200, "导语。", 1500, "一", 800, "甲。", 1200, "二"]
    assert [say.role for say in script.utterances()] == [Role.HEADING, Role.BODY, Role.HEADING, Role.BODY, Role.HEADING]


def test_where_two_pauses_meet_the_longer_counts() -> None:
    assert heard(script_of(heading("一"), heading("二", 3), paragraph("乙"))) == [
        "标题",
        1500,
        "一",
        1200,
        "二",
        700,
        "乙",
    ]


def test_nothing_is_paused_before_the_first_word() -> None:
    script = script_of(paragraph("甲"), title="")
    assert heard(script) == ["甲"]
    assert script.sections[0].title == ""


def test_list_items_are_apart_and_ordered_ones_numbered() -> None:
    items = ((paragraph("甲"),), (paragraph("乙"),))
    assert heard(script_of(ListBlock(items), title="")) == ["甲", 500, "乙"]
    assert heard(script_of(ListBlock(items, ordered=True, start=3), title="")) == ["3. 甲", 350, "4. 乙"]


def test_a_quote_has_a_manner_of_its_own_and_gives_it_back() -> None:
    script = script_of(Quote((paragraph("引"),)), paragraph("正"), title="")
    assert [say.role for say in script.utterances()] == [Role.QUOTE, Role.BODY]


def test_signs_alone_are_a_report_and_not_speech() -> None:
    script = script_of(paragraph("* * *"), paragraph("甲"), heading("***"), title="")
    assert heard(script) == ["甲"]
    assert [(o.text, o.reason) for o in script.left_out] == [("* * *", Reason.UNSPEAKABLE), ("***", Reason.UNSPEAKABLE)]


def test_a_long_paragraph_becomes_utterances_with_a_short_pause() -> None:
    settings = Settings(SETTINGS.pauses, max_bytes=60)
    script = script_of(paragraph("这是一句话。" * 8), title="", settings=settings)
    parts = heard(script)
    assert parts[1::2] == [300] * (len(parts) // 2)
    assert "".join(str(p) for p in parts[::2]) == "这是一句话。" * 8


@pytest.mark.parametrize("level", [4, 5, 6, 9])
def test_deep_headings_pause_alike(level: int) -> None:
    assert heard(script_of(paragraph("甲"), heading("深", level), paragraph("乙"), title=""))[1::2] == [1000, 600]


words = st.text("甲乙丙丁abc12。，* \n", min_size=0, max_size=12)
READINGS = ["", "", "", "かな", "ʒ"]
"""Said in place of their text, or left out: letters that no text here has."""
languages = st.sampled_from([None, None, None, LanguageTag("de"), LanguageTag("ja"), LanguageTag("ru")])
spans = st.lists(
    st.builds(
        Span,
        words,
        code=st.booleans(),
        deleted=st.sampled_from([False, False, True]),
        raised=st.booleans(),
        lowered=st.booleans(),
        link=st.sampled_from(["", "https://example.org/"]),
        reading=st.sampled_from(READINGS),
        expansion=st.sampled_from(["", "Ж", "Ж Ж"]),
        note=st.sampled_from(["", "", "n0", "n1", "none"]),
        math=st.booleans(),
        language=languages,
    ),
    max_size=4,
).map(tuple)
cells = st.builds(Cell, spans, st.booleans(), st.integers(1, 3), st.integers(1, 3))
leaves = (
    st.builds(
        Paragraph, spans, languages, st.sampled_from(["p", "dt", "dd", "summary"]).map(lambda tag: Origin(tag=tag))
    )
    | st.builds(Heading, spans, st.integers(1, 7))
    | st.builds(Figure, words, spans, decorative=st.booleans(), language=languages)
    | st.builds(CodeBlock, words)
    | st.builds(Table, st.lists(st.lists(cells, max_size=3).map(tuple), max_size=4).map(tuple), spans, languages)
    | st.just(Break())
)
blocks = st.recursive(
    leaves,
    lambda inner: (
        st.builds(Quote, st.lists(inner, max_size=3).map(tuple), languages)
        | st.builds(
            ListBlock,
            st.lists(st.lists(inner, max_size=2).map(tuple), max_size=4).map(tuple),
            st.booleans(),
            language=languages,
        )
        | st.builds(Note, st.sampled_from(["n0", "n1"]), st.lists(inner, max_size=2).map(tuple), words, languages)
    ),
    max_leaves=8,
)
settings = st.builds(
    Settings,
    st.just(SETTINGS.pauses),
    max_bytes=st.integers(50, 400),
    verbosity=st.sampled_from(Verbosity),
    code=st.sampled_from(Code),
    notes=st.sampled_from(Notes),
    link_addresses=st.booleans(),
)


def texts(value: object) -> list[str]:  # noqa: PLR0911 - a line for each kind
    """Every text of a document, by walking its values."""
    match value:
        case Span():
            return [value.text]
        case Figure():
            return [value.alt, *texts(value.caption)]
        case CodeBlock():
            return [value.text]
        case Note():
            return [value.label, *texts(value.blocks)]
        case Heading() | Paragraph() | Cell():
            return ["".join(span.text for span in value.inlines)]
        case Table():
            return [*texts(value.caption), *texts(value.rows)]
        case Quote():
            return texts(value.blocks)
        case ListBlock():
            return texts(value.items)
        case tuple():
            return [text for inner in value for text in texts(inner)]
    return []


def counted(texts_: list[str]) -> Counter[str]:
    return Counter(re.findall(r"\w", "".join(texts_)))


@given(st.lists(blocks, max_size=5).map(tuple), settings)
def test_every_letter_is_said_or_named_as_left_out(document_blocks: tuple, chosen: Settings) -> None:
    script = script_of(*document_blocks, settings=chosen)
    said = [part.written for section in script.sections for part in section.parts if isinstance(part, Say)]
    left_out = [omission.text for omission in script.left_out]
    wanted, found = counted(["标题", *texts(document_blocks)]), counted([*said, *left_out])
    assert not wanted - found
    assert set(found - wanted) <= set("0123456789" + "".join(READINGS))  # the numbers of items, and readings not said


@given(st.lists(blocks, max_size=5).map(tuple), st.sampled_from(("标题", "")), settings)
def test_what_heads_the_sections_is_known_before_they_are_narrated(
    document_blocks: tuple, title: str, chosen: Settings
) -> None:
    script = script_of(*document_blocks, title=title, settings=chosen)
    known = [(head.id, head.title, head.level) for head in script.heads]
    assert known == [(section.id, section.title, section.level) for section in script.sections]


def test_a_section_is_narrated_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    original = Narrator.open_section

    def watched(narrator: Narrator, title: str, level: int) -> None:
        told.append(title)
        original(narrator, title, level)

    monkeypatch.setattr(Narrator, "open_section", watched)
    script = script_of(*(heading(f"第{number}节") for number in range(9)), title="")
    assert len(script.heads) == 9
    assert told == ["第0节", "第1节"]
    assert script.sections[2].title == "第2节"
    assert len(told) == 4
    assert not script.left_out
    assert len(told) == 9


@given(st.lists(blocks, max_size=5).map(tuple), settings)
def test_pauses_stand_only_between_words(document_blocks: tuple, chosen: Settings) -> None:
    parts = [part for section in script_of(*document_blocks, settings=chosen).sections for part in section.parts]
    assert not parts or isinstance(parts[0], Say)
    assert not parts or isinstance(parts[-1], Say)
    assert all(isinstance(a, Say) or isinstance(b, Say) for a, b in pairwise(parts))
    assert all(part.duration > 0 for part in parts if isinstance(part, Pause))


@given(st.lists(blocks, max_size=5).map(tuple), settings)
def test_nothing_is_said_that_has_no_sound_and_nothing_that_is_too_long(
    document_blocks: tuple, chosen: Settings
) -> None:
    for say in script_of(*document_blocks, settings=chosen).utterances():
        assert speakable(say.spoken)
        assert len(say.spoken.encode()) <= chosen.max_bytes
        assert say.language


@pytest.mark.parametrize(
    "wrap", [lambda b: Quote((b,)), lambda b: ListBlock(((b,),), ordered=True), lambda b: Note("n", (b,))]
)
def test_however_deep_the_blocks_lie_they_are_said(wrap: Callable[[Block], Block]) -> None:
    block: Block = paragraph("甲")
    for _ in range(10_000):
        block = wrap(block)
    script = script_of(block, paragraph("乙"), title="", settings=Settings(SETTINGS.pauses, verbosity=Verbosity.NONE))
    assert sorted(say.written[-1] for say in script.utterances()) == ["乙", "甲"]


def test_a_chain_of_notes_however_long_is_told() -> None:
    notes = [Note(f"n{i}", (Paragraph((Span(f"注{i}。"), Span("1", note=f"n{i + 1}"))),)) for i in range(3000)]
    script = script_of(Paragraph((Span("甲"), Span("1", note="n0"))), *notes, title="")
    assert [say.written for say in script.utterances() if "注2999。" in say.written]
