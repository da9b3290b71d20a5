"""What is remembered from run to run, in one file beside `follow.toml`: which articles are known, and how each server was asked last."""

from pathlib import Path

import msgspec
from msgspec import Struct, field

from chaptercast.errors import InputError, UsageError
from chaptercast.following.model import Entry
from chaptercast.publication import atomic_files

STATE_FILE = ".follow.json"
"""Hidden, so that it is never served."""
_VERSION = 1

WAITING, DONE, PASSED, GIVEN_UP = "waiting", "done", "passed over", "given up"


class FeedState(Struct, omit_defaults=True):
    """How a feed was asked last."""

    title: str = ""
    etag: str = ""
    last_modified: str = ""
    is_known: bool = False
    """Whether it was read before: then whatever is new in it is new."""
    asked_at: float = 0.0
    """Seconds since 1970, as all times here."""
    not_before: float = 0.0
    failures: int = 0
    """In a row."""
    trouble: str = ""
    is_gone: bool = False
    interval_s: float = 0.0


class HostState(Struct, omit_defaults=True):
    """What a server said of how it wants to be asked."""

    not_before: float = 0.0
    robots: str | None = None
    """Its robots.txt; none where it was not asked yet."""
    robots_until: float = 0.0


class Article(Struct, omit_defaults=True):
    """An article that was found in a feed."""

    id: str
    """What it is known as: the first of its keys, and it stays."""
    feed: str
    """The address of the feed whose word counts for it."""
    keys: list[str]
    """All that it is known by."""
    guid: str = ""
    published: str = ""
    digest: str = ""
    """Of what the feed said of it last."""
    status: str = WAITING
    attempts: int = 0
    """That failed in a row."""
    not_before: float = 0.0
    episode: str = ""
    """The folder of its episode."""
    body: str = ""
    """The digest of the page that was converted last."""
    entry: Entry | None = None
    """What the feed says of it, while it waits."""


class State(Struct):
    """All that is remembered."""

    version: int = _VERSION
    feeds: dict[str, FeedState] = field(default_factory=dict)
    hosts: dict[str, HostState] = field(default_factory=dict)
    articles: list[Article] = field(default_factory=list)

    def feed(self, address: str) -> FeedState:
        """That of a feed, made where there is none."""
        return self.feeds.setdefault(address, FeedState())

    def waiting(self, feed: str) -> list[Article]:
        """The articles of a feed that are to be converted, the oldest first."""
        found = [article for article in self.articles if article.feed == feed and article.status == WAITING]
        return sorted(found, key=lambda article: article.published)


def load_state(folder: Path) -> State:
    """What is remembered of the subscriptions in `folder`. Raises `InputError`, `UsageError` where the file is damaged."""
    path = folder / STATE_FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return State()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Check its permissions.") from error
    try:
        state = msgspec.json.decode(data, type=State)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} is damaged: {error}.",
            "Restore it from a backup, or remove it: then every feed counts as new, and what is converted is converted again.",
        ) from error
    if state.version != _VERSION:
        raise UsageError(f"{path} is of version {state.version}; this program knows {_VERSION}.", "Update chaptercast.")
    return state


def save_state(folder: Path, state: State) -> None:
    """Write it, whole or not at all, whatever becomes of the program and the machine. Raises `OutputError`."""
    atomic_files.write(folder / STATE_FILE, msgspec.json.encode(state))
