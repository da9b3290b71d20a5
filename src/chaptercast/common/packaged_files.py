"""Where the files that ship with the program lie: inside the installed package, or beside `src/` in a working tree."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(folder: str) -> Path:
    """The shipped folder called `folder` (`voices`, `examples`)."""
    installed = _PACKAGE / folder
    return installed if installed.is_dir() else _PACKAGE.parents[1] / folder
