"""Makes MPEG audio Layer III louder or softer without decoding it: by the gain that each granule of a frame states.

A step of `global_gain` is a factor of the fourth root of two. Nothing else in the stream changes, so the decoded sound changes by exactly
that. The fields of the side information: ISO/IEC 11172-3 2.4.1.7 (MPEG-1), 13818-3 2.4.1.7 (MPEG-2, one granule a frame; 2.5 has the same
at half the rates). The checksum: 11172-3 2.4.3.1.
"""

import math
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

STEP_DB = 20 * math.log10(2**0.25)
"""1.505 dB."""
_HEADER, _CHECKSUM = 4, 2
_MPEG1_KBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_KBITS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
"""By the two bits of the version."""
_LAYER_3 = 1
_MONO = 3
_BEFORE_GAIN = 12 + 9
"""Bits of a granule before its gain: `part2_3_length` and `big_values`."""
_HIGHEST = 255


class _Layout(Struct, frozen=True):
    """Where things are in a frame, counted from its first byte."""

    length: int
    gains: tuple[tuple[int, int], ...]
    """Of each granule and channel: the byte in which its gain begins, and how far it is from the right end of two bytes."""
    side: int
    """The first byte of the side information."""
    side_end: int
    checked: bool
    """Whether a checksum follows the header."""


def louder(stream: bytes, steps: int, less: Sequence[int] = ()) -> bytes:
    """A stream of whole frames, so many steps of 1.505 dB louder; softer with a negative number. `less` is taken from them, frame by frame.

    Granules without sound, whose gain is 0, stay as they are. Raises `ValueError` where there is no frame of Layer III with a stated bit
    rate, or where the last is cut short.
    """
    out = bytearray(stream)
    at = number = 0
    while at < len(out):
        own = steps - less[number] if number < len(less) else steps
        layout = _layout(bytes(out[at : at + 2]), out[at + 2] & 0xFE, out[at + 3] >> 6) if at + 3 < len(out) else None
        if layout is None:
            raise ValueError(f"no frame of Layer III at byte {at}")
        if at + layout.length > len(out):
            raise ValueError(f"the last frame is cut short: {len(out) - at} bytes of it are there")
        for byte, shift in layout.gains:
            place = at + byte
            word = out[place] << 8 | out[place + 1]
            gain = word >> shift & 0xFF
            if gain:
                changed = min(max(gain + own, 1), _HIGHEST)
                word ^= (gain ^ changed) << shift
                out[place], out[place + 1] = word >> 8, word & 0xFF
        if layout.checked:
            covered = out[at + 2 : at + _HEADER] + out[at + layout.side : at + layout.side_end]
            out[at + _HEADER : at + layout.side] = _checksum(covered).to_bytes(_CHECKSUM, "big")
        at += layout.length
        number += 1
    return bytes(out)


@cache
def _layout(sync: bytes, third: int, mode: int) -> _Layout | None:
    """Of a frame whose header begins with two bytes and a third, without its last bit; None if it is no such frame."""
    version, layer = sync[1] >> 3 & 3, sync[1] >> 1 & 3
    bit_rate, rate, padding = third >> 4, third >> 2 & 3, third >> 1 & 1
    if sync[0] != 0xFF or sync[1] < 0xE0 or version not in _RATES or layer != _LAYER_3:
        return None
    if not 0 < bit_rate < len(_MPEG1_KBITS) or rate >= len(_RATES[version]):
        return None
    is_mpeg1, channels = version == max(_RATES), 1 if mode == _MONO else 2
    kbits, samples = (_MPEG1_KBITS, 1152) if is_mpeg1 else (_MPEG2_KBITS, 576)
    checked = not sync[1] & 1
    side = _HEADER + _CHECKSUM * checked
    if is_mpeg1:  # main_data_begin, private bits, scfsi
        before, granule, granules, side_bytes = 9 + (3, 5)[mode == _MONO] + 4 * channels, 59, 2, (32, 17)[mode == _MONO]
    else:
        before, granule, granules, side_bytes = 8 + channels, 63, 1, (17, 9)[mode == _MONO]
    bits = (before + number * granule + _BEFORE_GAIN for number in range(granules * channels))
    return _Layout(
        length=samples // 8 * kbits[bit_rate] * 1000 // _RATES[version][rate] + padding,
        gains=tuple((side + bit // 8, 8 - bit % 8) for bit in bits),
        side=side,
        side_end=side + side_bytes,
        checked=checked,
    )


def _checksum(covered: bytearray) -> int:
    """The CRC-16 of Layer III: x^16 + x^15 + x^2 + 1, beginning with ones."""
    value = 0xFFFF
    for byte in covered:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x8005 if value & 0x8000 else value << 1) & 0xFFFF
    return value
