"""Exports M4B and Opus: one file with chapters, for players that cannot play very long MP3s. Needs PyAV (the extra `m4b`).

The MP3 is decoded for it, because a finished recording has no other audio: clips are kept as they were encoded, too. Both formats keep
the chapters' times to the millisecond.
"""

import base64
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from chaptercast.errors import UsageError
from chaptercast.publication.exports import Choices, Entry
from chaptercast.publication.exports.aac_sections import SAMPLES, packets
from chaptercast.publication.exports.book import Book
from chaptercast.publication.exports.credits import narrator
from chaptercast.publication.exports.dates import day
from chaptercast.publication.pictures import Picture, kept_cover

_AAC_BITS, _OPUS_BITS = 48_000, 24_000
"""Bits per second: the same quality as the MP3."""
_OPUS_RATE = 48_000
_MOST_NERO_CHAPTERS = 255
"""Maximum number of chapters in Nero's list; the chapter track holds all."""
_MOST_OPUS_CHAPTERS = 999
_AUDIOBOOK = 2
"""iTunes' number for this kind of media."""
_CHUNK_BYTES = 1 << 20
_GENRE = "Audiobook"


def m4b(book: Book, _choices: Choices) -> Iterator[Entry]:
    """Yields AAC in MPEG-4, with a chapter track, Nero's list of chapters, cover and tags. Raises `UsageError` without PyAV."""
    with _working() as path:
        many = len(book.episode.chapters) > _MOST_NERO_CHAPTERS
        flags = "+faststart+disable_chpl" if many else "+faststart"
        with _av().open(str(path), "w", format="ipod", options={"movflags": flags, "fflags": "+bitexact"}) as out:
            out.set_chapters(_chapters(book))
            rate = book.frames.grid.sample_rate
            stream = out.add_stream("aac", rate=rate, layout="mono")
            stream.bit_rate = _AAC_BITS
            _mux_aac(book, out, stream, rate)
        _tag_m4b(path, book, kept_cover(book.folder))
        yield Entry("", _content(path))


def opus(book: Book, _choices: Choices) -> Iterator[Entry]:
    """Yields Opus in Ogg, with chapters as tags. Raises `UsageError` without PyAV."""
    with _working() as path:
        with _av().open(str(path), "w", format="ogg", options={"fflags": "+bitexact"}) as out:
            stream = out.add_stream("libopus", rate=_OPUS_RATE, layout="mono")
            _encode_opus(book, out, stream)
        _tag_opus(path, book, kept_cover(book.folder))
        yield Entry("", _content(path))


def _av() -> Any:
    try:
        import av
    except ImportError as error:
        raise UsageError("M4B and Opus need PyAV.", "Install it: pip install 'chaptercast[m4b]'") from error
    av.logging.set_level(av.logging.PANIC)
    return av


@contextmanager
def _working() -> Iterator[Path]:
    """Yields the path of a temporary file in which encoders can seek."""
    with tempfile.TemporaryDirectory(prefix="chaptercast-") as folder:
        yield Path(folder) / "book"


def _mux_aac(book: Book, out: Any, stream: Any, rate: int) -> None:
    """Writes packets that were encoded in sections. The stream's own encoder only says what the header needs."""
    av = _av()
    out.start_encoding()
    place = -SAMPLES  # the first packet is of the encoder's own delay
    for encoded in packets(book.frames, _AAC_BITS):
        packet = av.Packet(encoded.content)
        packet.stream, packet.time_base, packet.is_keyframe = stream, Fraction(1, rate), True
        packet.pts = packet.dts = place
        packet.duration = encoded.samples
        place += SAMPLES
        out.mux(packet)


def _encode_opus(book: Book, out: Any, stream: Any) -> None:
    av = _av()
    stream.bit_rate = _OPUS_BITS
    resampler = av.AudioResampler(format="s16", layout="mono", rate=_OPUS_RATE)
    with av.open(str(book.frames.path)) as recording:
        for decoded in recording.decode(recording.streams.audio[0]):
            for frame in resampler.resample(decoded):
                out.mux(stream.encode(frame))
    for frame in resampler.resample(None):
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))


def _chapters(book: Book) -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "start": chapter.start,
            "end": chapter.end,
            "time_base": Fraction(1, 1000),
            "metadata": {"title": _line(chapter.title) or str(number + 1)},
        }
        for number, chapter in enumerate(book.episode.chapters)
    ]


def _tag_m4b(path: Path, book: Book, cover: Picture | None) -> None:
    from mutagen.mp4 import MP4, MP4Cover

    episode, file = book.episode, MP4(path)
    texts = {
        "\xa9nam": _line(episode.title),
        "\xa9alb": _line(episode.title),
        "\xa9ART": "; ".join(episode.persons),
        "\xa9nrt": narrator(episode),
        "\xa9gen": _GENRE,
        "\xa9day": day(episode.date),
        "desc": _line(episode.description),
    }
    for name, text in texts.items():
        if text:
            file[name] = [text]
    file["stik"], file["pgap"] = [_AUDIOBOOK], True
    if cover is not None:
        kind = MP4Cover.FORMAT_PNG if cover.media_type == "image/png" else MP4Cover.FORMAT_JPEG
        file["covr"] = [MP4Cover(cover.content, kind)]
    file.save()


def _tag_opus(path: Path, book: Book, cover: Picture | None) -> None:
    """Writes the tags, with chapters as most players read them: `CHAPTER000=00:00:00.000`. FFmpeg would round their seconds."""
    from mutagen.flac import Picture as FlacPicture
    from mutagen.oggopus import OggOpus

    episode, file = book.episode, OggOpus(path)
    texts = {
        "title": _line(episode.title),
        "album": _line(episode.title),
        "artist": "; ".join(episode.persons),
        "performer": narrator(episode),
        "date": day(episode.date),
        "genre": _GENRE,
        "language": episode.language,
    }
    for name, text in texts.items():
        if text:
            file[name] = [text]
    for number, chapter in enumerate(episode.chapters[:_MOST_OPUS_CHAPTERS]):
        start = chapter.start
        time = f"{start // 3_600_000:02}:{start // 60_000 % 60:02}:{start // 1000 % 60:02}.{start % 1000:03}"
        file[f"CHAPTER{number:03}"] = [time]
        file[f"CHAPTER{number:03}NAME"] = [_line(chapter.title) or str(number + 1)]
    if cover is not None:
        picture = FlacPicture()
        picture.type, picture.mime, picture.data = 3, cover.media_type, cover.content
        file["metadata_block_picture"] = [base64.b64encode(picture.write()).decode("ascii")]
    file.save(padding=lambda _: 0)


def _content(path: Path) -> Iterable[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            yield chunk


def _line(text: str) -> str:
    return " ".join(text.split())
