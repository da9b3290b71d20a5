"""Names of files and folders made from titles: readable in any script, and safe on every system."""

import re
import unicodedata

_MAX_BYTES = 96
"""Short enough that folder, name and suffix fit the 255 bytes of common file systems, and the path of Windows."""
_NOT_A_WORD = re.compile(r"[^\w]+|_+")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
"""Names that Windows keeps for devices."""


def slug(title: str, fallback: str = "article") -> str:
    """`title` as one path component: letters and digits of any script in lower case, joined by hyphens.

    Never empty, hidden, reserved, or anything but a plain name; `fallback` where the title has no letter or digit.
    """
    words = _NOT_A_WORD.sub("-", unicodedata.normalize("NFKC", title[: 4 * _MAX_BYTES]).lower())
    cut = unicodedata.normalize("NFC", words).strip("-").encode()[:_MAX_BYTES].decode(errors="ignore").strip("-")
    if not cut:
        return fallback
    return f"{cut}-" if cut in _RESERVED else cut
