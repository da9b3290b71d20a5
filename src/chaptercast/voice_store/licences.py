"""Licences of voices: for the manifest of a recording, and as a model card states them."""

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
"""Names in model cards for licences without restrictions of use, without hyphens."""


class Licence(Struct, frozen=True):
    """The licence of a pack, for people who publish its voices' speech."""

    pack: str
    """The pack's id."""
    licence: str
    note: str
    restricted: bool
    homepage: str


def licence_of(pack: Pack) -> Licence:
    """The licence of the voices of `pack`."""
    return Licence(pack.id, pack.licence, pack.licence_note, pack.restricted, pack.homepage)


def stated_in(card: str) -> tuple[str, str, bool]:
    """The licence in a model card: name, note, and whether it must be accepted. Every licence that is not known to be free must be."""
    found = _STATED.search(card)
    words = " ".join(found[1].split())[:200] if found else ""
    free = _FREE.get(words.casefold().replace("-", " ").rstrip("."))
    if free:
        return free, "As its MODEL_CARD says.", False
    if words:
        return words, "As its MODEL_CARD says: read there what may be done with it.", True
    return NOT_KNOWN, "Nothing that came with it says what may be done with it.", True


def licence_text(pack: Pack) -> str:
    """The text of the file LICENCE, for packs without one."""
    lines = [pack.id, pack.description, f"Licence: {pack.licence}", pack.licence_note, pack.homepage]
    return "\n".join(line for line in lines if line) + "\n"
