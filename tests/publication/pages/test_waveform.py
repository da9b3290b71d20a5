"""What the drawing of loudness shows, and what it says in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.publication.pages.samples import EPISODE

from chaptercast.audio.model import Chapter
from chaptercast.publication.pages.translations import words_for
from chaptercast.publication.pages.waveform import BARS, waveform

WORDS = words_for("en")


def heights(bars: str) -> list[int]:
    return [int(height) for height in re.findall(r"v(\d+)", bars)]


def test_each_bar_is_the_loudest_of_its_share() -> None:
    levels = [0] * 1200
    levels[4] = 255
    levels[-1] = 128
    drawn = waveform(EPISODE, levels, WORDS)
    assert drawn is not None
    high = heights(drawn.bars)
    assert (drawn.width, len(high)) == (BARS, BARS)
    assert (high[1], high[-1], set(high[2:-1])) == (100, 50, {2})


def test_marks_stand_where_the_chapters_begin() -> None:
    drawn = waveform(EPISODE, [9] * 90, WORDS)
    assert drawn is not None
    assert drawn.marks == (0, 5)


def test_it_says_how_long_and_how_many_and_leaves_the_rest_to_the_list_of_chapters() -> None:
    drawn = waveform(EPISODE, [9] * 90, WORDS)
    assert drawn is not None
    assert drawn.text == "1 minute 30 seconds, 2 chapters"


def test_of_many_chapters_the_highest_are_marked() -> None:
    many = tuple(Chapter(f"s{n}", "T", 2 if n % 10 == 0 else 3, n * 100, n * 100 + 100) for n in range(200))
    drawn = waveform(replace(EPISODE, chapters=many), [9] * 90, WORDS)
    assert drawn is not None
    assert len(drawn.marks) == 20


@pytest.mark.parametrize(("levels", "length"), [([], 1000), ([1, 2], 0)])
def test_there_is_none_of_nothing(levels: list[int], length: int) -> None:
    assert waveform(replace(EPISODE, audio=replace(EPISODE.audio, duration=length)), levels, WORDS) is None


@given(st.binary(min_size=1, max_size=2500))
def test_every_bar_lies_within_the_drawing(levels: bytes) -> None:
    drawn = waveform(EPISODE, levels, WORDS)
    assert drawn is not None
    assert len(heights(drawn.bars)) == drawn.width == min(BARS, len(levels))
    assert all(2 <= height <= 100 for height in heights(drawn.bars))
