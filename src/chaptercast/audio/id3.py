"""The tag in front of a recording: ID3v2.3.0 with chapters, written so that every known reader agrees on it.

After id3.org's id3v2.3.0 and "ID3v2 Chapter Frame Addendum" 1.0 (C. Newell, 2005). The choices beyond them are there because
some reader in the field fails otherwise: version 2.3 (ffmpeg misreads long sub-frames of 2.4); no extended header, padding or
unsynchronisation; one top-level, ordered, flat table of contents, in front of the chapters; these in the order of time, with
short ids, byte offsets unset, text as UTF-16 with a byte order mark. Libraries that write tags sort the frames by size.
"""

from collections.abc import Iterator, Sequence

from chaptercast.audio.model import Chapter, Tag
from chaptercast.common.language_tags import iso_639_2

MAX_CHAPTERS = 255
"""The table of contents counts its entries in one byte."""

_TOP_LEVEL_ORDERED = b"\x03"
_UNSET_OFFSETS = b"\xff" * 8
_UTF16, _LATIN1 = b"\x01", b"\x00"
_CONTENTS_ID = b"toc\0"
_SYNCHSAFE_LIMIT = 1 << 28
_SPEECH_GENRE = "(101)Speech"


def write_tag(tag: Tag, chapters: Sequence[Chapter]) -> bytes:
    """The whole tag. Its length depends on texts alone, never on times: it can be written over once these are known.

    Raises `ValueError` for more than `MAX_CHAPTERS` chapters, or none, or a tag over ID3's 256 MiB.
    """
    if not 1 <= len(chapters) <= MAX_CHAPTERS:
        raise ValueError(f"a tag holds 1 to {MAX_CHAPTERS} chapters, not {len(chapters)}")
    ids = [f"chp{number}".encode() + b"\0" for number in range(len(chapters))]
    contents = _CONTENTS_ID + _TOP_LEVEL_ORDERED + bytes([len(ids)]) + b"".join(ids) + _text("TIT2", tag.title)
    frames = [*_description(tag), _frame("CTOC", contents)]
    frames += [_frame("CHAP", _chapter(element, chapter)) for element, chapter in zip(ids, chapters, strict=True)]
    body = b"".join(frames)
    return b"ID3\x03\x00\x00" + _synchsafe(len(body)) + body


def _description(tag: Tag) -> Iterator[bytes]:
    yield _text("TIT2", tag.title)
    if tag.artist:
        yield _text("TPE1", tag.artist)
    year, month, day = tag.date[:4], tag.date[5:7], tag.date[8:10]
    if year.isdigit():
        yield _text("TYER", year)
    if year.isdigit() and month.isdigit() and day.isdigit():
        yield _text("TDAT", day + month)
    if tag.language:
        yield _text("TLAN", iso_639_2(tag.language))
    yield _text("TCON", _SPEECH_GENRE)
    if tag.encoder:
        yield _text("TSSE", tag.encoder)
    if tag.source.isascii() and tag.source:
        yield _frame("WXXX", _LATIN1 + b"\0" + tag.source.encode("ascii"))


def _chapter(element: bytes, chapter: Chapter) -> bytes:
    times = chapter.start.to_bytes(4, "big") + chapter.end.to_bytes(4, "big")
    return element + times + _UNSET_OFFSETS + _text("TIT2", chapter.title)


def _text(name: str, text: str) -> bytes:
    encoded = text.replace("\0", " ").encode("utf-16-le", "replace")
    return _frame(name, _UTF16 + b"\xff\xfe" + encoded + b"\0\0")


def _frame(name: str, body: bytes) -> bytes:
    return name.encode("ascii") + len(body).to_bytes(4, "big") + b"\0\0" + body


def _synchsafe(size: int) -> bytes:
    if size >= _SYNCHSAFE_LIMIT:
        raise ValueError(f"a tag of {size} bytes is over ID3's limit")
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
