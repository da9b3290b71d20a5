"""The location of the clip cache: a folder (`speech.clips.cache`), or an address that several machines can share."""

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
"""Upload queue length, in clips. If it is full, the run waits, so memory stays flat."""


class Clips(Protocol):
    """A store of clips under the names that `speech.clips.cache.key` gives. A failure is never an error: the clip is just not stored."""

    @property
    def trouble(self) -> str:
        """Why nothing is stored any more. Empty if all is well, or if each clip is tried again."""

    def has(self, name: str) -> bool:
        """Return whether the clip exists, and mark it as used. It may still turn out to be damaged."""

    def holds(self, name: str) -> bool:
        """Return whether the clip exists, without writing anything."""

    def get(self, name: str) -> Clip | None:
        """Return the clip, or `None` if there is none or it is damaged."""

    def put(self, name: str, clip: Clip) -> None:
        """Store a clip."""

    def flush(self, name: str) -> None:
        """Wait until the clip would survive a power failure, as far as the system can tell."""

    def finish(self, grace_s: float) -> None:
        """Free space at the end of a run. Clips used within `grace_s` seconds stay."""


def clips_at(place: Path | str, *, offline: bool) -> Clips:
    """The clips in a folder or at an address. Raises `UsageError` if the address has no client, or if `offline` forbids it."""
    return ClipCache(place) if isinstance(place, Path) else _remote(place, offline=offline)


@cache
def _remote(address: str, *, offline: bool) -> "RemoteClips":
    store, root = remote_folders.opened(address, offline=offline)
    return RemoteClips(address, store, root)


class RemoteClips:
    """Clips at an address. After a failed operation, the store is not used again for it in this run. Nothing is ever removed."""

    def __init__(self, address: str, store: Any, root: str) -> None:
        """`store` is an fsspec file system."""
        self.address = address
        self.trouble = ""
        """Why the store is not used any more. Empty if all is well."""
        self._store = store
        self._root = root
        self._known: dict[str, bool] = {}
        """The store's answer for each name: it is asked once per run."""
        self._sending: deque[Future[None]] = deque()
        self._senders = ThreadPoolExecutor(_SENT_AT_ONCE, "cache")

    def has(self, name: str) -> bool:
        """See `Clips`. There is no mark of use: the store's own rules decide on removal."""
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
        """See `Clips`. A damaged clip is overwritten after it has been spoken again."""
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
        """See `Clips`. The upload runs in the background."""
        if not self.trouble:
            self._sending.append(self._senders.submit(self._send, name, encoded(clip)))
        while len(self._sending) > _WAITING:
            self._sending.popleft().result()

    def flush(self, name: str) -> None:
        """See `Clips`. Does nothing: the upload has already begun."""

    def finish(self, grace_s: float) -> None:  # noqa: ARG002
        """See `Clips`. Waits until all uploads are done. Removes nothing."""
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
