"""Files that appear whole or not at all: written under a temporary name beside their place, made durable, then renamed."""

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from chaptercast.common.unicode_text import escaped_json
from chaptercast.errors import OutputError

_OURS = ".chaptercast-"
_PART = re.compile(r"\.chaptercast-(\d+)-(.*)\.(part|claim)")
"""A temporary file's name tells which process writes it; a claim's, whom the folder is for, too."""

_ATTEMPTS = 100
_Made = TypeVar("_Made")


@contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Trouble of the operating system at `path` as `OutputError`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{path} cannot be written: {reason}.", "Choose another place with -o, or make room or rights."
        ) from error


@contextmanager
def temporary(folder: Path) -> Iterator[Path]:
    """The path of a new empty file in `folder`, made where missing; what is left of both in the end is removed."""
    with _emptied(folder):
        with output_errors(folder):
            handle, name = _within(folder, lambda: tempfile.mkstemp(".part", f"{_OURS}{os.getpid()}-", folder))
            os.close(handle)
            _sweep(folder)
        path = Path(name)
        try:
            yield path
        finally:
            with suppress(OSError):
                path.unlink(missing_ok=True)


@contextmanager
def claimed(folder: Path, owner: str) -> Iterator[bool]:
    """Claim `folder`, made where missing, for `owner`; whether it is the only one that does. Given up in the end.

    Each puts a file of its own there and looks for others only then: of two at once, one at least sees the other. What has no name
    for an owner shares with nobody.
    """
    claim = folder / f"{_OURS}{os.getpid()}-{owner}.claim"
    with _emptied(folder):
        with output_errors(folder):
            _within(folder, claim.touch)
        try:
            yield not any(_is_rival(path, claim, owner) for path in folder.glob(f"{_OURS}*.claim"))
        finally:
            with suppress(OSError):
                claim.unlink()


@contextmanager
def _emptied(folder: Path) -> Iterator[None]:
    """Of a folder and those it is in, those that were made meanwhile and are empty in the end are removed."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        yield
    finally:
        with suppress(OSError):
            for empty in made:
                empty.rmdir()  # fails where something was put there, which ends it


def _within(folder: Path, make: Callable[[], _Made]) -> _Made:
    """Make something in `folder`, and it too where missing; again where another run, which gave up, removed it just then."""
    for _ in range(_ATTEMPTS):
        with suppress(FileNotFoundError, FileExistsError):
            folder.mkdir(parents=True, exist_ok=True)
            return make()
    folder.mkdir(parents=True, exist_ok=True)
    return make()


def _is_rival(path: Path, claim: Path, owner: str) -> bool:
    """Whether a claim is that of another owner, in a process that lives."""
    match = _PART.fullmatch(path.name)
    if not match or path == claim or (owner and match[2] == owner):
        return False
    return _is_running(int(match[1]))


@contextmanager
def opened(path: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
    """`path`, a temporary file, open for writing and reading; if `durable`, on the disk when this ends. Raises `OutputError`."""
    with output_errors(path.parent), path.open("r+b") as stream:
        yield stream
        stream.flush()
        if durable:
            os.fsync(stream.fileno())


def put(part: Path, final: Path) -> None:
    """Give a finished temporary file its name, readable as the user's other files are. Raises `OutputError`."""
    with output_errors(final):
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)
        part.replace(final)


def write(final: Path, content: bytes | Iterable[bytes], *, durable: bool = True) -> None:
    """Write a file whole; what comes in pieces is never whole in memory. Raises `OutputError`.

    Waiting for the disk takes longer than all else about a small file. What is not `durable` is whole after a crash of the program,
    but may be empty after one of the machine: for what can be made again only.
    """
    with temporary(final.parent) as part:
        fill(part, (content,) if isinstance(content, bytes) else content, durable=durable)
        put(part, final)


@contextmanager
def together(folder: Path) -> Iterator[Callable[[str], Path]]:
    """Gives a function that makes a temporary file in `folder`, by its name; all get their names when this ends, none if it fails.

    They are not durable (see `write`). Raises `OutputError`.
    """
    with ExitStack() as stack:
        parts: dict[str, Path] = {}

        def named(name: str) -> Path:
            parts[name] = stack.enter_context(temporary(folder))
            return parts[name]

        yield named
        for name, part in parts.items():
            put(part, folder / name)


def fill(part: Path, content: Iterable[bytes], *, durable: bool = False) -> None:
    """Write a temporary file; if `durable`, it is on the disk then. Raises `OutputError`."""
    with opened(part, durable=durable) as stream:
        stream.writelines(content)


def write_changed(final: Path, content: bytes) -> bool:
    """Write a file unless it holds just that; whether it was written. Raises `OutputError`."""
    with suppress(OSError):
        if final.stat().st_size == len(content) and final.read_bytes() == content:
            return False
    write(final, content)
    return True


def as_json(value: dict[str, Any]) -> bytes:
    """As the content of a JSON file: UTF-8, readable, ending in a line break."""
    return (escaped_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n").encode("utf-8", "replace")


def _sweep(folder: Path) -> None:
    """Remove what a killed run left: temporary files of processes that are no more."""
    for path in folder.glob(f"{_OURS}*"):
        match = _PART.fullmatch(path.name)
        if match and not _is_running(int(match[1])):
            with suppress(OSError):
                path.unlink()


def _is_running(process: int) -> bool:
    if os.name != "posix":
        return True  # asking is not harmless everywhere; there the file stays
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
