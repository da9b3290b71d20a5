"""Paragraphs, headings and word times of the text that a page shows."""

from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publication.pages.samples import passage

from chaptercast.audio.model import Chapter, Passage, TimedSentence, TimedWord
from chaptercast.profile import Role
from chaptercast.publication.pages.transcript import Section, anchors, sections


def chapters(*levels: int) -> tuple[Chapter, ...]:
    return tuple(Chapter(f"s{n}", f"Chapter {n}", level, n * 1000, n * 1000 + 1000) for n, level in enumerate(levels))


def shown(section: Section) -> list[tuple[bool, list[str]]]:
    return [(quoted, [paragraph.text for paragraph in group]) for quoted, group in section.groups]


def test_what_continues_a_paragraph_is_joined_to_it() -> None:
    text = [
        passage(0, Role.BODY, "One.", "Two."),
        passage(0, Role.BODY, "三。", language="zh", continues=True),
        passage(0, Role.BODY, "New."),
    ]
    quoted, group = next(next(sections(chapters(1), text, "en")).groups)
    first, second = group
    assert not quoted
    assert (first.text, second.text) == ("One. Two.三。", "New.")
    assert [line.language for line in first.lines] == ["", "", ' lang="zh"']


def test_a_heading_is_heard_or_else_named() -> None:
    text = [passage(1, Role.HEADING, "Heard as", "two."), passage(1, Role.QUOTE, "Q."), passage(1, Role.BODY, "B.")]
    for section in sections(chapters(1, 2, 2), text, "en"):
        heard = section.heading.text if section.heading else ""
        assert heard == ["", "Heard as two.", ""][section.number]
        assert shown(section) == [[], [(True, ["Q."]), (False, ["B."])], []][section.number]


def test_no_level_of_headings_is_left_out() -> None:
    found = [section.level for section in sections(chapters(1, 4, 4, 5, 2, 9, 9, 9, 9, 9, 1), [], "en")]
    assert found == [2, 3, 4, 5, 2, 3, 4, 5, 6, 6, 2]


def test_anchors_are_the_identifiers_where_these_can_stand_in_a_page() -> None:
    named = [Chapter(name, "", 2, 0, 0) for name in ("s1", "s1", "page-play", "a b", "", '"><i>', "第一章")]
    assert anchors(named) == ("s1", *(f"page-chapter-{n}" for n in range(1, 6)), "第一章")


@pytest.mark.parametrize(
    ("language", "texts", "joined"),
    [
        ("en", ("One.", "Two."), "One. Two."),
        ("zh", ("一。", "二！", "Three."), "一。二！Three."),
        ("ko", ("하나다", "둘."), "하나다 둘."),
        ("ja", ("はい", "そう"), "はいそう"),
    ],
)
def test_sentences_are_parted_as_their_script_does(language: str, texts: tuple[str, ...], joined: str) -> None:
    section = next(sections(chapters(1), [passage(0, Role.BODY, *texts, language=language)], language))
    assert shown(section) == [(False, [joined])]


@given(st.lists(st.tuples(st.text("a😀文 ", max_size=3), st.text("b𝒳字", min_size=1, max_size=4)), max_size=6))
def test_word_times_are_given_in_the_units_of_browsers(parts: list[tuple[str, str]]) -> None:
    text, words = "x", []
    for number, (between, word) in enumerate(parts):
        words.append(TimedWord(500 + 90 * number, len(text) + len(between), len(word)))
        text += between + word
    said = Passage(0, Role.BODY, "en", False, (TimedSentence(text, 400, 3000, tuple(words)),))
    _, group = next(next(sections(chapters(1), [said], "en")).groups)
    numbers = [int(number) for paragraph in group for line in paragraph.lines for number in line.words.split()]
    units = text.encode("utf-16-le")
    place, time, found = 0, 400, []
    for gap, length, later in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        place, time = place + gap + length, time + later
        found.append((units[2 * (place - length) : 2 * place].decode("utf-16-le"), time))
    assert found == [(word, 500 + 90 * number) for number, (_, word) in enumerate(parts)]


def test_passages_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        for taken in count(1):
            yield passage(0, Role.BODY, f"Sentence {taken}.")

    section = next(sections(chapters(1), endless(), "en"))
    _, group = next(section.groups)
    assert len(list(islice(group, 100))) == 100
    assert taken < 105
