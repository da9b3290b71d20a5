"""Makes file names that players show: readable, and safe on every system and memory card; optionally only ASCII."""

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
"""Not allowed on FAT and Windows."""
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ._'()-]+")
_MOST_BYTES = 120
_LIGATURES = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "’": "'",
        "–": "-",
        "—": "-",
    }
)


def file_name(title: str, fallback: str) -> str:
    """Returns `title` as part of a file name, in any script; `fallback` if nothing of it remains."""
    kept = " ".join(_FORBIDDEN.sub(" ", unicodedata.normalize("NFC", title)).split())
    cut = kept.encode("utf-8", "ignore")[:_MOST_BYTES].decode(errors="ignore").strip(" .")
    return cut or fallback


def plain_name(title: str, fallback: str) -> str:
    """Returns the same in ASCII: letters lose their accents, other scripts are removed."""
    bare = unicodedata.normalize("NFKD", title.translate(_LIGATURES))
    stripped = "".join(c for c in bare if not unicodedata.combining(c))
    kept = _NOT_PLAIN.sub(" ", stripped)
    return file_name(kept if re.search("[A-Za-z0-9]", kept) else "", fallback)
