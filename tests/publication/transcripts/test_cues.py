"""Cues: at the words' times, one after another."""

from itertools import pairwise

from hypothesis import given
from tests.publication.transcripts.passages import chapter, passage, sentence, timed

from chaptercast.audio.model import Passage
from chaptercast.publication.transcripts.cues import Cue, chapter_cues, line_cues, sentence_cues

LONG = "When the bell rang, the boat left the pier and was gone."


def times(cues: list[Cue]) -> list[tuple[int, int]]:
    return [(cue.start, cue.end) for cue in cues]


def test_a_short_sentence_is_a_cue() -> None:
    cues = list(line_cues([passage(sentence("One.", 200, 900), sentence("Two.", 900, 1500))], 20))
    assert [cue.lines for cue in cues] == [("One.",), ("Two.",)]
    assert times(cues) == [(200, 900), (900, 1500)]


def test_a_long_sentence_goes_on_when_its_next_word_is_said() -> None:
    said = sentence(LONG, 1000, 13_000)
    first, second = line_cues([passage(said)], 20)
    assert second.lines == ("the boat left the", "pier and was gone.")
    assert (first.start, first.end, second.start, second.end) == (
        1000,
        said.words[4].start,
        said.words[4].start,
        13_000,
    )


def test_without_words_it_goes_on_in_proportion() -> None:
    _, second = line_cues([passage(sentence(LONG, 1000, 1000 + 100 * len(LONG), words=False))], 20)
    assert second.start == 1000 + 100 * LONG.index("the boat")


def test_what_has_no_length_gets_some() -> None:
    cues = list(sentence_cues([passage(sentence("a", 5, 5), sentence("b", 5, 5), sentence("c", 5, 900))]))
    assert times(cues) == [(5, 6), (6, 7), (7, 900)]
    assert times(list(chapter_cues([chapter("A", 0, 9), chapter("B", 9, 9), chapter("C", 9, 20)]))) == [
        (0, 9),
        (9, 10),
        (10, 20),
    ]


@given(timed())
def test_cues_are_one_after_another_and_start_when_they_are_said(passages: list[Passage]) -> None:
    for cues in (list(line_cues(passages, 32)), list(sentence_cues(passages))):
        edges = [edge for cue in times(cues) for edge in cue]
        assert all(start < end for start, end in times(cues))
        assert all(a <= b for a, b in pairwise(edges))
        assert all(all(cue.lines) for cue in cues)
    said = [sentence for passage in passages for sentence in passage.sentences]
    assert len(cues) == len(said)
    assert all(0 <= cue.start - heard.start <= len(said) for cue, heard in zip(cues, said, strict=True))
