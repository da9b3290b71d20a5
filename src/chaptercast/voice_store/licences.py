"""Licences of voices: what goes into the manifest of a recording, and what a model card says."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from chaptercast.voice_store.model import Pack

NOT_KNOWN = "not known"
_STATED = re.compile(r"^\W*licen[cs]e\W*:\s*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_FREE: Mapping[str, str] = MappingProxyType(
    {
        "cc0": "CC0-1.0",
        "cc0 1.0": "CC0-1.0",
        "cc0 1.0 universal": "CC0-1.0",
        "public domain": "public domain",
        "unlicense": "Unlicense",
        "mit": "MIT",
        "apache 2.0": "Apache-2.0",
        "cc by 4.0": "CC-BY-4.0",
        "cc by sa 4.0": "CC-BY-SA-4.0",
    }
)
"""What model cards call licences that restrict no use, hyphens left aside."""


class Licence(Struct, frozen=True):
    """The licence of a pack, for who publishes what its voices spoke."""

    pack: str
    """The pack's id."""
    licence: str
    note: str
    restricted: bool
    homepage: str


def licence_of(pack: Pack) -> Licence:
    """Under which licence the voices of `pack` speak."""
    return Licence(pack.id, pack.licence, pack.licence_note, pack.restricted, pack.homepage)


def stated_in(card: str) -> tuple[str, str, bool]:
    """What a model card says of the licence: its name, a note, and whether it must be accepted, as any that is not known to be free."""
    found = _STATED.search(card)
    words = " ".join(found[1].split())[:200] if found else ""
    free = _FREE.get(words.casefold().replace("-", " ").rstrip("."))
    if free:
        return free, "As its MODEL_CARD says.", False
    if words:
        return words, "As its MODEL_CARD says: read there what may be done with it.", True
    return NOT_KNOWN, "Nothing that came with it says what may be done with it.", True


def licence_text(pack: Pack) -> str:
    """The text of the file LICENCE, for packs that bring none."""
    lines = [pack.id, pack.description, f"Licence: {pack.licence}", pack.licence_note, pack.homepage]
    return "\n".join(line for line in lines if line) + "\n"
