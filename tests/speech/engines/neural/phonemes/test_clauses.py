"""Texts in clauses: all of the text is in them, and the marks between are pauses."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chaptercast.speech.engines.neural.phonemes.clauses import Bracket, clauses, ends_sentence, is_spoken

MARKS = ".。．｡।॥۔,，、､،;；؛:：!！?？؟—–―〜～…⋯"
OTHERS = '“«„「『《〈【｢”»」』》〉】｣"(（[［〔)）]］〕¡¿·・•|*_~^`´'
"""Marks that make no pause, after the definition of punctuation in the scripts of the voices' languages."""
TEXTS = st.text(st.sampled_from(f"abÄé7 0日本が한ह\u0940 \n\t\0-'’&%€{MARKS}{OTHERS}") | st.characters(), max_size=60)


@given(TEXTS)
@example("a")
@example("...")
@example("a—(b")
def test_clauses_are_together_all_of_the_text(text: str) -> None:
    found = list(clauses(text))
    ends = [*((clause.begin, clause.begin + len(clause.words)) for clause in found), (len(text), len(text))]
    assert not text or not found or found[0].begin == 0
    for (_, end), (begin, _) in pairwise(ends):
        between = text[end:begin]
        assert end <= begin
        assert all(one in MARKS + OTHERS + "-" or one.isspace() for one in between)
    for clause in found:
        written = text[clause.begin : clause.begin + len(clause.words)]
        assert all(
            kept == one or (kept == " " and one in OTHERS) for kept, one in zip(clause.words, written, strict=True)
        )


@given(TEXTS)
def test_no_letter_and_no_digit_is_lost(text: str) -> None:
    kept = "".join(clause.words for clause in clauses(text))
    assert [one for one in kept if one.isalnum()] == [one for one in text if one.isalnum()]


@given(TEXTS)
def test_only_our_own_marks_are_left_and_none_twice_in_a_row(text: str) -> None:
    for clause in clauses(text):
        marks = clause.after
        assert set(marks) <= set(".,;:!?—…“”()")
        assert all(one != other for one, other in pairwise(marks))
        assert not set(marks) & set("“(")  # those belong to the words after them
        places = [bracket.place for bracket in clause.brackets]
        assert places == sorted(places)
        for place, mark in clause.brackets:
            assert mark in "“”()"
            assert clause.words[place] == " "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One, two; three: four!", [("One", ","), ("two", ";"), ("three", ":"), ("four", "!")]),
        ("你好，世界。再见！真的？", [("你好", ","), ("世界", "."), ("再见", "!"), ("真的", "?")]),
        ("你好,世界.再见:是", [("你好", ","), ("世界", "."), ("再见", ":"), ("是", "")]),
        ("はい、そうです。", [("はい", ","), ("そうです", ".")]),
        ("नमस्ते। दुनिया॥", [("नमस्ते", "."), ("दुनिया", ".")]),
        ("Wait... what?!", [("Wait", "…"), ("what", "?!")]),
        ("Wait……", [("Wait", "…")]),
        ("Well—no", [("Well", "—"), ("no", "")]),
        ("Well - no", [("Well ", "—"), ("no", "")]),
        ("Well -- no", [("Well ", "—"), ("no", "")]),
        ("a well-known -5 to 5- end", [("a well-known -5 to 5- end", "")]),
        ("3.14, 1,000 and 12:30", [("3.14", ","), ("1,000 and 12:30", "")]),
        ("the U.S. team at a.b", [("the U.S", "."), ("team at a.b", "")]),
        ("So?  \n Yes.", [("So", "?"), ("Yes", ".")]),
        ("...", [("", "…")]),
        (", then", [("", ","), ("then", "")]),
        ("", []),
        ("   ", [("   ", "")]),
    ],
)
def test_marks_of_all_scripts_are_ours(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(clause.words, clause.after) for clause in clauses(text)] == expected


def test_quotes_and_brackets_know_their_place() -> None:
    first, second = clauses("He said “yes” (twice), “then no.”")
    assert first.words == "He said  yes   twice "
    assert first.brackets == (Bracket(8, "“"), Bracket(12, "”"), Bracket(14, "("), Bracket(20, ")"))
    assert (first.after, second.begin) == (",", 23)
    assert (second.words, second.brackets, second.after) == (" then no", (Bracket(0, "“"),), ".”")


@pytest.mark.parametrize("pair", ["«»", "„”", "「」", "『』", "《》", "〈〉", "【】", "｢｣", "“”"])
def test_quotation_marks_of_all_scripts(pair: str) -> None:
    (clause,) = clauses(f"a {pair[0]}b{pair[1]} c")
    assert clause.brackets == (Bracket(2, "“"), Bracket(4, "”"))


def test_which_brackets_open() -> None:
    assert [Bracket(0, mark).opens for mark in "“(”)"] == [True, True, False, False]


@pytest.mark.parametrize(
    ("symbols", "ends"),
    [
        ("a.", True),
        ("a.”", True),
        ("a?)”", True),
        ("a…", True),
        ("a", False),
        ("a,", False),
        ("a.”b", False),
        ("", False),
    ],
)
def test_what_ends_a_sentence(symbols: str, ends: bool) -> None:
    assert ends_sentence(symbols) is ends


@pytest.mark.parametrize(
    ("symbols", "spoken"),
    [
        ("", False),
        (".,;:!?—…“”() '$^_", False),
        ("ˈˌː\u0303", False),
        ("a", True),
        (". ɴ", True),
        ("5", True),
        ("→", False),
    ],
)
def test_marks_stress_and_length_alone_are_not_spoken(symbols: str, spoken: bool) -> None:
    assert is_spoken(symbols) is spoken
