"""Encodes a recording as AAC in sections, side by side on all cores: the same packets on any number of them.

An AAC frame overlaps with those on both sides, and an encoder knows what went before. So a section begins in a pause: where the frames on
both sides of the joint hold zeros alone, the sound across it is that of a recording that is encoded in one go.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from itertools import pairwise
from typing import Any

from msgspec import Struct

from chaptercast.common.processes import available_cores
from chaptercast.publication.exports.chapter_cuts import Frames

SAMPLES = 1024
"""Of an AAC frame. A packet holds what changes between the frame before it and its own."""
_SECTION_S = 60
"""At least. Longer ones would keep fewer cores at work, shorter ones would often begin anew."""
_SEARCHED_S = 600
"""How far on a pause is looked for."""
_ZEROS = 5
"""AAC frames of silence around a joint: two before it, two after it, and one, since it lies on a whole frame."""
_DECODER_TAIL = 512
"""Samples for which the filters of an MP3 decoder sound on."""


class Section(Struct, frozen=True):
    """The packets of a section."""

    first: int
    end: int | None
    """None for the last one: to the end of the recording."""


class Packet(Struct, frozen=True):
    """A packet, and for how many samples it stands."""

    content: bytes
    samples: int


def sections(frames: Frames) -> tuple[Section, ...]:
    """Returns the sections of a recording, each a minute or longer. They depend on nothing but its frames. Raises `OSError`."""
    rate, size = frames.grid.sample_rate, frames.grid.samples_per_frame
    needed = (
        -(-(_ZEROS * SAMPLES + _DECODER_TAIL) // size) + 1
    )  # the first still has the tail of what sounded before it
    apart, searched = _SECTION_S * rate // size, _SEARCHED_S * rate // size
    firsts, at = [0], apart
    with frames.path.open("rb") as stream:
        while at < frames.count - apart // 2:
            pause = frames.silence(stream, range(at, min(at + searched, frames.count)), needed)
            if pause is None:
                at += searched
                continue
            silent_from = (pause + 1) * size + _DECODER_TAIL
            firsts.append(-(-silent_from // SAMPLES) + 2)
            at = pause + apart
    return tuple(Section(first, end) for first, end in pairwise([*firsts, None]) if first is not None)


def packets(frames: Frames, bits: int, workers: int | None = None) -> Iterator[Packet]:
    """Yields all packets, in order. The first one stands for the time before the recording. Raises `OSError`.

    PyAV lets other threads run while it decodes and encodes, so they work side by side. `workers` is their number; None for that of
    the cores.
    """
    count = workers or available_cores()
    waiting: deque[Future[list[Packet]]] = deque()
    pool = ThreadPoolExecutor(count, "aac")
    try:
        for section in sections(frames):
            waiting.append(pool.submit(_encoded, frames, section, bits))
            if len(waiting) > 2 * count:  # no more of a long recording is held in memory
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _encoded(frames: Frames, section: Section, bits: int) -> list[Packet]:
    encoder = _encoder(frames.grid.sample_rate, bits)
    found = [
        Packet(bytes(packet), packet.duration) for sound in _sound(frames, section) for packet in encoder.encode(sound)
    ]
    if section.first:
        del found[0]  # for the time before what was given
    return found if section.end is None else found[: section.end - section.first]


def _encoder(rate: int, bits: int) -> Any:
    import av

    encoder = av.CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = rate, "mono", "fltp"
    encoder.bit_rate, encoder.time_base = bits, Fraction(1, rate)
    return encoder


def _sound(frames: Frames, section: Section) -> Iterator[Any]:
    """Yields a section's decoded frames, from one AAC frame before it to two after it, and None at the end."""
    import av

    rate, size = frames.grid.sample_rate, frames.grid.samples_per_frame
    begin = max(0, section.first - 1) * SAMPLES
    first = -(-begin // size)
    last = frames.count if section.end is None else min(frames.count, -(-(section.end + 2) * SAMPLES // size))
    place = 0

    def placed(sound: Any) -> Any:
        nonlocal place
        sound.pts, sound.time_base, sound.sample_rate = place, Fraction(1, rate), rate
        place += sound.samples
        return sound

    if first * size > begin:
        yield placed(_silence(first * size - begin))
    decoder: Any = av.CodecContext.create("mp3float", "r")
    with frames.path.open("rb") as stream:
        stream.seek(frames.offsets[first])
        for number in range(first, last):
            content = stream.read(frames.offsets[number + 1] - frames.offsets[number])
            yield from map(placed, decoder.decode(av.Packet(content)))
    yield None


def _silence(samples: int) -> Any:
    import av

    sound = av.AudioFrame(format="fltp", layout="mono", samples=samples)
    sound.planes[0].update(bytes(sound.planes[0].buffer_size))
    return sound
