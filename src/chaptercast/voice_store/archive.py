"""Packs as one file: a tar archive (POSIX.1-1988, ustar) with one folder that has the pack's name.

It is parsed by hand, because it may come from anywhere. Only plain files in that one folder are accepted. Links, devices, paths, and
the extensions with which a small archive can announce huge content are refused. Only files that the manifest names are unpacked.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from chaptercast.errors import EngineError
from chaptercast.voice_store.disk import Piece
from chaptercast.voice_store.model import MANIFEST, MOST_BYTES, is_slug

_BLOCK = 512
_MAGIC = b"ustar"
_FILE, _FOLDER = (b"0", b"\0"), b"5"
_MOST_ENTRIES = 1000
_REMEDY = "Only archives that `chaptercast voices --export` made are read; unpack any other, and give the folder."


def is_archive(path: Path) -> bool:
    """Whether a file begins like such an archive."""
    try:
        with path.open("rb") as stream:
            header = stream.read(_BLOCK)
    except OSError:
        return False
    return len(header) == _BLOCK and header[257:262] == _MAGIC


def is_pack(path: Path) -> bool:
    """Whether a file begins like an exported archive. This separates it from other archives."""
    try:
        return next(_entries(path))[0].endswith(f"/{MANIFEST}")
    except (OSError, ValueError, StopIteration):
        return False


def pieces_in(path: Path) -> tuple[str, Mapping[str, Piece]]:
    """The pack's name and the places of its files in an archive. Raises `EngineError` for any other archive, and for a damaged one."""
    try:
        return _sorted_out(_entries(path))
    except OSError as error:
        raise EngineError(f"{path} cannot be read: {error.strerror or error}.", _REMEDY) from error
    except ValueError as error:
        raise EngineError(f"{path} is no archive of a voice: {error}.", _REMEDY) from error


def _sorted_out(entries: Iterator[tuple[str, Piece | None]]) -> tuple[str, Mapping[str, Piece]]:
    """Raise `ValueError` unless all entries are plain files in one folder, with a manifest among them."""
    pieces: dict[str, Piece] = {}
    folders: set[str] = set()
    for name, piece in entries:
        folder, _, file = name.partition("/")
        folders.add(folder)
        if not is_slug(folder) or (file and not is_slug(file)):
            raise ValueError(f"it holds the path {name!r}")
        if piece is not None and (not file or file in pieces):
            raise ValueError(f"it holds {name!r} beside its folder, or twice")
        if piece is not None:
            pieces[file] = piece
    if len(folders) != 1 or MANIFEST not in pieces:
        raise ValueError(f"it holds no folder with a {MANIFEST}")
    return folders.pop(), pieces


def _entries(path: Path) -> Iterator[tuple[str, Piece | None]]:
    """Names and places of an archive's entries; no place for a folder. Raises `ValueError` for entries that a pack never has."""
    end = path.stat().st_size
    with path.open("rb") as stream:
        for _ in range(_MOST_ENTRIES):
            header = stream.read(_BLOCK)
            if header == bytes(_BLOCK):
                return
            if len(header) < _BLOCK or not _is_sound(header):
                raise ValueError("it was cut off, or is damaged")
            kind, size, place = header[156:157], _number(header[124:136]), stream.tell()
            name = _name(header)
            if kind in _FILE and (size > MOST_BYTES or place + size > end):
                raise ValueError(f"it announces {size} bytes of {name!r}, and holds {end - place}")
            if kind not in (*_FILE, _FOLDER):
                raise ValueError(f"{name!r} is a link, or no file at all")
            if name not in ("", ".") or kind != _FOLDER:
                yield name, Piece(path, size, place) if kind in _FILE else None
            stream.seek(place + -(-size // _BLOCK) * _BLOCK)
    raise ValueError("it holds too much")


def _is_sound(header: bytes) -> bool:
    """Whether a header matches its checksum: the sum of its bytes, with the checksum's own bytes counted as blanks."""
    return header[257:262] == _MAGIC and _number(header[148:156]) == sum(header[:148]) + sum(header[156:]) + 8 * 32


def _number(field: bytes) -> int:
    digits = field.rstrip(b"\0 ").lstrip(b" ") or b"0"
    if not digits.isdigit() or b"8" in digits or b"9" in digits:
        raise ValueError("it was cut off, or is damaged")
    return int(digits, 8)


def _name(header: bytes) -> str:
    """The path of an entry, without a leading `./` and a trailing `/`."""
    return (
        "/".join(part for part in (_text(header[345:500]), _text(header[:100])) if part).removeprefix("./").rstrip("/")
    )


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "backslashreplace")


def packed(folder: str, contents: Mapping[str, tuple[int, Iterator[bytes]]]) -> Iterator[bytes]:
    """An archive of a folder with these files and their sizes. The same content gives the same bytes, for every maker and time."""
    for name, (size, content) in contents.items():
        yield _header(f"{folder}/{name}", size)
        yield from content
        yield bytes(-size % _BLOCK)
    yield bytes(2 * _BLOCK)


def _header(name: str, size: int) -> bytes:
    whole = name.encode()
    prefix, _, encoded = whole.rpartition(b"/") if len(whole) > 100 else (b"", b"", whole)
    fields = (
        encoded.ljust(100, b"\0"),
        b"0000644\0" + b"0000000\0" * 2,
        b"%011o\0" % size,
        b"00000000000\0" + b" " * 8 + _FILE[0] + bytes(100),
        b"ustar\x0000" + bytes(64) + b"0000000\0" * 2,
        prefix.ljust(155, b"\0") + bytes(12),
    )
    header = b"".join(fields)
    return header[:148] + b"%06o\0 " % sum(header) + header[156:]
