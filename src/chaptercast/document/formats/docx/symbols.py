"""Signs of fonts that have an encoding of their own, as the characters of Unicode that they are."""

from collections.abc import Mapping
from types import MappingProxyType

PRIVATE = 0xF000
"""Word writes such signs as this plus their place in the font."""


def _row(start: int, signs: str) -> dict[int, str]:
    return {start + index: sign for index, sign in enumerate(signs.replace("\n", "")) if sign != " "}


_SYMBOL = {
    **_row(0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    **_row(0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ "),
    **_row(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    **_row(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…  ↵"),
    **_row(0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
    **_row(0xE0, "◊⟨®©™∑          "),
    **_row(0xF1, "⟩∫"),
}
"""Adobe's Symbol encoding; pieces of large brackets are left out."""

_WINGDINGS = {
    **_row(0x21, "✏✂✁"),
    **_row(0x28, "☎✆✉"),
    **_row(0x36, "⌛⌨"),
    **_row(0x3F, "✍ ✌"),
    **_row(0x45, "☜☞☝☟ ☺😐☹💣☠"),
    **_row(0x51, "✈☼💧❄"),
    **_row(0x58, "✠✡☪☯"),
    **_row(0x6C, "●❍■□ ❑❒  ◆❖ ⌧"),
    **_row(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_row(0x9E, "·•"),
    **_row(0xA1, "○  ◉◎ ▪☐ ✦★✶✴✹✵"),
    **_row(0xD8, "➢"),
    **_row(0xDF, "←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩⇔⇳"),
    **_row(0xFB, "✗✓☒☑"),
}
_WINGDINGS_2 = _row(0x4F, "✗✓☒☑☒") | _row(0xA3, "☐")
_WEBDINGS = {0x33: "◀", 0x34: "▶", 0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗"}

FONTS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "webdings": _WEBDINGS}
)
"""By the name of the font, in lower case."""


def character(font: str, code: int) -> str:
    """The character that a sign of a font is; nothing where that is not known."""
    table = FONTS.get(font.lower())
    if table is None:
        return chr(code) if 0x20 < code < 0xD800 or 0xF900 <= code < 0xFFFE else ""
    return table.get(code - PRIVATE if code >= PRIVATE else code, "")


def plain(text: str, font: str) -> str:
    """Text that is set in such a font, as the characters that are seen; those that are not known stay."""
    table = FONTS.get(font.lower())
    if table is None:
        return text
    places = ((ord(each) - PRIVATE if ord(each) >= PRIVATE else ord(each), each) for each in text)
    return "".join(table.get(place, each) for place, each in places)
