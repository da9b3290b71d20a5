"""Numbers as lists write them: 4, iv, d, 四... (ECMA-376, 17.18.59, ST_NumberFormat)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

LARGEST = 32_767
"""No counter of Word goes beyond."""

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_CHINESE_DIGITS = "零一二三四五六七八九"
_CHINESE_UNITS = ("", "十", "百", "千")
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_HANGUL = "가나다라마바사아자차카타파하"
_CHOSUNG = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"


def roman(number: int) -> str:
    """Roman numerals, in small letters."""
    said = ""
    for amount, sign in _ROMAN:
        said += sign * (number // amount)
        number %= amount
    return said


def letters(number: int) -> str:
    """Letters from a to z, then aa, bb... as Word counts."""
    return _repeated("abcdefghijklmnopqrstuvwxyz")(number)


def chinese(number: int) -> str:
    """The number in words: 十二, 二十, 一百零五."""
    if number < 0 or number > 9999:
        return str(number)
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + _CHINESE_DIGITS[digit] + _CHINESE_UNITS[place]
        gap = digit == 0
    return said.removeprefix("一") if 10 <= number < 20 else said or _CHINESE_DIGITS[0]


def _repeated(alphabet: str) -> Callable[[int], str]:
    def format_number(number: int) -> str:
        if not 1 <= number <= LARGEST:
            return str(number)
        times, index = divmod(number - 1, len(alphabet))
        return alphabet[index] * min(times + 1, 30)

    return format_number


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


FORMATS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimalZero": lambda number: f"{number:02}",
        "upperRoman": lambda number: roman(number).upper(),
        "lowerRoman": roman,
        "upperLetter": lambda number: letters(number).upper(),
        "lowerLetter": letters,
        "ordinal": _ordinal,
        **dict.fromkeys(
            (
                *("chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographLegalTraditional"),
                *("taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting", "japaneseLegal"),
                *("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital2"),
            ),
            chinese,
        ),
        "ideographTraditional": _repeated(_STEMS),
        "ideographZodiac": _repeated(_BRANCHES),
        **dict.fromkeys(("aiueo", "aiueoFullWidth"), _repeated(_AIUEO)),
        **dict.fromkeys(("iroha", "irohaFullWidth"), _repeated(_IROHA)),
        "ganada": _repeated(_HANGUL),
        "chosung": _repeated(_CHOSUNG),
        "arabicAlpha": _repeated(_ARABIC),
        "arabicAbjad": _repeated(_ABJAD),
        "hebrew2": _repeated(_HEBREW),
        "russianLower": _repeated(_RUSSIAN),
        "russianUpper": lambda number: _repeated(_RUSSIAN)(number).upper(),
        "greekLower": _repeated(_GREEK),
        "none": lambda _number: "",
        "bullet": lambda _number: "",
    }
)
"""Those that are not plain digits."""

IN_DIGITS = frozenset({"", "decimal", "decimalZero", "decimalFullWidth", "decimalHalfWidth", "decimalFullWidth2"})
"""Those that are."""


def formatted(number: int, number_format: str) -> str:
    """A number of a list, as it is written."""
    number = min(max(number, 0), LARGEST)
    return FORMATS.get(number_format, str)(number)
