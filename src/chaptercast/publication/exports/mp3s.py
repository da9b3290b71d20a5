"""Exports a folder of MP3s, one per chapter, for audiobook apps, car radios and players for the blind: numbered, tagged, listed.

Each file is cut out of the recording, never encoded again. The list is M3U8 (UTF-8); there is also a cue sheet for players that use
these. The cover is in every file, since car radios look nowhere else, and beside them, where audiobook apps look first.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

from chaptercast.common.language_tags import iso_639_2
from chaptercast.common.units import Milliseconds
from chaptercast.publication.exports import Choices, Entry
from chaptercast.publication.exports.book import Book, Chapterful
from chaptercast.publication.exports.credits import narrator
from chaptercast.publication.exports.player_file_names import file_name, plain_name
from chaptercast.publication.pictures import as_jpeg, kept_cover

_GENRE = "Audiobook"
_COVER = "cover.jpg"
_COVER_SIDE = 500
"""Pixels: enough for the screen of a car radio, and little beside the sound of a chapter."""
_CUE_FRAMES = 75
"""Frames per second in a cue sheet."""


def entries(book: Book, choices: Choices) -> Iterator[Entry]:
    """Yields the MP3s in order, then their lists."""
    chapters, cover = book.chapters, _cover(book)
    names = _names(chapters, choices)
    for chapter, name in zip(chapters, names, strict=True):
        yield Entry(name, _file(book, chapter, len(chapters), cover), stored=True)
    if cover:
        yield Entry(_COVER, cover)
    stem = (plain_name if choices.ascii_names else file_name)(book.episode.title, "Recording")
    yield Entry(f"{stem}.m3u8", _list(book, names).encode())
    yield Entry(f"{stem}.cue", _cue(book, names).encode())


def _names(chapters: Sequence[Chapterful], choices: Choices) -> list[str]:
    digits = max(2, len(str(len(chapters))))
    named = plain_name if choices.ascii_names else file_name
    return [f"{chapter.number + 1:0{digits}} {named(chapter.title, 'Chapter')}.mp3" for chapter in chapters]


def _cover(book: Book) -> bytes:
    """Returns the recording's cover; nothing if there is none that can be read."""
    picture = kept_cover(book.folder)
    try:
        return as_jpeg(picture, _COVER_SIDE).content if picture else b""
    except (OSError, ValueError):
        return b""


def _file(book: Book, chapter: Chapterful, total: int, cover: bytes) -> Iterator[bytes]:
    yield _tag(book, chapter, total, cover)
    yield from book.sound(chapter)


def _tag(book: Book, chapter: Chapterful, total: int, cover: bytes) -> bytes:
    """Returns the tag in ID3v2.3, the version that every player reads. Audiobookshelf takes the composer for the narrator."""
    from mutagen import id3

    episode = book.episode
    tags = id3.ID3()
    texts = {
        "TIT2": chapter.title,
        "TALB": episode.title,
        "TPE1": "; ".join(episode.persons),
        "TPE2": "; ".join(episode.persons),
        "TCOM": narrator(episode),
        "TRCK": f"{chapter.number + 1}/{total}",
        "TCON": _GENRE,
        "TLAN": iso_639_2(episode.language),
        "TYER": episode.date[:4] if episode.date[:4].isdigit() else "",
    }
    for name, text in texts.items():
        if text:
            tags.add(getattr(id3, name)(encoding=id3.Encoding.UTF16, text=[text.replace("\0", " ")]))
    if cover:
        tags.add(
            id3.APIC(encoding=id3.Encoding.LATIN1, mime="image/jpeg", type=id3.PictureType.COVER_FRONT, data=cover)
        )
    stream = BytesIO()
    tags.save(stream, v1=0, v2_version=3, padding=lambda _: 0)
    return stream.getvalue()


def _list(book: Book, names: Sequence[str]) -> str:
    """Returns an M3U8 playlist."""
    heads = ["#EXTM3U", "#EXTENC:UTF-8", f"#PLAYLIST:{_line(book.episode.title)}"]
    listed = [
        f"#EXTINF:{round(chapter.duration / 1000)},{_line(chapter.title)}\n{name}"
        for chapter, name in zip(book.chapters, names, strict=True)
    ]
    return "\n".join([*heads, *listed]) + "\n"


def _cue(book: Book, names: Sequence[str]) -> str:
    """Returns a cue sheet: one file per track, in the order of the book."""
    lines = [f'TITLE "{_quoted(book.episode.title)}"']
    if book.episode.persons:
        lines.insert(0, f'PERFORMER "{_quoted("; ".join(book.episode.persons))}"')
    for chapter, name in zip(book.chapters, names, strict=True):
        lines += [
            f'FILE "{name}" MP3',
            f"  TRACK {chapter.number + 1:02} AUDIO",
            f'    TITLE "{_quoted(chapter.title)}"',
            f"    INDEX 01 {_cue_time(Milliseconds(0))}",
        ]
    return "\r\n".join(lines) + "\r\n"


def _cue_time(time: Milliseconds) -> str:
    seconds, rest = divmod(time, 1000)
    return f"{seconds // 60:02}:{seconds % 60:02}:{rest * _CUE_FRAMES // 1000:02}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return _line(text).replace('"', "'")
