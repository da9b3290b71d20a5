"""Dates as authors, feeds and static-site generators write them, into ISO 8601."""

import re
from collections.abc import Callable
from datetime import date, datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio januari janeiro stycznia января leden ledna",
            "feb february februar février fevrier febrero febbraio februari fevereiro lutego февраля února",
            "mar march märz maerz mars marzo maart março marca марта března",
            "apr april avril abril aprile kwietnia апреля dubna",
            "may mai mayo maggio mei maio maja maj мая května mei",
            "jun june juni juin junio giugno junho czerwca июня června",
            "jul july juli juillet julio luglio julho lipca июля července",
            "aug august août aout agosto augustus agosto sierpnia августа srpna augusti",
            "sep sept september septembre septiembre settembre setembro września сентября září",
            "oct october okt oktober octobre octubre ottobre outubro października октября října",
            "nov november novembre noviembre novembro listopada ноября listopadu",
            "dec december dez dezember décembre decembre diciembre dicembre dezembro grudnia декабря prosince",
        ),
        1,
    )
    for name in names.split()
}
_DAY_MONTH = re.compile(
    r"(?:\w+,?\s+)?(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+)?([^\W\d]+)\.?,?\s+(?:de\s+)?(\d{4})"
)
_MONTH_DAY = re.compile(r"(?:\w+,\s+)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d|\.\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d|\.\d)")
_SHORT_YEAR = re.compile(r"(\d{2})\.(\d{2})\.(\d{2})(?!\d|\.\d)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIMED = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_START = re.compile(r"(?<![\w./-])(?=\d|[^\W\d_]{3,12}\.?\s+\d)")
"""Where a date may begin: a number, or a word before one."""


def to_iso(text: str) -> str:
    """A date as `YYYY-MM-DD`, with time and offset if it has them; empty if it is none, or cannot be told (`7/6/2021`)."""
    text = " ".join(text.split())
    if not any(character.isdigit() for character in text):
        return ""
    for read in _READERS:
        try:
            found = read(text)
        except (ValueError, TypeError, OverflowError):
            continue
        if found:
            return found
    return ""


def date_in(text: str) -> str:
    """The first date that stands in a line of text, as `YYYY-MM-DD`; empty if there is none that can be told."""
    text = " ".join(text.split())
    starts = (match.start() for match in _START.finditer(text))
    return next((found for start in starts if (found := _numbers(text[start:]) or _words(text[start:]))), "")


def _timed(text: str) -> str:
    match = _TIMED.fullmatch(text)
    if not match:
        return ""
    year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
    moment = datetime(year, month, day, hour, minute, int(match[6] or 0))  # noqa: DTZ001 - the offset is kept as written
    offset = (match[7] or "").upper()
    if offset in ("Z", "UTC", "GMT"):
        offset = "+00:00"
    elif offset and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    return moment.isoformat() + offset


def _iso(text: str) -> str:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text).isoformat()
    return datetime.fromisoformat(text).isoformat() if re.match(r"\d{4}-?\d{2}-?\d{2}T", text) else ""


def _rfc822(text: str) -> str:
    if ":" not in text:
        return ""
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(text).isoformat()


def _of(year: str, month: str, day: str) -> str:
    return date(int(year), int(month), int(day)).isoformat()


def _numbers(text: str) -> str:
    for pattern, order in ((_EAST_ASIAN, (1, 2, 3)), (_YEAR_FIRST, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1))):
        match = pattern.match(text)
        if match:
            return _of(*(match[index] for index in order))
    match = _SHORT_YEAR.match(text)
    if match:
        return _of("20" + match[3], match[2], match[1])
    match = _SLASHED.match(text)
    if match and int(match[1]) > 12:
        return _of(match[3], match[2], match[1])
    return _of(match[3], match[1], match[2]) if match and int(match[2]) > 12 else ""


def _words(text: str) -> str:
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        match = pattern.match(text)
        if match and match[month].lower() in _MONTHS:
            return _of(match[3], str(_MONTHS[match[month].lower()]), match[day])
    return ""


_READERS: tuple[Callable[[str], str], ...] = (_timed, _iso, _rfc822, _numbers, _words)
