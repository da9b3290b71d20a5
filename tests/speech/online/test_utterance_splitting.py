"""Smaller pieces say the same, and their clips together are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.judges.measuring import silences
from tests.judges.sounds import tones
from tests.speech.online.test_mp3_to_clip import GRID, RATE, decoded, speech

from chaptercast.common.units import LanguageTag
from chaptercast.speech.model import Clip, Utterance
from chaptercast.speech.online.mp3_to_clip import clip_of, measured
from chaptercast.speech.online.utterance_splitting import joined, split


def utterance(text: str, *sentences: int) -> Utterance:
    return Utterance(text, "v", LanguageTag("en"), sentences=sentences)


@given(st.text(max_size=200))
def test_no_character_is_lost(text: str) -> None:
    pieces = split(utterance(text))
    assert "".join(piece.text for piece in pieces) == text
    assert len(pieces) <= 2


def test_sentences_first_then_clauses_then_words_then_anything() -> None:
    assert [p.text for p in split(utterance("One two. Three four. Five.", 0, 9, 21))] == ["One two. ", "Three four. ", "Five."]  # fmt: skip
    assert [p.text for p in split(utterance("When it rains, it pours in Spain."))] == ["When it rains, ", "it pours in Spain."]  # fmt: skip
    assert [p.text for p in split(utterance("never a comma in here"))] == ["never a ", "comma in here"]
    assert [p.text for p in split(utterance("直到钟声又响了两下大家才慢慢走开"))] == [
        "直到钟声又响了两",
        "下大家才慢慢走开",
    ]
    assert len(split(utterance("Too short"))) == 1


def one(length_ms: int) -> Clip:
    return clip_of(measured(speech(300, tones(0, length_ms, rate=RATE).tobytes(), 300)), utterance("x"), GRID)


def test_together_they_are_heard_with_a_short_pause_between() -> None:
    pieces = (utterance("One two. "), utterance("Three, "), utterance("— "), utterance("four."))
    silent = Clip(GRID, b"", 0, 0, 0, silent=True)  # type: ignore[arg-type]
    whole = joined(pieces, (one(400), one(300), silent, one(500)), GRID)
    pcm = decoded(whole.frames)
    inner = [end - start for start, end in silences(pcm, RATE, min_ms=60)][1:]
    assert inner[:2] == pytest.approx([300, 100], abs=40)
    assert len(pcm) == whole.frame_count * 576
    assert whole.onset < whole.end <= len(pcm)
    assert not whole.silent


def test_times_and_places_move_with_the_piece() -> None:
    from msgspec.structs import replace

    from chaptercast.common.units import Samples
    from chaptercast.speech.model import Timing

    clip = one(400)
    clip = replace(clip, words=(Timing(clip.onset, 0, 3), Timing(Samples(clip.onset + 4000), 4, 3)))
    whole = joined((utterance("One two. "), utterance("Six ten.")), (clip, clip), GRID)
    assert [(w.offset, w.length) for w in whole.words] == [(0, 3), (4, 3), (9, 3), (13, 3)]
    assert whole.words[2].start - clip.end == pytest.approx(RATE * 300 // 1000, abs=300)


def test_nothing_but_silence_stays_silent() -> None:
    silent = Clip(GRID, b"", 0, 0, 0, silent=True)  # type: ignore[arg-type]
    assert joined((utterance("…"),), (silent,), GRID) == silent


def test_levels_go_on_at_their_times() -> None:
    pieces = (utterance("One two. "), utterance("Three, "), utterance("four."))
    whole = joined(pieces, (one(420), one(300), one(510)), GRID)
    assert len(whole.levels) == pytest.approx((whole.end - whole.onset) / (RATE / 10), abs=1.1)
    loud = [level > 50 for level in whole.levels]
    assert loud[:4] == [True] * 4
    assert loud[5:7] == [False] * 2
    assert all(loud[8:10])
    assert all(loud[-5:])
