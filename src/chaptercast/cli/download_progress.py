"""How far a transfer is, told to people: a bar on a terminal, and plain lines, at most one for each tenth, everywhere else."""

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
    """Gives a function that is told the bytes that are there, those of all, and the file; `verb` says what is done: `Downloading`."""
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
