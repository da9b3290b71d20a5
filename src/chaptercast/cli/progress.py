"""Progress told to people: a bar on a terminal, plain lines everywhere else. A redrawn bar is noise in a screen reader."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from chaptercast.cli.main import printable
from chaptercast.common.interrupts import heeded_interrupts
from chaptercast.pipeline import Progress

_SECONDS_BETWEEN_LINES = 2.0
_PART_BETWEEN_LINES = 0.1
"""Of the article, where a section is longer."""
_SECONDS_BETWEEN_REFRESHES = 0.2


def is_plain() -> bool:
    """Whether lines are wanted instead of a bar."""
    return (
        bool(os.environ.get("CHAPTERCAST_PLAIN")) or os.environ.get("TERM", "dumb") == "dumb" or not sys.stderr.isatty()
    )


@contextmanager
def shown() -> Iterator[Progress]:
    """Show progress on stderr, in the way that fits. At each step, and in the end, an interrupt that was lost on the way is heeded."""
    with heeded_interrupts() as heed, _fitting() as advance:

        def step(done: float, title: str) -> None:
            heed()
            advance(done, title)

        yield step


@contextmanager
def _fitting() -> Iterator[Progress]:
    if is_plain():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("Reading", total=None)
        shown_at = -_SECONDS_BETWEEN_REFRESHES

        def advance(done: float, title: str) -> None:
            nonlocal shown_at  # a thread of the bar's own would be there when the workers are forked
            now = time.monotonic()
            due = now - shown_at >= _SECONDS_BETWEEN_REFRESHES or done >= 1
            bar.update(task, completed=done, total=1, description=printable(title[:40]), refresh=due)
            shown_at = now if due else shown_at

        yield advance


class _Lines:
    """A line for each section and each tenth of the article, and not more than one in two seconds."""

    def __init__(self) -> None:
        self._title = ""
        self._done = 0.0
        self._last = -_SECONDS_BETWEEN_LINES

    def __call__(self, done: float, title: str) -> None:
        now = time.monotonic()
        worth_telling = title != self._title or done - self._done >= _PART_BETWEEN_LINES
        if worth_telling and now - self._last >= _SECONDS_BETWEEN_LINES:
            click.echo(f"Speaking, {int(100 * done)} percent done: {printable(title[:80])}", err=True)
            self._title, self._done, self._last = title, done, now
