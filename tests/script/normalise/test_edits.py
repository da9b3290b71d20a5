"""The mechanism: rules claim text, edits make the spoken text and the map to it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from chaptercast.script.normalise import _PACKAGES, _spelling_tables
from chaptercast.script.normalise.cleaning import cleaning_tables
from chaptercast.script.normalise.edits import (
    BEYOND_ASCII,
    Edit,
    RuleTable,
    Span,
    apply_edits,
    compose,
    find_edits,
    rewrite,
    rule,
)

NUMBER = rule("number", r"\d+", lambda found: f"<{found[0]}>")
PAIR = rule("pair", r"(\d)-(\d)", lambda found: f"{found[1]} to {found[2]}" if found[1] < found[2] else None)


TABLES = [table for language in _PACKAGES for table in (*cleaning_tables(language), *_spelling_tables(language))]
ALL_RULES = [each for table in TABLES if isinstance(table, RuleTable) for each in table._rules]


def test_the_first_rule_that_claims_a_stretch_has_it():
    assert find_edits("1-2 3", (PAIR, NUMBER)) == (Edit(0, 3, "1 to 2"), Edit(4, 5, "<3>"))


def test_a_rule_that_is_not_sure_leaves_the_text_to_the_next():
    assert find_edits("2-1", (PAIR, NUMBER)) == (Edit(0, 1, "<2>"), Edit(2, 3, "<1>"))


def test_a_rule_sees_what_another_claimed_but_goes_round_it():
    dash = rule("dash", r"(?<=\d)-(?=\d)", " ", needs="-")
    assert find_edits("1-2", (dash, PAIR, NUMBER)) == (Edit(0, 1, "<1>"), Edit(1, 2, " "), Edit(2, 3, "<2>"))


def test_a_match_that_says_the_same_keeps_the_text_from_later_rules():
    keep = rule("keep", r"42", "42")
    assert find_edits("42 7", (keep, NUMBER)) == (Edit(3, 4, "<7>"),)


def test_a_text_without_what_a_rule_needs_is_not_searched():
    greedy = rule("greedy", r".", "x", needs="!")
    assert RuleTable((greedy,))("quiet") == ()
    assert len(RuleTable((greedy,))("loud!")) == 5


def test_what_ascii_does_not_have_is_one_thing_that_a_rule_can_need():
    greedy = rule("greedy", r".", "x", needs=BEYOND_ASCII)
    assert RuleTable((greedy,))("quiet") == ()
    assert len(RuleTable((greedy,))("löud")) == 4


@given(st.text(st.characters(max_codepoint=127)))
def test_rules_that_need_more_than_ascii_find_nothing_in_it(text):
    gated = [each for each in ALL_RULES if BEYOND_ASCII in each.needs]
    assert len(gated) > 20
    for each in gated:
        assert each.pattern.search(text) is None


def test_spans_say_what_became_what():
    text, spans = apply_edits("a 1 b 22", (Edit(2, 3, "one"), Edit(6, 8, "two")))
    assert text == "a one b two"
    assert spans == (Span(2, 3, 2, 5), Span(6, 8, 8, 11))


def test_spans_of_two_rewritings_are_joined_where_they_touch():
    halves = (rule("dot", r"\.", "", needs="."), rule("x", "x", "yy", needs="x"))
    doubled = (rule("y", "y", "z", needs="y"),)
    text, spans = rewrite("a.x.", (RuleTable(halves), RuleTable(doubled)))
    assert text == "azz"
    assert spans == (Span(1, 2, 1, 1), Span(2, 3, 1, 3), Span(3, 4, 3, 3))


def test_a_deletion_before_a_change_stays_apart():
    assert compose((Span(0, 2, 0, 0),), (Span(0, 1, 0, 3),)) == (Span(0, 2, 0, 0), Span(2, 3, 0, 3))


RULES = st.sampled_from(
    [
        rule("shrink", "ab", "", needs="a"),
        rule("grow", "b", "bcb", needs="b"),
        rule("swap", "c+", lambda found: "a" * len(found[0]), needs="c"),
        rule("pair", "a.", "d", needs="a"),
    ]
)


@given(st.text("abcd", max_size=30), st.lists(st.lists(RULES, max_size=3), max_size=4))
def test_outside_of_its_spans_a_text_is_what_it_was(text, tables):
    spoken, spans = rewrite(text, map(RuleTable, tables))
    done = said = 0
    for span in spans:
        assert done <= span.start <= span.end
        assert said <= span.spoken_start <= span.spoken_end
        assert text[done : span.start] == spoken[said : span.spoken_start]
        done, said = span.end, span.spoken_end
    assert text[done:] == spoken[said:]


def test_many_claims_cost_no_more_than_their_number():
    text = "1 " * 100_000
    assert len(find_edits(text, (NUMBER,))) == 100_000
    assert re.fullmatch(r"(?:<1> )+", rewrite(text, (RuleTable((NUMBER,)),))[0])
