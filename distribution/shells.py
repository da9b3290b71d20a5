"""Completion files for bash, zsh and fish, as click writes them: they ask the program, so they hold for every later option, too."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import PurePosixPath

from click.shell_completion import get_completion_class

from chaptercast.cli.main import cli

_PROGRAM = "chaptercast"
_PLACES = {
    "bash": PurePosixPath("bash-completion/completions/chaptercast"),
    "zsh": PurePosixPath("zsh/site-functions/_chaptercast"),
    "fish": PurePosixPath("fish/vendor_completions.d/chaptercast.fish"),
}
"""Where each shell looks below `share`."""


def completion_files() -> Iterator[tuple[PurePosixPath, str]]:
    """Yield each file's place below `share`, and its text."""
    for shell, place in _PLACES.items():
        kind = get_completion_class(shell)
        if kind is None:
            raise LookupError(shell)
        completion = kind(cli, {}, _PROGRAM, f"_{_PROGRAM.upper()}_COMPLETE")
        first, _, rest = (completion.source_template % completion.source_vars()).strip().partition("\n")
        # zsh knows the file by its first line.
        yield place, f"{first}\n{made_with('#')}\n{rest}\n"


def made_with(comment: str) -> str:
    """Return a comment that names the version of click: another one may word things in another way."""
    return f"{comment} Made by `make share` with click {version('click')}."
