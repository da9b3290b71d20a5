"""Folders at an address (`s3://bucket/folder`): any store that fsspec knows. It is loaded only where an address is used."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chaptercast.errors import ChaptercastError, UsageError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://.+", re.DOTALL)
_SECRET = re.compile(r"(?<=://)[^/@]*@|(?<=\?)[^\s]*")
"""A name and password, and what follows a question mark, in an address."""


def is_remote(given: str) -> bool:
    """Whether that is the address of a folder, and no path."""
    return bool(_ADDRESS.fullmatch(given))


def shown(text: str) -> str:
    """A text as it may be printed: without the passwords of addresses in it."""
    return _SECRET.sub("", text)


def opened(address: str, *, offline: bool) -> tuple[Any, str]:
    """The store and the path in it. Nothing is asked of the store yet.

    Raises `UsageError` where `offline` forbids it, its client is not installed, or it is not known.
    """
    if offline:
        raise UsageError(f"{shown(address)} is at the end of a network; --offline forbids it.", "Use a folder.")
    install = "Install it: pip install 'chaptercast[remote]'; stores other than s3:// have clients of their own."
    try:
        from fsspec.core import url_to_fs

        store, path = url_to_fs(address)
    except ImportError as error:
        raise UsageError(f"{shown(address)} needs a client that is not installed: {error}.", install) from error
    except Exception as error:  # a client is a stranger's module, and may fail in any way
        raise UsageError(f"{shown(address)} cannot be used: {shown(str(error))}.", "Is the address right?") from error
    return store, str(path).rstrip("/")


@contextmanager
def troubles(kind: type[ChaptercastError], address: str, remedy: str) -> Iterator[None]:
    """Whatever a store's client raises, as an error of `kind`."""
    try:
        yield
    except ChaptercastError:
        raise
    except Exception as error:  # as above
        raise kind(f"{shown(address)}: {reason(error)}.", remedy) from error


def reason(error: Exception) -> str:
    """What a client says, in a line."""
    (line, *_) = shown(str(error)).strip().splitlines() or [""]
    return line.rstrip(".") or type(error).__name__
