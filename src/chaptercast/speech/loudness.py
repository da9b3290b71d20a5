"""How loud speech is, by EBU R 128, and what makes it as loud as it should be: a gain, and a limiter that looks ahead.

Loudness is ITU-R BS.1770-5: power behind two filters (K-weighting), in blocks of 400 ms, gated twice. The power behind a filter is a
sum over the signal's autocorrelation, which the standard library computes in C: a few lags are enough for a curve as smooth as this one,
and for speech a single one is.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import repeat
from typing import TypeAlias

from msgspec import Struct

FULL_SCALE = 32768
_OFFSET_DB = -0.691
_ABSOLUTE_GATE, _RELATIVE_GATE = -70.0, -10.0
"""LUFS, and LU below the mean of what passes the first."""
_BLOCK_S = 0.4
_TENTHS_A_BLOCK = 4
_LEAST_S = 0.1
"""What is shorter at the end is not measured."""
_LAGS, _LAG_RATE, _FALL = 5, 22_050, 2
"""For any sound. The rate in Hz: where it is higher, a lag is several samples. The importance of a frequency falls by this power of it."""
_SPEECH_LAGS, _SPEECH_LAG_RATE, _SPEECH_FALL = 1, 11_025, 3
"""For speech: within 0.1 LU of the filters for 13 voices of three engines in eight languages, for a quarter of the time."""
_STEP_MS = 5
"""Of the limiter."""
_ATTACK, _RELEASE = 0.12, 0.04
"""How much of its gain the limiter takes, and gives back, in a step: 4 dB in 20 ms, and in 50 ms."""
_HISS, _HISS_DB = 0.25, 1.6
"""A step that crosses zero at more than a quarter of its samples is a hissing sound. The curve between its samples goes higher than that of
a vowel, so its ceiling is lower."""
PEAKS_A_SECOND = 10
_OVERSAMPLING, _TAPS = 4, 12
FEW = 3
"""Tenths of a second that are looked at for a true peak as a clip is spoken."""
_POINTS = 100
_LOWEST = 150.0
"""Hz: below it the high-pass falls too steeply for so few lags, and speech has little there."""


class Loudness(Struct, frozen=True):
    """How loud recordings are to be."""

    lufs: float
    """Integrated, by EBU R 128."""
    peak_dbtp: float
    """What no true peak is to be over."""


class Level(Struct, frozen=True):
    """What makes a voice as loud as it should be."""

    gain_db: float
    peak_db: float
    """What the loudest sample may reach, in dB of full scale."""
    relative: bool = False
    """Whether it counts from the loudness of the clip itself, because the gain of its voice is not known yet."""

    def of(self, pcm: bytes, rate: int) -> "Level | None":
        """The level for one clip: the same, or that which its own loudness gives; `None` if that is relative, and it is silent."""
        if not self.relative:
            return self
        lufs = integrated(speech_blocks(pcm, rate))
        return None if lufs is None else Level(self.gain_db, min(0.0, lufs + self.peak_db))

    @property
    def gain(self) -> float:
        """The gain as a factor."""
        return float(10 ** (self.gain_db / 20))

    @property
    def ceiling(self) -> float:
        """The highest sample."""
        return float(FULL_SCALE * 10 ** (self.peak_db / 20))


_Weights: TypeAlias = tuple[tuple[int, float], ...]
"""Lags in samples, and what each counts."""


class Block(Struct, frozen=True, array_like=True):
    """A stretch of sound: how loud it is, and for how long it stands."""

    loudness: float
    """LUFS."""
    seconds: float


def blocks_of(pcm: bytes | memoryview, rate: int) -> tuple[Block, ...]:
    """The loudness of any mono PCM of 16 bits, block by block."""
    return _blocks(pcm, rate, _weights(rate, _LAGS, _LAG_RATE, _FALL))


def speech_blocks(pcm: bytes | memoryview, rate: int) -> tuple[Block, ...]:
    """The loudness of speech, block by block: as `blocks_of`, for less time."""
    if rate < 2 * _SPEECH_LAG_RATE:
        return blocks_of(pcm, rate)
    return _blocks(pcm, rate, _weights(rate, _SPEECH_LAGS, _SPEECH_LAG_RATE, _SPEECH_FALL))


def _blocks(pcm: bytes | memoryview, rate: int, weights: _Weights) -> tuple[Block, ...]:
    size, sound = 2 * round(_BLOCK_S * rate), memoryview(pcm)
    pieces = (sound[at : at + size] for at in range(0, len(sound), size))
    heard = [piece for number, piece in enumerate(pieces) if number == 0 or len(piece) >= 2 * _LEAST_S * rate]
    return tuple(Block(round(_loudness(piece, weights), 2), round(len(piece) / 2 / rate, 3)) for piece in heard)


def integrated(blocks: Iterable[Block]) -> float | None:
    """The loudness of all blocks together, in LUFS; nothing where all is silent."""
    known = tuple(blocks)
    return gated((10 ** (block.loudness / 10) for block in known), (block.seconds for block in known))


def integrated_in_time(powers: Sequence[float]) -> float | None:
    """The loudness of a whole recording, pauses and all, by the power in each tenth of a second; nothing where all is silent.

    In blocks that begin every tenth of a second, as BS.1770 has it.
    """
    blocks = zip(*(powers[n:] for n in range(_TENTHS_A_BLOCK)), strict=False)
    return gated(sum(block) / _TENTHS_A_BLOCK for block in blocks)


def gated(powers: Iterable[float], seconds: Iterable[float] = repeat(1.0)) -> float | None:
    """The loudness of blocks by their powers, gated twice as BS.1770 has it; nothing where all is silent.

    `seconds` is how long each of them stands; all for as long as each other, if it is not given.
    """
    blocks = zip(powers, seconds, strict=False)
    heard = [(power, length) for power, length in blocks if power > 10 ** (_ABSOLUTE_GATE / 10)]
    if not heard:
        return None
    gate = _mean(heard) * 10 ** (_RELATIVE_GATE / 10)
    return 10 * math.log10(_mean([(power, length) for power, length in heard if power > gate]))


def peaks(pcm: bytes | memoryview, rate: int) -> list[int]:
    """The highest sample of each tenth of a second of mono PCM of 16 bits."""
    from pydub.utils import audioop

    sound, step = memoryview(pcm), 2 * (rate // PEAKS_A_SECOND)
    return [audioop.max(sound[at : at + step], 2) for at in range(0, len(sound), step)]


def levelled(pcm: bytes | memoryview, rate: int, level: Level, highest: Sequence[int] | None = None) -> bytes:
    """Mono PCM of 16 bits with a gain; where it would be over the peak, less of it, from shortly before to shortly after.

    `highest` are its `peaks`, if they are known.
    """
    from pydub.utils import audioop

    gain, view, half = level.gain, memoryview(pcm), _step(rate) // 2
    gains, loud = _gains(view, rate, level, peaks(pcm, rate) if highest is None else highest)
    out: list[bytes] = []
    begun = 0
    for first, last in _lowered(gains, loud, gain):
        out.append(audioop.mul(view[2 * half * begun : 2 * half * first], 2, gain))
        near = [gains[max(0, first - 1)], *gains[first : last + 1], gains[last] if last + 1 == len(gains) else gain]
        halves = [
            each
            for before, own, after in zip(near, near[1:], near[2:], strict=False)
            for each in (min(own, (before + own) / 2), min(own, (own + after) / 2))
        ]
        begun = last + 1
        places = range(2 * half * first, 2 * half * begun, half)
        out += [audioop.mul(view[at : at + half], 2, each) for at, each in zip(places, halves, strict=True)]
    out.append(audioop.mul(view[2 * half * begun :], 2, gain))
    return b"".join(out)


def true_peak(
    pcm: bytes | memoryview, rate: int, looked_at: int = FEW, highest: Sequence[int] | None = None
) -> float | None:
    """The highest level of the curve through the samples, in dBTP; nothing where all is silent.

    It is looked for at the highest sample of a tenth of a second, in so many tenths: the more, the surer. `highest` are the `peaks`,
    if they are known.
    """
    from pydub.utils import audioop

    found = peaks(pcm, rate) if highest is None else highest
    if not any(found):
        return None
    step, view = rate // PEAKS_A_SECOND, memoryview(pcm)
    best = 0.0
    for _, number in sorted(((-peak, number) for number, peak in enumerate(found) if peak))[:looked_at]:
        piece = view[2 * number * step : 2 * (number + 1) * step]
        place = number * step + audioop.findmax(piece, 1)
        best = max(best, _between(view.cast("h") if view.format != "h" else view, place))
    return 20 * math.log10(best / FULL_SCALE)


def _mean(blocks: Sequence[tuple[float, float]]) -> float:
    """The mean of powers, each of which stands for so many seconds."""
    return sum(power * length for power, length in blocks) / sum(length for _, length in blocks)


def _loudness(piece: memoryview, weights: _Weights) -> float:
    from pydub.utils import audioop

    power = 0.0
    for shift, weight in weights:
        if shift == 0:
            power += weight
        elif len(piece) > 2 * shift:
            power += weight * audioop.findfactor(piece[: -2 * shift], piece[2 * shift :])  # the autocorrelation there
    whole = power * (audioop.rms(piece, 2) / FULL_SCALE) ** 2
    return _OFFSET_DB + 10 * math.log10(whole) if whole > 1e-10 else -100.0


@cache
def _weights(rate: int, lags: int, lag_rate: int, fall: int) -> _Weights:
    """What the autocorrelation at each lag, in samples, counts, so that their sum is the power behind the K filters.

    The cosine series that comes nearest to the filters' response, where speech has its power: by least squares.
    """
    stride = max(1, round(rate / lag_rate))
    top = rate / 2 / (stride if lags > 1 else 1)
    points = [_LOWEST + (top - _LOWEST) * (number / _POINTS) ** 2 for number in range(_POINTS + 1)]
    size = lags + 1
    normal = [[0.0] * (size + 1) for _ in range(size)]
    for number, hertz in enumerate(points):
        wave = [math.cos(2 * math.pi * lag * stride * hertz / rate) for lag in range(size)]
        importance = (number + 1) / (
            1 + (hertz / 500) ** fall
        )  # points stand closer below; speech falls by 6 dB and more an octave
        for row in range(size):
            for column in range(size):
                normal[row][column] += importance * wave[row] * wave[column]
            normal[row][size] += importance * wave[row] * _response(hertz)
    return tuple((number * stride, weight) for number, weight in enumerate(_solved(normal)))


def _response(hertz: float) -> float:
    """Of the K filters at a frequency, in power: a shelf and a high-pass (BS.1770-5, annex 1), in their analogue form."""
    shelf_hz, shelf_q, gain = 1681.974450955533, 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    s = 1j * hertz / shelf_hz
    middle = gain**0.4996667741545416
    shelf = (gain * s * s + middle / shelf_q * s + 1) / (s * s + s / shelf_q + 1)
    low = 1j * hertz / 38.13547087602444
    high_pass = low * low / (low * low + low / 0.5003270373238773 + 1)
    return float(abs(shelf) ** 2 * abs(high_pass) ** 2)


def _solved(rows: list[list[float]]) -> list[float]:
    """The solution of linear equations, by elimination."""
    size = len(rows)
    for pivot in range(size):
        best = max(range(pivot, size), key=lambda row: abs(rows[row][pivot]))
        rows[pivot], rows[best] = rows[best], rows[pivot]
        for row in range(size):
            if row != pivot:
                factor = rows[row][pivot] / rows[pivot][pivot]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[pivot], strict=True)]
    return [row[size] / row[number] for number, row in enumerate(rows)]


def _step(rate: int) -> int:
    """Of the limiter, in bytes: an even number of samples."""
    return 4 * max(1, rate * _STEP_MS // 2000)


def _gains(pcm: memoryview, rate: int, level: Level, highest: Sequence[int]) -> tuple[list[float], list[int]]:
    """The gain of each step of the limiter, and the steps that would be too high with that of the voice."""
    from pydub.utils import audioop

    gain, most = level.gain, level.ceiling / level.gain
    hissing = most * 10 ** (-_HISS_DB / 20)
    step, tenth = _step(rate), 2 * (rate // PEAKS_A_SECOND)
    count = -(-len(pcm) // step)
    gains, loud, done = [gain] * count, [], 0
    for place, highest_there in enumerate(highest):
        if highest_there <= hissing:  # most are
            continue
        for number in range(max(done, place * tenth // step), min(count, -(-(place + 1) * tenth // step))):
            piece = pcm[number * step : (number + 1) * step]
            peak = audioop.max(piece, 2)
            if peak > hissing:
                allowed = hissing if audioop.cross(piece, 2) > _HISS * len(piece) / 2 else most
                if peak > allowed:
                    loud.append(number)
                    gains[number] = gain * allowed / peak
            done = number + 1
    wanted = [gains[number] for number in loud]
    for number, lowest in zip(loud, wanted, strict=True):
        for near in (max(0, number - 1), min(count - 1, number + 1)):
            gains[near] = min(gains[near], lowest)
    for number in loud:
        _slope(gains, range(number + 1, count), _RELEASE * gain)
        _slope(gains, range(number - 1, -1, -1), _ATTACK * gain)
    return gains, loud


def _slope(gains: list[float], places: range, change: float) -> None:
    """Let the gain rise from that at the first place by not more than a change at each of the others."""
    most = gains[places[0]] if places else 0.0
    for place in places[1:]:
        most += change
        if gains[place] <= most:
            return
        gains[place] = most


def _lowered(gains: Sequence[float], loud: Iterable[int], gain: float) -> Iterator[tuple[int, int]]:
    """The first and the last step of each stretch that has a lower gain than its voice, and one step on both sides."""
    last, end = -1, len(gains) - 1
    for number in loud:
        if number <= last:
            continue
        first = number
        while first > last + 1 and gains[first] < gain:
            first -= 1
        last = number
        while last < end and (gains[last] < gain or gains[last + 1] < gain):
            last += 1
        yield first, last


def _between(samples: memoryview, place: int) -> float:
    """The highest point of the curve around a sample, at four times their rate."""
    around = samples[max(0, place - _TAPS // 2) : place + _TAPS // 2 + 1].tolist()
    best = float(abs(samples[place]))
    for window in (around[:-1], around[1:]):  # before the sample, and after it
        if len(window) == _TAPS:
            best = max(best, *(abs(sum(map(float.__mul__, map(float, window), phase))) for phase in _phases()))
    return best


@cache
def _phases() -> tuple[tuple[float, ...], ...]:
    """What interpolates between two samples: a sinc in a Hann window."""

    def tap(distance: float) -> float:
        window = 0.5 + 0.5 * math.cos(2 * math.pi * distance / (_TAPS + 1))
        return window * (math.sin(math.pi * distance) / (math.pi * distance) if distance else 1.0)

    return tuple(
        tuple(tap(place - (_TAPS // 2 - 1) - part / _OVERSAMPLING) for place in range(_TAPS))
        for part in range(1, _OVERSAMPLING)
    )
