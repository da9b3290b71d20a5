"""Sounds made for the tests of the judges: tones and silence at exact times, and an MP3 file of them."""

import math
from array import array
from pathlib import Path

import lameenc
from mutagen.id3 import CHAP, CTOC, ID3, TIT2, CTOCFlags

RATE = 24_000
ENCODING_DELAY_MS = 1105 * 1000 / RATE
"""From the first decoded sample to the first encoded one: 576 samples of LAME's and 529 of any decoder's."""

CHAPTERS = [(0, 1500, "开馆时间"), (1500, 3000, "Über die Bücher")]


def tones(*lengths_ms: int, rate: int = RATE, amplitude: int = 8000) -> "array[int]":
    """Silence and a tone of 440 Hz by turns, beginning with silence."""
    samples = array("h")
    for position, length in enumerate(lengths_ms):
        count = length * rate // 1000
        tone = (round(amplitude * math.sin(math.tau * 440 * t / rate)) for t in range(count))
        samples.extend(tone if position % 2 else bytes(count))
    return samples


def write_mp3(path: Path, samples: "array[int]", rate: int = RATE) -> Path:
    """Encodes `samples` (mono, 48 kbit/s) and tags the file with `CHAPTERS`, so as all judges accept it."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(48)
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(1)
    encoder.silence()
    path.write_bytes(bytes(encoder.encode(samples.tobytes())) + bytes(encoder.flush()))
    names = [f"chp{number}" for number in range(len(CHAPTERS))]
    tag = ID3()
    tag.add(TIT2(encoding=1, text="Probe"))
    tag.add(
        CTOC(
            element_id="toc",
            flags=CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED,
            child_element_ids=names,
            sub_frames=[TIT2(encoding=1, text="Chapters")],
        )
    )
    for name, (start, end, title) in zip(names, CHAPTERS, strict=True):
        sub_frames = [TIT2(encoding=1, text=title)]
        tag.add(CHAP(element_id=name, start_time=start, end_time=end, sub_frames=sub_frames))
    tag.save(path, v2_version=3, padding=lambda _: 0)
    return path
