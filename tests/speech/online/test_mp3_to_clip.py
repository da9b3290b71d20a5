"""Frames of a service as clips: trimmed without encoding anew, and what is left sounds as it did."""

import random
from array import array

import miniaudio
import pytest
from msgspec.structs import replace
from tests.judges.sounds import tones
from tests.standin.sound import encoded

from chaptercast.common.mpeg_frames import Grid, frame_offsets
from chaptercast.common.units import LanguageTag, Samples
from chaptercast.speech.model import Clip, EncodedSpeech, Timing, Utterance
from chaptercast.speech.online.mp3_to_clip import clip_of, measured

RATE = 24_000
GRID = Grid(RATE, 48_000)
FRAME = 576
MARGIN = RATE * 12 // 1000
UTTERANCE = Utterance("Good evening.", "v", LanguageTag("en"))


def noise(milliseconds: int) -> bytes:
    """Full of detail, so that frames borrow from those before them as much as they may."""
    chance = random.Random(3)
    return array("h", (chance.randint(-9000, 9000) for _ in range(RATE * milliseconds // 1000))).tobytes()


def silent(milliseconds: int) -> bytes:
    return bytes(2 * (RATE * milliseconds // 1000))


def speech(lead: int, sound: bytes, tail: int) -> EncodedSpeech:
    return EncodedSpeech(encoded(silent(lead) + sound + silent(tail)), GRID)


def clip(given: EncodedSpeech, utterance: Utterance = UTTERANCE) -> Clip:
    return clip_of(measured(given), utterance, GRID)


def decoded(frames: bytes) -> "array[int]":
    sound = miniaudio.decode(frames, miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=RATE)
    return sound.samples


@pytest.mark.parametrize("lead", [0, 30, 100, 400, 900])
@pytest.mark.parametrize("tail", [0, 300, 900])
def test_built_in_silence_is_cut_to_a_few_frames(lead: int, tail: int) -> None:
    made = clip(speech(lead, tones(0, 500, rate=RATE).tobytes(), tail))
    assert made.onset <= 5 * FRAME + MARGIN
    assert made.tail <= 2 * FRAME
    assert made.end - made.onset == pytest.approx(RATE // 2, abs=MARGIN)


@pytest.mark.parametrize("lead", [200, 223, 247, 600, 900])
@pytest.mark.parametrize("sound", [noise(400), tones(0, 400, rate=RATE).tobytes()], ids=["noise", "tone"])
def test_what_follows_the_cut_is_the_same_to_the_sample(lead: int, sound: bytes) -> None:
    given = speech(lead, sound, 300)
    made = clip(given)
    whole, cut = decoded(given.frames), decoded(made.frames)
    shift = measured(given).onset - made.onset
    assert shift % FRAME == 0
    assert shift > 0
    begin = made.onset - MARGIN
    assert cut[begin : made.end] == whole[begin + shift : made.end + shift]
    assert max(map(abs, cut[: made.onset - FRAME]), default=0) < 100  # nothing is heard of what was borrowed


def test_after_other_sound_it_is_still_the_same() -> None:
    first, second = clip(speech(0, noise(300), 0)), clip(speech(500, noise(300), 0))
    alone = decoded(second.frames)
    together = decoded(first.frames + second.frames)
    after = first.frame_count * FRAME
    begin = second.onset - MARGIN
    assert together[after + begin : after + second.end] == alone[begin : second.end]


def test_headers_are_brought_to_the_one_form() -> None:
    given = speech(0, tones(0, 300, rate=RATE).tobytes(), 0)
    offsets = frame_offsets(given.frames, GRID)[:-1]
    other = bytearray(given.frames)
    for offset in offsets:
        other[offset + 2] |= 1  # private
        other[offset + 3] ^= 0b0000_1100  # copyright, original
    assert clip(replace(given, frames=bytes(other))) == clip(given)


def test_a_piece_of_a_frame_and_an_info_frame_are_left_out() -> None:
    given = speech(0, tones(0, 300, rate=RATE).tobytes(), 100)
    info = GRID.header(padded=False) + bytes(9) + b"Info" + bytes(127)
    assert clip(replace(given, frames=info + given.frames + given.frames[:77])) == clip(given)


@pytest.mark.parametrize("damage", [b"\0" + bytes(99), b"ID3\4", b"RIFF...."])
def test_what_is_no_frame_is_told(damage: bytes) -> None:
    given = speech(0, tones(0, 300, rate=RATE).tobytes(), 0)
    with pytest.raises(ValueError, match="no frame"):
        measured(replace(given, frames=damage + given.frames))


def test_nothing_and_silence_have_no_length() -> None:
    assert measured(EncodedSpeech(b"", GRID)).seconds == 0
    assert measured(speech(0, silent(500), 0)).seconds == 0


@pytest.mark.parametrize("clock", [-700, 0, 350])
def test_times_are_those_of_the_sound_whatever_clock_the_service_has(clock: int) -> None:
    at = [Samples(RATE * (ms + clock) // 1000) for ms in (800, 1000, 1250)]
    words = tuple(Timing(start, 5 * n, 4) for n, start in enumerate(at))
    made = clip(replace(speech(800, tones(0, 900, rate=RATE).tobytes(), 200), words=words))
    assert [w.start - made.words[0].start for w in made.words] == [0, RATE // 5, RATE * 450 // 1000]
    assert made.words[0].start == made.onset


def test_times_beyond_the_end_are_brought_into_the_sound() -> None:
    words = tuple(Timing(Samples(n * RATE), n, 1) for n in range(4))
    made = clip(replace(speech(0, tones(0, 1000, rate=RATE).tobytes(), 0), words=words))
    starts = [word.start for word in made.words]
    assert starts == sorted(starts)
    assert starts[-1] <= made.end


def test_sentences_begin_with_their_first_word() -> None:
    utterance = replace(UTTERANCE, text="One two. “Three.”", sentences=(0, 9))
    words = tuple(Timing(Samples(n * 4000), at, 3) for n, at in enumerate((0, 4, 10)))
    made = clip(replace(speech(0, tones(0, 600, rate=RATE).tobytes(), 0), words=words), utterance)
    assert [(s.start, s.offset, s.length) for s in made.sentences] == [(made.onset, 0, 9), (made.onset + 8000, 9, 8)]


def test_another_grid_is_encoded_anew() -> None:
    other = Grid(22_050, 48_000)
    given = speech(300, tones(0, 500, rate=RATE).tobytes(), 300)
    made = clip_of(measured(given), UTTERANCE, other)
    assert made.grid == other
    assert made.end - made.onset == pytest.approx(22_050 // 2, abs=22_050 * 15 // 1000)


def test_a_word_that_the_service_tells_early_is_counted_from_its_sound() -> None:
    given = speech(100, tones(0, 300, 300, 400, rate=RATE).tobytes(), 300)
    words = (Timing(Samples(0), 0, 4), Timing(Samples(RATE * 540 // 1000), 5, 7))
    made = clip(replace(given, words=words))
    assert made.words[1].start - made.onset == pytest.approx(RATE * 600 // 1000, abs=MARGIN)


def test_levels_are_those_of_the_decoded_sound() -> None:
    made = clip(speech(200, tones(0, 300, 200, 300, rate=RATE, amplitude=8000).tobytes(), 300))
    loud = [level > 50 for level in made.levels]
    assert loud[:3] == [True, True, True]
    assert not loud[4]
    assert len(loud) == -(-(made.end - made.onset) // (RATE // 10))
    assert made.levels[1] == pytest.approx(8000 >> 7, abs=4)
