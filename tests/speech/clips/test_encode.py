"""Clips: trimmed, on the grid, their times those of the decoded sound."""

from array import array
from pathlib import Path

import pytest
from tests.judges.decoding import decode
from tests.judges.sounds import tones

from chaptercast.common.mpeg_frames import Grid, frame_offsets
from chaptercast.common.units import Samples
from chaptercast.speech.clips.encode import make_clip
from chaptercast.speech.model import Speech, Timing

RATE = 22_050
GRID = Grid(RATE, 48_000)


def speech(*lengths_ms: int, **fields) -> Speech:
    return Speech(tones(*lengths_ms, rate=RATE).tobytes(), RATE, **fields)


def test_frames_are_whole_and_counted() -> None:
    clip = make_clip(speech(0, 300), GRID)
    offsets = frame_offsets(clip.frames, GRID)
    assert (len(offsets) - 1, offsets[-1]) == (clip.frame_count, len(clip.frames))


@pytest.mark.parametrize("silence_ms", [0, 20, 400, 900])
def test_silence_around_speech_makes_no_difference(silence_ms: int) -> None:
    bare = make_clip(speech(0, 500), GRID)
    padded = make_clip(speech(silence_ms, 500, silence_ms), GRID)
    assert abs(padded.frame_count - bare.frame_count) <= 1
    length = padded.end - padded.onset
    assert abs(length - 500 * RATE // 1000) <= 2 * 5 * RATE // 1000  # a window of 5 ms at each end


def test_times_are_those_of_the_decoded_sound(tmp_path: Path) -> None:
    clip = make_clip(speech(120, 400, 250), GRID)
    path = tmp_path / "clip.mp3"
    path.write_bytes(clip.frames + GRID.silent_frame(padded=False) * 4)
    samples = array("h", decode(path).samples)
    loud = [at for at, value in enumerate(samples) if abs(value) > 1000]
    assert abs(loud[0] - clip.onset) <= RATE * 6 // 1000
    assert abs(loud[-1] - clip.end) <= RATE * 6 // 1000


def test_word_times_move_with_the_trimming() -> None:
    word = Timing(Samples(100 * RATE // 1000), 0, 4)
    late = Timing(Samples(300 * RATE // 1000), 5, 4)
    clip = make_clip(speech(100, 400, 100, words=(word, late)), GRID)
    assert abs(clip.words[0].start - clip.onset) <= RATE * 6 // 1000
    assert clip.words[1].start - clip.words[0].start == pytest.approx(200 * RATE // 1000, abs=RATE * 6 // 1000)


def test_all_silence_is_kept_whole() -> None:
    clip = make_clip(Speech(bytes(2 * RATE), RATE), GRID)
    assert clip.end - clip.onset == RATE


def test_no_sound_at_all_is_a_clip_that_says_so() -> None:
    assert make_clip(Speech(b"", RATE), GRID).silent
    assert make_clip(Speech(bytes(2 * RATE), RATE), GRID).silent
    assert not make_clip(speech(0, 20), GRID).silent


def test_the_same_speech_gives_the_same_clip() -> None:
    assert make_clip(speech(10, 200, 10), GRID) == make_clip(speech(10, 200, 10), GRID)


def test_another_sampling_rate_is_brought_to_the_grid() -> None:
    at_16k = Speech(tones(100, 400, 100, rate=16_000).tobytes(), 16_000, words=(Timing(Samples(1600), 0, 1),))
    clip = make_clip(at_16k, GRID)
    assert clip.end - clip.onset == pytest.approx(400 * RATE // 1000, abs=RATE * 12 // 1000)
    assert clip.words[0].start == pytest.approx(clip.onset, abs=RATE * 6 // 1000)


def test_a_word_that_begins_in_silence_is_counted_from_its_sound() -> None:
    early, late = (Timing(Samples(ms * RATE // 1000), n, 1) for n, ms in enumerate((545, 300)))
    clip = make_clip(speech(0, 300, 300, 400, words=(early, late)), GRID)
    told, lost = (word.start - clip.onset for word in clip.words)
    assert told == pytest.approx(600 * RATE // 1000, abs=RATE * 6 // 1000)
    assert lost == 300 * RATE // 1000  # nothing sounds there soon


def test_levels_tell_how_loud_each_tenth_of_a_second_is() -> None:
    soft, loud = tones(0, 310, 190, rate=RATE, amplitude=4000), tones(0, 240, rate=RATE, amplitude=16000)
    clip = make_clip(Speech((tones(70, rate=RATE) + soft + loud).tobytes(), RATE), GRID)
    assert list(clip.levels) == pytest.approx([31, 31, 31, 31, 0, 125, 125, 125], abs=2)
    assert make_clip(Speech(b"", RATE), GRID).levels == b""
    full = array("h", [-32768] * RATE)
    assert set(make_clip(Speech(full.tobytes(), RATE), GRID).levels) == {255}


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000, 44_100, 48_000])
def test_a_tone_at_another_rate_stays_a_tone_and_keeps_its_time(rate: int, tmp_path: Path) -> None:
    from math import cos, pi, sin

    tone = min(6_000, 3 * rate // 8)
    wave = array("h", (round(9000 * sin(2 * pi * tone * n / rate)) for n in range(rate)))
    quiet = bytes(2 * (rate // 5))
    clip = make_clip(Speech(quiet + wave.tobytes() + quiet, rate), GRID)
    path = tmp_path / "clip.mp3"
    path.write_bytes(clip.frames + GRID.silent_frame(padded=False) * 4)
    samples = array("h", decode(path, "miniaudio").samples)
    loud = [at for at, value in enumerate(samples) if abs(value) > 1000]
    assert loud[0] == pytest.approx(clip.onset, abs=RATE * 6 // 1000)
    assert loud[-1] - loud[0] == pytest.approx(RATE, abs=RATE * 12 // 1000)
    middle = samples[loud[0] + RATE // 4 : loud[0] + 3 * RATE // 4]
    turns = [2 * pi * tone * n / RATE for n in range(len(middle))]
    parts = [sum(value * wave(turn) for value, turn in zip(middle, turns, strict=True)) for wave in (sin, cos)]
    of_the_tone = 2 * sum(part * part for part in parts) / len(middle)
    assert of_the_tone > 0.999 * sum(value * value for value in middle)  # 30 dB; linear interpolation has 16


def faint_at_both_ends(faint_ms: int) -> tuple[bytes, int]:
    """A tone with a much softer one before and after it; and how many samples these have."""
    soft = tones(0, faint_ms, rate=RATE, amplitude=45)  # -60 dBFS
    return (soft + tones(0, 300, rate=RATE) + soft).tobytes(), len(soft)


def test_exact_speech_keeps_its_faint_ends(tmp_path: Path) -> None:
    pcm, soft = faint_at_both_ends(60)
    kept, cut = (make_clip(Speech(pcm, RATE, exact=exact), GRID) for exact in (True, False))
    assert kept.onset - cut.onset == pytest.approx(soft - 10 * RATE // 1000, abs=RATE * 6 // 1000)
    assert kept.end - kept.onset == cut.end - cut.onset
    assert kept.frame_count > cut.frame_count
    path = tmp_path / "clip.mp3"
    path.write_bytes(kept.frames + GRID.silent_frame(padded=False) * 4)
    samples = array("h", decode(path).samples)
    before = samples[kept.onset - soft + 200 : kept.onset - 200]
    after = samples[kept.end + 200 : kept.end + soft - 200]
    assert all(max(map(abs, sound)) > 15 for sound in (before, after))


def test_exact_times_are_not_improved_by_measuring() -> None:
    in_silence = tuple(Timing(Samples(ms * RATE // 1000), n, 1) for n, ms in enumerate((0, 330, 560)))
    told = {exact: make_clip(speech(0, 300, 300, 400, words=in_silence, exact=exact), GRID) for exact in (True, False)}
    starts = {exact: [word.start - clip.onset for word in clip.words] for exact, clip in told.items()}
    assert starts[True] == [word.start for word in in_silence]
    assert starts[False][2] == pytest.approx(600 * RATE // 1000, abs=RATE * 6 // 1000)


def test_exact_times_stay_within_what_is_heard() -> None:
    pcm, soft = faint_at_both_ends(60)
    early, late = (Timing(Samples(at), 0, 1) for at in (0, len(pcm) // 2))
    clip = make_clip(Speech(pcm, RATE, words=(early, late), exact=True), GRID)
    assert [word.start for word in clip.words] == [clip.onset, clip.end]
    assert clip.onset == pytest.approx(1105 + soft, abs=RATE * 6 // 1000)


def test_exact_speech_at_another_rate_keeps_its_times() -> None:
    word = Timing(Samples(16_000 * 200 // 1000), 0, 1)
    clip = make_clip(Speech(tones(0, 400, rate=16_000).tobytes(), 16_000, words=(word,), exact=True), GRID)
    assert clip.words[0].start - clip.onset == pytest.approx(200 * RATE // 1000, abs=1)
