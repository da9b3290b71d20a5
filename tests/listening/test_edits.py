"""Recordings that were cut or lengthened after they were made."""

import pytest
from msgspec.structs import replace
from tests.listening.ears import passage

from chaptercast.common.units import Milliseconds
from chaptercast.listening.edits import Edit, edits_in, followed
from chaptercast.listening.model import Passage

PASSAGES = [
    replace(
        passage(f"Passage number {n} of them all"), start=Milliseconds(n * 10_000), end=Milliseconds(n * 10_000 + 9_000)
    )
    for n in range(12)
]
WHOLE = Milliseconds(120_000)


def ear(by: int, at: int) -> tuple[list[Passage], "list[Passage]"]:
    """What is heard where, after `by` was put in (or taken out, if negative) at `at`."""
    kept = [one for one in PASSAGES if one.end <= at or one.start >= at - min(by, 0)]
    moved = [
        replace(one, start=one.start + by, end=one.end + by) if one.start >= at - min(by, 0) else one for one in kept
    ]
    return kept, moved


def nowhere(_: Passage) -> Milliseconds | None:
    return None


@pytest.mark.parametrize(
    ("by", "at", "first"), [(-20_000, 50_000, 7), (30_000, 80_000, 8), (-10_000, 110_000, 12), (5_000, 0, 0)]
)
def test_where_a_recording_was_edited_is_found(by: int, at: int, first: int) -> None:
    heard = {(one.start, one.spoken) for one in ear(by, at)[1]}
    length = Milliseconds(WHOLE + by)
    edits = edits_in(PASSAGES, WHOLE, length, lambda one: float((one.start, one.spoken) in heard), nowhere)
    assert [(edit.first, edit.by, edit.at) for edit in edits] == [(first, by, at)]
    times = {(one.start, one.spoken) for one in followed(PASSAGES, edits)}
    assert heard <= times


def test_more_than_one_edited_place_is_followed() -> None:
    delays = [0, 0, 0, -4_000, -4_000, -4_000, 3_000, 3_000, 3_000, 3_000, -2_000, -2_000]
    heard = {one.spoken: one.start + delay for one, delay in zip(PASSAGES, delays, strict=True)}

    def seeks(passage: Passage) -> Milliseconds | None:
        at = heard[passage.spoken]
        return Milliseconds(at) if passage.start <= at < passage.end else None

    length = Milliseconds(WHOLE - 2_000)
    edits = edits_in(PASSAGES, WHOLE, length, lambda one: float(heard[one.spoken] == one.start), seeks)
    assert [(edit.first, edit.by) for edit in edits] == [(3, -4_000), (6, 7_000), (10, -5_000)]
    moved = followed(PASSAGES, edits)
    assert all(one.start == heard[one.spoken] for one in moved)
    lengths = [one.end - one.start for one in moved]
    assert lengths == [9_000, 9_000, 5_000, 9_000, 9_000, 16_000, 9_000, 9_000, 9_000, 4_000, 9_000, 9_000]


def test_what_was_cut_out_has_no_time() -> None:
    moved = followed(PASSAGES, [Edit(7, Milliseconds(50_000), Milliseconds(-20_000))])
    assert [one.end - one.start for one in moved[4:8]] == [9_000, 0, 0, 9_000]


@pytest.mark.parametrize(("by", "last"), [(6_000, 15_000), (40_000, 9_000)])
def test_what_was_added_at_the_end_belongs_to_the_last_passage_if_it_is_short(by: int, last: int) -> None:
    moved = followed(PASSAGES, [Edit(12, WHOLE, Milliseconds(by))])
    assert moved[-1].end - moved[-1].start == last


def test_a_recording_as_long_as_it_should_be_is_not_heard_for_that() -> None:
    def fits(_: Passage) -> float:
        raise AssertionError

    assert edits_in(PASSAGES, WHOLE, Milliseconds(WHOLE + 400), fits, nowhere) == ()
