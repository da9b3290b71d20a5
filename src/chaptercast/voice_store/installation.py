"""Installs packs completely or not at all: into a temporary folder beside the final one, inspected, then renamed.

The manifest is written last, and the folder gets its name when everything is on disk. The files of an interrupted download stay until
the download continues.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from chaptercast.common.user_folders import voice_shelf
from chaptercast.errors import EngineError, OutputError
from chaptercast.voice_store import disk, families, pack_tables, voice_folders
from chaptercast.voice_store.disk import Piece
from chaptercast.voice_store.download import Downloader, UnavailableError
from chaptercast.voice_store.http_request import RetryPolicy
from chaptercast.voice_store.licences import licence_text
from chaptercast.voice_store.maintenance import COMING, alone, faults_of
from chaptercast.voice_store.model import (
    LICENCE_FILE,
    MANIFEST,
    InstalledPack,
    Pack,
    PackFile,
    PackVoice,
    Progress,
    Tell,
)

_COPYING = ".copy-"
_TEXTS = (LICENCE_FILE, "LICENSE", "MODEL_CARD")
_AGAIN = "Get it again from its makers."


def whole(name: str) -> InstalledPack | None:
    """The pack called `name`, if it is installed and undamaged.

    Raises `OutputError` for a damaged pack in a folder where this program does not write.
    """
    try:
        pack = voice_folders.find(name)
    except EngineError:
        return None
    if pack is None or not faults_of(pack):
        return pack
    if pack.folder.parent != voice_shelf():
        raise OutputError(
            f"{name} is damaged, and lies in {pack.folder}, where this program writes nothing.",
            "Have it repaired there.",
        )
    return None


def current(pack: Pack, pieces: Mapping[str, Piece] | None = None) -> InstalledPack | None:
    """The installed pack, if it is undamaged and the same as this one, as far as checksums or its files here (`pieces`) show.

    Raises `OutputError`, as `whole` does.
    """
    there = whole(pack.id)
    if there is None:
        return None
    installed = {file.name: file for file in there.files}
    wanted = [file for file in pack.files if not file.optional and file.name != LICENCE_FILE]
    return there if all(_is_same(file, installed.get(file.name), pieces or {}) for file in wanted) else None


def _is_same(file: PackFile, there: PackFile | None, pieces: Mapping[str, Piece]) -> bool:
    if there is None or there.size != file.size:
        return False
    sha256 = file.sha256 or (disk.sums_of(pieces[file.name]).sha256 if file.name in pieces else there.sha256)
    return sha256 == there.sha256


def download(
    pack: Pack, tell: Tell, progress: Progress, *, patience: RetryPolicy | None = None, proxy: str = ""
) -> InstalledPack:
    """Install a pack of the catalogue from its makers' servers. Continues an earlier download.

    If the pack is already installed and current, nothing is done.

    Raises `ServiceError` if the network fails, `EngineError` if the data is not the pack, `OutputError`.
    """
    with alone(pack.id, tell) as shelf:
        if there := current(pack):
            return there
        folder = shelf / f"{COMING}{pack.id}"
        _make(folder)
        disk.require_room(shelf, pack.size - _size_of(folder))
        meter = _Meter(pack, progress)
        downloader = Downloader(folder, tell, patience or RetryPolicy(), proxy)
        try:
            files = [got for file in _by_size(pack) if (got := _fetched(file, folder, downloader, meter, tell))]
            return _finished(shelf, folder, pack, files)
        except EngineError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        finally:
            with suppress(OSError):
                folder.rmdir()  # fails if there is data that the next run can continue


def copy(pack: Pack, pieces: Mapping[str, Piece], tell: Tell, progress: Progress) -> InstalledPack:
    """Install a pack from local files. If the pack is already installed and current, nothing is done.

    Raises `EngineError`, `OutputError`; nothing remains then.
    """
    with alone(pack.id, tell) as shelf:
        if there := current(pack, pieces):
            return there
        folder = shelf / f"{_COPYING}{pack.id}"
        shutil.rmtree(folder, ignore_errors=True)
        _make(folder)
        meter = _Meter(pack, progress)
        try:
            disk.require_room(shelf, pack.size)
            for file in pack.files:
                if file.name not in pieces:
                    raise EngineError(f"{pack.id} is not whole: {file.name} is missing.", _AGAIN)
            files = [
                disk.copied(pieces[file.name], file, folder / file.name, meter.of(file)) for file in _by_size(pack)
            ]
            return _finished(shelf, folder, pack, files)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _make(folder: Path) -> None:
    with disk.disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)


def _by_size(pack: Pack) -> list[PackFile]:
    """Small files first: they often show what is wrong with a pack."""
    return sorted(pack.files, key=lambda file: (file.size, file.name))


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


class _Meter:
    """Adds up the bytes of a pack for a progress display."""

    def __init__(self, pack: Pack, progress: Progress) -> None:
        self._total = pack.size
        self._done = 0
        self._progress = progress

    def of(self, file: PackFile) -> Callable[[int], None]:
        def advance(count: int) -> None:
            self._done += count
            self._progress(self._done, self._total, file.name)

        return advance


def _fetched(file: PackFile, folder: Path, downloader: Downloader, meter: _Meter, tell: Tell) -> PackFile | None:
    """A file in the folder: the existing one, a copy of another pack's file, or a download.

    `None` for an optional file that is not available.
    """
    advance = meter.of(file)
    if got := _there(file, folder / file.name):
        advance(file.size)
        return got
    for twin in _twins(file):
        with suppress(EngineError):  # a damaged file is skipped silently
            got = disk.copied(Piece(twin, file.size), file, folder / file.name, lambda _count: None)
            advance(file.size)
            return got
    try:
        return downloader.fetch(file, advance)
    except (EngineError, UnavailableError) as error:
        if not file.optional:
            raise
        tell(f"{error.message} It is left out: the voice does not need it.")
        return None


def _there(file: PackFile, path: Path) -> PackFile | None:
    try:
        if path.stat().st_size != file.size:
            return None
        return disk.sums_of(Piece(path, file.size)).found(file)
    except (OSError, EngineError):
        return None


def _twins(file: PackFile) -> Iterator[Path]:
    """The same file in other installed packs."""
    if file.sha256:
        for pack in voice_folders.installed():
            yield from (pack.path(other.name) for other in pack.files if other.sha256 == file.sha256)


def _finished(shelf: Path, folder: Path, pack: Pack, files: list[PackFile]) -> InstalledPack:
    """Inspect the files, write the manifest with the results, and rename the folder."""
    try:
        facts = _looked_into(folder, pack, files)
        text = pack_tables.manifest(facts)
        voice_folders.facts_of(text, "what it says of itself")  # what could not be read back is not installed
    except EngineError as error:
        raise EngineError(f"{pack.id} cannot be installed: {error.message}", _AGAIN) from error
    kept = {file.name for file in facts.files}
    with disk.disk_errors(folder):
        for path in folder.iterdir():
            if path.name not in kept:
                path.unlink()
    disk.written(folder / MANIFEST, [text.encode()])
    _named(folder, shelf / pack.id)
    shutil.rmtree(shelf / f"{COMING}{pack.id}", ignore_errors=True)
    return voice_folders.pack_in(shelf / pack.id)


def _looked_into(folder: Path, pack: Pack, files: list[PackFile]) -> Pack:
    """The pack as found in the folder. Raises `EngineError` if it has no voice, `OutputError`."""
    described = families.describe(pack.family, {file.name: folder / file.name for file in files})
    facts = replace(pack, sample_rate=described.sample_rate, voices=_completed(described.voices, pack.voices))
    if not any(file.name in _TEXTS for file in files):
        files = [*files, _licence(facts, folder)]
    return replace(facts, files=tuple(sorted(files, key=lambda file: file.name)))


def _completed(voices: tuple[PackVoice, ...], known: tuple[PackVoice, ...]) -> tuple[PackVoice, ...]:
    """The found voices, completed with the catalogue's data."""
    by_name = {voice.name: voice for voice in known}

    def complete(voice: PackVoice) -> PackVoice:
        more = by_name.get(voice.name, voice)
        return replace(voice, gender=voice.gender or more.gender, description=voice.description or more.description)

    return tuple(complete(voice) for voice in voices)


def _licence(pack: Pack, folder: Path) -> PackFile:
    content = licence_text(pack).encode()
    disk.written(folder / LICENCE_FILE, [content])
    return PackFile(LICENCE_FILE, len(content), disk.sums_of(Piece(folder / LICENCE_FILE, len(content))).sha256)


def _named(folder: Path, final: Path) -> None:
    """Rename a finished folder to its final name, in place of a damaged pack. Raises `OutputError`."""
    if final.exists():
        if not (final / MANIFEST).exists():
            raise OutputError(f"{final} is in the way: it is not a voice.", "Move it away, or remove it.")
        disk.removed(final)
    with disk.disk_errors(final):
        folder.replace(final)
    disk.synchronise_folder(final.parent)
