"""Where keys to the user's servers are: in a file that only its owner can read, or in an environment variable. Never in `follow.toml`."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from chaptercast.errors import UsageError

IN_ENVIRONMENT = "env:"
_MOST_BYTES = 10_000


def is_place(value: str) -> bool:
    """Returns whether a text says where a secret is. A secret itself, put there by mistake, is none."""
    if value.startswith(IN_ENVIRONMENT):
        return value.removeprefix(IN_ENVIRONMENT).isidentifier()
    return value.startswith("~/") or Path(value).is_absolute()


def secret_at(place: str) -> str:
    """Returns the secret at a place: `env:NAME`, or the path of a file. Raises `UsageError`, which never holds the secret."""
    if place.startswith(IN_ENVIRONMENT):
        name = place.removeprefix(IN_ENVIRONMENT)
        found = os.environ.get(name, "").strip()
        if not found:
            raise UsageError(f"The environment has no {name}.", f"Set {name} to the key, or name a file that holds it.")
        return found
    path = Path(place).expanduser()
    try:
        with path.open("rb") as stream:
            _refuse_readable(path, stream.fileno())
            text = stream.read(_MOST_BYTES).decode("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise UsageError(f"The key in {path} cannot be read: {reason}.", "Put the key into this file.") from error
    if not text:
        raise UsageError(f"{path} is empty.", "Put the key into this file.")
    return text


def token_at(place: str) -> str:
    """Returns a secret that is one word. Raises `UsageError`."""
    return one_word(secret_at(place), f"The key in {place}")


def one_word(token: str, name: str) -> str:
    """Returns a token that can stand in a header. Raises `UsageError`, which does not hold it."""
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise UsageError(f"{name} is more than one word.", "Let it be the key and nothing else.")
    return token


def fields_at(place: str, names: Iterable[str]) -> Mapping[str, str]:
    """Returns a secret that has several parts, each on a line: `name = value`. Raises `UsageError` if one of `names` is missing."""
    lines = (line.partition("=") for line in secret_at(place).splitlines())
    found = {name.strip(): value.strip() for name, sign, value in lines if sign}
    missing = [name for name in names if not found.get(name)]
    if missing:
        raise UsageError(
            f"The key in {place} has no {' and no '.join(missing)}.", "Write each on a line of its own: name = value"
        )
    return found


def _refuse_readable(path: Path, descriptor: int) -> None:
    """Raises `UsageError` if others on this machine can read the file, where the system knows such rights."""
    if os.name == "posix" and os.fstat(descriptor).st_mode & 0o077:
        raise UsageError(f"Others can read {path}, which holds a key.", f"Keep it for yourself: chmod 600 {path}")
