"""The values of the voice store: packs, as the catalogue offers them and as they are installed."""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError

MANIFEST = "manifest.toml"
LICENCE_FILE = "LICENCE"
"""Written where a pack brings no text of its own about its licence."""
MOST_BYTES = 2_000_000_000
"""Of one file. The largest that is known has 326 MB; what announces more than this is refused before anything is written."""
MOST_NAME = 100

Tell: TypeAlias = Callable[[str], None]
"""Is told, in a line, what happens that is worth knowing."""
Progress: TypeAlias = Callable[[int, int, str], None]
"""Is told how many bytes of how many are there, and of which file the last ones were."""

_SLUG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that Windows gives to devices, whatever comes after a full stop."""


class PackFile(Struct, frozen=True):
    """A file of a pack."""

    name: str
    size: int
    """Bytes."""
    sha256: str
    """In hexadecimal; empty where the makers publish none, until the file is installed."""
    sources: tuple[str, ...] = ()
    """Addresses, in the order in which they are tried."""
    md5: str = ""
    """Where there is no SHA-256: what the makers publish instead."""
    optional: bool = False
    """Whether the pack is whole without it: a text that its makers change from time to time."""


class PackVoice(Struct, frozen=True):
    """A voice in a pack."""

    name: str
    """Within the pack."""
    language: LanguageTag
    gender: str = ""
    description: str = ""


class Pack(Struct, frozen=True, kw_only=True):
    """What can be installed, as the catalogue has it."""

    id: str
    """Also the name of its folder, so a plain one (`is_slug`)."""
    family: str
    """Which engine speaks it: `kokoro`, `piper`."""
    quality: str = ""
    description: str = ""
    sample_rate: int = 0
    """Hz."""
    voices: tuple[PackVoice, ...] = ()
    licence: str
    """An SPDX expression, or the makers' own words."""
    licence_note: str = ""
    """In a line, what it means for the use."""
    restricted: bool = False
    """Whether the licence restricts the use, or nobody knows what it allows: then it must be accepted."""
    homepage: str = ""
    files: tuple[PackFile, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def languages(self) -> tuple[LanguageTag, ...]:
        """Of its voices, each once."""
        return tuple(dict.fromkeys(voice.language for voice in self.voices))


class InstalledPack(Pack, frozen=True, kw_only=True):
    """A pack that is installed, as its manifest has it: with the SHA-256 of each file."""

    folder: Path
    writable: bool
    """Whether it lies in the user's own store, where it can be removed."""

    def path(self, name: str) -> Path:
        """Where the file called `name` lies. Raises `EngineError` where the pack has none."""
        if all(file.name != name for file in self.files):
            raise EngineError(
                f"The voice {self.id} has no file {name}.", f"Look: chaptercast voices --verify {self.id}"
            )
        return self.folder / name


def is_slug(name: str) -> bool:
    """Whether `name` can be the name of a pack or of a file in one, on every system: never a path, nothing hidden, no device."""
    return bool(_SLUG.fullmatch(name)) and len(name) <= MOST_NAME and not _DEVICE.fullmatch(name)


def slug_of(name: str) -> str:
    """`name` as the name of a pack: without accents, with hyphens for what else does not fit; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = _UNFIT.sub("-", plain).strip("-.")[:MOST_NAME]
    return slug if is_slug(slug) else ""
