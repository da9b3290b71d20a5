"""Decodes finished sound, whoever made it, a few seconds at a time: MP3, FLAC, WAV and Ogg Vorbis by miniaudio, all else by PyAV."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from chaptercast.errors import InputError, UsageError

SECONDS = 8
"""That are decoded at once."""
_PLAIN = frozenset({".mp3", ".flac", ".wav", ".ogg"})
AUDIO = _PLAIN | {".m4b", ".m4a", ".mp4", ".aac", ".opus", ".oga", ".webm"}
"""Suffixes of files with sound."""
_REMEDY = "Is it whole, and is it sound? Convert or export it again."


class Stretch(Struct, frozen=True):
    """A few seconds of sound."""

    rate: int
    channels: tuple[bytes, ...]
    """Samples of 16 bits: one channel, or two."""


def decoded(audio: Path) -> Iterator[Stretch]:
    """The sound of a file. Raises `InputError` where it cannot be decoded, `UsageError` where that needs PyAV."""
    return _by_miniaudio(audio) if audio.suffix.lower() in _PLAIN else _by_pyav(audio)


def _by_miniaudio(audio: Path) -> Iterator[Stretch]:
    import miniaudio
    from pydub.utils import audioop

    try:
        about = miniaudio.get_file_info(str(audio))
        rate, count = about.sample_rate, min(2, about.nchannels)
        stream = miniaudio.stream_file(str(audio), nchannels=count, sample_rate=rate, frames_to_read=SECONDS * rate)
        for samples in stream:
            pcm = samples.tobytes()
            yield Stretch(rate, (pcm,) if count == 1 else (audioop.tomono(pcm, 2, 1, 0), audioop.tomono(pcm, 2, 0, 1)))
    except (miniaudio.MiniaudioError, OSError) as error:
        raise InputError(f"{audio} cannot be decoded: {error}.", _REMEDY) from error


def _by_pyav(audio: Path) -> Iterator[Stretch]:
    try:
        import av
    except ImportError as error:
        raise UsageError(f"To decode {audio} needs PyAV.", "Install it: pip install 'chaptercast[m4b]'") from error
    av.logging.set_level(av.logging.PANIC)
    try:
        with av.open(str(audio)) as container:
            if not container.streams.audio:
                raise InputError(f"{audio} has no sound.", _REMEDY)
            stream = container.streams.audio[0]
            count, rate = min(2, stream.channels), stream.rate
            resampler = av.AudioResampler(format="s16p", layout="mono" if count == 1 else "stereo", rate=rate)
            yield from _gathered(_planes(container, stream, resampler, count), rate, count)
    except (av.FFmpegError, OSError) as error:
        raise InputError(f"{audio} cannot be decoded: {error}.", _REMEDY) from error


def _planes(container: Any, stream: Any, resampler: Any, count: int) -> Iterator[tuple[bytes, ...]]:
    """The samples of each frame, by channel."""
    for frame in container.decode(stream):
        for plain in resampler.resample(frame):
            yield tuple(bytes(plain.planes[number])[: 2 * plain.samples] for number in range(count))


def _gathered(planes: Iterator[tuple[bytes, ...]], rate: int, count: int) -> Iterator[Stretch]:
    """Frames as stretches of some seconds."""
    waiting = [bytearray() for _ in range(count)]
    for each in planes:
        for channel, pcm in zip(waiting, each, strict=True):
            channel.extend(pcm)
        if len(waiting[0]) >= 2 * SECONDS * rate:
            yield Stretch(rate, tuple(map(bytes, waiting)))
            waiting = [bytearray() for _ in range(count)]
    if waiting[0]:
        yield Stretch(rate, tuple(map(bytes, waiting)))
