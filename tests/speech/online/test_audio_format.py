"""What a service sends is known by its content; what is damaged, endless or no sound is not taken for sound."""

import random
import struct
from array import array
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.judges.sounds import tones
from tests.standin.openai.forms import LIST, as_float_wav, as_mp3, as_parts, as_stereo_wav, mp3, stereo, wav
from tests.standin.sound import sampled

from chaptercast.common.mpeg_frames import Grid
from chaptercast.speech.model import EncodedSpeech, Speech
from chaptercast.speech.online.audio_format import OtherKindError, as_pcm, bytes_a_second, speech_of

GRID = Grid(24_000, 48_000)
PCM = tones(20, 400, 30, rate=24_000).tobytes()
ODD = struct.pack("<4sI", b"fact", 3) + b"abc\0"
"""A chunk of odd length, and what fills it up."""


def recognised(data: bytes, content_type: str = "audio/wav", grid: Grid | None = GRID, longest: float = 60.0):
    return speech_of(data, content_type, grid, longest)


@pytest.mark.parametrize("length", [None, 0, 0xFFFF_FFFF, 0x7FFF_FFFF, 2_000_000_000])
@pytest.mark.parametrize("extra", [b"", LIST, ODD])
@pytest.mark.parametrize("rate", [8_000, 22_050, 24_000, 48_000])
def test_wavs_of_any_length_in_their_header(length: int | None, extra: bytes, rate: int) -> None:
    assert recognised(wav(PCM, rate, length=length, extra=extra)) == Speech(PCM, rate)


def test_what_follows_the_samples_is_not_sound() -> None:
    assert recognised(wav(PCM, 24_000) + LIST) == Speech(PCM, 24_000)


def test_several_wavs_are_one_sound() -> None:
    assert recognised(wav(PCM, 24_000) * 3) == Speech(PCM * 3, 24_000)
    text = "One two. Three four five."
    assert len(recognised(as_parts()(text, 1.0)[0]).pcm) > len(sampled(text).pcm)
    with pytest.raises(ValueError, match="sound at 22050 Hz after such at 24000 Hz"):
        recognised(wav(PCM, 24_000) + wav(PCM, 22_050))


@pytest.mark.parametrize("rate", [24_000, 44_100])
def test_two_channels_become_their_mean(rate: int) -> None:
    speech = recognised(wav(stereo(PCM), rate, channels=2))
    assert speech.sample_rate == rate
    one, both = array("h", PCM), array("h", speech.pcm)
    assert len(both) == len(one)
    assert max(abs(a - 2 * b) for a, b in zip(one, both, strict=True)) <= 2


def test_other_samples_become_16_bits() -> None:
    speech = recognised(as_float_wav()("One two three.", 1.0)[0])
    expected = array("h", sampled("One two three.").pcm)
    found = array("h", speech.pcm)
    assert max(abs(a - b) for a, b in zip(expected, found, strict=True)) <= 1


def test_no_samples_are_no_sound() -> None:
    assert recognised(wav(b"", 24_000)) == Speech(b"", 24_000)
    assert recognised(b"", "audio/pcm") == Speech(b"", 24_000)


@pytest.mark.parametrize("cut", [1, 12, 30, 44, 200])
def test_a_wav_that_is_cut_short_is_noticed(cut: int) -> None:
    with pytest.raises(ValueError, match=r"only|cut short"):
        recognised(wav(PCM, 24_000)[: -cut if cut < 44 else cut - 6])


@pytest.mark.parametrize(
    "form", [{"channels": 0}, {"bits": 0}, {"tag": 7, "bits": 4}], ids=["no channels", "no bits", "a strange codec"]
)
def test_a_header_that_tells_nonsense_is_no_sound(form: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"damaged|decoded"):
        recognised(wav(PCM, 24_000, **form))


@pytest.mark.parametrize("rate", [0, 1, 400_000])
def test_no_service_speaks_at_such_rates(rate: int) -> None:
    with pytest.raises(ValueError, match=r"damaged|Hz"):
        recognised(wav(PCM, rate))


@given(st.binary(max_size=300), st.booleans())
def test_whatever_comes_is_sound_or_an_error(data: bytes, is_wav: bool) -> None:
    with suppress(ValueError):
        speech = recognised(b"RIFF\0\0\0\0WAVE" + data if is_wav else data, "audio/wav" if is_wav else "audio/pcm")
        assert len(speech.pcm if isinstance(speech, Speech) else speech.frames) <= len(data)


def test_mp3_is_decoded_unless_it_lies_on_the_grid() -> None:
    text = "One two three."
    on_grid = as_mp3(24_000, 48)(text, 1.0)[0]
    assert isinstance(recognised(on_grid, "audio/mpeg"), EncodedSpeech)
    assert isinstance(recognised(on_grid, "audio/mpeg", None), Speech)
    for hz, kbits, channels in ((24_000, 64, 1), (44_100, 128, 2), (48_000, 192, 1), (22_050, 48, 1)):
        speech = recognised(as_mp3(hz, kbits, channels)(text, 1.0)[0], "audio/mpeg")
        assert isinstance(speech, Speech)
        assert speech.sample_rate == hz
        assert len(speech.pcm) / 2 / hz == pytest.approx(len(sampled(text).pcm) / 48_000, abs=0.15)


def test_mp3_is_known_by_its_frames_and_by_its_tag() -> None:
    frames = mp3(PCM, 24_000, 64, 1)
    for data in (frames, b"ID3\4\0\0\0\0\0\x0a" + bytes(10) + frames):
        for kind in ("audio/mpeg", "audio/wav", "application/octet-stream", ""):
            assert isinstance(recognised(data, kind), Speech)


@pytest.mark.parametrize("data", [b"ID3", b"ID3\4\0\0\0\0\0\0" + bytes(100), b"\xff\xfb\x90\x00" + bytes(3)])
def test_an_mp3_that_cannot_be_decoded_is_an_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="decoded"):
        recognised(data, "audio/mpeg")


@pytest.mark.parametrize(
    ("content_type", "rate"),
    [
        ("audio/pcm", 24_000),
        ("audio/pcm;rate=22050", 22_050),
        ("audio/L16; codec=pcm; rate=16000; channels=1", 16_000),
        ("application/octet-stream", 24_000),
        ("", 24_000),
    ],
)
def test_pcm_without_a_header(content_type: str, rate: int) -> None:
    assert recognised(PCM, content_type) == Speech(PCM, rate)
    assert recognised(PCM + b"\1", content_type) == Speech(PCM, rate)


def test_pcm_that_looks_like_a_frame_of_mp3_is_pcm_where_it_is_called_so() -> None:
    lookalike = b"\xff\xfb\x90\x40" + PCM
    assert recognised(lookalike, "audio/pcm") == Speech(lookalike, 24_000)


@pytest.mark.parametrize(
    ("data", "content_type", "kind"),
    [
        (b"OggS" + bytes(500), "audio/wav", "Ogg"),
        (b"fLaC" + bytes(500), "audio/flac", "FLAC"),
        (b"\0\0\0\x1cftypM4A " + bytes(500), "audio/mp4", "MP4"),
        (b"\x1aE\xdf\xa3" + bytes(500), "audio/webm", "WebM"),
        (b"\xff\xf1\x50\x80" + bytes(500), "audio/aac", "AAC"),
    ],
)
def test_other_kinds_are_named(data: bytes, content_type: str, kind: str) -> None:
    with pytest.raises(OtherKindError, match=f"{kind}, which is neither WAV nor MP3"):
        recognised(data, content_type)


def test_what_is_not_even_called_sound_is_none() -> None:
    with pytest.raises(ValueError, match="text/plain instead of sound") as caught:
        recognised(b"Not found", "text/plain; charset=utf-8")
    assert not isinstance(caught.value, OtherKindError)  # the next answer may be sound of the kind that was asked for


@pytest.mark.parametrize("shift", [1, 3])
def test_noise_is_not_taken_for_sound(shift: int) -> None:
    voice = array("h", random.Random(3).choices(range(-200, 200), k=20_000))
    wave = array("h", (8000 * (n % 80 - 40) // 40 + noise for n, noise in enumerate(voice)))
    assert isinstance(recognised(wave.tobytes(), "audio/pcm"), Speech)
    with pytest.raises(OtherKindError, match="nor PCM"):
        recognised(wave.tobytes()[shift:], "audio/pcm")  # one byte off
    with pytest.raises(OtherKindError, match="nor PCM"):
        recognised(random.Random(4).randbytes(20_000), "audio/pcm")


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (wav(PCM * 10, 24_000), "audio/wav"),
        (wav(PCM, 24_000) * 10, "audio/wav"),
        (PCM * 10, "audio/pcm"),
        (mp3(PCM * 10, 24_000, 48, 1), "audio/mpeg"),
    ],
    ids=["WAV", "WAVs", "PCM", "MP3"],
)
def test_what_is_longer_than_it_can_be_is_not_decoded(data: bytes, content_type: str) -> None:
    with pytest.raises(ValueError, match="more than the 2 seconds"):
        recognised(data, content_type, longest=2.0)


def test_how_much_a_second_takes() -> None:
    assert bytes_a_second(wav(PCM, 24_000)) == 48_000
    assert bytes_a_second(as_stereo_wav(48_000)("One.", 1.0)[0][:100]) == 192_000
    assert [bytes_a_second(head) for head in (b"", b"RIFF", PCM, wav(PCM, 16_000))] == [48_000] * 4


@pytest.mark.parametrize("volume", [0.25, 1.0, 2.0, 100.0])
def test_volume(volume: float) -> None:
    peak = max(map(abs, array("h", PCM)))
    louder = array("h", as_pcm(Speech(PCM, 24_000), volume).pcm)
    assert max(map(abs, louder)) == pytest.approx(min(volume * peak, 32_767), rel=0.01)
    assert as_pcm(Speech(b"", 24_000), volume).pcm == b""
    assert as_pcm(EncodedSpeech(b"", GRID), volume).pcm == b""
