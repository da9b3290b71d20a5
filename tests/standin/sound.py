"""What the stand-in says: a tone for each word, as long as the word would take, as MP3 frames with built-in silence."""

import math
import re
from array import array
from functools import lru_cache

import lameenc
from msgspec import Struct

RATE = 24_000
TICKS_A_SECOND = 10_000_000
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+(?:['’.,:-]\w+)*"
)
_SENTENCE = re.compile(r"[^.!?。！？]+[.!?。！？]*")
_LETTER_S, _CJK_S, _DIGIT_S, _BETWEEN_S = 0.06, 0.2, 0.25, 0.03


class Told(Struct, frozen=True):
    """A boundary: its text, and when it begins and how long it lasts, in ticks of 100 ns."""

    text: str
    offset: int
    duration: int


class Sound(Struct, frozen=True):
    """What was said."""

    frames: bytes
    words: tuple[Told, ...]
    sentences: tuple[Told, ...]

    @property
    def seconds(self) -> float:
        return len(self.frames) / 6000


class Samples(Struct, frozen=True):
    """The same before it is encoded: mono, 16 bits."""

    pcm: bytes
    hz: int
    words: tuple[Told, ...]
    sentences: tuple[Told, ...]


@lru_cache(maxsize=512)
def say(text: str, rate: float = 1.0, lead_ms: int = 100, tail_ms: int = 300) -> Sound:
    """`text` said at `rate` times the normal speed, with silence around it."""
    samples = sampled(text, rate, lead_ms, tail_ms)
    return Sound(encoded(samples.pcm), samples.words, samples.sentences)


@lru_cache(maxsize=512)
def sampled(
    text: str, rate: float = 1.0, lead_ms: int = 100, tail_ms: int = 300, hz: int = RATE, between_ms: int = 0
) -> Samples:
    """The same as PCM of `hz`, with a pause of so many milliseconds between sentences."""
    pcm = bytearray(2 * (hz * lead_ms // 1000))
    words, sentences = [], []
    for sentence in _SENTENCE.findall(text):
        if sentences:
            pcm += bytes(2 * (hz * between_ms // 1000))
        start = len(pcm)
        for word in _WORD.findall(sentence):
            begun = len(pcm)
            pcm += _tone(_seconds(word) / rate, hz)
            words.append(Told(word, _ticks(begun, hz), _ticks(len(pcm) - begun, hz)))
            pcm += bytes(2 * int(hz * _BETWEEN_S / rate))
        if len(pcm) > start:
            sentences.append(Told(sentence.strip(), _ticks(start, hz), _ticks(len(pcm) - start, hz)))
    pcm += bytes(2 * (hz * tail_ms // 1000))
    return Samples(bytes(pcm), hz, tuple(words), tuple(sentences))


def encoded(pcm: bytes) -> bytes:
    """`pcm` as the service sends it: 24 kHz, mono, 48 kbit/s."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE)
    encoder.set_out_sample_rate(RATE)
    encoder.set_bit_rate(48)
    encoder.set_quality(7)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())


def _seconds(word: str) -> float:
    return sum(_DIGIT_S if c.isdigit() else _CJK_S if c >= "\u3040" else _LETTER_S for c in word)


def _ticks(pcm_bytes: int, hz: int) -> int:
    return pcm_bytes // 2 * TICKS_A_SECOND // hz


@lru_cache(maxsize=8)
def _hum(hz: int) -> bytes:
    return array("h", (round(8000 * math.sin(math.tau * 440 * t / hz)) for t in range(hz))).tobytes()


def _tone(seconds: float, hz: int) -> bytes:
    length = 2 * int(hz * seconds)
    return (_hum(hz) * (length // len(_hum(hz)) + 1))[:length]
