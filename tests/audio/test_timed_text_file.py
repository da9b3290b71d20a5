"""The timed text of a whole recording: read as often as wanted, and small in memory."""

import tracemalloc
from pathlib import Path

import pytest
from tests.audio.test_sentence_times import FRAMES, GRID, at, clip, say, times

from chaptercast.audio.sentence_times import timed_passage
from chaptercast.audio.timed_text_file import TimedTextFile
from chaptercast.common.units import Samples
from chaptercast.errors import OutputError

WORDS = [(50, 0, 3), (900, 4, 3), (4000, 9, 5)]
SAID = say(("Øne twö. ", "One two."), ("三 \U0001d11e.", "Three."))
LENGTH = FRAMES * GRID.samples_per_frame


def test_passages_come_back_as_often_as_they_are_asked_for(tmp_path: Path) -> None:
    with TimedTextFile(GRID, tmp_path / "spool") as timeline:
        expected = [timed_passage(n, SAID, clip(WORDS), Samples(n * LENGTH)) for n in range(5)]
        for number in range(5):
            timeline.add(number, SAID, clip(WORDS), Samples(number * LENGTH))
        one, other = iter(timeline), iter(timeline)
        assert [next(one), next(one), next(other)] == [*expected[:2], expected[0]]
        assert list(timeline) == list(timeline) == expected


def test_the_rest_of_a_sentence_in_the_next_utterance_belongs_to_it(tmp_path: Path) -> None:
    with TimedTextFile(GRID, tmp_path / "spool") as timeline:
        timeline.add(0, say(("a b c d. ", "a b")), clip(), at(0))
        timeline.add(0, say(("", "c"), continues=True), clip(), at(20_000))
        timeline.add(0, say(("", "d."), ("e", "e"), continues=True), clip([(3000, 3, 1)]), at(40_000))
        timeline.add(0, say(("", "An announcement")), clip(), at(60_000))
        first, second = timeline
    assert times(first) == [("a b c d.", 50, 43_000)]
    assert times(second) == [("e", 43_000, 50_050)]


def test_a_recording_without_written_words_has_no_passages(tmp_path: Path) -> None:
    with TimedTextFile(GRID, tmp_path / "spool") as timeline:
        timeline.add(0, say(("", "Announced."), continues=True), clip(), at(0))
        assert list(timeline) == []


def test_memory_does_not_grow_with_length(tmp_path: Path) -> None:
    said, heard = say(("word " * 200, "word " * 200)), clip([(50 + n, 5 * n, 4) for n in range(200)])
    with TimedTextFile(GRID, tmp_path / "spool") as timeline:
        timeline.add(0, said, heard, at(0))
        tracemalloc.start()
        for number in range(1, 300):
            timeline.add(0, said, heard, Samples(number * LENGTH))
        assert sum(len(passage.sentences[0].words) for passage in timeline) == 300 * 200
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to be had")
def test_a_full_disk_is_an_output_error() -> None:
    with TimedTextFile(GRID, Path("/dev/full")) as timeline:
        timeline.add(0, SAID, clip(WORDS), at(0))
        with pytest.raises(OutputError, match="No space left"):
            timeline.add(0, SAID, clip(WORDS), at(20_000))


def test_a_file_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No temporary file can be kept"):
        TimedTextFile(GRID, tmp_path / "missing" / "spool")
