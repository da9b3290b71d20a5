"""Reading files that anyone may have written, and saying what is wrong with them in a line."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

AGAIN = "convert the article again"
DAMAGED = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError)
"""What comes of a file that is not what its name says."""
_MOST_BYTES = 256_000_000
_LONGEST = 120


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises `OSError`, `ValueError` for what is no file or is far too large."""
    if path.exists() and not path.is_file():
        raise ValueError("it is no file")
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError("it is too large")
    return path.read_bytes()


def read_json(path: Path) -> Any:
    """The content of a JSON file. Raises `OSError`, and what stands in `DAMAGED`."""
    return json.loads(read_bytes(path).decode())


def lines(path: Path, findings: Iterable[str], remedy: str) -> Iterator[str]:
    """Findings as lines: where, what, and what to do. Trouble in finding them is a finding, too."""
    try:
        for finding in findings:
            yield f"{path}: {finding}: {remedy}"
    except OSError as error:
        yield f"{error.filename or path}: {error.strerror or error}: {remedy}"
    except DAMAGED as error:
        yield f"{path}: {reason(error)}: {remedy}"


def reason(error: Exception) -> str:
    """Why a file cannot be understood."""
    known = isinstance(error, ValueError) and not isinstance(error, UnicodeError)
    return short(error if known else f"it is not what its name says ({type(error).__name__}: {error})")


def short(text: object) -> str:
    """Text of a stranger's, cut to what fits a line."""
    whole = str(text)
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}…"
