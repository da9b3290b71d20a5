"""The role of single characters in a formula, and one canonical character for all that look or mean the same."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from chaptercast.mathematics.tree import Letter, Node, Number, Row, Sign

SAME: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys("-–‐‑﹣－", "−"),
        **dict.fromkeys("*∗⁎", "∗"),
        **dict.fromkeys("·⋅∙•", "⋅"),
        **dict.fromkeys("∣❘", "∣"),
        "｜": "|",
        "∊": "∈",
        "∍": "∋",
        **dict.fromkeys("∥‖║", "‖"),
        **dict.fromkeys("〈⟨❬", "⟨"),
        **dict.fromkeys("〉⟩❭", "⟩"),
        **dict.fromkeys("'’´ʹ", "′"),
        '"': "″",
        "\u02c6": "^",
        "\u2236": ":",
        **dict.fromkeys("⩽≦⪕", "≤"),
        **dict.fromkeys("⩾≧⪖", "≥"),
        **dict.fromkeys("⟶⇀⟼", "→"),
        "⟵": "←",
        **dict.fromkeys("⟹⟾", "⇒"),
        "⟸": "⇐",
        **dict.fromkeys("⟺", "⇔"),
        "⟷": "↔",
        "⇋": "⇌",
        **dict.fromkeys("≔⩴", "≔"),
        "∆": "Δ",
        "µ": "μ",
        "Ω": "Ω",
        "ϵ": "ε",
        "ϑ": "θ",
        "ϕ": "φ",
        "ϱ": "ρ",
        "ϖ": "π",
        "ϰ": "κ",
        "⧸": "/",
        "∕": "/",
        "⁄": "/",
        "…": "…",
        **dict.fromkeys("⋯⋮⋰⋱", "…"),
        "⟂": "⊥",
        "⌀": "∅",
        "⊤": "⊤",
        "⊺": "⊤",
        "∼": "∼",
        "~": "∼",
        "˜": "∼",
        "℮": "e",
        "，": ",",
        "；": ";",
        "：": ":",
        "（": "(",
        "）": ")",
        "＝": "=",
        "＋": "+",
        "＜": "<",
        "＞": ">",
        "×": "×",
        "✕": "×",
        "⨯": "×",
        "\u02d9": "⋅",
    }
)
OPENING: Mapping[str, str] = MappingProxyType({"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉", "⟦": "⟧"})
CLOSING = frozenset(OPENING.values())
BARS = frozenset("|‖")
RELATIONS = frozenset("=≠<>≤≥≪≫≈≡∼≃≅≐∝∈∉∋∌⊂⊆⊊⊄⊈⊃⊇→←↔⇒⇐⇔↦↪↠⊥∥∣∤⊢⊨⊩≔≕≜≝⇌≺≻⪯⪰≼≽≲≳≮≯≰≱≢≉≁⊲⊳◁↓↑⇀∦∷≍⋈⊣")
BINARY = frozenset("+−±∓×⋅∗÷/∘∪∩∖⊕⊗⊖⊙∧∨⊎△⋆⊔⊓∔⋉⋊†‡")
OPERATORS = frozenset("∑∏∐∫∬∭∮∯⋃⋂⨁⨂⨀⋁⋀⨆⨄")
"""Signs that stand before their operand, with bounds below and above."""
INTEGRALS = frozenset("∫∬∭∮∯")
PRIMES: Mapping[str, int] = MappingProxyType({"′": 1, "″": 2, "‴": 3, "⁗": 4})
UNSEEN = frozenset(
    "\u2061\u2062\u2063\u2064\u200b\u200c\u200d\u2060\ufeff\u00ad\u00a0\u3000\t\n\r \u202f\u205f\ufe0e\ufe0f\u200e\u200f"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
"""Function application, invisible times, comma and plus; spaces."""
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+−=()ni")
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+−=()aehijklmnoprstuvx")
RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
LOWERED = frozenset("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_STYLES = (("DOUBLE-STRUCK", "double"), ("FRAKTUR", "fraktur"), ("BLACK-LETTER", "fraktur"), ("SCRIPT", "script"))
_LETTERLIKE = frozenset("ℂℍℕℙℚℝℤℬℰℱℋℐℒℳℛℯℊℴℭℌℑℜℨ")


@lru_cache(maxsize=4096)
def one(character: str, style: str = "") -> Node:
    """The node for a character that is not white space: a letter, a digit, or a sign."""
    character = SAME.get(character, character)
    if character.isalpha():
        return _letter(character, style)
    if character.isdecimal():
        return Number(unicodedata.normalize("NFKC", character))
    return Sign(character)


def _letter(character: str, style: str) -> Node:
    if "\U0001d400" <= character <= "\U0001d7ff" or character in _LETTERLIKE:
        name = unicodedata.name(character, "")
        found = next((each for word, each in _STYLES if word in name), "bold" if "BOLD" in name else "")
        plain = unicodedata.normalize("NFKC", character)
        return Letter(SAME.get(plain, plain), found or style)
    if character == "ℏ":
        return Letter("ħ", style)
    return Letter(character, style)


def is_operand(node: Node | None) -> bool:
    """Whether a part can be the left operand of an operator."""
    if isinstance(node, Sign):
        return node.text in CLOSING or node.text in "∞∅!%°…′″⊤⊥"
    return node is not None and not (isinstance(node, Row) and not node.parts)
