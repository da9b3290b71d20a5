"""Where installed voices lie: one folder a pack, in the folders of the system's packages and in the user's own."""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from chaptercast.common.user_folders import voice_shelf, voice_shelves
from chaptercast.errors import EngineError
from chaptercast.voice_store import pack_tables
from chaptercast.voice_store.model import MANIFEST, InstalledPack, Pack, is_slug

MOST_MANIFEST = 5_000_000
_MORE = "Install it again, or remove it: chaptercast voices --install ID, chaptercast voices --remove ID"


def installed(family: str = "") -> tuple[InstalledPack, ...]:
    """The packs that are installed, by id; only those of `family`, if one is named.

    Only manifests are read. One that is damaged is passed over here; `chaptercast voices --verify` tells it.
    """
    found: dict[str, InstalledPack] = {}
    for folder in pack_folders():
        try:
            pack = pack_in(folder)
        except EngineError:
            continue
        if folder.name not in found and family in ("", pack.family):
            found[folder.name] = pack
    return tuple(found[name] for name in sorted(found))


def find(name: str) -> InstalledPack | None:
    """The installed pack called `name`, if there is one. Raises `EngineError` where its manifest is damaged."""
    damage: EngineError | None = None
    for folder in pack_folders():
        if folder.name == name:
            try:
                return pack_in(folder)
            except EngineError as error:
                damage = damage or error
    if damage:
        raise damage
    return None


def pack_folders() -> Iterator[Path]:
    """All folders with a manifest, shelf by shelf: those that come first count."""
    for shelf in voice_shelves():
        try:
            entries = sorted(entry.name for entry in os.scandir(shelf) if is_slug(entry.name))
        except OSError:
            continue  # there is no such folder, or nobody may look into it
        yield from (shelf / name for name in entries if (shelf / name / MANIFEST).is_file())


def pack_in(folder: Path) -> InstalledPack:
    """The pack in `folder`, by its manifest. Raises `EngineError` where that is damaged."""
    facts = facts_in(folder / MANIFEST)
    if facts.id != folder.name:
        raise EngineError(f"The manifest in {folder} is that of another voice, {facts.id}.", _MORE)
    own = folder.parent == voice_shelf()
    return InstalledPack(**_fields(facts), folder=folder, writable=own and os.access(folder.parent, os.W_OK))


def facts_in(manifest: Path) -> Pack:
    """What a manifest says. Raises `EngineError` where it cannot be read or is wrong."""
    try:
        state = manifest.stat()
    except OSError as error:
        raise EngineError(f"{manifest} cannot be read: {error.strerror or error}.", _MORE) from error
    return _facts(manifest, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1000)
def _facts(manifest: Path, _changed_ns: int, _size: int) -> Pack:
    """The same, read once as long as the file does not change: engines ask often."""
    try:
        with manifest.open("rb") as stream:
            text = stream.read(MOST_MANIFEST).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise EngineError(f"{manifest} cannot be read: {error}.", _MORE) from error
    return facts_of(text, str(manifest))


def facts_of(text: str, where: str) -> Pack:
    """What the text of a manifest says. Raises `EngineError`, which names it as `where`, if it is wrong."""
    try:
        table = pack_tables.read(text)
    except ValueError as error:
        raise EngineError(f"{where} is no manifest of a voice: {str(error).rstrip('.')}.", _MORE) from error
    wrong = pack_tables.faults(table, installed=True)
    if wrong:
        raise EngineError(f"{where} is wrong: {'; '.join(wrong)}.", _MORE)
    return pack_tables.pack({key: value for key, value in table.items() if key != "format"})


def _fields(pack: Pack) -> dict[str, Any]:
    return {name: getattr(pack, name) for name in Pack.__struct_fields__}
