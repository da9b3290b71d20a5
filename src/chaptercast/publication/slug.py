"""Makes file and folder names from titles: readable in any script, and safe on every system."""

import unicodedata

import regex

_MAX_BYTES = 96
"""Short enough that folder, name and suffix fit the 255 bytes of common file systems, and a Windows path."""
_UNSEEN = regex.compile(r"\p{Default_Ignorable_Code_Point}+")
_LAST_SIGMA = regex.compile(r"σ(?!\w)")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
"""Names that Windows reserves for devices."""


def slug(title: str, fallback: str = "article") -> str:
    """`title` as one path component: lower-case letters and digits of any script, joined by hyphens.

    Never empty, hidden, reserved, or anything but a plain name. `fallback` if the title has no letter or digit. Titles that differ only
    in case, width or composition give the same name, because many file systems do not distinguish them (Unicode's NFKC_Casefold).
    """
    folded = unicodedata.normalize("NFKC", title[: 4 * _MAX_BYTES]).casefold()
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", unicodedata.normalize("NFKC", folded)))
    words = "-".join("".join(c if _is_of_word(c) else " " for c in seen).split())
    cut = words.encode()[:_MAX_BYTES].decode(errors="ignore").strip("-")
    if not cut:
        return fallback
    return _LAST_SIGMA.sub("ς", f"{cut}-" if cut in _RESERVED else cut)


def _is_of_word(character: str) -> bool:
    """Letters, digits and marks. Without its vowel signs, हिन्दी would be another word."""
    return character.isalnum() or unicodedata.category(character).startswith("M")
