"""The state that is kept between runs, in one file beside `follow.toml`: the known articles, and the last request to each server."""

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
    """The state of a feed."""

    title: str = ""
    etag: str = ""
    last_modified: str = ""
    is_known: bool = False
    """Whether it was read before. If so, every unknown article is new."""
    asked_at: float = 0.0
    """Seconds since 1970, like all times here."""
    not_before: float = 0.0
    failures: int = 0
    """Number of failures in a row."""
    trouble: str = ""
    is_gone: bool = False
    interval_s: float = 0.0


class HostState(Struct, omit_defaults=True):
    """What a server said about requests."""

    not_before: float = 0.0
    robots: str | None = None
    """Its robots.txt; None if it was not requested yet."""
    robots_until: float = 0.0


class Article(Struct, omit_defaults=True):
    """An article in a feed."""

    id: str
    """Its identifier: the first of its keys. It never changes."""
    feed: str
    """The address of the feed that counts for its changes."""
    keys: list[str]
    """All its keys."""
    guid: str = ""
    published: str = ""
    digest: str = ""
    """Digest of the feed's last entry for it."""
    status: str = WAITING
    attempts: int = 0
    """Number of attempts that failed in a row."""
    not_before: float = 0.0
    episode: str = ""
    """The folder of its episode."""
    body: str = ""
    """Digest of the page that was converted last."""
    entry: Entry | None = None
    """The feed's entry, while the article waits."""


class Announcement(Struct, frozen=True):
    """A published episode of which the user's command was not told yet."""

    episode: str
    """Its folder."""
    is_new: bool


class State(Struct):
    """The whole state."""

    version: int = _VERSION
    feeds: dict[str, FeedState] = field(default_factory=dict)
    hosts: dict[str, HostState] = field(default_factory=dict)
    articles: list[Article] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)

    def feed(self, address: str) -> FeedState:
        """Returns the state of a feed. Creates it if there is none."""
        return self.feeds.setdefault(address, FeedState())

    def waiting(self, feed: str) -> list[Article]:
        """Returns the articles of a feed that are to be converted, the oldest first."""
        found = [article for article in self.articles if article.feed == feed and article.status == WAITING]
        return sorted(found, key=lambda article: article.published)


def load_state(folder: Path) -> State:
    """Reads the state of the subscriptions in `folder`. Raises `InputError` or `UsageError` if the file is damaged."""
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
    """Writes the state atomically, even if the program or the machine crashes. Raises `OutputError`."""
    atomic_files.write(folder / STATE_FILE, msgspec.json.encode(state))
