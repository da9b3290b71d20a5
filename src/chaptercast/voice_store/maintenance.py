"""What is installed, verified, exported and removed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from chaptercast.common.user_folders import voice_shelf
from chaptercast.errors import EngineError, OutputError, UsageError
from chaptercast.voice_profiles import suggestion
from chaptercast.voice_store import archive, disk, pack_tables, voice_folders
from chaptercast.voice_store.disk import Piece
from chaptercast.voice_store.model import MANIFEST, InstalledPack, PackFile, Tell, is_slug

COMING = ".part-"
"""How the folder of a download that is not ended begins; the rest of its name is the pack's id."""
_MEND = "Install it again: chaptercast voices --install {}"


class Fault(Struct, frozen=True):
    """What is wrong with a file of a pack."""

    file: str
    what: str


class Report(Struct, frozen=True):
    """What became of a pack."""

    id: str
    folder: Path
    files: int
    size: int
    """Bytes that its manifest tells of."""
    faults: tuple[Fault, ...]


def verify(name: str = "") -> Iterator[Report]:
    """Read all that is installed, or the pack called `name`, and hold it against the manifests. Each is told when it is read."""
    for folder in voice_folders.pack_folders():
        if name in ("", folder.name):
            yield _report(folder)


def _report(folder: Path) -> Report:
    try:
        pack = voice_folders.pack_in(folder)
    except EngineError as error:
        return Report(folder.name, folder, 0, 0, (Fault(MANIFEST, error.message.rstrip(".")),))
    return Report(pack.id, folder, len(pack.files), pack.size, faults_of(pack))


def faults_of(pack: InstalledPack) -> tuple[Fault, ...]:
    """What is damaged of a pack: each of its files is read."""
    return tuple(Fault(file.name, what) for file in pack.files if (what := _fault(pack.folder / file.name, file)))


def _fault(path: Path, file: PackFile) -> str:
    try:
        size = path.stat().st_size
        if size != file.size:
            return f"it has {size} bytes instead of {file.size}"
        return "" if disk.sums_of(Piece(path, size)).found(file) else "its content has changed"
    except FileNotFoundError:
        return "it is missing"
    except OSError as error:
        return f"it cannot be read: {error.strerror or error}"
    except EngineError as error:
        return error.message.rstrip(".")


def export(name: str, target: Path) -> Path:
    """Write the installed pack called `name` into an archive: the same bytes each time. Gives the file.

    Raises `UsageError` where it is not installed, `EngineError` where it is damaged, `OutputError`; nothing is written then.
    """
    pack = require(name)
    manifest = pack_tables.manifest(pack).encode()
    contents: dict[str, tuple[int, Iterator[bytes]]] = {MANIFEST: (len(manifest), iter([manifest]))}
    for file in sorted(pack.files, key=lambda file: file.name):
        contents[file.name] = (file.size, _sound(pack, file))
    if target.is_dir():
        raise UsageError(f"{target} is a folder.", f"Name a file: {target / (name + '.tar')}")
    with disk.disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    disk.written(target, archive.packed(name, contents))
    return target


def _sound(pack: InstalledPack, file: PackFile) -> Iterator[bytes]:
    """The content of a file. Raises `EngineError` where, in the end, it is not what it must be."""
    sums = disk.Sums()
    for data in disk.read_piece(Piece(pack.folder / file.name, file.size)):
        sums.add(data)
        yield data
    if not sums.found(file):
        raise EngineError(f"{pack.id} is damaged: {file.name} has changed.", _MEND.format(pack.id))


def require(name: str) -> InstalledPack:
    """The installed pack called `name`. Raises `UsageError` where there is none, `EngineError` where its manifest is damaged."""
    pack = voice_folders.find(name)
    if pack is None:
        known = [pack.id for pack in voice_folders.installed()]
        hint = suggestion(name, known) if known else "None is. See what there is: chaptercast voices --available"
        raise UsageError(f"The voice “{name}” is not installed.", hint)
    return pack


def unfinished() -> dict[str, Path]:
    """Downloads that were not ended, by the id of the pack."""
    try:
        folders = [path for path in sorted(voice_shelf().glob(f"{COMING}*")) if path.is_dir()]
    except OSError:
        return {}
    return {path.name.removeprefix(COMING): path for path in folders}


def remaining(name: str) -> tuple[Path, ...]:
    """What there is of the pack called `name` in the user's own store: itself, whole or damaged, and an unfinished download.

    Raises `UsageError` where there is nothing, `OutputError` where it lies elsewhere.
    """
    own = voice_shelf()
    folders = [folder for folder in voice_folders.pack_folders() if folder.name == name]
    found = [folder for folder in folders if folder.parent == own]
    found += [path for pack, path in unfinished().items() if pack == name]
    if not found and folders:
        raise OutputError(f"{name} lies in {folders[0]}, where this program writes nothing.", "Have it removed there.")
    if not found:
        require(name)
    return tuple(found)


def remove(name: str, tell: Tell) -> None:
    """Remove all that `remaining` finds. Raises as that does, and `OutputError`."""
    remaining(name)
    with alone(name, tell):
        for folder in remaining(name):
            disk.removed(folder)


@contextmanager
def alone(name: str, tell: Tell) -> Iterator[Path]:
    """The user's own store, with nobody else at work on that pack. Raises `OutputError` where it cannot be made."""
    if not is_slug(name):
        raise UsageError(f"“{name}” is no name for a voice.", "Letters, digits, full stops and hyphens make one.")
    shelf = voice_shelf()
    with disk.disk_errors(shelf):
        shelf.mkdir(parents=True, exist_ok=True)
    disk.swept(shelf)
    with disk.locked(shelf / f".{name}.lock", lambda: tell(f"Another run is at work on {name}: it is waited for.")):
        yield shelf
