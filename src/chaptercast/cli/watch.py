"""`--watch`: folders are converted, and then what changes in them, until Ctrl-C."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from chaptercast.cli.batch import Run
from chaptercast.cli.options import say
from chaptercast.errors import UsageError
from chaptercast.pipeline.inputs import Folder, Given, Refused, expanded

_LONGEST_MS = 1600
"""Changes are gathered so long at the most..."""
_QUIET_MS = 200
"""...and until nothing more has changed for so long: a program that saves a file may write it in several steps."""


def watch(run: Run, folders: list[Path], articles: Iterable[Given | Refused], output: Path) -> NoReturn:
    """Convert `articles`, which are those in `folders`, and then what changes there; ends with `KeyboardInterrupt` only.

    Raises `UsageError` where the library for it is missing.
    """
    changes = _changes([Folder(folder, output, say) for folder in folders])
    next(changes)  # what changes while the rest is converted is not missed
    run.convert(articles)
    run.summary()
    say(f"Watching {', '.join(map(str, folders))}. Ctrl-C ends it.")
    for changed in changes:
        run.convert(expanded(changed, output, say, recursive=True), tell_unchanged=False)
    raise AssertionError  # changes do not end


def _changes(folders: list[Folder]) -> Iterator[list[Path]]:
    """Nothing, as soon as the folders are watched; then, each time, the articles and folders that were written."""
    try:
        from watchfiles import Change
        from watchfiles import watch as watched
    except ImportError as error:
        raise UsageError(
            "--watch needs the package watchfiles.", "Install it: pip install 'chaptercast[watch]'"
        ) from error
    roots = {folder.path.resolve(): folder for folder in folders}

    def named(path: str) -> Path | None:
        """The path as the user would name it, if it is one of articles."""
        for root, folder in roots.items():
            if Path(path).is_relative_to(root):
                own = folder.path / Path(path).relative_to(root)
                return own if folder.has(own) else None
        return None

    def is_wanted(change: Change, path: str) -> bool:
        there = change is Change.added or (change is Change.modified and not Path(path).is_dir())
        return there and named(path) is not None

    found = watched(
        *roots,
        watch_filter=is_wanted,
        debounce=_LONGEST_MS,
        step=_QUIET_MS,
        rust_timeout=_LONGEST_MS,
        yield_on_timeout=True,
    )
    next(found)
    yield []
    for changes in filter(None, found):
        paths = {path for _, changed in changes if (path := named(changed))}
        yield sorted(path for path in paths if not paths.intersection(path.parents))
