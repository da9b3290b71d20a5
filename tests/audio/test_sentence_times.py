"""Sentences and words at the times at which they are heard."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chaptercast.audio.model import Passage
from chaptercast.audio.sentence_times import timed_passage, written_words
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import FrameCount, LanguageTag, Samples
from chaptercast.script.model import Say, Sentence
from chaptercast.speech.model import Clip, Timing
from chaptercast.voice_profiles import Role

GRID = Grid(24_000, 48_000)
RATE = GRID.sample_rate
FRAMES = FrameCount(500)  # of 24 ms


def say(*sentences: tuple[str, str], continues: bool = False) -> Say:
    return Say(tuple(Sentence(*sentence) for sentence in sentences), LanguageTag("en"), continues=continues)


def at(milliseconds: int) -> Samples:
    return Samples(milliseconds * RATE // 1000)


def clip(
    words: Sequence[tuple[int, int, int]] = (), sentences: Sequence[tuple[int, int]] = (), *, silent: bool = False
) -> Clip:
    """It sounds from 50 to 10,050 ms; words as time in ms, offset and length, sentences as time and offset."""
    return Clip(
        GRID,
        GRID.silent_frame(padded=False) * FRAMES,
        FRAMES,
        at(50),
        at(10_050),
        silent,
        tuple(Timing(at(start), offset, length) for start, offset, length in words),
        tuple(Timing(at(start), offset, 1) for start, offset in sentences),
    )


def times(passage: Passage) -> list[tuple[str, int, int]]:
    return [(sentence.text, sentence.start, sentence.end) for sentence in passage.sentences]


TWO = say(("One two. ", "One two."), ("Three.", "Three."))


def test_a_sentence_starts_with_its_first_word_and_ends_where_the_next_one_starts() -> None:
    passage = timed_passage(3, TWO, clip([(50, 0, 3), (900, 4, 3), (4000, 9, 5)]), at(60_000))
    assert times(passage) == [("One two.", 60_050, 64_000), ("Three.", 64_000, 70_050)]
    assert (passage.chapter, passage.role, passage.language) == (3, Role.BODY, "en")
    first, second = passage.sentences
    assert [(w.start, w.offset, w.length) for w in first.words] == [(60_050, 0, 3), (60_900, 4, 3)]
    assert [(w.start, w.offset, w.length) for w in second.words] == [(64_000, 0, 5)]


def test_without_words_a_sentence_starts_where_the_engine_tells_one() -> None:
    assert times(timed_passage(0, TWO, clip(sentences=[(70, 0), (5000, 9)]), at(0)))[1][1] == 5000


def test_where_nothing_is_told_characters_tell() -> None:
    three = say(("abcd. ", "abcd."), ("efghijkl.", "efghijkl."), ("m.", "m."))
    assert times(timed_passage(0, three, clip(), at(0))) == [
        ("abcd.", 50, 3208),
        ("efghijkl.", 3208, 8471),
        ("m.", 8471, 10_050),
    ]
    assert times(timed_passage(0, three, clip([(50, 0, 4), (6000, 16, 1)]), at(0)))[1][1] == 50 + 5950 * 6 // 16


def test_what_is_not_written_is_not_shown() -> None:
    announced = say(("", "Quotation."), ("One. ", "One."), ("", "end of it"), ("Two.", "Two."))
    words = [(50, 0, 9), (2000, 11, 3), (4000, 16, 3), (7000, 26, 3)]
    assert times(timed_passage(0, announced, clip(words), at(0))) == [("One.", 2000, 7000), ("Two.", 7000, 10_050)]
    assert timed_passage(0, say(("", "List of 3.")), clip(), at(0)).sentences == ()


def test_a_sentence_in_pieces_is_one() -> None:
    long = say(("a b c d", "a b"), ("", "c d"))
    (sentence,) = timed_passage(0, long, clip([(50, 0, 1), (60, 2, 1), (5000, 4, 1), (6000, 6, 1)]), at(0)).sentences
    assert [(word.start, sentence.text[word.offset]) for word in sentence.words] == [
        (50, "a"),
        (60, "b"),
        (5000, "c"),
        (6000, "d"),
    ]


def test_words_told_twice_backwards_or_of_another_place_do_no_harm() -> None:
    told = clip([(50, 0, 3), (60, 0, 3), (900, 4, 3), (800, 4, 3), (70, 9, 99), (9999, 9, 5), (4000, -1, 4)])
    first, second = timed_passage(0, TWO, told, at(0)).sentences
    assert [(w.start, w.offset) for w in (*first.words, *second.words)] == [(50, 0), (900, 4), (9999, 0)]


def test_what_is_said_with_a_word_and_not_told_goes_with_it() -> None:
    said = say(("看不见，没有 17 so far, हिन्दी!", "看不见，没有 seventeen so far, हिन्दी!"))
    told = clip([(60, 0, 1), (70, 4, 1), (80, 7, 9), (90, 17, 2), (95, 25, 2)])
    (sentence,) = timed_passage(0, said, told, at(0)).sentences
    shown = [sentence.text[word.offset : word.offset + word.length] for word in sentence.words]
    assert shown == ["看不见", "没有", "17", "so far", "हिन्दी"]


def test_silence_is_timed_too() -> None:
    assert times(timed_passage(0, TWO, clip(silent=True), at(0))) == [("One two.", 50, 5675), ("Three.", 5675, 10_050)]


SPOKEN = st.text(st.sampled_from("ab 1二。."), max_size=12)
TIMINGS = st.lists(st.tuples(st.integers(-500, 20_000), st.integers(-2, 60), st.integers(-1, 9)), max_size=20)


@given(st.lists(st.tuples(SPOKEN, SPOKEN), max_size=6), TIMINGS, TIMINGS, st.integers(0, 10**9))
def test_times_are_in_order_and_within_the_sound(
    sentences: list[tuple[str, str]], words: list[tuple[int, int, int]], told: list[tuple[int, int, int]], begins: int
) -> None:
    said = clip(words, [(start, offset) for start, offset, _ in told])
    passage = timed_passage(0, say(*sentences), said, Samples(begins))
    assert [s.text for s in passage.sentences] == [w.strip() for w, _ in sentences if w.strip()]
    edges = [GRID.milliseconds(begins + said.onset)]
    for sentence in passage.sentences:
        edges += [sentence.start, *(word.start for word in sentence.words), sentence.end]
        places = [edge for word in sentence.words for edge in (word.offset, word.offset + word.length)]
        assert places == sorted(places)
        assert all(0 <= place <= len(sentence.text) for place in places)
        assert all(word.length > 0 for word in sentence.words)
    edges.append(GRID.milliseconds(begins + said.end))
    assert all(a <= b for a, b in pairwise(edges))


def test_what_is_written_where_something_is_said() -> None:
    told = say(("It is 2021 now. ", "It is twenty-twenty-one now."), ("", "Image."), ("Ende 3.", "Ende drei."))
    spoken = told.spoken
    spans = [
        (spoken.index(words), spoken.index(words) + len(words))
        for words in ("It", "twenty-twenty-one", "Image", "drei")
    ]
    assert list(written_words(told, spans)) == ["It", "2021", "Image", "3"]
    assert list(written_words(told, ())) == []
