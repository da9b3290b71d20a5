"""Normalises the Range header by RFC 9110 (14.1 and 14.2), because Starlette is stricter than the standard.

Starlette refuses a request if one of several ranges lies past the end, or if the unit is unknown. The standard skips such a range, and
ignores such a header. So the header is corrected before Starlette sees it.
"""

import re

_RANGES = re.compile(r"bytes=\s*(.+?)\s*", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,18})-(\d{0,18})|-(\d{1,18})", re.ASCII)


def satisfiable(header: str, size: int) -> str | None:
    """`header` with only the ranges that a file of `size` bytes has; unchanged if it has none of them.

    `None` if the header must be ignored: another unit, or not a list of ranges.
    """
    listed = _RANGES.fullmatch(header)
    if listed is None:
        return None
    parts = [part.strip() for part in listed[1].split(",")]
    ranges = [_RANGE.fullmatch(part) for part in parts if part]
    if not ranges or not all(found and _is_forward(found) for found in ranges):
        return None
    kept = [found[0] for found in ranges if found and _has(found, size)]
    return f"bytes={','.join(kept or [found[0] for found in ranges if found])}"


def _is_forward(found: re.Match[str]) -> bool:
    first, last = found[1], found[2]
    return not (first and last) or int(first) <= int(last)


def _has(found: re.Match[str], size: int) -> bool:
    if found[3]:
        return int(found[3]) > 0 and size > 0
    return int(found[1]) < size
