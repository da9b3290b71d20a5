"""Grapheme-to-phoneme for Mandarin: ideographs to syllables, syllables to Kokoro's training letters, with arrows for tones.

jieba's dictionary (`rjieba`) finds the words, and pypinyin's gives the readings of their ideographs. The sounds are those of Pinyin in
IPA (Duanmu, The Phonology of Standard Chinese, 2007; Lin, The Sounds of Chinese, 2007). An arrow after the vowel marks the tone: → ↗ ↓
↘ for tones one to four, none for the neutral tone.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import Any, TypeAlias

from chaptercast.errors import EngineError
from chaptercast.speech.engines.neural.phonemes.model import Spelling, Word
from chaptercast.speech.engines.neural.runtime import REMEDY

_PACKAGES = ("pypinyin", "rjieba")
_INITIALS: Mapping[str, str] = MappingProxyType(
    {
        "b": "p", "c": "ʦʰ", "ch": "ꭧʰ", "d": "t", "f": "f", "g": "k", "h": "x", "j": "ʨ", "k": "kʰ", "l": "l", "m": "m", "n": "n",
        "p": "pʰ", "q": "ʨʰ", "r": "ɻ", "s": "s", "sh": "ʂ", "t": "tʰ", "x": "ɕ", "z": "ʦ", "zh": "ꭧ", "": "",
    }
)  # fmt: skip
_FINALS: Mapping[str, str] = MappingProxyType(
    {
        "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0", "en": "ə0n", "eng": "ə0ŋ", "er": "ɚ0",
        "i": "i0", "ia": "ja0", "ian": "jɛ0n", "iang": "ja0ŋ", "iao": "jau0", "ie": "je0", "in": "i0n", "ing": "i0ŋ", "iong": "jʊ0ŋ",
        "iou": "jou0", "o": "wo0", "ong": "ʊ0ŋ", "ou": "ou0", "u": "u0", "ua": "wa0", "uai": "wai0", "uan": "wa0n", "uang": "wa0ŋ",
        "uei": "wei0", "uen": "wə0n", "ueng": "wə0ŋ", "uo": "wo0", "v": "y0", "van": "ɥɛ0n", "ve": "ɥe0", "vn": "y0n", "ê": "ɛ0",
    }
)  # fmt: skip
"""The tone goes where the 0 stands. ü is written v, and no final is abbreviated."""
_BUZZED = "ɨ0"
"""The final of zi, ci, si, zhi, chi, shi and ri."""
_BUZZING = frozenset({"z", "c", "s", "zh", "ch", "sh", "r"})
_WITHOUT_VOWEL: Mapping[str, str] = MappingProxyType(
    {"m": "m0", "n": "n0", "ng": "ŋ0", "hm": "hm0", "hng": "hŋ0", "o": "ɔ0", "yo": "jɔ0"}
)
"""Interjections: 呣, 嗯, 哼, 哦, 哟."""
_TONES: Mapping[str, str] = MappingProxyType({"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""})
_PARTICLE, _PARTICLE_SOUNDS = "得", ("d", "e", "5")
"""Alone, this character is nearly always the particle, which the dictionary does not know."""

_Cut: TypeAlias = Callable[[str], list[str]]
_Read: TypeAlias = Callable[[str], Iterator[str]]


def dictionary() -> str:
    """Names and versions of the packages that read ideographs, which decide what is spoken. Empty if they are not installed."""
    try:
        return ", ".join(f"{package} {version(package)}" for package in _PACKAGES)
    except PackageNotFoundError:
        return ""


def spell(text: str) -> Spelling:
    """Spell ideographs without punctuation between them. A character without a reading is listed as unread. Raises `EngineError`."""
    cut, read = _readers()
    symbols, at = "", 0
    words: list[Word] = []
    unread: list[tuple[int, int]] = []
    for word in cut(text):
        begin, at = at, at + len(word)
        syllables = list(read(word))
        unread += ((begin + place, begin + place + 1) for place, syllable in enumerate(syllables) if not syllable)
        if any(syllables):
            symbols += " " if symbols else ""
            words.append(Word(len(symbols), begin, len(word)))
            symbols += "".join(syllables)
    return Spelling(symbols, tuple(words), tuple(unread))


def sounds(initial: str, final: str, tone: str) -> str:
    """A syllable in the model's letters. Empty if Pinyin has no such syllable. `final` is the full form, not the written one."""
    letters = _BUZZED if initial in _BUZZING and final == "i" else _FINALS.get(final, "")
    if initial not in _INITIALS or not letters:
        return ""
    return (_INITIALS[initial] + letters).replace("0", _TONES[tone])


@cache
def _readers() -> tuple[_Cut, _Read]:
    """The word segmenter, and the function that reads the ideographs of a word: 0.7 s and 80 MB to load."""
    try:
        import rjieba
        from pypinyin import Style, lazy_pinyin
    except ImportError as error:
        raise EngineError(f"The readings of Chinese cannot be loaded: {error}.", REMEDY) from error

    def none(characters: str) -> Any:  # returns a list, though its type says otherwise
        return [""] * len(characters)

    def pinyin(word: str, style: Style) -> list[str]:
        return lazy_pinyin(word, style=style, strict=True, neutral_tone_with_five=True, errors=none)

    def read(word: str) -> Iterator[str]:
        if word == _PARTICLE:
            yield sounds(*_PARTICLE_SOUNDS)
            return
        parts = (pinyin(word, style) for style in (Style.INITIALS, Style.FINALS_TONE3, Style.TONE3))
        for initial, final, whole in zip(*parts, strict=True):
            tone = whole[-1:] if whole[-1:] in _TONES else "5"
            short = _WITHOUT_VOWEL.get(whole.rstrip("12345"), "").replace("0", _TONES[tone])
            yield short or sounds(initial, final.rstrip("12345"), tone)

    return rjieba.cut, read
