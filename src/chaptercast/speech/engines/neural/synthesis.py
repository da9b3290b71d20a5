"""From a spelling to speech: what all models have in common.

A text that is longer than a model takes is spoken in pieces. The silence that models make around each is measured and cut away, and a
pause of our own stands between them.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from chaptercast.common.units import Samples
from chaptercast.speech.engines.neural.phonemes.clauses import ends_sentence, is_spoken
from chaptercast.speech.engines.neural.phonemes.model import Spelling
from chaptercast.speech.engines.neural.phonemes.splitting import pieces
from chaptercast.speech.model import Prosody, Speech, Timing

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PAUSE_S, _SHORT_PAUSE_S = 0.3, 0.15
"""Between the last sound of a piece and the first of the next: after a sentence, and after a clause."""
_WINDOW_S = 0.005
_SILENCE_DBFS, _FAINT_DBFS = -50.0, -75.0
"""What is quieter is not heard; and what is quieter than the second is silence that a model makes of nothing: Kokoro's has -150 dBFS."""
_FULL_SCALE = 32_767
_LOUD = 0.9
"""From here on samples are bent, so that none is cut off: some voices go beyond full scale."""


_AS_IS = Prosody()


class Sound(NamedTuple):
    """What a model made of symbols."""

    samples: "NDArray[Any]"
    """From -1 to 1, silence at both ends."""
    starts: "NDArray[Any]"
    """The sample at which each symbol begins, and that at which the last one ends."""


Say: TypeAlias = Callable[[str], Sound]
"""A model, a voice and a speed."""


class _Piece(NamedTuple):
    spelling: Spelling
    sound: Sound
    begin: int
    end: int
    """From the first sample that is not silent to the last."""
    onset: int
    offset: int
    """From the first sample that is heard to the last."""


def spoken(spelling: Spelling, say: Say, longest: int, sample_rate: int, prosody: Prosody = _AS_IS) -> Speech:
    """The speech of a spelling, in pieces of at most `longest` symbols. Where it has nothing to be said the model is not asked.

    Of slow speech the pieces have fewer: memory grows with the sound. The rate is for `say` to heed, the volume is heeded here.

    A word begins where its first sound does by the model's own durations, the first of all with what is heard first.
    """
    parts = [
        _measured(piece, say(piece.symbols), sample_rate)
        for piece in pieces(spelling, max(1, int(longest * min(1.0, prosody.rate))))
        if is_spoken(piece.symbols)
    ]
    if not parts:
        return Speech(b"", sample_rate, unread=spelling.unread)
    places = list(_places(parts, sample_rate))
    words: list[Timing] = []
    for part, place in zip(parts, places, strict=True):
        for number, word in enumerate(part.spelling.words):
            start = part.onset if number == 0 else max(part.onset, min(int(part.sound.starts[word.at]), part.offset))
            words.append(Timing(Samples(place + start - part.begin), word.offset, word.length))
    return Speech(_pcm(parts, places, prosody.volume), sample_rate, tuple(words), unread=spelling.unread, exact=True)


def _measured(spelling: Spelling, sound: Sound, sample_rate: int) -> _Piece:
    import numpy as np

    window = int(_WINDOW_S * sample_rate)
    samples = sound.samples
    whole = samples[: len(samples) // window * window].reshape(-1, window).astype(np.float64)
    levels = 10 * np.log10(np.mean(whole * whole, axis=1) + 1e-20)
    heard, there = (np.flatnonzero(levels > threshold) for threshold in (_SILENCE_DBFS, _FAINT_DBFS))
    if not len(heard):
        return _Piece(spelling, sound, 0, len(samples), 0, len(samples))
    begin, end = int(there[0]) * window, (int(there[-1]) + 1) * window
    return _Piece(spelling, sound, begin, end, int(heard[0]) * window, (int(heard[-1]) + 1) * window)


def _places(parts: list[_Piece], sample_rate: int) -> Iterator[int]:
    """Where the first sample of each piece stands: so that a listener hears the pause, faint ends may overlap."""
    silent_from = 0
    for number, part in enumerate(parts):
        pause = 0 if number == 0 else int(_pause(parts[number - 1].spelling.symbols) * sample_rate)
        place = 0 if number == 0 else max(0, silent_from + pause - (part.onset - part.begin))
        silent_from = place + part.offset - part.begin
        yield place


def _pause(symbols: str) -> float:
    """In seconds, after a piece that is not the last."""
    if ends_sentence(symbols):
        return _PAUSE_S
    return 0.0 if symbols[-1:].isalnum() else _SHORT_PAUSE_S


def _pcm(parts: list[_Piece], places: list[int], volume: float) -> bytes:
    import numpy as np

    length = max(place + part.end - part.begin for place, part in zip(places, parts, strict=True))
    mixed = np.zeros(length)
    for part, place in zip(parts, places, strict=True):
        mixed[place : place + part.end - part.begin] += part.sound.samples[part.begin : part.end]
    mixed *= volume
    over = np.maximum(np.abs(mixed) - _LOUD, 0) / (1 - _LOUD)
    bent = np.where(over > 0, np.sign(mixed) * (_LOUD + (1 - _LOUD) * over / (1 + over)), mixed)
    pcm: bytes = np.rint(bent * _FULL_SCALE).astype("<i2").tobytes()
    return pcm
