"""Merging chapters where there are more than a tag holds."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.audio.chapters import fit
from chaptercast.audio.model import Chapter
from chaptercast.common.units import Milliseconds


def chapters(levels: list[int]) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(f"s{n}", f"t{n}", level, Milliseconds(n), Milliseconds(n + 1)) for n, level in enumerate(levels)
    )


def test_few_enough_stay_as_they_are() -> None:
    given_chapters = chapters([1, 2, 3, 3, 2])
    assert fit(given_chapters, 5) == given_chapters


def test_the_deepest_level_goes_first_and_as_a_whole() -> None:
    kept = fit(chapters([1, 2, 3, 4, 3, 2, 4]), 5)
    assert [c.level for c in kept] == [1, 2, 3, 3, 2]
    kept = fit(chapters([1, 2, 3, 4, 3, 2, 4]), 4)
    assert [c.level for c in kept] == [1, 2, 2]


@pytest.mark.parametrize("count", [255, 256, 301, 600, 5000])
def test_of_too_many_on_one_level_as_many_stay_as_fit(count: int) -> None:
    kept = fit(chapters([1] + [2] * (count - 1)), 255)
    assert len(kept) == 255
    lengths = [c.end - c.start for c in kept[1:]]
    assert max(lengths) - min(lengths) <= 1  # evenly spread


def test_a_level_is_filled_up_where_hardly_anything_is_above_it() -> None:
    kept = fit(chapters([1, 2] + [3] * 150 + [2] + [3] * 150), 255)
    assert len(kept) == 255
    assert [c.level for c in kept].count(2) == 2


@given(st.lists(st.integers(1, 6), min_size=1, max_size=60), st.integers(1, 30))
def test_whatever_is_merged_no_time_is_lost(levels: list[int], limit: int) -> None:
    everything = chapters(levels)
    kept = fit(everything, limit)
    assert 1 <= len(kept) <= max(limit, 1)
    assert (kept[0].start, kept[-1].end) == (everything[0].start, everything[-1].end)
    assert all(a.end == b.start for a, b in pairwise(kept))
    assert {c.id for c in kept} <= {c.id for c in everything}
