"""MPEG audio Layer III as a grid of frames: the one clock of this program.

A recording is mono at constant bit rate, so that time is a count of frames and joining is copying. Header fields after
ISO/IEC 11172-3 2.4.1.3 (MPEG-1) and 13818-3 (MPEG-2, half the sampling rates); frame length after 2.4.3.1.
"""

import re
from functools import cache
from itertools import accumulate

from msgspec import Struct

from chaptercast.common.units import FrameCount, Milliseconds, Samples

_MPEG1_RATES = (44_100, 48_000, 32_000)
_MPEG2_RATES = (22_050, 24_000, 16_000)
_MPEG1_KBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_KBITS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)

_SYNC_LAYER3_NO_CRC = 0xFFE2_0000 | 1 << 16
_MPEG1_BITS = 3 << 19
_MPEG2_BITS = 2 << 19
_MONO_ORIGINAL = 3 << 6 | 1 << 2
"""Channel mode single, copyright unset, original set: as LAME writes them, since some players resynchronise where they change."""

_HEADER_BYTES = 4

CODEC_DELAY = Samples(1105)
"""From the first sample of a stream's first frame to the first sample that went into LAME: 576 of the encoder, 529 of every decoder."""


class Grid(Struct, frozen=True):
    """Sampling rate and bit rate of a mono stream; every frame of one recording lies on one grid."""

    sample_rate: int
    """Hz."""
    bit_rate: int
    """Bits in a second."""

    def __post_init__(self) -> None:
        """Refuse what Layer III does not have. Raises `ValueError`."""
        rates, kbits = (_MPEG1_RATES, _MPEG1_KBITS) if self.is_mpeg1 else (_MPEG2_RATES, _MPEG2_KBITS)
        if self.sample_rate not in rates or self.bit_rate % 1000 or self.bit_rate // 1000 not in kbits[1:]:
            raise ValueError(f"MPEG Layer III has no {self.sample_rate} Hz with {self.bit_rate} bit/s")

    @property
    def is_mpeg1(self) -> bool:
        """Whether the sampling rate is one of MPEG-1."""
        return self.sample_rate >= min(_MPEG1_RATES)

    @property
    def samples_per_frame(self) -> int:
        """1152 in MPEG-1, 576 in MPEG-2."""
        return 1152 if self.is_mpeg1 else 576

    def frame_bytes(self, *, padded: bool) -> int:
        """The length of a frame in bytes, header included."""
        return self.samples_per_frame // 8 * self.bit_rate // self.sample_rate + padded

    def header(self, *, padded: bool) -> bytes:
        """The four bytes that open a frame."""
        rates, kbits = (_MPEG1_RATES, _MPEG1_KBITS) if self.is_mpeg1 else (_MPEG2_RATES, _MPEG2_KBITS)
        bits = _SYNC_LAYER3_NO_CRC | (_MPEG1_BITS if self.is_mpeg1 else _MPEG2_BITS) | _MONO_ORIGINAL
        bits |= kbits.index(self.bit_rate // 1000) << 12 | rates.index(self.sample_rate) << 10 | padded << 9
        return bits.to_bytes(4, "big")

    def silent_frame(self, *, padded: bool) -> bytes:
        """A frame of silence: a header, and zeros for the side information (no main data) and the rest."""
        return self.header(padded=padded).ljust(self.frame_bytes(padded=padded), b"\0")

    def frames(self, samples: int) -> FrameCount:
        """The nearest whole number of frames, never below none."""
        return FrameCount(max(0, (2 * samples + self.samples_per_frame) // (2 * self.samples_per_frame)))

    def samples(self, duration: Milliseconds) -> Samples:
        """A duration in samples, rounded."""
        return Samples((duration * self.sample_rate + 500) // 1000)

    def milliseconds(self, samples: int) -> Milliseconds:
        """Samples as a duration, rounded."""
        return Milliseconds((samples * 1000 + self.sample_rate // 2) // self.sample_rate)


def silence(grid: Grid, count: int, stream_bytes: int, stream_frames: int) -> bytes:
    """`count` frames of silence to follow a stream of `stream_bytes` in `stream_frames`.

    Where a frame is no whole number of bytes (22.05 and 44.1 kHz), frames are padded so that the stream keeps to its bit
    rate: players that seek by it stay exact.
    """
    bits_per_frame, bits_per_second = grid.samples_per_frame * grid.bit_rate, 8 * grid.sample_rate
    plain, padded = grid.silent_frame(padded=False), grid.silent_frame(padded=True)
    if bits_per_frame % bits_per_second == 0:
        return plain * count
    out = bytearray()
    for number in range(stream_frames + 1, stream_frames + count + 1):
        ideal = number * bits_per_frame // bits_per_second
        out += padded if stream_bytes + len(out) + len(plain) < ideal else plain
    return bytes(out)


def frame_offsets(data: bytes, grid: Grid, *, partial: bool = False) -> list[int]:
    """The offset of each frame in `data`, then that of the end of the last one.

    With `partial` a last frame that is cut short is left for later; else the end is `len(data)`. Raises `ValueError` at a
    header that is not on the grid, or at a frame that is cut short.
    """
    one, many, lengths = _patterns(grid)
    whole = many.match(data)
    end = whole.end() if whole else 0
    rest = data[end:]
    begun = any(grid.header(padded=padded).startswith(rest[:_HEADER_BYTES]) for padded in (False, True))
    if rest and not begun:
        raise ValueError(f"no frame of {grid.sample_rate} Hz, {grid.bit_rate} bit/s at byte {end}")
    if rest and not partial:
        raise ValueError(f"the last frame is cut short: {len(rest)} bytes of it are there")
    return list(accumulate(map(lengths.__getitem__, one.findall(data, 0, end)), initial=0))


@cache
def _patterns(grid: Grid) -> tuple[re.Pattern[bytes], re.Pattern[bytes], dict[bytes, int]]:
    """What matches a frame and gives its third byte, what matches any number of frames, and the length of a frame by that byte.

    A recording of hours has a million: a single byte of each is not copied, as whole frames would be.
    """
    forms = {grid.header(padded=padded): grid.frame_bytes(padded=padded) for padded in (False, True)}
    frame = b"|".join(b"%b.{%d}" % (re.escape(header), length - _HEADER_BYTES) for header, length in forms.items())
    one, many = b"(?=..(.))(?:%b)" % frame, b"(?:%b)*+" % frame
    return (
        re.compile(one, re.DOTALL),
        re.compile(many, re.DOTALL),
        {header[2:3]: length for header, length in forms.items()},
    )


def parse_header(header: bytes) -> Grid:
    """The grid of a frame that begins with `header`. Raises `ValueError` where it is not one of ours: mono Layer III without CRC."""
    for rates, kbits in ((_MPEG1_RATES, _MPEG1_KBITS), (_MPEG2_RATES, _MPEG2_KBITS)):
        for rate in rates:
            for kbit in kbits[1:]:
                grid = Grid(rate, kbit * 1000)
                if header[:4] in (grid.header(padded=False), grid.header(padded=True)):
                    return grid
    raise ValueError("no frame of mono MPEG Layer III follows its tag")


INFO_BYTES = 133
"""A frame with an Info header without LAME's extension: 4 + 9 of side information + `Info`, flags, frames, bytes, TOC, quality."""


def info_frame(grid: Grid, frames: int, audio_bytes: int) -> bytes:
    """The frame in front of a stream that tells players its length: `Info`, the constant-rate form of the Xing header.

    `frames` and `audio_bytes` count the stream without this frame; the byte field includes it, as LAME writes it.
    There is no LAME extension: it would not fit a frame of 144 bytes, and without it no player cuts or shifts anything,
    so that all of them agree on every time.
    """
    side_information = 17 if grid.is_mpeg1 else 9
    length = grid.frame_bytes(padded=False)
    toc = bytes(256 * percent // 100 for percent in range(100))
    body = (
        b"Info"
        + (0b1111).to_bytes(4, "big")
        + frames.to_bytes(4, "big")
        + (audio_bytes + length).to_bytes(4, "big")
        + toc
    )
    frame = grid.header(padded=False) + bytes(side_information) + body + (0).to_bytes(4, "big")
    if len(frame) > length:
        raise ValueError(f"an Info header does not fit a frame of {length} bytes")
    return frame.ljust(length, b"\0")
