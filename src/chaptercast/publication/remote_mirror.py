"""A local folder that stands for one at an address: the site is written here as anywhere, and what changed is sent there.

What is there already stands here as empty room of the same length and age; only manifests, and the files of the whole site, have
their content. So every reader of a site finds what it looks for, and no recording is fetched.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from chaptercast.common import remote_folders
from chaptercast.errors import OutputError
from chaptercast.publication.file_names import AUDIO_SUFFIX, MANIFEST

_MOST_BYTES = 8_000_000
"""A longer file of the site's is not fetched."""
_TIMES = ("LastModified", "last_modified", "mtime", "modified", "created")
"""What stores call the age of a file."""
_REMEDY = "Look at the address, and at the rights that its client finds (for s3: AWS_PROFILE, AWS_ACCESS_KEY_ID...)."

_Seen = dict[Path, tuple[int, int, int]]


class Mirror:
    """Made by `mirrored`."""

    def __init__(self, address: str, store: Any, root: str, folder: Path) -> None:
        """`folder` is empty."""
        self._address = address
        self._store = store
        self._root = root
        self.folder = folder
        self._known: _Seen = {}

    def fetch(self) -> None:
        """Let the folder look like the one at the address. Raises `OutputError`."""
        with remote_folders.troubles(OutputError, self._address, _REMEDY):
            self._store.invalidate_cache()
            found = self._store.find(self._root, detail=True)
            here = {path: facts for path, facts in found.items() if self._is_ours(path)}
            wanted = [path for path, facts in here.items() if self._is_read(path, int(facts["size"] or 0))]
            contents = self._store.cat(wanted) if wanted else {}
            for path, facts in here.items():
                self._stand_for(self.folder.joinpath(*self._parts(path)), facts, contents.get(path))
        self._known = self._seen(self.folder)

    def send(self, folder: Path | None = None) -> None:
        """Send what changed in `folder`, or anywhere, since it was sent: recordings, then manifests, then the files of the site last.

        Each file appears there whole. Raises `OutputError`; what was not sent then is sent the next time.
        """
        seen = self._seen(folder or self.folder)
        changed = sorted(path for path, facts in seen.items() if self._known.get(path) != facts)
        for step in range(4):
            paths = [path for path in changed if _step(path.relative_to(self.folder)) == step]
            with remote_folders.troubles(OutputError, self._address, _REMEDY):
                self._put(paths)
            self._known.update((path, seen[path]) for path in paths)

    def address(self, path: Path) -> str:
        """Where a file of the folder is to be found, fit to be printed."""
        return f"{remote_folders.shown(self._address).rstrip('/')}/{path.relative_to(self.folder).as_posix()}"

    def _put(self, paths: Iterable[Path]) -> None:
        pairs = [(str(path), f"{self._root}/{path.relative_to(self.folder).as_posix()}") for path in paths]
        if pairs:
            self._store.put([local for local, _ in pairs], [there for _, there in pairs])

    def _parts(self, path: str) -> list[str]:
        return path.removeprefix(f"{self._root}/").split("/")

    def _is_ours(self, path: str) -> bool:
        """Whether it may stand here: a store's names may hold anything, this folder's stay in it."""
        parts = self._parts(path)
        safe = all(part not in {"", ".", ".."} and not set(part) & {"\\", "\0", ":"} for part in parts)
        return path.startswith(f"{self._root}/") and len(parts) <= 2 and safe

    def _is_read(self, path: str, size: int) -> bool:
        parts = self._parts(path)
        return (len(parts) == 1 or parts[-1] == MANIFEST) and size <= _MOST_BYTES

    def _stand_for(self, path: Path, facts: dict[str, Any], content: bytes | None) -> None:
        with suppress(FileExistsError, NotADirectoryError):  # a store may have a folder and a file of one name
            path.parent.mkdir(exist_ok=True)
            with path.open("xb") as stream:
                stream.write(content or b"")
                stream.truncate(int(facts["size"] or 0))
            if (age := _age(facts)) is not None:
                os.utime(path, (age, age))

    def _seen(self, folder: Path) -> _Seen:
        """What tells a file from what it was: its length, its age, and which it is."""
        files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
        facts = ((path, path.stat()) for path in files)
        return {path: (found.st_size, found.st_mtime_ns, found.st_ino) for path, found in facts}


@contextmanager
def mirrored(address: str, *, offline: bool) -> Iterator[Mirror]:
    """A folder that stands for the one at `address` until this ends. Raises `UsageError`."""
    store, root = remote_folders.opened(address, offline=offline)
    with tempfile.TemporaryDirectory(prefix="chaptercast-") as folder:
        yield Mirror(address, store, root, Path(folder))


def _step(relative: Path) -> int:
    if len(relative.parts) == 1 and relative.suffix != AUDIO_SUFFIX:
        return 3
    return {AUDIO_SUFFIX: 1}.get(relative.suffix, 2 if relative.name == MANIFEST else 0)


def _age(facts: dict[str, Any]) -> float | None:
    found = next((facts[name] for name in _TIMES if facts.get(name) is not None), None)
    if isinstance(found, datetime):
        return found.timestamp()
    return float(found) if isinstance(found, int | float) else None
