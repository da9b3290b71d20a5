"""Lists: how many items, how deep, numbered as their author numbered them."""

import pytest
from tests.script.narration.telling import heard, items, p, said, script

from chaptercast.document.model import CodeBlock, Heading, ListBlock, Span
from chaptercast.script.narration.narrate import Verbosity

NESTED = ListBlock(((p("one"), items("a", "b")), (p("two"),), (p("three"),)))


def test_a_list_of_several_items_is_counted_and_a_short_one_is_not() -> None:
    assert said(items("a", "b", "c")) == ["[List with 3 items.]", "a", "b", "c"]
    assert said(items("a", "b")) == ["a", "b"]


def test_nesting_is_heard() -> None:
    assert said(NESTED) == [
        "[List with 3 items.]",
        "one",
        "[Nested list with 2 items.]",
        "a",
        "b",
        "[End of nested list.]",
        "two",
        "three",
    ]


def test_full_verbosity_says_where_a_list_ends_and_none_says_nothing() -> None:
    assert said(items("a", "b"), verbosity=Verbosity.FULL) == ["[List with 2 items.]", "a", "b", "[End of list.]"]
    assert said(items("a"), verbosity=Verbosity.FULL) == ["[List with one item.]", "a", "[End of list.]"]
    assert said(NESTED, verbosity=Verbosity.NONE) == ["one", "a", "b", "two", "three"]


def test_items_are_numbered_as_their_author_numbered_them() -> None:
    assert said(items("a", "b", ordered=True, start=7)) == ["7. a", "8. b"]
    assert said(items("1. a", "(2) b", "3 c", ordered=True)) == ["[List with 3 items.]", "1. a", "(2) b", "3 c"]


def test_a_number_is_said_before_whatever_comes_first_in_its_item() -> None:
    block = ListBlock(((Heading((Span("Head"),), 3), p("text")), (CodeBlock("ls"),), (items("x"),)), ordered=True)
    assert said(block, verbosity=Verbosity.NONE) == ["1. Head", "text", "[2. ls]", "3. x"]


def test_an_item_without_words_leaves_no_number_behind() -> None:
    assert said(ListBlock(((p("…"),), (), (p("b"),)), ordered=True), verbosity=Verbosity.NONE) == ["3. b"]


def test_tasks_are_done_or_not() -> None:
    assert said(items("[x] milk", "[ ] bread")) == ["Done: milk", "Not done: bread"]
    assert [s.written for s in script(items("[x] milk")).utterances()] == ["[x] milk"]
    assert heard(script(items("[x] นม"), language="th")) == ["[x] นม"]


def test_the_end_of_a_list_is_a_longer_pause() -> None:
    assert heard(script(p("x"), items("a", "b"), p("y"))) == ["x", 500, "a", 500, "b", 800, "y"]


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_numbers_are_said_the_way_of_the_language(language: str) -> None:
    assert heard(script(items("あ", ordered=True), language=language)) == ["1、あ"]


def test_items_of_several_blocks_are_kept_together() -> None:
    block = ListBlock(((p("a"), p("b")), (p("c"),)), ordered=True)
    assert heard(script(block, p("x"))) == ["1. a", 500, "b", 500, "2. c", 350, "End of list.", 800, "x"]
