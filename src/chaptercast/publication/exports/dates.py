"""Dates in exports. They never come from a clock, so that the same recording gives the same bytes."""

import os
import re
from datetime import UTC, datetime

_UNKNOWN = "1980-01-01"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def day(date: str) -> str:
    """Returns the day of an ISO 8601 date or time; empty if it is not one."""
    return date[:10] if _is_day(date[:10]) else ""


def modified(date: str) -> str:
    """Returns the last change of a book: SOURCE_DATE_EPOCH (reproducible-builds.org), or else the article's date, in UTC to the second."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) < 12:
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return f"{day(date) or _UNKNOWN}T00:00:00Z"
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year >= 1000 else f"{_UNKNOWN}T00:00:00Z"


def _is_day(text: str) -> bool:
    try:
        return _DATE.fullmatch(text) is not None and datetime.fromisoformat(text).year >= 1000
    except ValueError:
        return False
