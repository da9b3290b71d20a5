"""Mends ligatures that a file maps to their first letter only ("benefts", "diferent").

The glyph of a ligature is wider than that of the letter f in the same font. Its width, whether it hangs over like an f, and the letters
around it tell which one it is. Words are English, or have the same spelling rules as English for these letters.
"""

from collections.abc import Iterable, Sequence
from statistics import median

from msgspec import Struct, field

from chaptercast.document.formats.pdf.page import Glyph

_WIDE, _WIDTH = 1.25, 0.4
"""Minimum width of a ligature, as a multiple of the letter's, and in em."""
_PART = 0.6
"""A ligature is wider than the letter f by at least this share of the letter i."""
_FEWEST = 3
"""Minimum number of plain letters f by which a ligature is known."""
_OVERHANG = 0.03
"""An f, and a ligature that ends with one, hangs over what follows by at least so much, in em. A ligature has half of that of an f."""
_OVERLAP = -0.15
"""Maximum overlap of two letters of a word, in em."""
_FF, _FI, _FL, _FFI, _FFL = "\ufb00", "\ufb01", "\ufb02", "\ufb03", "\ufb04"
_VOWELS = frozenset("aeiouyäöüáàâéèêëíìîïóòôúùûå")
_FIE = ("eld", "erc", "ery", "end", "esta")
_LONG_STEM = 4
"""A word with so many letters before an i and the ligature ends in "-ified", "-ifies", "-ifier"."""


class _Kind(Struct):
    """The glyphs of one width that a font has for the letter f."""

    places: list[int] = field(default_factory=list)
    """Their indices."""
    steps: list[float] = field(default_factory=list)
    """The distances to the glyphs that directly follow, in em."""


def mend_ligatures(glyphs: Sequence[Glyph]) -> None:
    """Changes the text of glyphs of a page that are ligatures to that of the ligature."""
    fonts: dict[str, dict[float, _Kind]] = {}
    narrow: dict[str, list[float]] = {}
    for index, glyph in enumerate(glyphs):
        if glyph.text not in ("f", "i") or glyph.style.mono or glyph.shift or _is_divided(glyphs, index):
            continue
        step = _step(glyphs, index)
        if glyph.text == "i":
            narrow.setdefault(glyph.style.font, []).extend([] if step is None else [step])
            continue
        kind = fonts.setdefault(glyph.style.font, {}).setdefault(round(_width(glyph), 2), _Kind())
        kind.places.append(index)
        kind.steps.extend([] if step is None else [step])
    for font, kinds in fonts.items():
        if font and len(kinds) > 1:
            _mend_font(glyphs, kinds, narrow.get(font, []))


def _mend_font(glyphs: Sequence[Glyph], kinds: dict[float, _Kind], narrow: Sequence[float]) -> None:
    usual = min((width for width, kind in kinds.items() if len(kind.places) >= _FEWEST), default=0.0)
    wide = {width: kind for width, kind in kinds.items() if width >= max(_WIDE * usual, _WIDTH)}
    if not usual or not kinds[usual].steps or not wide:
        return
    letter = median(kinds[usual].steps)
    i = median(narrow) if narrow else 0.9 * letter
    triple = (letter + i + 2 * letter + i) / 2
    twos: list[_Kind] = []
    for width, kind in wide.items():
        step = median(kind.steps) if kind.steps else width
        if step < letter + _PART * i:
            continue
        words = [_around(glyphs, index) for index in kind.places]
        if step > triple:
            _set(glyphs, kind.places, (_FFI if after[:1] not in _VOWELS else _FFL for _, after in words))
        elif _hangs_over(width, kind, usual - letter) or not all(after for _, after in words):
            _set(glyphs, kind.places, [_FF] * len(words))
        else:
            twos.append(kind)
    for kind in twos:
        guesses = [_guess(*_around(glyphs, index)) for index in kind.places]
        if len(twos) > 1:  # one width for each ligature
            guesses = [max((_FI, _FL), key=guesses.count)] * len(guesses)
        _set(glyphs, kind.places, guesses)


def _hangs_over(width: float, kind: _Kind, usual: float) -> bool:
    return bool(kind.steps) and usual >= _OVERHANG and width - median(kind.steps) >= 0.5 * usual


def _set(glyphs: Sequence[Glyph], places: Iterable[int], texts: Iterable[str]) -> None:
    for index, text in zip(places, texts, strict=True):
        glyphs[index].text = text


def _guess(before: str, after: str) -> str:
    """Returns which of fi and fl fits between the letters of a word."""
    if after[:1] not in _VOWELS:
        return _FI
    if after[:1] == "e" and (after.startswith(_FIE) or (before[-1:] == "i" and len(before) >= _LONG_STEM)):
        return _FI
    return _FL


def _width(glyph: Glyph) -> float:
    return (glyph.x1 - glyph.x0) / max(glyph.size, 0.1)


def _step(glyphs: Sequence[Glyph], index: int) -> float | None:
    """Returns the distance from a glyph to the next one of its word, in em."""
    glyph = glyphs[index]
    following = glyphs[index + 1] if index + 1 < len(glyphs) else None
    if following is None or not _are_one_word(glyph, following):
        return None
    return (following.x0 - glyph.x0) / max(glyph.size, 0.1)


def _is_divided(glyphs: Sequence[Glyph], index: int) -> bool:
    """Returns whether the next glyph lies on this one: the file has all letters of the ligature."""
    glyph, following = glyphs[index], glyphs[index + 1] if index + 1 < len(glyphs) else None
    return following is not None and following.y == glyph.y and -0.9 < (following.x0 - glyph.x1) / glyph.size < _OVERLAP


def _are_one_word(glyph: Glyph, following: Glyph) -> bool:
    near = abs(following.y - glyph.y) < 0.1 * glyph.size and _OVERLAP < (following.x0 - glyph.x1) / glyph.size < 1
    return following.space == 0 and near and following.style == glyph.style and following.text.isalpha()


def _around(glyphs: Sequence[Glyph], index: int) -> tuple[str, str]:
    """Returns the letters of a word before and after a glyph, all small."""
    first = last = index
    while first > 0 and _are_one_word(glyphs[first - 1], glyphs[first]) and glyphs[first - 1].text.isalpha():
        first -= 1
    while last + 1 < len(glyphs) and _are_one_word(glyphs[last], glyphs[last + 1]):
        last += 1
    before = "".join(glyph.text for glyph in glyphs[first:index])
    after = "".join(glyph.text for glyph in glyphs[index + 1 : last + 1])
    return before.lower(), after.lower()
