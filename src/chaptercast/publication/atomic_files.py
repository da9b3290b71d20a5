"""Writes files atomically: under a temporary name in the same folder, flushed to disk, then renamed."""

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
"""The name of a temporary file contains the id of the process that writes it. The name of a claim also contains the owner."""

_ATTEMPTS = 100
_Made = TypeVar("_Made")


@contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Turn errors of the operating system at `path` into `OutputError`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{path} cannot be written: {reason}.", "Choose another place with -o, or make room or rights."
        ) from error


@contextmanager
def temporary(folder: Path) -> Iterator[Path]:
    """The path of a new empty file in `folder`, which is made if missing. At the end, what remains of both is removed."""
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
    """Claim `folder`, made if missing, for `owner`. Yields whether no other owner claims it. The claim ends with the context.

    Each process first writes a claim file, and then looks for others. So of two at the same time, at least one sees the other. A
    process without an owner name shares the folder with nobody.
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
    """At the end, remove a folder and its parents as far as they are new and empty."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        yield
    finally:
        with suppress(OSError):
            for empty in made:
                empty.rmdir()  # fails if somebody has put a file there, which ends the loop


def _within(folder: Path, make: Callable[[], _Made]) -> _Made:
    """Call `make` in `folder`, which is made if missing. Repeats if another run that gave up has just removed the folder."""
    for _ in range(_ATTEMPTS):
        with suppress(FileNotFoundError, FileExistsError):
            folder.mkdir(parents=True, exist_ok=True)
            return make()
    folder.mkdir(parents=True, exist_ok=True)
    return make()


def _is_rival(path: Path, claim: Path, owner: str) -> bool:
    """Whether a claim belongs to another owner in a living process."""
    match = _PART.fullmatch(path.name)
    if not match or path == claim or (owner and match[2] == owner):
        return False
    return _is_running(int(match[1]))


@contextmanager
def opened(path: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
    """Open `path`, a temporary file, for writing and reading. If `durable`, it is on disk at the end. Raises `OutputError`."""
    with output_errors(path.parent), path.open("r+b") as stream:
        yield stream
        stream.flush()
        if durable:
            os.fsync(stream.fileno())


def put(part: Path, final: Path) -> None:
    """Rename a finished temporary file, with the permissions of the user's other files. Raises `OutputError`."""
    with output_errors(final):
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)
        part.replace(final)


def write(final: Path, content: bytes | Iterable[bytes], *, durable: bool = True) -> None:
    """Write a file atomically. Content in pieces is never held in memory as a whole. Raises `OutputError`.

    Waiting for the disk takes longer than everything else about a small file. A file that is not `durable` is complete after a crash of
    the program, but may be empty after a crash of the machine. Use that only for files that can be made again.
    """
    with temporary(final.parent) as part:
        fill(part, (content,) if isinstance(content, bytes) else content, durable=durable)
        put(part, final)


@contextmanager
def together(folder: Path) -> Iterator[Callable[[str], Path]]:
    """Yield a function that makes a named temporary file in `folder`. At the end all files get their names; after an error, none.

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
    """Write a temporary file. If `durable`, it is on disk afterwards. Raises `OutputError`."""
    with opened(part, durable=durable) as stream:
        stream.writelines(content)


def write_changed(final: Path, content: bytes) -> bool:
    """Write a file unless it already has this content. Returns whether it was written. Raises `OutputError`."""
    with suppress(OSError):
        if final.stat().st_size == len(content) and final.read_bytes() == content:
            return False
    write(final, content)
    return True


def as_json(value: dict[str, Any]) -> bytes:
    """The content of a JSON file: UTF-8, indented, with a final line break."""
    return (escaped_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n").encode("utf-8", "replace")


def _sweep(folder: Path) -> None:
    """Remove the temporary files of processes that no longer exist."""
    for path in folder.glob(f"{_OURS}*"):
        match = _PART.fullmatch(path.name)
        if match and not _is_running(int(match[1])):
            with suppress(OSError):
                path.unlink()


def _is_running(process: int) -> bool:
    if os.name != "posix":
        return True  # on some systems, the test itself is not harmless; there the file stays
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
