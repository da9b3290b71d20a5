"""The timed text of a whole recording: read as often as wanted, and small in memory."""

import tracemalloc
from pathlib import Path

import pytest
from tests.audio.test_timing import FRAMES, GRID, at, clip, say, times

from chaptercast.audio.model import Passage
from chaptercast.audio.timeline import Timeline
from chaptercast.audio.timing import timed_passage
from chaptercast.errors import OutputError
from chaptercast.units import Samples

WORDS = [(50, 0, 3), (900, 4, 3), (4000, 9, 5)]
SAID = say(("Øne twö. ", "One two."), ("三 \ud800.", "Three."))
LENGTH = FRAMES * GRID.samples_per_frame


def test_passages_come_back_as_often_as_they_are_asked_for() -> None:
    with Timeline(GRID) as timeline:
        expected = [timed_passage(n, SAID, clip(WORDS), Samples(n * LENGTH)) for n in range(5)]
        for number in range(5):
            timeline.add(number, SAID, clip(WORDS), Samples(number * LENGTH))
        one, other = iter(timeline), iter(timeline)
        assert [next(one), next(one), next(other)] == [*expected[:2], expected[0]]
        assert list(timeline) == list(timeline) == expected


def test_the_rest_of_a_sentence_in_the_next_utterance_belongs_to_it() -> None:
    with Timeline(GRID) as timeline:
        timeline.add(0, say(("a b c d. ", "a b")), clip(), at(0))
        timeline.add(0, say(("", "c"), continues=True), clip(), at(20_000))
        timeline.add(0, say(("", "d."), ("e", "e"), continues=True), clip([(3000, 3, 1)]), at(40_000))
        timeline.add(0, say(("", "An announcement")), clip(), at(60_000))
        first, second = timeline
    assert times(first) == [("a b c d.", 50, 43_000)]
    assert times(second) == [("e", 43_000, 50_050)]


def test_a_recording_without_written_words_has_no_passages() -> None:
    with Timeline(GRID) as timeline:
        timeline.add(0, say(("", "Announced."), continues=True), clip(), at(0))
        assert list(timeline) == []


def test_memory_does_not_grow_with_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chaptercast.audio.timeline._IN_MEMORY_BYTES", 1000)
    said, heard = say(("word " * 200, "word " * 200)), clip([(50 + n, 5 * n, 4) for n in range(200)])
    with Timeline(GRID) as timeline:
        timeline.add(0, said, heard, at(0))
        tracemalloc.start()
        for number in range(1, 300):
            timeline.add(0, said, heard, Samples(number * LENGTH))
        assert sum(len(passage.sentences[0].words) for passage in timeline) == 300 * 200
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 1_000_000


def test_a_full_disk_is_an_output_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __init__(self, _limit: int) -> None: ...
        def seek(self, *_: int) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.SpooledTemporaryFile", Full)
    timeline = Timeline(GRID)
    timeline.add(0, SAID, clip(WORDS), at(0))
    with pytest.raises(OutputError, match="No space left"):
        timeline.add(0, SAID, clip(WORDS), at(20_000))


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("chaptercast.audio.timeline._IN_MEMORY_BYTES", 10)
    found: list[Passage] = []
    with Timeline(GRID) as timeline:
        for number in range(3):
            timeline.add(number, SAID, clip(WORDS), Samples(number * LENGTH))
        found += timeline
    assert len(found) == 3
    assert list(tmp_path.iterdir()) == []
