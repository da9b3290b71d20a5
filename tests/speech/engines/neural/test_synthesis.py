"""From what a model makes to speech: silence cut, pauses between pieces, words in their places, nothing too loud."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from tests.judges.measuring import silences
from tests.speech.engines.neural.phonemes.spellings import spellings

from chaptercast.speech.engines.neural.phonemes.clauses import is_spoken
from chaptercast.speech.engines.neural.phonemes.model import Spelling, Word
from chaptercast.speech.engines.neural.synthesis import Sound, spoken
from chaptercast.speech.model import Prosody, Speech

RATE = 24_000
MS = RATE // 1000
WINDOW = 5 * MS
LENGTH = 60 * MS
"""Of each symbol."""
MARKS = ".,;:!?—…“”()"


def decibels(value: float) -> float:
    """The peak of a square wave that has this level."""
    return float(10 ** (value / 20))


class Model(Struct):
    """Says symbols one after the other, a square wave each but for marks and spaces, between silence."""

    level: float = 0.2
    lead: int = 350 * MS
    trail: int = 500 * MS
    faint: int = 0
    """How long the sound is only -60 dBFS at both ends."""
    silence: float = decibels(-150)
    asked: list[str] = []

    def __call__(self, symbols: str) -> Sound:
        self.asked.append(symbols)
        loud = np.array([self.level if is_spoken(one) else self.silence for one in symbols])
        faint = np.full(self.faint, decibels(-60))
        parts = [
            np.full(self.lead, self.silence),
            faint,
            np.repeat(loud, LENGTH),
            faint,
            np.full(self.trail, self.silence),
        ]
        samples = np.concatenate(parts)
        samples[1::2] *= -1
        starts = self.lead + self.faint + np.arange(len(symbols) + 1) * LENGTH
        return Sound(samples.astype("f4"), starts)


def say(symbols: str, model: Model | None = None, longest: int = 300, volume: float = 1.0) -> Speech:
    """What is made of symbols: each word begins after a space."""
    places = [at for at, symbol in enumerate(symbols) if symbol.isalnum() and not symbols[at - 1 : at].isalnum()]
    words = tuple(Word(at, at, 1) for at in places)
    return spoken(Spelling(symbols, words), model or Model(), longest, RATE, Prosody(volume=volume))


def samples_of(speech: Speech) -> np.ndarray:
    return np.frombuffer(speech.pcm, "<i2")


def gaps(speech: Speech) -> list[int]:
    """How long each silence of a tenth of a second and more is, in ms, to 5 ms."""
    found = silences(memoryview(speech.pcm).cast("h"), RATE)
    return [end - begin for begin, end in found]


def test_silence_at_both_ends_is_cut() -> None:
    for lead, trail in ((0, 0), (350 * MS, 500 * MS), (37, 11), (1000 * MS + 1, 60)):
        speech = say("abc", Model(lead=lead, trail=trail))
        assert 3 * LENGTH - WINDOW < len(samples_of(speech)) <= 3 * LENGTH + 2 * WINDOW
        assert speech.exact


def test_no_faint_sound_is_cut_off() -> None:
    speech = say("abc", Model(faint=40 * MS))
    assert len(samples_of(speech)) == pytest.approx(3 * LENGTH + 80 * MS, abs=WINDOW)
    level = round(decibels(-60) * 32_767)
    assert set(np.abs(samples_of(speech)[WINDOW : 40 * MS - WINDOW])) == {level}
    assert set(np.abs(samples_of(speech)[-40 * MS + WINDOW : -WINDOW])) == {level}


@pytest.mark.parametrize(("level", "kept"), [(-74, True), (-76, False)])
def test_what_nobody_would_hear_is_silence(level: float, kept: bool) -> None:
    speech = say("abc", Model(silence=decibels(level), lead=100 * MS, trail=100 * MS))
    assert len(samples_of(speech)) == pytest.approx(3 * LENGTH + (200 * MS if kept else 0), abs=WINDOW)


@pytest.mark.parametrize(
    ("symbols", "longest", "pause"),
    [
        ("aaaa. bbbb", 7, 300),
        ("aaaa?” bbbb", 8, 300),
        ("aaaa, bbbb", 7, 150),
        ("aaaa— bbbb", 7, 150),
        ("aaaa bbbb", 6, 0),
    ],
)
@pytest.mark.parametrize("faint", [0, 30 * MS])
def test_pauses_between_pieces_are_exact_to_a_window(symbols: str, longest: int, pause: int, faint: int) -> None:
    model = Model(faint=faint, asked=[])
    speech = say(symbols, model, longest)
    assert len(model.asked) == 2
    if pause:
        (gap,) = gaps(speech)
        assert abs(gap - pause) <= 10
    assert len(samples_of(speech)) == pytest.approx(8 * LENGTH + pause * MS + 2 * faint, abs=3 * WINDOW)


def test_a_pause_does_not_depend_on_the_silence_that_the_model_makes() -> None:
    found = {gaps(say("aaaa. bbbb", Model(lead=lead, trail=trail), 7))[0] for lead in (0, 5000) for trail in (0, 9000)}
    assert max(found) - min(found) <= 10


def test_words_begin_where_their_sounds_do() -> None:
    speech = say("ab, cd. e")
    assert [word.start for word in speech.words] == [0, 4 * LENGTH, 8 * LENGTH]
    assert [(word.offset, word.length) for word in speech.words] == [(0, 1), (4, 1), (8, 1)]
    pieces = say("aaaa. bb bb", longest=7)
    second = np.flatnonzero(np.abs(samples_of(pieces)[4 * LENGTH + WINDOW :]) > 1000)[0] + 4 * LENGTH + WINDOW
    assert [word.start for word in pieces.words] == pytest.approx([0, second, second + 3 * LENGTH], abs=WINDOW)


def test_the_first_word_begins_with_what_is_heard_first() -> None:
    speech = say("ab cd", Model(faint=40 * MS))
    assert speech.words[0].start == pytest.approx(40 * MS, abs=WINDOW)
    assert speech.words[1].start == pytest.approx(40 * MS + 3 * LENGTH, abs=WINDOW)


@pytest.mark.parametrize(
    "spelling", [Spelling(""), Spelling("", (), ((0, 3),)), Spelling("..."), Spelling("“ˈ”", (), ((0, 1), (4, 5)))]
)
def test_where_there_is_nothing_to_say_the_model_is_not_asked(spelling: Spelling) -> None:
    model = Model(asked=[])
    speech = spoken(spelling, model, 300, RATE)
    assert speech == Speech(b"", RATE, unread=spelling.unread)
    assert model.asked == []


def test_a_piece_of_marks_alone_is_not_asked_for() -> None:
    model = Model(asked=[])
    say("aaaa ... bbbb", model, 4)
    assert model.asked == ["aaaa", "bbbb"]


def test_a_word_that_is_longer_than_a_piece_is_said_to_its_end() -> None:
    model = Model(asked=[])
    speech = spoken(Spelling("a" * 25, (Word(0, 0, 9),)), model, 10, RATE)
    assert "".join(model.asked) == "a" * 25
    assert len(samples_of(speech)) == pytest.approx(25 * LENGTH, abs=3 * WINDOW)
    assert [word.start for word in speech.words] == [0]


def test_levels_are_those_of_the_model() -> None:
    for level in (0.01, 0.3, 0.9):
        assert set(np.abs(samples_of(say("ab", Model(level=level, lead=WINDOW, trail=WINDOW))))) == {
            round(level * 32_767)
        }


def test_volume_is_a_factor() -> None:
    half, usual, double = (
        np.abs(samples_of(say("ab", Model(lead=0, trail=0), volume=volume))).max() for volume in (0.5, 1, 2)
    )
    assert (half, usual, double) == pytest.approx((usual / 2, 0.2 * 32_767, usual * 2), abs=1)


def test_what_is_too_loud_is_bent_and_not_cut() -> None:
    rising = np.repeat(np.linspace(0.5, 3, 4000), 1)

    def loud(_symbols: str) -> Sound:
        return Sound(np.concatenate([rising, -rising]).astype("f4"), np.array([0, len(rising)]))

    samples = samples_of(spoken(Spelling("a", (Word(0, 0, 1),)), loud, 300, RATE)).astype("i4")
    up, down = samples[:4000], samples[4000 : 4000 + 3900]
    assert np.array_equal(down, -up[:3900])
    assert up.max() < 32_767
    assert np.all(np.diff(up) >= 0)  # louder stays louder
    assert len(set(up[3000:])) > 50  # and is not cut
    soft = rising <= 0.9
    assert np.array_equal(up[soft], np.rint(rising.astype("f4")[soft].astype("f8") * 32_767))
    assert np.diff(up).max() <= 1.1 * np.diff(up)[0] + 1  # no step where it begins


def test_sound_that_is_silence_is_kept_and_is_silence() -> None:
    speech = say("abc", Model(level=0.0))
    assert len(samples_of(speech)) == 850 * MS + 3 * LENGTH
    assert not samples_of(speech).any()


def test_a_faint_beginning_that_is_longer_than_all_before_it_stays_within_the_sound() -> None:
    def one_after_the_other(symbols: str) -> Sound:
        faint = np.full(0 if symbols == "aaaa" else 2000 * MS, decibels(-60))
        loud = np.full(10 * MS, 0.3)
        return Sound(
            np.concatenate([faint, loud]), np.array([len(faint), len(faint) + 1, len(faint) + 2, len(faint) + 3, 0])
        )

    speech = spoken(Spelling("aaaa bbbb", (Word(0, 0, 1), Word(5, 2, 1))), one_after_the_other, 4, RATE)
    assert len(samples_of(speech)) >= 2010 * MS
    first, second = (word.start for word in speech.words)
    assert first <= second <= len(samples_of(speech))
    assert np.abs(samples_of(speech)).max() > 9000


@given(spellings("abcde.,!—” "), st.integers(3, 30), st.sampled_from([0, 20 * MS]), st.booleans())
def test_no_word_is_lost_and_times_are_in_order(spelling: Spelling, longest: int, faint: int, silent: bool) -> None:
    letters = tuple(word for word in spelling.words if spelling.symbols[word.at].isalnum())
    model = Model(faint=faint, lead=0 if silent else 100 * MS, asked=[])
    speech = spoken(Spelling(spelling.symbols, letters, spelling.unread), model, longest, RATE)
    assert [(word.offset, word.length) for word in speech.words] == [(word.offset, word.length) for word in letters]
    assert speech.unread == spelling.unread
    count = len(speech.pcm) // 2
    assert all(0 <= one.start <= other.start <= count for one, other in pairwise(speech.words))
    said = "".join(model.asked)
    assert [one for one in said if one.isalnum()] == [one for one in spelling.symbols if one.isalnum()]
    assert all(0 < len(asked) <= longest for asked in model.asked)
    sounding = sum(map(str.isalnum, spelling.symbols))
    assert np.count_nonzero(np.abs(samples_of(speech)) > 1000) == pytest.approx(sounding * LENGTH, abs=2)


def test_slow_speech_is_made_in_shorter_pieces() -> None:
    for rate, longest in ((0.001, 1), (0.5, 10), (1.0, 20), (3.0, 20)):
        model = Model(asked=[])
        spoken(Spelling("a" * 40, (Word(0, 0, 9),)), model, 20, RATE, Prosody(rate=rate))
        assert [len(asked) for asked in model.asked] == [longest] * (40 // longest)
