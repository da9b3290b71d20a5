"""The catalogue: what can be installed, from where, and what it must be. It ships with the program and is never fetched.

`--catalogue FILE` adds an organisation's own; where both know a pack, its word counts.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chaptercast.errors import UsageError
from chaptercast.voice_profiles import suggestion
from chaptercast.voice_store import pack_tables
from chaptercast.voice_store.model import Pack

_FOLDER = Path(__file__).parent / "packs"
_SEE = "See what there is: chaptercast voices --available"
_KEYS = ("format", "places", "packs")


def catalogue(own: Path | None = None) -> Mapping[str, Pack]:
    """All packs that can be had, by id: those of the program and of the file `own`, whose word counts where both know one.

    Raises `UsageError` where that file cannot be read or is wrong, with all its faults at once.
    """
    if own is None:
        return _shipped()
    return MappingProxyType({**_shipped(), **{pack.id: pack for pack in _packs(own)}})


@cache
def _shipped() -> Mapping[str, Pack]:
    return MappingProxyType({pack.id: pack for path in sorted(_FOLDER.glob("*.toml")) for pack in _packs(path)})


def chosen(name: str, packs: Mapping[str, Pack]) -> Pack:
    """The pack called `name`. Raises `UsageError` where there is none, with what was probably meant."""
    if name not in packs:
        raise UsageError(f"There is no voice called “{name}” to install.", near(name, packs))
    return packs[name]


def near(name: str, known: Mapping[str, Pack]) -> str:
    """What to say to someone who mistyped the id of a pack."""
    folded = {pack.casefold(): pack for pack in known}
    found = get_close_matches(name.casefold(), folded, 3, 0.6)
    return f"Did you mean {', '.join(folded[match] for match in found)}? {_SEE}" if found else _SEE


def _packs(path: Path) -> tuple[Pack, ...]:
    try:
        table = pack_tables.read(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # that of TOML and of UTF-8 are both ValueErrors
        raise UsageError(
            f"The catalogue {path} cannot be read: {str(error).rstrip('.')}.", "Mend it: docs/voices.md"
        ) from error
    wrong = _faults(table)
    if wrong:
        raise UsageError(
            f"The catalogue {path} is wrong: {'; '.join(wrong)}.", "Mend it, or leave it out; docs/voices.md tells how."
        )
    places = table.get("places", {})
    return tuple(pack_tables.pack(_expanded(entry, places)) for entry in table["packs"])


def _faults(table: Mapping[str, Any]) -> list[str]:
    found = [f"unknown key “{key}” ({suggestion(key, _KEYS)})" for key in table if key not in _KEYS]
    places = table.get("places", {})
    if not _is_places(places):
        found.append("“places” must hold lists of https addresses that end in /")
        places = {}
    packs = table.get("packs")
    if not isinstance(packs, list) or not all(isinstance(pack, dict) for pack in packs):
        return [*found, "“packs” must be a list of tables"]
    seen: set[str] = set()
    for number, pack in enumerate(packs, 1):
        name = str(pack.get("id", number))
        found += [f"pack {name}: {fault}" for fault in pack_tables.faults(_expanded(pack, places), installed=False)]
        if name.casefold() in seen:
            found.append(f"pack {name}: another one has the same id")
        seen.add(name.casefold())
    return found


def _is_places(places: Any) -> bool:
    return isinstance(places, dict) and all(
        isinstance(bases, list)
        and bool(bases)
        and all(isinstance(base, str) and base.endswith("/") and pack_tables.is_fetchable(base) for base in bases)
        for bases in places.values()
    )


def _expanded(pack: Mapping[str, Any], places: Mapping[str, list[str]]) -> dict[str, Any]:
    """A pack whose addresses are whole: `piper:de/x.onnx` is that path in each place called `piper`."""

    def whole(source: Any) -> list[Any]:
        place, sign, path = source.partition(":") if isinstance(source, str) else ("", "", "")
        return [base + path for base in places[place]] if sign and place in places else [source]

    def expanded(file: Any) -> Any:
        if not isinstance(file, dict) or not isinstance(file.get("sources"), list):
            return file
        return {**file, "sources": [address for source in file["sources"] for address in whole(source)]}

    files = pack.get("files")
    return {**pack, "files": [expanded(file) for file in files]} if isinstance(files, list) else dict(pack)
