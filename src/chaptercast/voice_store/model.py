"""The values of the voice store: packs in the catalogue, and packs that are installed."""

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
"""Written for a pack without a licence text of its own."""
MOST_BYTES = 2_000_000_000
"""The maximum size of one file. The largest known has 326 MB. A file that announces more is refused before anything is written."""
MOST_NAME = 100

Tell: TypeAlias = Callable[[str], None]
"""Called with one line of news."""
Progress: TypeAlias = Callable[[int, int, str], None]
"""Called with the bytes done, the total bytes, and the current file."""

_SLUG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that Windows reserves for devices, with any suffix."""


class PackFile(Struct, frozen=True):
    """A file of a pack."""

    name: str
    size: int
    """Bytes."""
    sha256: str
    """In hexadecimal. If the makers publish none, it is empty until the file is installed."""
    sources: tuple[str, ...] = ()
    """Addresses, in the order of attempts."""
    md5: str = ""
    """For files without a published SHA-256."""
    optional: bool = False
    """Whether the pack is complete without it: a text that its makers change from time to time."""


class PackVoice(Struct, frozen=True):
    """A voice in a pack."""

    name: str
    """The name within the pack."""
    language: LanguageTag
    gender: str = ""
    description: str = ""


class Pack(Struct, frozen=True, kw_only=True):
    """A pack in the catalogue."""

    id: str
    """Also the name of its folder, so a plain name (`is_slug`)."""
    family: str
    """The engine that speaks it: `kokoro`, `piper`."""
    quality: str = ""
    description: str = ""
    sample_rate: int = 0
    """Hz."""
    voices: tuple[PackVoice, ...] = ()
    licence: str
    """An SPDX expression, or the makers' own words."""
    licence_note: str = ""
    """Its consequence for use, in one line."""
    restricted: bool = False
    """Whether the licence restricts use or is unclear. Then it must be accepted."""
    homepage: str = ""
    files: tuple[PackFile, ...] = ()

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def languages(self) -> tuple[LanguageTag, ...]:
        """The languages of its voices, each once."""
        return tuple(dict.fromkeys(voice.language for voice in self.voices))


class InstalledPack(Pack, frozen=True, kw_only=True):
    """An installed pack as in its manifest, with the SHA-256 of each file."""

    folder: Path
    writable: bool
    """Whether it lies in the user's own store, where it can be removed."""

    def path(self, name: str) -> Path:
        """The path of the file called `name`. Raises `EngineError` if the pack has none."""
        if all(file.name != name for file in self.files):
            raise EngineError(
                f"The voice {self.id} has no file {name}.", f"Look: chaptercast voices --verify {self.id}"
            )
        return self.folder / name


def is_slug(name: str) -> bool:
    """Whether `name` is valid for a pack or a file in one on every system: not a path, not hidden, not a device."""
    return bool(_SLUG.fullmatch(name)) and len(name) <= MOST_NAME and not _DEVICE.fullmatch(name)


def slug_of(name: str) -> str:
    """`name` as a pack name: accents removed, other unsuitable characters replaced by hyphens. Empty if nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = _UNFIT.sub("-", plain).strip("-.")[:MOST_NAME]
    return slug if is_slug(slug) else ""
