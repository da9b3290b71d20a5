"""Servers that get a user's recordings: one small interface, and a table of who has it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from msgspec import Struct

from chaptercast.following.polite_requests import Clock


class Target(Struct, frozen=True):
    """A server that gets the recordings of a folder."""

    service: str
    address: str
    secret: str
    """Where its key is (`secrets`)."""
    library: str = ""
    title: str = ""
    """The name of the podcast there; the show's own if it is empty."""


class Recording(Struct, frozen=True):
    """A recording on its way to a server."""

    path: Path
    title: str
    author: str
    show: str


class Shelf(Protocol):
    """Where recordings are put."""

    def send(self, recording: Recording) -> None:
        """Puts a recording there. The same one again, with the same title, takes the place of the first.

        Raises `InputError`, `UsageError`, `TooEarlyError`, and `OSError` if the recording cannot be read.
        """
        ...


def opened(target: Target, clock: Clock | None = None) -> Shelf:
    """Returns the shelf of a target. Raises `UsageError` if its address or its key is wrong."""
    return SHELVES[target.service](target, clock)


def _audiobookshelf(target: Target, clock: Clock | None) -> Shelf:
    from chaptercast.integrations.audiobookshelf import Audiobookshelf

    return Audiobookshelf(target, clock)


SHELVES: Mapping[str, Callable[[Target, Clock | None], Shelf]] = MappingProxyType({"audiobookshelf": _audiobookshelf})
"""The servers that can get recordings, by the names that `follow.toml` uses."""
