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


@lru_cache(maxsize=512)
def say(text: str, rate: float = 1.0, lead_ms: int = 100, tail_ms: int = 300) -> Sound:
    """`text` said at `rate` times the normal speed, with silence around it."""
    pcm = bytearray(2 * (RATE * lead_ms // 1000))
    words, sentences = [], []
    for sentence in _SENTENCE.findall(text):
        start = len(pcm)
        for word in _WORD.findall(sentence):
            begun = len(pcm)
            pcm += _tone(_seconds(word) / rate)
            words.append(Told(word, _ticks(begun), _ticks(len(pcm) - begun)))
            pcm += bytes(2 * int(RATE * _BETWEEN_S / rate))
        if len(pcm) > start:
            sentences.append(Told(sentence.strip(), _ticks(start), _ticks(len(pcm) - start)))
    pcm += bytes(2 * (RATE * tail_ms // 1000))
    return Sound(encoded(bytes(pcm)), tuple(words), tuple(sentences))


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


def _ticks(pcm_bytes: int) -> int:
    return pcm_bytes // 2 * TICKS_A_SECOND // RATE


@lru_cache(maxsize=1)
def _hum() -> bytes:
    return array("h", (round(8000 * math.sin(math.tau * 440 * t / RATE)) for t in range(RATE))).tobytes()


def _tone(seconds: float) -> bytes:
    length = 2 * int(RATE * seconds)
    return (_hum() * (length // len(_hum()) + 1))[:length]
