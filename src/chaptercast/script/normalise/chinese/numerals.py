"""Chinese numerals: pure functions from digits to characters.

Two is 二 in digits, ordinals and percentages. It is 两 before a measure word, and before 千, 万 and 亿 at the head of a number.
"""

import re

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿", "亿亿")
_MOST_AS_NUMBER = 2
_ROUND = re.compile("[1-9]0?00")
_LONGEST = 4 * len(_GROUPS)


def digits(written: str, *, telephone: bool = False) -> str:
    """Digit by digit. In telephone numbers, one is 幺."""
    spoken = "".join(_DIGITS[int(digit)] for digit in written if digit.isdecimal())
    return spoken.replace("一", "幺") if telephone else spoken


def cardinal(written: str, *, liang: bool = True) -> str:
    """An integer, digits only: `1206` is 一千二百零六. `liang`: 两 before 千, 万, 亿 at its head.

    A number that begins with a zero, or that nobody would read as an amount, is read digit by digit.
    """
    if not written or (len(written) > 1 and written[0] == "0") or len(written) > _LONGEST:
        return digits(written)
    if set(written) == {"0"}:
        return "零"
    groups = [written[max(0, end - 4) : end] for end in range(len(written), 0, -4)]
    spoken = ""
    gap = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not int(group):
            gap = True
            continue
        if spoken and (gap or group[0] == "0"):
            spoken += "零"
        spoken += _group(group) + _GROUPS[place]
        gap = False
    spoken = _once_per_rank(spoken)
    if spoken.startswith("一十"):
        spoken = spoken[1:]
    if liang and spoken[0] == "二" and spoken[1:2] in ("千", "万", "亿"):
        spoken = "两" + spoken[1:]
    return spoken


def _group(group: str) -> str:
    """Up to four digits. The caller handles a zero at their head."""
    spoken = ""
    gap = False
    for place, digit in zip(range(len(group) - 1, -1, -1), group, strict=True):
        if digit == "0":
            gap = bool(spoken)
            continue
        if gap:
            spoken += "零"
            gap = False
        spoken += _DIGITS[int(digit)] + _PLACES[place]
    return spoken


def _once_per_rank(spoken: str) -> str:
    """一万亿二千亿 is 一万二千亿: 亿 is spoken once, after the whole rank."""
    return spoken.replace("万亿", "万", 1) if spoken.count("亿") > 1 and "万亿" in spoken else spoken


def number(written: str, *, liang: bool = True) -> str:
    """An integer or decimal fraction, with or without commas between thousands: `1,206.50` is 一千二百零六点五零."""
    whole, point, fraction = written.replace(",", "").replace("，", "").partition(".")
    spoken = cardinal(whole or "0", liang=liang)
    return f"{spoken}点{digits(fraction)}" if point and fraction else spoken


def name(written: str) -> str:
    """The number in a name: two digits as a number, like round hundreds and thousands; more digits one by one (C919, A350-900)."""
    one_by_one = len(written) > _MOST_AS_NUMBER and not _ROUND.fullmatch(written)
    return digits(written) if one_by_one else cardinal(written, liang=len(written) == len("2000"))


def year(written: str) -> str:
    """A year, digit by digit."""
    return digits(written)
