"""Recordings that were cut or lengthened after they were made."""

import pytest
from msgspec.structs import replace
from tests.listening.ears import passage

from chaptercast.common.units import Milliseconds
from chaptercast.listening.edits import Edit, edit_in, followed
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


@pytest.mark.parametrize(
    ("by", "at", "first"), [(-20_000, 50_000, 7), (30_000, 80_000, 8), (-10_000, 110_000, 12), (5_000, 0, 0)]
)
def test_where_a_recording_was_edited_is_found(by: int, at: int, first: int) -> None:
    heard = {(one.start, one.spoken) for one in ear(by, at)[1]}
    edit = edit_in(PASSAGES, WHOLE, Milliseconds(WHOLE + by), lambda one: float((one.start, one.spoken) in heard))
    assert edit is not None
    assert (edit.first, edit.by, edit.at) == (first, by, at)
    times = {(one.start, one.spoken) for one in followed(PASSAGES, edit)}
    assert heard <= times


def test_what_was_cut_out_has_no_time() -> None:
    moved = followed(PASSAGES, Edit(7, Milliseconds(50_000), Milliseconds(-20_000)))
    assert [one.end - one.start for one in moved[4:8]] == [9_000, 0, 0, 9_000]


def test_a_recording_as_long_as_it_should_be_is_not_heard_for_that() -> None:
    def fits(_: Passage) -> float:
        raise AssertionError

    assert edit_in(PASSAGES, WHOLE, Milliseconds(WHOLE + 400), fits) is None
