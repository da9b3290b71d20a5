"""Where clips are kept: a folder (`speech.cache`), or an address, which machines can share."""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from chaptercast.common import remote_folders
from chaptercast.speech.clips.cache import SUFFIX, ClipCache, decoded, encoded
from chaptercast.speech.model import Clip

_SENT_AT_ONCE = 16
_WAITING = 64
"""So many clips wait to be sent, then the run waits: memory stays flat."""


class Clips(Protocol):
    """Clips by the names that `speech.cache.key` gives. Trouble is never an error: then nothing is kept."""

    @property
    def trouble(self) -> str:
        """Why nothing is kept any more; empty where all is well, or where it would be tried again for each clip."""

    def has(self, name: str) -> bool:
        """Whether there is a clip of that name; marks it as used. It may still turn out to be damaged."""

    def holds(self, name: str) -> bool:
        """Whether there is a clip of that name, without writing anything."""

    def get(self, name: str) -> Clip | None:
        """The clip of that name; nothing where there is none or where it is damaged."""

    def put(self, name: str, clip: Clip) -> None:
        """Keep a clip."""

    def flush(self, name: str) -> None:
        """Wait until the clip of that name outlives a loss of power, as far as that can be told."""

    def finish(self, grace_s: float) -> None:
        """Called at the end of a run: make room, but leave what was used within `grace_s` seconds."""


def clips_at(place: Path | str, *, offline: bool) -> Clips:
    """The clips in a folder or at an address. Raises `UsageError` where there is no client for the address, or `offline` forbids it."""
    return ClipCache(place) if isinstance(place, Path) else _remote(place, offline=offline)


@cache
def _remote(address: str, *, offline: bool) -> "RemoteClips":
    store, root = remote_folders.opened(address, offline=offline)
    return RemoteClips(address, store, root)


class RemoteClips:
    """Clips at an address. What the store cannot do once it is not asked again in this run; nothing is ever removed."""

    def __init__(self, address: str, store: Any, root: str) -> None:
        """`store` is a file system of fsspec's."""
        self.address = address
        self.trouble = ""
        """Why the store is not asked any more; empty where all is well."""
        self._store = store
        self._root = root
        self._known: dict[str, bool] = {}
        """What the store said of each name: it is asked once in a run."""
        self._sending: deque[Future[None]] = deque()
        self._senders = ThreadPoolExecutor(_SENT_AT_ONCE, "cache")

    def has(self, name: str) -> bool:
        """See `Clips`. There is no mark of use: a store's own rules decide what goes."""
        return self.holds(name)

    def holds(self, name: str) -> bool:
        """See `Clips`."""
        if name not in self._known and not self.trouble:
            try:
                self._known[name] = bool(self._store.exists(self._path(name)))
            except Exception as error:  # noqa: BLE001 -- a store's client is a stranger's module
                self.trouble = remote_folders.reason(error)
        return self._known.get(name, False)

    def get(self, name: str) -> Clip | None:
        """See `Clips`. A damaged one is written over when it was spoken again."""
        if self.trouble:
            return None
        try:
            return decoded(self._store.cat_file(self._path(name)))
        except (FileNotFoundError, ValueError):
            return None
        except Exception as error:  # noqa: BLE001 -- as above
            self.trouble = remote_folders.reason(error)
            return None

    def put(self, name: str, clip: Clip) -> None:
        """See `Clips`. It is sent while the run goes on."""
        if not self.trouble:
            self._sending.append(self._senders.submit(self._send, name, encoded(clip)))
        while len(self._sending) > _WAITING:
            self._sending.popleft().result()

    def flush(self, name: str) -> None:
        """See `Clips`. It is on its way already."""

    def finish(self, grace_s: float) -> None:  # noqa: ARG002
        """See `Clips`. Waits until all is sent; removes nothing."""
        while self._sending:
            self._sending.popleft().result()

    def _send(self, name: str, content: bytes) -> None:
        if self.trouble:
            return
        try:
            self._store.pipe_file(self._path(name), content)
        except Exception as error:  # noqa: BLE001 -- as above
            self.trouble = remote_folders.reason(error)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name[:2]}/{name}{SUFFIX}"
