"""Folders at an address (`s3://bucket/folder`) in any store that fsspec supports. fsspec is loaded only if an address is used."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chaptercast.errors import ChaptercastError, UsageError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://.+", re.DOTALL)
_SECRET = re.compile(r"(?<=://)[^/@]*@|(?<=\?)[^\s]*")
"""A user name and password in an address, and everything after a question mark."""


def is_remote(given: str) -> bool:
    """Whether `given` is the address of a folder, not a path."""
    return bool(_ADDRESS.fullmatch(given))


def shown(text: str) -> str:
    """A text that may be printed: without the passwords of addresses in it."""
    return _SECRET.sub("", text)


def opened(address: str, *, offline: bool) -> tuple[Any, str]:
    """The store, and the path in it. No request is sent yet.

    Raises `UsageError` if `offline` forbids it, its client is not installed, or the store is unknown.
    """
    if offline:
        raise UsageError(f"{shown(address)} needs a network; --offline forbids it.", "Use a folder.")
    install = "Install it: pip install 'chaptercast[remote]'; stores other than s3:// have clients of their own."
    try:
        from fsspec.core import url_to_fs

        store, path = url_to_fs(address)
    except ImportError as error:
        raise UsageError(f"{shown(address)} needs a client that is not installed: {error}.", install) from error
    except Exception as error:  # a client is a third-party module, and may fail in any way
        raise UsageError(f"{shown(address)} cannot be used: {shown(str(error))}.", "Is the address right?") from error
    return store, str(path).rstrip("/")


@contextmanager
def troubles(kind: type[ChaptercastError], address: str, remedy: str) -> Iterator[None]:
    """Turn any error of a store's client into an error of `kind`."""
    try:
        yield
    except ChaptercastError:
        raise
    except Exception as error:  # as above
        raise kind(f"{shown(address)}: {reason(error)}.", remedy) from error


def reason(error: Exception) -> str:
    """The client's message, in one line."""
    (line, *_) = shown(str(error)).strip().splitlines() or [""]
    return line.rstrip(".") or type(error).__name__
