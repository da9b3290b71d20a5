"""A thread beside the server that sends finished recordings to the servers that `follow.toml` names."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self

from chaptercast.errors import ChaptercastError

_LOOK_S = 20.0


class Delivery:
    """The thread. `tell` gets a line for each recording that is sent, without its name, and for what goes wrong."""

    def __init__(self, site: Path, tell: Callable[[str], None]) -> None:
        self._site = site
        self._tell = tell
        self._trouble = ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="delivery", daemon=True)

    def __enter__(self) -> Self:
        """Starts the thread."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Ends the thread. An upload in progress is broken off, and sent again at the next start."""
        self._over.set()

    def _run(self) -> None:
        while True:
            self._look()
            if self._over.wait(_LOOK_S):
                return

    def _look(self) -> None:
        from chaptercast.following.subscriptions import load_file
        from chaptercast.integrations.deliveries import deliver

        try:
            deliver(self._site, load_file(self._site).after.targets, self._tell, names=False)
            self._trouble = ""
        except ChaptercastError as error:
            if error.message != self._trouble:  # it is told once, not every time
                self._tell(f"{error.message} {error.remedy}")
            self._trouble = error.message
