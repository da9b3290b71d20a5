"""Rules for characters: one spelling for each, and none that cannot be heard. These tables run first, before any other rule.

Not NFKC for everything: it would turn `m²` into `m2`, `½` into `1⁄2` and `①` into `1`, and the later rules need these characters.
"""

import unicodedata

from chaptercast.script.normalise.edits import BEYOND_ASCII, Match, Rule, rule

_SPACES = "\t\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ue000-\uf8ff\ud800-\udfff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
"""Controls, direction marks, variation selectors, noncharacters, and private-use characters."""
_JOINERS = r"(?<![\u0600-\u109f])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u109f])"
"""Joiners and non-joiners outside the scripts whose spelling uses them."""

_SAME = str.maketrans(
    {
        "℃": "°C", "℉": "°F", "㎡": "m²", "㎥": "m³", "㎢": "km²", "㎤": "cm³", "㎠": "cm²", "㎜": "mm", "㎝": "cm", "㎞": "km",
        "㎎": "mg", "㎏": "kg", "㎖": "ml", "㎗": "dl", "ℓ": "l", "㏄": "cc", "㎐": "Hz", "㎑": "kHz", "㎒": "MHz", "㎓": "GHz",
        "㎧": "m/s", "Ω": "Ω", "￥": "¥", "￡": "£", "￠": "¢", "￦": "₩", "﹩": "$", "﹪": "%", "﹠": "&",
        "‐": "-", "‑": "-", "﹣": "-", "‒": "–", "―": "—", "⸺": "——", "⸻": "——", "﹘": "–", "﹗": "！", "﹖": "？", "﹕": ":",
        "⁄": "/", "∕": "/", "÷": "÷", "⨯": "×", "✕": "×", "✖": "×", "∗": "*", "∙": "·", "⋅": "·", "•": "•", "∶": ":", "〜": "~",
        "∼": "~", "～": "~", "˜": "~", "⁓": "~", "〰": "~", "﹢": "+", "﹦": "=", "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥", "≒": "≈",
        "≃": "≈", "≅": "≈", "ʼ": "'", "ʹ": "'", "´": "'", "＇": "'", "‛": "'", "＂": '"', "〝": "“", "〞": "”", "〟": "”", "‟": "“",
        "❝": "“", "❞": "”", "❛": "‘", "❜": "’", "⋯": "…", "︙": "…", "‥": "…", "\u2028": "\n", "\u2029": "\n", "\r": "\n",
    }
)  # fmt: skip
_SAME_CLASS = "".join(map(chr, _SAME))
_COMPATIBLE = "ᴬ-ᵡʰ-ʸˡ-ˣⁱⁿᶜᶠᶻₐ-ₜ\ufb00-\ufb06\uff66-\uff9d㋀-㋋㏠-㏾㍘-㍰🄋🄌\U0001d400-\U0001d7ff"
"""Styled and small letters, ligatures, half-width kana, days and months in one square: NFKC gives their meaning."""
_BELOW = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_CJK_NEAR = r"(?<=[0-9０-９])[．：](?=[0-9０-９])|(?<=[０-９])，(?=[０-９]{3}(?![０-９]))"


def _unscramble(found: Match) -> str:
    return unicodedata.normalize("NFC", found[0])


def _compatible(found: Match) -> str:
    return unicodedata.normalize("NFKC", found[0])


def _narrow(found: Match) -> str:
    return found[0].translate(_WIDTH)


def _number_sign(found: Match) -> str:
    """`nᵒ 4`, as the French write it. With a plain letter instead of the superscript, it would become a word."""
    return f"{found[0][0]}°{'s' if found[0].endswith('ˢ') else ''}"


_COMPOSED = rule(
    "canonical composition",
    # A letter with its marks, Hangul in parts, and characters that are only another code for the same one.
    r"[^\W_][\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711\u0730-\u074a\u093c"
    r"\u0951-\u0954\u09bc-\u09d7\u0a3c\u0b3c-\u0b57\u0bbe-\u0bd7\u0c56\u0cc2-\u0cd6\u0d3e-\u0d57\u0dca-\u0ddf\u0e38-\u0e4b"
    r"\u102e\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f]+|[\u1100-\u11ff]{2,}|[\uac00-\ud7a3][\u11a8-\u11c2]"
    r"|[\u0340-\u0344\u0374\u037e\u0387\u0958-\u095f\u09dc-\u09df\u1f71-\u1ffd\u2126\u212a\u212b\u2329\u232a\uf900-\ufaff]",
    _unscramble,
    needs=BEYOND_ASCII,
)


RUNS: tuple[Rule, ...] = (
    rule("line breaks", r"\n[ \n]+", "\n", needs="\n"),
    rule("spaces", r" {2,}", " ", needs=" "),
)
"""Applied after the rules for characters. Later tables then meet only single spaces, and need not search the end of a run from each of its
places."""


def character_rules(*, cjk: bool, number_sign: str = "№") -> tuple[Rule, ...]:
    """The rules for the characters of a text. Full-width punctuation is kept (`cjk`) or narrowed.

    `number_sign` is how the language writes № in letters.
    """
    widths = "！-～" if not cjk else "＂-＇＃-＆＊＋－／０-９＜-＠Ａ-Ｚａ-ｚ～"
    return (
        rule("same character", f"[{_SAME_CLASS}]", lambda found: found[0].translate(_SAME), needs=_SAME_CLASS),
        rule("micro", r"(?<=\d)( ?)μ(?=(?:m|g|l|L|s|mol)(?![A-Za-z]))", lambda found: f"{found[1]}µ", needs="μ"),
        *((rule("wide mark in a number", _CJK_NEAR, _narrow, needs="．，："),) if cjk else ()),
        rule("full width", f"[{widths}]", _narrow, needs=BEYOND_ASCII),
        rule("compatibility", f"[{_COMPATIBLE}]+", _compatible, needs=BEYOND_ASCII),
        rule("number sign", "№", number_sign, needs="№"),
        rule("number sign in letters", r"[nN]\.?ᵒ(?:ˢ|(?= ?[\d#]))", _number_sign, needs="ᵒ"),
        rule(
            "raised sign",
            "(?<![⁰¹²³⁴-⁹])[⁺⁻](?![⁰¹²³⁴-⁹])",
            lambda found: "+" if found[0] == "⁺" else "−",
            needs="⁺⁻",
        ),
        rule("subscript", "[₀-₉]+", lambda found: found[0].translate(_BELOW), needs="₀₁₂₃₄₅₆₇₈₉"),
        rule("space", f"[{_SPACES}]+", " ", needs=()),
        rule("invisible", f"[{_INVISIBLE}]+|{_JOINERS}", "", needs=()),
        _COMPOSED,
    )
