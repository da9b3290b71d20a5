"""The measures of silence are right on sounds whose times are known."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.judges.measuring import WINDOW_MS, onset_after, silences
from tests.judges.sounds import tones

RATES = pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100])


@RATES
def test_silences_are_found_where_they_are(rate: int) -> None:
    samples = tones(500, 300, 700, 200, 300, rate=rate)
    expected = [(0, 500), (800, 1500), (1700, 2000)]
    found = silences(samples, rate)
    assert len(found) == len(expected)
    for measured, true in zip(found, expected, strict=True):
        assert measured == pytest.approx(true, abs=WINDOW_MS)


@RATES
def test_onsets_are_found_where_they_are(rate: int) -> None:
    samples = tones(500, 300, 700, 200, rate=rate)
    assert onset_after(samples, rate, 0) == pytest.approx(500, abs=WINDOW_MS)
    assert onset_after(samples, rate, 801.3) == pytest.approx(1500, abs=WINDOW_MS)


def test_an_onset_in_the_midst_of_sound_is_there_and_then() -> None:
    assert onset_after(tones(500, 300), 24_000, 600) == 600


def test_there_is_no_onset_after_the_last_sound() -> None:
    samples = tones(500, 300, 200)
    assert onset_after(samples, 24_000, 805) is None
    assert onset_after(samples, 24_000, 99_999) is None
    assert onset_after(array("h"), 24_000, 0) is None


def test_a_pause_shorter_than_asked_for_is_none() -> None:
    samples = tones(0, 200, 90, 200, 110, 200)
    assert len(silences(samples, 24_000, min_ms=100)) == 1
    assert len(silences(samples, 24_000, min_ms=50)) == 2


@pytest.mark.parametrize(("amplitude", "silent"), [(328, False), (33, True)])
def test_the_threshold_is_in_decibels_of_full_scale(amplitude: int, silent: bool) -> None:
    """A sine of amplitude 328 has -43 dBFS, one of 33 has -63 dBFS."""
    samples = tones(0, 1000, amplitude=amplitude)
    assert bool(silences(samples, 24_000, threshold_dbfs=-50)) is silent
    assert (onset_after(samples, 24_000, 0, threshold_dbfs=-50) is None) is silent


@given(st.lists(st.integers(0, 40).map(lambda tens: tens * 10), max_size=8), st.sampled_from([8000, 22_050, 24_000]))
def test_silences_are_in_order_apart_and_within_the_sound(lengths_ms: list[int], rate: int) -> None:
    samples = tones(*lengths_ms, rate=rate)
    found = silences(samples, rate, min_ms=20)
    edges = [edge for stretch in found for edge in stretch]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= sum(lengths_ms) + WINDOW_MS for edge in edges)
