"""Shows the progress of a transfer: a bar on a terminal; elsewhere plain lines, at most one per tenth."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from chaptercast.cli.main import printable
from chaptercast.cli.progress import is_plain
from chaptercast.common.interrupts import heeded_interrupts

_MEGABYTE = 1_000_000
_TENTHS = 10


@contextmanager
def transfer_shown(verb: str) -> Iterator[Callable[[int, int, str], None]]:
    """Yield a function that receives the bytes done, the total bytes, and the file. `verb` names the activity: `Downloading`."""
    with heeded_interrupts() as heed, _fitting(verb) as advance:

        def step(done: int, total: int, name: str) -> None:
            heed()
            advance(done, total, name)

        yield step


@contextmanager
def _fitting(verb: str) -> Iterator[Callable[[int, int, str], None]]:
    if is_plain():
        yield _lines(verb)
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(verb, total=None)
        yield lambda done, total, name: bar.update(
            task, completed=done, total=total, description=f"{verb} {printable(name[:40])}"
        )


def _lines(verb: str) -> Callable[[int, int, str], None]:
    told = 0

    def advance(done: int, total: int, _name: str) -> None:
        nonlocal told
        tenth = _TENTHS * done // max(total, 1)
        if tenth > told:
            click.echo(f"{verb}, {100 * tenth // _TENTHS} percent of {total / _MEGABYTE:.1f} MB.", err=True)
        told = tenth

    return advance
