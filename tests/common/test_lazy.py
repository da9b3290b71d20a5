"""Values that are made as they are first read."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.common.lazy import Lazy


def counted(made: list[int], count: int) -> Iterator[int]:
    for number in range(count):
        made.append(number)
        yield number


def test_nothing_is_made_before_it_is_asked_for_and_nothing_twice() -> None:
    made: list[int] = []
    lazy = Lazy(counted(made, 9))
    assert not made
    assert lazy[2] == 2
    assert next(iter(lazy)) == 0
    assert lazy[:2] == (0, 1)
    assert made == [0, 1, 2]
    assert len(lazy) == 9
    assert made == list(range(9))


@given(st.integers(0, 5), st.integers(-7, 7))
def test_items_are_those_of_a_tuple(count: int, index: int) -> None:
    whole, lazy = tuple(range(count)), Lazy(iter(range(count)))
    if -count <= index < count:
        assert lazy[index] == whole[index]
    else:
        with pytest.raises(IndexError):
            lazy[index]
    assert lazy == whole


@given(
    st.integers(0, 5), st.none() | st.integers(-7, 7), st.none() | st.integers(-7, 7), st.sampled_from((None, 1, 2, -1))
)
def test_slices_are_those_of_a_tuple(count: int, start: int | None, stop: int | None, step: int | None) -> None:
    assert Lazy(iter(range(count)))[start:stop:step] == tuple(range(count))[start:stop:step]


def test_what_its_source_raises_is_raised_to_who_asks() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    lazy = Lazy(broken())
    assert lazy[0] == 1
    with pytest.raises(ValueError, match="broken"):
        len(lazy)
