"""Converts a text into tokens that can be compared: its sounds, whatever the spelling.

Both sides go through the program's own normaliser, so that “1987” and “nineteen eighty-seven” are the same. Chinese is compared by
syllables without tones, Japanese by kana: homophones are not faults. In languages without spaces, characters stand for words.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from chaptercast.common.units import LanguageTag, primary
from chaptercast.script.utterances import Verbalizer

_MOST_BYTES = 100_000
"""Maximum bytes of a text that is normalised at once."""
_UNSPACED = frozenset({"th", "lo", "my", "km", "bo", "yue"})
_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W_\u3400-\u9fff\uf900-\ufaff]+")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d+(?:[.,:'’]\d+|[ \u202f]\d{3}(?!\d))*")
"""A number with its separators; a space is one only before three digits."""

LATIN_LETTER = 0.35
"""Duration of a letter of a word in Latin letters, in Chinese or Japanese, in syllables: .38 in a text of 25 minutes; .78 for letters
that are read one by one."""
_MOST_PARTS = 4
"""Into so many parts a number may be heard: 2,317,400 as 2, 317 and 400."""
_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"})
"""First words of the Unicode names of their characters."""
_LARGE_UNITS = "万萬亿億兆"
"""A number before one of these is not the number that its digits make."""
_REPEATED = re.compile(r"(\d)\1+")
_JOINED_NUMBER = re.compile(r"(?<=[^\W\d_])(?=\d)")


class Token(NamedTuple):
    """A word; in some languages a syllable or a character."""

    shown: str
    sound: str
    """Its sound, in letters without accents or case. Equal for words that sound the same, as far as that is known."""


Cut = Callable[[str], Iterator[Token]]


def spoken(text: str, language: LanguageTag) -> str:
    """Returns a text as it is spoken: numbers and signs in words."""
    wording = Verbalizer(language, spell=True, max_bytes=_MOST_BYTES)
    return " ".join(sentence.spoken for sentence in wording.sentences(text) if sentence.spoken)


def tokens(text: str, language: LanguageTag) -> tuple[Token, ...]:
    """Returns the tokens of a normalised text."""
    cut = _CUTS.get(primary(language))
    if cut:
        return tuple(cut(text))
    return tuple(_characters(text) if primary(language) in _UNSPACED else _words(text))


def numbers(text: str) -> list[str]:
    """Returns the numbers in a text that are written in digits."""
    return _DIGITS.findall(unicodedata.normalize("NFKC", text))


def are_all_among(written: Sequence[str], heard: Sequence[str]) -> bool:
    """Returns whether all numbers are heard, however they are parted: 10 and 30 as 1030, but not 22 within 42 and 2021."""
    known = _joined(heard)
    among = [run for run in _runs(len(written)) if "".join(written[slice(*run)]) in known]
    return all(any(begin <= n < end for begin, end in among) for n in range(len(written)))


def _joined(numbers: Sequence[str]) -> set[str]:
    return {"".join(numbers[slice(*run)]) for run in _runs(len(numbers))}


def _runs(count: int) -> Iterator[tuple[int, int]]:
    """Yields the ranges of up to `_MOST_PARTS` of so many numbers that follow one another."""
    for begin in range(count):
        yield from ((begin, end) for end in range(begin + 1, min(count, begin + _MOST_PARTS) + 1))


def number_forms(text: str) -> list[tuple[str, str]]:
    """Returns the numbers in a text with their separators: the digits alone, and as they are written."""
    found = _NUMBER.findall(unicodedata.normalize("NFKC", text))
    return [("".join(_DIGITS.findall(number)), number) for number in found]


def with_numbers_of(written: str, heard: str) -> str:
    """Returns what was heard with its numbers as they are written, if they have the same digits: 752 as 7:52, 2317 as 2,317."""
    forms = dict(number_forms(written))
    return replaced_numbers(heard, {form: forms.get(digits, form) for digits, form in number_forms(heard)})


def is_one_digit_other(written: str, heard: str) -> bool:
    """Returns whether one number in digits is heard as another one, and exactly one of its digits differs."""
    lost, added = _other_numbers(written, heard)
    if len(lost) != 1 or len(added) != 1 or len(lost[0]) != len(added[0]):
        return False
    return sum(one != other for one, other in zip(lost[0], added[0], strict=True)) == 1


def is_same_but_repeated_digits(written: str, heard: str) -> bool:
    """Returns whether a number is heard as another one, and only a digit that is repeated comes more often or less: 2000 as 200."""
    lost, added = ({_REPEATED.sub(r"\1", one) for one in side} for side in _other_numbers(written, heard))
    return bool(lost & added)


def _other_numbers(written: str, heard: str) -> tuple[list[str], list[str]]:
    """Returns the numbers that are only written, and those that are only heard."""
    wanted, got = (_whole_numbers(text) for text in (written, heard))
    return [one for one in wanted if one not in got], [one for one in got if one not in wanted]


def _whole_numbers(text: str) -> list[str]:
    """Returns the digits of the numbers in a text, with the large unit that follows: 2300亿 is not 2300."""
    folded = unicodedata.normalize("NFKC", text)
    found = ((number, folded[number.end() : number.end() + 1]) for number in _NUMBER.finditer(folded))
    return ["".join(_DIGITS.findall(number[0])) + (unit if unit in _LARGE_UNITS else "") for number, unit in found]


def replaced_numbers(text: str, forms: Mapping[str, str]) -> str:
    """Returns a text with other numbers in place of its own."""
    return _NUMBER.sub(lambda found: forms.get(found[0], found[0]), unicodedata.normalize("NFKC", text))


def apart(text: str) -> str:
    """Returns a text with a space before a number that is written as a part of a word: a recogniser writes A1312 for “hay 1312”."""
    return _JOINED_NUMBER.sub(" ", text)


def is_unspaced(language: LanguageTag) -> bool:
    """Returns whether a language is written without spaces between words, in signs that mostly stand for syllables."""
    return primary(language) in ("zh", "ja", "yue")


def shown(tokens: Sequence[Token], language: LanguageTag) -> str:
    """Returns tokens as a text."""
    return ("" if is_unspaced(language) else " ").join(token.shown for token in tokens)


def is_foreign_word(token: Token, language: LanguageTag) -> bool:
    """Returns whether a token is in Latin letters in a language that is not. A recogniser writes it as it likes: WebGPU as 外部級必有."""
    return is_unspaced(language) and token.shown.isascii() and not token.shown.isdigit()


def is_other_script(expected: Sequence[Token], heard: Sequence[Token]) -> bool:
    """Returns whether most words are heard in another script: recognisers write Hindi as Urdu, or in Latin letters."""
    wanted, got = _script(expected), _script(heard)
    return bool(wanted and got) and wanted != got


def _script(tokens: Sequence[Token]) -> str:
    """Returns the script of most letters; of East Asian texts that of ideographs. Empty if there are none."""
    names = (
        unicodedata.name(letter, "").split(" ")[0] for token in tokens for letter in token.shown if letter.isalpha()
    )
    counted = Counter("CJK" if name in _EAST_ASIAN else name for name in names)
    return max(counted, key=counted.__getitem__, default="")


def can_compare(language: LanguageTag) -> str:
    """Returns why a language cannot be compared here, with a remedy; empty if it can."""
    if primary(language) == "zh" and not _present("pypinyin"):
        return "Chinese is compared by its readings: pip install 'chaptercast[listen]'"
    if primary(language) == "ja" and not _present("pyopenjtalk"):
        return "Japanese is compared by its readings: pip install 'chaptercast[listen,ja]'"
    return ""


@cache
def _present(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is not None


def _plain(text: str) -> str:
    """Returns a text without case, accents, and characters that are not heard."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss").replace("œ", "oe").replace("æ", "ae"))
    return "".join(character for character in folded if not unicodedata.combining(character))


def _words(text: str) -> Iterator[Token]:
    for found in _WORD.findall(unicodedata.normalize("NFKC", text)):
        yield Token(found, _plain(found))


def _characters(text: str) -> Iterator[Token]:
    for found in _WORD.findall(unicodedata.normalize("NFKC", text)):
        yield from (Token(character, character) for character in found)


def _chinese(text: str) -> Iterator[Token]:
    from pypinyin import lazy_pinyin

    for run in _HAN.findall(unicodedata.normalize("NFKC", text).replace("著", "着")):
        if run[0] >= "\u3400":
            yield from map(Token, run, (_plain(syllable).replace("u:", "v") for syllable in lazy_pinyin(run)))
        else:
            yield Token(run, _plain(run))


def _japanese(text: str) -> Iterator[Token]:
    from chaptercast.speech.engines.espeak.japanese import read

    said = read(text).said
    for found in _WORD.findall(said.replace("ー", "")):
        yield from (Token(character, character) for character in found)


_CUTS: Mapping[str, Cut] = MappingProxyType({"zh": _chinese, "ja": _japanese})
