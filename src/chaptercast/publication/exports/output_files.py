"""Writes exports to the disk atomically: an archive, a folder, or a file. The same files give the same bytes."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from chaptercast.errors import InputError, UsageError
from chaptercast.publication import atomic_files
from chaptercast.publication.exports import EXPORTERS, Choices, Container, Entry, Exporter
from chaptercast.publication.exports.book import Book, open_book
from chaptercast.publication.exports.player_file_names import plain_name

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive: the earliest that ZIP can represent."""


def exporter(name: str) -> Exporter:
    """Returns the exporter called `name`. Raises `UsageError` if there is none."""
    if name not in EXPORTERS:
        raise UsageError(f"There is no export “{name}”.", f"There are: {', '.join(EXPORTERS)}.")
    return EXPORTERS[name]


def export(
    folder: Path, names: Iterable[str], output: Path | None = None, choices: Choices | None = None
) -> list[Path]:
    """Writes the exports called `names` of the recording in `folder`, beside it or into `output`. Returns their paths.

    Raises `InputError`, `OutputError`, and `UsageError` for an unknown name.
    """
    wanted = [exporter(name) for name in names]
    chosen = choices or Choices()
    book = open_book(folder, needs_text=any(kind.needs_text for kind in wanted))
    return [_written(book, kind, output or folder, chosen) for kind in wanted]


class Renewed(Struct, frozen=True):
    """An export that stood beside a recording which has changed."""

    path: Path
    reason: str = ""
    """Why it was removed; empty if it was made again."""


def renew(folder: Path, made: Iterable[Path], original: Path | None = None) -> Iterator[Renewed]:
    """Makes all exports beside a changed recording again, except those just `made`. One that cannot be made is removed.

    Yields each when it is done. `original` is the file that was recorded. Raises `InputError`, `OutputError`.
    """
    known = set(made)
    for name, kind in EXPORTERS.items():
        for choices in (Choices(a, u, original) for a in (False, True) for u in (False, True)):
            path = _path(folder, folder.name, kind, choices)
            if path in known or not path.exists():
                continue
            known.add(path)
            try:
                export(folder, [name], choices=choices)
                yield Renewed(path)
            except (InputError, UsageError) as error:
                with atomic_files.output_errors(path):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
                yield Renewed(path, str(error))


def _path(output: Path, slug: str, kind: Exporter, choices: Choices) -> Path:
    stem = plain_name(slug, "recording") if choices.ascii_names else slug
    return output / f"{stem}{kind.suffix.removesuffix('.zip') if kind.may_unpack and choices.unpacked else kind.suffix}"


def _written(book: Book, kind: Exporter, output: Path, choices: Choices) -> Path:
    entries = kind.load()(book, choices)
    final = _path(output, book.episode.slug, kind, choices)
    if kind.container is Container.FOLDER or (kind.may_unpack and choices.unpacked):
        _write_folder(final, entries)
        return final
    with atomic_files.temporary(output) as part:
        if kind.container is Container.ZIP:
            with atomic_files.output_errors(output):
                _write_archive(part, entries)
        else:
            atomic_files.fill(part, (chunk for entry in entries for chunk in _chunks(entry)))
        atomic_files.put(part, final)
    return final


def _chunks(entry: Entry) -> Iterable[bytes]:
    return (entry.content,) if isinstance(entry.content, bytes) else entry.content


def _write_archive(path: Path, entries: Iterable[Entry]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.name, _EARLIEST)
            info.compress_type = zipfile.ZIP_STORED if entry.stored else zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = 3, 0o644 << 16  # the same on every system
            if isinstance(entry.content, bytes):
                archive.writestr(info, entry.content)
            else:
                with archive.open(info, "w") as stream:
                    for chunk in entry.content:
                        stream.write(chunk)


def _write_folder(final: Path, entries: Iterable[Entry]) -> None:
    """Writes a folder, which replaces an earlier one when it is complete."""
    output = final.parent
    with atomic_files.output_errors(output):
        output.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(".new", ".chaptercast-", output))
    try:
        for entry in entries:
            with atomic_files.output_errors(made / entry.name):
                (made / entry.name).parent.mkdir(parents=True, exist_ok=True)
                with (made / entry.name).open("wb") as stream:
                    stream.writelines(_chunks(entry))
        with atomic_files.output_errors(final):
            made.chmod(0o755)
            if final.is_dir() and not final.is_symlink():
                shutil.rmtree(final)
            made.replace(final)
    finally:
        with suppress(OSError):
            shutil.rmtree(made, ignore_errors=True)
