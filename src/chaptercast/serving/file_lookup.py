"""From the path of a request to a file of the site. What is asked for is a stranger's text; everything doubtful is no file."""

import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

_UNFIT = re.compile(r"[\x00-\x1f\x7f\\:]")
"""Control characters, and what means a folder, a drive or a stream of a file somewhere."""


def locate(folder: Path, path: str) -> Path | None:
    """The file or folder in `folder`, a resolved path, that `path`, the percent-encoded path of an address, stands for.

    None where there is nothing, or nothing that may be seen: names are taken literally and decoded once, so that no spelling of
    `..` and no absolute path is one; hidden names (`.git`) and links that lead out of `folder` are refused.
    """
    names = _names(path)
    if names is None:
        return None
    try:
        found = folder.joinpath(*names).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):  # missing, too long, a link to itself
        return None
    if not found.is_relative_to(folder) or any(name.startswith(".") for name in found.relative_to(folder).parts):
        return None
    return found if found.is_file() or found.is_dir() else None


def _names(path: str) -> list[str] | None:
    """The names between the slashes; None where one is no plain visible name."""
    if not path.startswith("/"):
        return None
    try:
        names = [unquote_to_bytes(part).decode() for part in path.removesuffix("/")[1:].split("/")]
    except UnicodeError:
        return None
    if names == [""]:
        return []
    fit = all(name and name[0] != "." and "/" not in name and not _UNFIT.search(name) for name in names)
    return names if fit else None
