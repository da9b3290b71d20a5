"""A recording as samples, by two decoders that have no code in common."""

from array import array
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import miniaudio

from .probing import audio_format
from .requirement import require
from .running import run


class Pcm(NamedTuple):
    """Decoded sound, one channel."""

    samples: "array[int]"
    """Signed, 16 bits (type code `h`)."""
    rate: int
    """Samples a second."""


def _by_ffmpeg(path: Path) -> Pcm:
    __tracebackhide__ = True
    require("ffmpeg")
    channels, rate = audio_format(path)
    _expect_mono(path, channels)
    output, _ = run(["ffmpeg", "-nostdin", "-v", "error", "-i", path, "-f", "s16le", "-c:a", "pcm_s16le", "-"])
    return Pcm(array("h", output), rate)


def _by_miniaudio(path: Path) -> Pcm:
    about = miniaudio.get_file_info(str(path))
    _expect_mono(path, about.nchannels)
    sound = miniaudio.decode_file(str(path), nchannels=about.nchannels, sample_rate=about.sample_rate)
    return Pcm(sound.samples, sound.sample_rate)


def _expect_mono(path: Path, channels: int) -> None:
    if channels != 1:
        raise AssertionError(f"{path.name} has {channels} channels; a recording has one")


DECODERS: Mapping[str, Callable[[Path], Pcm]] = MappingProxyType({"ffmpeg": _by_ffmpeg, "miniaudio": _by_miniaudio})


def decode(path: Path, decoder: str = "ffmpeg") -> Pcm:
    """The whole of a mono file at its own rate; `decoder` is a key of `DECODERS`."""
    __tracebackhide__ = True
    return DECODERS[decoder](path)
