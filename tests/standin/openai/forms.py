"""The forms that servers send sound in."""

import struct
from array import array
from collections.abc import Callable

import lameenc
from tests.standin.sound import Samples, sampled

Form = Callable[[str, float], tuple[bytes, str]]
"""What is sent for a text at a speed, and what it is called."""

UNKNOWN, NONE_YET = 0xFFFF_FFFF, 0
"""What stands for a length in the header of a WAV that is sent while it is made."""


def wav(
    pcm: bytes,
    hz: int,
    *,
    length: int | None = None,
    channels: int = 1,
    bits: int = 16,
    tag: int = 1,
    extra: bytes = b"",
) -> bytes:
    """A WAV; with `length` in its header, true or not, and `extra` chunks before the samples."""
    frame = channels * bits // 8
    form = struct.pack("<HHIIHH", tag, channels, hz, hz * frame, frame, bits)
    said = len(pcm) if length is None else length
    chunks = b"WAVEfmt " + struct.pack("<I", len(form)) + form + extra + b"data" + struct.pack("<I", said) + pcm
    riff = len(chunks) if length is None else length
    return b"RIFF" + struct.pack("<I", riff) + chunks


LIST = b"LIST" + struct.pack("<I", 26) + b"INFOISFT\x0e\0\0\0Lavf61.7.100\0\0"
"""What ffmpeg writes before the samples."""


def made(
    hz: int = 24_000, between_ms: int = 0, *, lead_ms: int = 100, tail_ms: int = 300
) -> Callable[[str, float], Samples]:
    """What makes samples."""
    return lambda text, speed: sampled(text, speed, lead_ms, tail_ms, hz, between_ms)


def as_wav(hz: int = 24_000, between_ms: int = 0, **header: object) -> Form:
    """WAV, plain but for what is given."""
    samples = made(hz, between_ms)
    return lambda text, speed: (wav(samples(text, speed).pcm, hz, **header), "audio/wav")  # type: ignore[arg-type]


def stereo(pcm: bytes) -> bytes:
    """The same in two channels, of which the second is silent: the mean is half as loud."""
    mono = array("h", pcm)
    both = array("h", bytes(2 * len(pcm)))
    both[::2] = mono
    return both.tobytes()


def as_stereo_wav(hz: int = 48_000) -> Form:
    """Two channels of 16 bits."""
    return lambda text, speed: (wav(stereo(made(hz)(text, speed).pcm), hz, channels=2), "audio/x-wav")


def as_float_wav(hz: int = 24_000) -> Form:
    """Floating point of 32 bits."""

    def form(text: str, speed: float) -> tuple[bytes, str]:
        values = (sample / 32768 for sample in array("h", made(hz)(text, speed).pcm))
        return wav(array("f", values).tobytes(), hz, bits=32, tag=3), "audio/wav"

    return form


def as_parts(hz: int = 24_000) -> Form:
    """One WAV after another, a sentence each."""

    def form(text: str, speed: float) -> tuple[bytes, str]:
        sentences = [one.text for one in made(hz)(text, speed).sentences]
        return b"".join(wav(made(hz)(one, speed).pcm, hz) for one in sentences), "audio/wav"

    return form


def as_pcm(hz: int = 24_000, content_type: str = "audio/pcm") -> Form:
    """Samples without a header."""
    return lambda text, speed: (made(hz)(text, speed).pcm, content_type)


def as_mp3(hz: int = 24_000, kbits: int = 128, channels: int = 1) -> Form:
    """MP3."""

    def form(text: str, speed: float) -> tuple[bytes, str]:
        pcm = made(hz)(text, speed).pcm
        return mp3(stereo(pcm) if channels == 2 else pcm, hz, kbits, channels), "audio/mpeg"

    return form


def mp3(pcm: bytes, hz: int, kbits: int, channels: int) -> bytes:
    """`pcm` encoded."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(channels)
    encoder.set_in_sample_rate(hz)
    encoder.set_out_sample_rate(hz)
    encoder.set_bit_rate(kbits)
    encoder.set_quality(7)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())


STREAMED_WAV = as_wav(length=UNKNOWN, extra=LIST)
"""As Kokoro-FastAPI sends it."""
FORMS: dict[str, Form] = {"wav": STREAMED_WAV, "pcm": as_pcm(), "mp3": as_mp3()}
"""By what is asked for."""

ALL: dict[str, Form] = {
    "a WAV": as_wav(),
    "a WAV of unknown length": STREAMED_WAV,
    "a WAV of no length": as_wav(length=NONE_YET),
    "a WAV of two thousand million bytes": as_wav(length=2_000_000_000),
    "a WAV at 22.05 kHz": as_wav(22_050),
    "a WAV at 16 kHz": as_wav(16_000),
    "a WAV at 44.1 kHz": as_wav(44_100, length=UNKNOWN),
    "a WAV in stereo at 48 kHz": as_stereo_wav(),
    "a WAV of floating point": as_float_wav(),
    "WAVs one after another": as_parts(),
    "a WAV that is called text": lambda text, speed: (as_wav()(text, speed)[0], "text/plain"),
    "PCM": as_pcm(),
    "PCM whose rate is told": as_pcm(22_050, "audio/pcm;rate=22050;channels=1"),
    "PCM that is called nothing": as_pcm(content_type="application/octet-stream"),
    "an MP3": as_mp3(),
    "an MP3 in stereo at 44.1 kHz": as_mp3(44_100, 192, 2),
    "an MP3 on the grid": as_mp3(24_000, 48),
}
"""Forms that are all right."""
