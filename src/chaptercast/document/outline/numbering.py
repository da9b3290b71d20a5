"""Numbers that open a heading: which family of numbering, which value, how deep.

The families and their order are those of Chinese, Japanese and European practice (text.md, section 2: 第X章 > 一、 > （一） > 1. > (1)).
"""

import re
from functools import cache

from msgspec import Struct

from chaptercast.document.outline.word_lists import words

_CJK = "〇零一二三四五六七八九十百廿"
_FORMAL = "壹贰貳弐叁參参肆伍陆陸柒捌玖拾"
_CJK_VALUE = {
    c: value
    for value, signs in enumerate(
        ("零〇", "一壹", "二贰貳弐", "三叁參参", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for c in signs
}
_ROMAN = r"[IVX]{1,8}|(?=[XLC][IVXLC])(?:XC|XL|LX{0,3}|C{1,3}(?:XC|XL|L?X{0,3}))(?:IX|IV|V?I{0,3})|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]"
"""Below 400; `C.` and `L.` alone are letters."""
_DIGITS = r"[0-9０-９]{1,3}"
_STOP = r"[.．、:：)）｜|丨·・]"
_END = r"(?![0-9０-９])"
"""A number that goes on after its stop is a time or a decimal fraction, not a heading's number."""


class Family(Struct, frozen=True):
    """A way of numbering."""

    name: str
    rank: int
    """Order among families: a smaller rank holds a larger part of the text. Equal ranks are told apart by their use."""
    pattern: str
    """With one group: the number."""


class Number(Struct, frozen=True):
    """The number that opens a line."""

    family: str
    rank: int
    value: int
    length: int
    """How many characters of the line it takes, with its sign and the space after it."""


@cache
def _families() -> tuple[tuple[Family, re.Pattern[str]], ...]:
    def before(role: str) -> str:
        return "|".join(re.escape(w) for w in words(role))

    any_number = rf"{_DIGITS}|[{_CJK}]{{1,3}}|{_ROMAN}"
    table = (
        Family(
            "part", 0, rf"(?:第({any_number})(?:部分|部|编|編|篇|卷|부)|(?:{before('part')})\s+({any_number}))(?:\W|$)"
        ),
        Family(
            "chapter",
            1,
            rf"(?:第\s?({any_number})\s?(?:章|回|話|话|장)|(?:{before('chapter')})\s+({any_number}))(?:\W|$)",
        ),
        Family(
            "section",
            2,
            rf"(?:第({any_number})(?:节|節|条|條|講|讲|课|課|절)|(?:{before('section')})\s+({any_number}))(?:\W|$)",
        ),
        Family("ordinal", 5, rf"(?:第|其)([{_CJK}]{{1,3}}|{_DIGITS})[，,、：:是\s]"),
        Family("roman", 4, rf"({_ROMAN})(?:{_STOP}{_END}\s*|\s+[-–—]\s+)"),
        Family("formal", 3, rf"([{_FORMAL}]{{1,3}}){_STOP}\s*"),
        Family("cjk", 4, rf"([{_CJK}]{{1,3}})(?:{_STOP}|\s+(?=\S))\s*"),
        Family("cjk-bracket", 6, rf"[（(【〔]([{_CJK}]{{1,3}})[）)】〕]"),
        Family("decimal-3", 9, rf"{_DIGITS}[.．]{_DIGITS}[.．]({_DIGITS})(?:{_STOP}|\s|(?=\D))\s*"),
        Family("decimal-2", 8, rf"{_DIGITS}[.．]({_DIGITS})(?:{_STOP}|\s|(?=[^\d.]))\s*"),
        Family("decimal", 7, rf"(?:#|№\s?|No\.?\s?)?({_DIGITS})(?:{_STOP}{_END}\s*|\s*[-–—]\s+|\s+(?=\S)|(?:️?⃣)\s*)"),
        Family("bracket", 9, rf"[（(【〔\[]({_DIGITS})[）)】〕\]]\s*"),
        Family("circled", 10, r"([①-⑳❶-❿➀-➓⓵-⓾])\s*"),
        Family("alpha", 8, r"([A-Z])[.)．、:：](?=\s|[^\x00-\x7f])\s*"),
        Family("alpha-small", 11, r"[(（]?([a-z])[)）.](?=\s|[^\x00-\x7f])\s*"),
        # Step 1:, Шаг 2., 迷思三：, 【四日目】: any word, its number and a sign.
        Family("labelled", 5, rf"[【\[]?[^\W\d_]{{2,14}}\s?[.#]?\s?({_DIGITS})\s*(?:{_STOP}|[】\]]|[-–—]\s){_END}\s*"),
        Family("labelled-cjk", 5, rf"[【\[]?[^\W\d_]{{1,4}}?([{_CJK}]{{1,3}})(?:{_STOP}|[】\]]|\s)\s*"),
        Family(
            "day-cjk",
            5,
            rf"[【\[（]?第?([{_CJK}]{{1,3}}|{_DIGITS})(?:日目|天|周目|週目|步|招|件|个|個|つ目|回目)[】\]）：:、，,\s]\s*",
        ),
    )
    return tuple((family, re.compile(family.pattern, re.IGNORECASE if family.rank < 3 else 0)) for family in table)


_ALONE = re.compile(
    rf"(?:(?:part|no|nr|n°|№|chapter|book|letter|stave|act|scene|canto|kapitel|teil|buch|brief|chapitre|livre|lettre|cap[ií]tulo|capitolo|libro|hoofdstuk|deel|partie|parte|часть|глава|книга|step)\s?[.#]?\s?)?(?:{_DIGITS}|{_ROMAN}|[{_CJK}]{{1,3}})\W{{0,2}}"
    r"|[①-⑳❶-❿]|[（(【]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[）)】]?",
    re.IGNORECASE,
)


_NUMERAL = re.compile(rf"\W?(?:{_ROMAN})\W{{0,2}}")
_BARE = re.compile(rf"(?:({_ROMAN})|({_DIGITS}))")
PARTS = frozenset({"part", "chapter", "section"})
"""Families that say what they number."""
ROMAN = frozenset({"roman", "bare-roman"})
COUNTED = frozenset({"decimal", "decimal-2", "decimal-3"})


def bare_number(text: str) -> Number | None:
    """The number that `text` is, without any sign: how chapters of a plain text may be headed."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    family, rank = ("bare-roman", 4) if match[1] else ("bare-decimal", 7)
    return Number(family, rank, value_of(match[0]), match.end())


def number_of(text: str) -> Number | None:
    """The number that `text` opens with, or nothing."""
    for family, pattern in _families():
        match = pattern.match(text)
        if match:
            digits = next(g for g in match.groups() if g)
            return Number(family.name, family.rank, value_of(digits), match.end())
    return None


def is_numeral(text: str) -> bool:
    """Whether `text` is a Roman numeral and nothing else but a sign: its capitals say nothing."""
    return _NUMERAL.fullmatch(text) is not None


def is_number_alone(text: str) -> bool:
    """Whether `text` is a number and nothing else: `01`, `Ⅱ`, `PART.3`, `（四）`."""
    return len(text) <= 24 and _ALONE.fullmatch(text) is not None


def value_of(digits: str) -> int:
    """The value of a number written in digits, Chinese, Roman or circled numerals or as a letter; 0 if it has none."""
    first = digits[0]
    if digits.isdecimal():
        return int(digits)
    if first in _CJK + _FORMAL:
        return _chinese(digits)
    if len(digits) == 1:
        return _single(first)
    return _roman(digits)


def _single(sign: str) -> int:
    for start, end, value in (("①", "⑳", 1), ("❶", "❿", 1), ("➀", "➉", 1), ("➊", "➓", 1), ("⓵", "⓾", 1), ("Ⅰ", "Ⅻ", 1)):
        if start <= sign <= end:
            return ord(sign) - ord(start) + value
    if sign in "IVX":
        return {"I": 1, "V": 5, "X": 10}[sign]
    return ord(sign.lower()) - ord("a") + 1


def _chinese(numeral: str) -> int:
    total, digit = 0, 0
    for sign in numeral:
        if sign in "十拾廿":
            total += (digit or 1) * 10 if sign != "廿" else 20
            digit = 0
        elif sign == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            digit = _CJK_VALUE[sign]
    return total + digit


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}.get(c, 0) for c in numeral.upper()]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))
