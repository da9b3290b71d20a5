"""Sends the recordings of a folder to the servers that are to have them: each once, and again when it was made anew.

What was sent is kept in one file beside `follow.toml`, written after each recording. A run that is killed between an upload and that
sends one recording again, which takes the place of the first.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct, field

from chaptercast.app.process_lock import ProcessLock
from chaptercast.errors import ChaptercastError, InputError, UsageError
from chaptercast.following.polite_requests import Clock, TooEarlyError, backoff, shown_time
from chaptercast.integrations.targets import Recording, Target, opened
from chaptercast.publication import atomic_files
from chaptercast.publication.feed.show import SHOW_FILE, load_show
from chaptercast.publication.file_names import MANIFEST
from chaptercast.publication.manifest import read_episode
from chaptercast.publication.model import Episode

STATE_FILE = ".deliveries.json"
"""Hidden, so that it is never served."""
_LOCK = ".deliveries.lock"
_USUAL_SHOW = "Articles"


class Sent(Struct, frozen=True):
    """A recording as it was sent."""

    sha256: str
    title: str
    """The title under which it lies there. It stays, so that a corrected one takes its place."""
    author: str = ""


class Delivered(Struct):
    """What a server has."""

    sent: dict[str, Sent] = field(default_factory=dict)
    """By the folders of the episodes."""
    failures: int = 0
    not_before: float = 0.0
    """In seconds since 1970."""


class _State(Struct):
    version: int = 1
    targets: dict[str, Delivered] = field(default_factory=dict)


def deliver(
    site: Path,
    targets: Sequence[Target],
    tell: Callable[[str], None],
    clock: Clock | None = None,
    *,
    names: bool = True,
) -> bool:
    """Sends what the servers do not have yet. Returns whether all went well. What goes wrong with one stops no other.

    `names` tells whether `tell` may be told the names of recordings, which hold words of their articles.

    Does nothing while another process does it. Raises `UsageError` if the state is damaged, `OutputError` if it cannot be written.
    """
    if not targets:
        return True
    lock = ProcessLock(site / _LOCK)
    if not lock.take():
        return True
    with lock:
        deliveries = _Deliveries(site, tell, clock or Clock(), names=names)
        results = [deliveries.to(target) for target in targets]
    return all(results)


class _Deliveries:
    def __init__(self, site: Path, tell: Callable[[str], None], clock: Clock, *, names: bool) -> None:
        self._site = site
        self._names = names
        self._tell = tell
        self._clock = clock
        self._state = _load(site)

    def to(self, target: Target) -> bool:
        """Sends what one server does not have yet. Returns whether all went well."""
        known = self._state.targets.setdefault(
            f"{target.service} {target.address} {target.library}".strip(), Delivered()
        )
        due = [episode for episode in _episodes(self._site) if _is_due(episode, known)]
        if not due or known.not_before > self._clock.now():
            return known.failures == 0
        try:
            shelf = opened(target, self._clock)
            for episode in due:
                before = known.sent.get(episode.slug)
                sent = Sent(episode.audio.sha256, before.title, before.author) if before else _first(episode)
                shelf.send(Recording(self._path(episode), sent.title, sent.author, target.title or _show(self._site)))
                known.sent[episode.slug] = sent
                known.failures, known.not_before = 0, 0.0
                self._save()
                self._tell(f"{episode.slug if self._names else 'A recording'} was sent to {target.address}.")
        except (ChaptercastError, OSError) as error:
            self._note_failure(target, known, error)
            return False
        return True

    def _note_failure(self, target: Target, known: Delivered, error: ChaptercastError | OSError) -> None:
        known.failures += 1
        known.not_before = self._clock.now() + backoff(known.failures, self._clock)
        if isinstance(error, TooEarlyError):
            known.not_before = error.not_before
        self._save()
        message = error.message if isinstance(error, ChaptercastError) else str(error.strerror or error)
        remedy = (
            error.remedy if isinstance(error, InputError | UsageError) and not isinstance(error, TooEarlyError) else ""
        )
        self._tell(
            " ".join(f"Nothing more is sent to {target.address}: {message} {remedy}".split())
            + f" It is tried again after {shown_time(known.not_before)}."
        )

    def _path(self, episode: Episode) -> Path:
        return self._site / episode.slug / episode.audio.file

    def _save(self) -> None:
        atomic_files.write(self._site / STATE_FILE, msgspec.json.encode(self._state))


def _first(episode: Episode) -> Sent:
    return Sent(episode.audio.sha256, episode.title, episode.author)


def _is_due(episode: Episode, known: Delivered) -> bool:
    sent = known.sent.get(episode.slug)
    return sent is None or sent.sha256 != episode.audio.sha256


def _episodes(site: Path) -> Iterator[Episode]:
    """Yields the episodes of a folder in the order in which they were made. Unchanged manifests are read once in a process."""
    made = []
    for path in site.glob(f"*/{MANIFEST}"):
        with suppress(OSError, ValueError):
            stat = path.stat()
            made.append((stat.st_mtime_ns, path.parent.name, _read(path, stat.st_mtime_ns, stat.st_size)))
    for _, folder, episode in sorted(made, key=lambda one: one[:2]):
        if episode.slug == folder and (site / folder / episode.audio.file).is_file():
            yield episode


@lru_cache(maxsize=10_000)
def _read(path: Path, _changed_ns: int, _size: int) -> Episode:
    return read_episode(path)


def _show(site: Path) -> str:
    """Returns the title of the folder's podcast."""
    if (site / SHOW_FILE).exists():
        with suppress(UsageError):  # `chaptercast feed` reports what is wrong with it
            return load_show(site).title
    return _USUAL_SHOW


def _load(site: Path) -> _State:
    path = site / STATE_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=_State)
    except FileNotFoundError:
        return _State()
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(
            f"{path} is damaged: {error}.",
            "Restore it from a backup, or remove it: then all recordings are sent again.",
        ) from error
