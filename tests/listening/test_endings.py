"""How voices end: what is cut, and what is usual for a voice."""

import pytest
from msgspec.structs import replace

from chaptercast.listening.endings import Endings, is_abrupt, is_sudden
from chaptercast.listening.energy import Loudness

FADING = Loudness(is_silent=False, gaps=(), seconds=2.0, drop_db=20.0, fall_db=12.0)
LOUD = replace(FADING, drop_db=2.0)
STEEP = replace(FADING, drop_db=11.0, fall_db=40.0)
GONE = replace(FADING, drop_db=17.0, fall_db=50.0)
SOFT = replace(FADING, drop_db=10.0)
VANISHED = replace(FADING, drop_db=27.0, fall_db=50.0)
SWIFT = replace(FADING, drop_db=12.9, fall_db=42.0)


def test_a_word_that_ends_with_a_plosive_ends_suddenly_by_itself() -> None:
    soft, loud = replace(FADING, drop_db=7.9), replace(FADING, drop_db=3.0)
    heard = {"is_lost": True, "is_unheard": True}
    assert is_abrupt(soft, 0.75, **heard)
    assert not is_abrupt(soft, 0.75, **heard, ends_hard=True)
    assert is_abrupt(loud, 0.75, **heard, ends_hard=True)


def endings(*levels: Loudness) -> Endings:
    found = Endings()
    for level in levels:
        found.learn(level)
    return found


def test_an_end_is_sudden_if_it_is_loud_or_gone_within_a_moment() -> None:
    assert [is_sudden(level) for level in (FADING, LOUD, STEEP)] == [False, True, True]


@pytest.mark.parametrize(
    ("level", "part", "is_lost", "is_unheard", "is_cut"),
    [
        (LOUD, 1.2, False, False, True),
        (STEEP, 1.0, False, False, True),
        (STEEP, 1.2, False, False, False),
        (GONE, 1.0, True, True, True),
        (VANISHED, 0.96, True, True, False),
        (VANISHED, 0.85, True, True, True),
        (SWIFT, 0.96, False, False, False),
        (SWIFT, 0.96, False, True, True),
        (GONE, 1.0, False, False, False),
        (GONE, 0.85, False, False, True),
        (SOFT, 0.85, False, True, True),
        (SOFT, 0.85, False, False, False),
        (SOFT, 1.0, False, True, False),
        (FADING, 0.85, True, True, False),
    ],
)
def test_a_soft_end_is_cut_if_words_or_the_duration_show_it(
    level: Loudness, part: float, is_lost: bool, is_unheard: bool, is_cut: bool
) -> None:
    assert is_abrupt(level, part, is_lost=is_lost, is_unheard=is_unheard) is is_cut


def test_a_few_cut_ends_are_not_usual() -> None:
    voice = endings(*[FADING] * 20, *[LOUD] * 4, *[STEEP] * 4)
    assert [voice.unusual(level) for level in (LOUD, STEEP)] == [LOUD, STEEP]


def test_a_voice_that_ends_so_again_and_again_is_not_cut() -> None:
    steep, loud = endings(*[FADING] * 6, *[STEEP] * 6), endings(*[FADING] * 6, *[LOUD] * 6)
    assert not is_abrupt(steep.unusual(STEEP), 1.0, is_lost=False, is_unheard=False)
    assert not is_abrupt(loud.unusual(LOUD), 1.0, is_lost=False, is_unheard=False)


@pytest.mark.parametrize("level", [GONE, VANISHED])
def test_a_voice_whose_ends_are_steep_is_not_cut_where_it_is_soft_and_short(level: Loudness) -> None:
    voice = endings(*[FADING] * 3, *[GONE] * 5)
    assert is_abrupt(level, 0.85, is_lost=True, is_unheard=True)
    assert not is_abrupt(voice.unusual(level), 0.85, is_lost=True, is_unheard=True)
    assert is_abrupt(voice.unusual(LOUD), 0.85, is_lost=False, is_unheard=False)


@pytest.mark.parametrize(
    ("levels", "is_known"), [([STEEP] * 2, False), ([STEEP] * 3, True), ([STEEP] * 2 + [FADING], False)]
)
def test_nothing_is_usual_before_enough_is_known(levels: list[Loudness], is_known: bool) -> None:
    assert (endings(*levels).unusual(STEEP) != STEEP) is is_known
