"""Dates as authors, feeds and static-site generators write them, into ISO 8601."""

import re
from collections.abc import Callable
from datetime import date, datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio januari",
            "feb february februar février fevrier febrero febbraio februari",
            "mar march märz maerz mars marzo maart",
            "apr april avril abril aprile",
            "may mai mayo maggio mei",
            "jun june juni juin junio giugno",
            "jul july juli juillet julio luglio",
            "aug august août aout agosto augustus",
            "sep sept september septembre septiembre settembre",
            "oct october okt oktober octobre octubre ottobre",
            "nov november novembre noviembre",
            "dec december dez dezember décembre decembre diciembre dicembre",
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
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIMED = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


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
