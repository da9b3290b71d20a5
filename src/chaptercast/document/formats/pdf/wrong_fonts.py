"""Finds fonts whose letters in the file are not those on the page."""

from collections import Counter
from collections.abc import Sequence

from chaptercast.document.formats.pdf.page import Glyph

_WRONG = 0.1
"""If at least this share of the signs are not characters, nothing in the font is trusted."""
_FIRST, _FEWEST = 0x21, 6
"""The first number of a font whose signs are numbered as they come, and minimum number of different signs to know one."""


def wrong_fonts(glyphs: Sequence[Glyph]) -> set[str]:
    """Returns the names of the fonts of a page that are not trusted. `glyphs` are in painting order."""
    counted = Counter(glyph.style.font for glyph in glyphs if glyph.style.unmapped)
    wrong = Counter(glyph.style.font for glyph in glyphs if glyph.style.unmapped and is_wrong(glyph.text))
    found = {font for font, count in wrong.items() if count >= _WRONG * counted[font]}
    return found | _numbered_fonts(glyphs)


def is_wrong(text: str) -> bool:
    """Returns whether a sign is no character: a control sign, one for private use, or a replacement."""
    code = ord(text[0])
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xE000 <= code < 0xF900 or code in (0xFFFD, 0xFFFE, 0xFFFF)


def _numbered_fonts(glyphs: Sequence[Glyph]) -> set[str]:
    r"""Returns fonts whose signs are numbered as they come: the first one is `!`, the next new one `"`, and so on, as in no text.

    Some programs embed fonts in this way without telling the letters, mostly for the words of charts.
    """
    seen: dict[str, set[int]] = {}
    others: set[str] = set()
    for glyph in glyphs:
        font, code = glyph.style.font, ord(glyph.text[0])
        if font in others:
            continue
        codes = seen.setdefault(font, set())
        if code == _FIRST + len(codes):
            codes.add(code)
        elif code not in codes:
            others.add(font)
    return {font for font, codes in seen.items() if font not in others and len(codes) >= _FEWEST}
