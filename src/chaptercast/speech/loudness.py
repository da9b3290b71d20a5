"""How loud speech is, by EBU R 128, and what makes it as loud as it should be: a gain, and a limiter that looks ahead.

Loudness is ITU-R BS.1770-5: power behind two filters (K-weighting), in blocks of 400 ms, gated twice. The power behind a filter is a
sum over the signal's autocorrelation, which the standard library computes in C: a few lags are enough for a curve as smooth as this one.
"""

import math
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

FULL_SCALE = 32768
_OFFSET_DB = -0.691
_ABSOLUTE_GATE, _RELATIVE_GATE = -70.0, -10.0
"""LUFS, and LU below the mean of what passes the first."""
_BLOCK_S = 0.4
SPARSE = 8
"""One block in so many is measured as it is spoken: speech is alike for seconds, and to look at all of it takes a third of its encoding."""
_LAGS = 5
_LAG_RATE = 22_050
"""Hz: at higher rates a lag is several samples."""
_STEP_MS = 5
"""Of the limiter."""
_FINER = 5
_RELEASE = 0.04
"""How much of its gain the limiter gives back in a step: 4 dB in 50 ms."""
_OVERSAMPLING, _TAPS = 4, 12
FEW = 3
"""Stretches that are looked at for a true peak as a clip is spoken."""
_LOWEST = 150.0
"""Hz: below it the high-pass falls too steeply for so few lags, and speech has little there."""
_HALF = 0.5
"""What is measured is halved, so that a sum of two samples fits 16 bits."""


class Level(Struct, frozen=True):
    """What makes a voice as loud as it should be."""

    gain_db: float
    peak_db: float
    """What the loudest sample may reach, in dB of full scale."""


class Block(Struct, frozen=True, array_like=True):
    """A stretch of sound: how loud it is, and for how long it stands."""

    loudness: float
    """LUFS."""
    seconds: float


def blocks_of(pcm: bytes, rate: int, every: int = 1) -> tuple[Block, ...]:
    """The loudness of mono PCM of 16 bits, `every` so many blocks; a measured one stands for those up to the next."""
    from pydub.utils import audioop

    length, total = round(_BLOCK_S * rate), len(pcm) // 2
    found: list[Block] = []
    for start in range(0, total, every * length):
        stretch = min(every * length, total - start)
        place = start + max(0, stretch - length) // 2  # amid what it stands for: a sentence begins louder than it ends
        piece = audioop.mul(pcm[2 * place : 2 * (place + length)], 2, _HALF)
        if len(piece) >= length or not found:  # half a block, or more
            found.append(Block(round(_loudness(piece, rate), 2), round(stretch / rate, 3)))
    return tuple(found)


def integrated(blocks: Iterable[Block]) -> float | None:
    """The loudness of all blocks together, in LUFS; nothing where all is silent."""
    heard = [block for block in blocks if block.loudness > _ABSOLUTE_GATE]
    first = _mean(heard)
    return None if first is None else _mean([block for block in heard if block.loudness > first + _RELATIVE_GATE])


def levelled(pcm: bytes, rate: int, level: Level) -> bytes:
    """Mono PCM of 16 bits with a gain; where it would be over the peak, less of it, from shortly before to shortly after."""
    from pydub.utils import audioop

    gain, ceiling = 10 ** (level.gain_db / 20), FULL_SCALE * 10 ** (level.peak_db / 20)
    if audioop.max(pcm, 2) * gain <= ceiling:
        return bytes(audioop.mul(pcm, 2, gain))
    step = 2 * max(_FINER, rate * _STEP_MS // 1000 // _FINER * _FINER)
    view = memoryview(pcm)
    peaks = [audioop.max(view[at : at + step], 2) for at in range(0, len(pcm), step)]
    edges = _edges([min(gain, ceiling / peak) if peak else gain for peak in peaks], gain)
    out, begun = bytearray(), 0
    for number, (before, after) in enumerate(pairwise(edges)):
        if before == after == gain:
            continue
        out += audioop.mul(view[begun * step : number * step], 2, gain)
        begun = number + 1
        out += _ramp(view[number * step : begun * step], before, after)
    return bytes(out + audioop.mul(view[begun * step :], 2, gain))


def true_peak(pcm: bytes, rate: int, looked_at: int = FEW) -> float | None:
    """The highest level of the curve through the samples, in dBTP; nothing where all is silent.

    It is looked for where samples are highest, in so many stretches of 5 ms: the more, the surer.
    """
    from pydub.utils import audioop

    highest = audioop.max(pcm, 2)
    if not highest:
        return None
    step = 2 * (rate * _STEP_MS // 1000)
    view = memoryview(pcm)
    peaks = sorted(((audioop.max(view[at : at + step], 2), -at) for at in range(0, len(pcm), step)), reverse=True)
    curve = max(_between(pcm, -at // 2, step // 2) for _, at in peaks[:looked_at])
    return 20 * math.log10(max(highest, curve) / FULL_SCALE)


def _mean(blocks: Sequence[Block]) -> float | None:
    seconds = sum(block.seconds for block in blocks)
    if not seconds:
        return None
    return 10 * math.log10(sum(10 ** (block.loudness / 10) * block.seconds for block in blocks) / seconds)


def _loudness(piece: bytes, rate: int) -> float:
    """Of a block whose samples are halved."""
    from pydub.utils import audioop

    stride = max(1, round(rate / _LAG_RATE))
    own = audioop.rms(piece, 2) ** 2
    constant, *weights = _weights(rate)
    power = constant * own
    for lag, weight in enumerate(weights, 1):
        shift = 2 * lag * stride
        if len(piece) > shift:
            together = audioop.rms(audioop.add(piece[:-shift], piece[shift:], 2), 2) ** 2
            power += weight * (together / 2 - own)
    whole = power / (_HALF * FULL_SCALE) ** 2
    return _OFFSET_DB + 10 * math.log10(whole) if whole > 1e-10 else -100.0


@cache
def _weights(rate: int) -> tuple[float, ...]:
    """What the autocorrelation at each lag counts, so that their sum is the power behind the K filters.

    The cosine series that comes nearest to the filters' response, where speech has its power: by least squares.
    """
    stride = max(1, round(rate / _LAG_RATE))
    top = rate / 2 / stride
    points = [_LOWEST + (top - _LOWEST) * (number / 300) ** 2 for number in range(301)]
    size = _LAGS + 1
    normal = [[0.0] * (size + 1) for _ in range(size)]
    for number, hertz in enumerate(points):
        wave = [math.cos(math.pi * lag * hertz / top) for lag in range(size)]
        importance = (number + 1) / (
            1 + (hertz / 500) ** 2
        )  # points stand closer below; speech falls by 6 dB and more an octave
        for row in range(size):
            for column in range(size):
                normal[row][column] += importance * wave[row] * wave[column]
            normal[row][size] += importance * wave[row] * _response(hertz)
    return tuple(_solved(normal))


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


def _edges(wanted: Sequence[float], gain: float) -> list[float]:
    """The gain at the beginning of each step and at the end of the last: never above what the steps on both sides want."""
    held = [min(wanted[max(0, n - 1) : n + 2]) for n in range(len(wanted))]
    last = gain
    for number, most in enumerate(held):
        last = held[number] = min(most, last + _RELEASE * gain, gain)
    return [held[0], *(min(before, after) for before, after in pairwise(held)), held[-1]]


def _ramp(piece: memoryview, before: float, after: float) -> bytes:
    """A step with a gain that goes from one value to another, in so small steps that none is heard."""
    from pydub.utils import audioop

    if before == after:
        return bytes(audioop.mul(piece, 2, before))
    size = max(2, len(piece) // 2 // _FINER * 2)
    out = bytearray()
    for number, at in enumerate(range(0, len(piece), size)):
        edges = [before + (after - before) * min(1.0, (number + more) / _FINER) for more in (0, 1)]
        out += audioop.mul(piece[at : at + size], 2, min(edges))
    return bytes(out)


def _between(pcm: bytes, start: int, length: int) -> float:
    """The highest point of the curve through some samples, at four times their rate."""
    first = max(0, start - _TAPS)
    samples = memoryview(pcm).cast("h")[first : start + length + _TAPS]
    highest = max(abs(sample) for sample in samples)
    best = float(highest)
    for place, sample in enumerate(samples):
        if abs(sample) < 0.7 * highest:
            continue
        around = samples[max(0, place - _TAPS // 2 + 1) : place + _TAPS // 2 + 1]
        if len(around) == _TAPS:
            best = max(best, *(abs(sum(map(float.__mul__, map(float, around), phase))) for phase in _phases()))
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
