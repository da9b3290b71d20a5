"""The options of `chaptercast voices` for installed voices, gathered into one value."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from msgspec import Struct

_Function = TypeVar("_Function", bound=Callable[..., Any])
_ACTIONS = ("available", "install", "export", "verify", "remove")


class Wanted(Struct, frozen=True):
    """The action on the voice store, with its options."""

    names: tuple[str, ...]
    available: bool
    install: bool
    export: bool
    verify: bool
    remove: bool
    source: Path | None
    """The source of the voices, instead of their makers' servers."""
    catalogue: Path | None
    yes: bool
    accept_licence: bool

    @property
    def action(self) -> str:
        """The requested action, or none. Raises click's usage error if there are two, or an option that belongs to another action."""
        given = [action for action in _ACTIONS if getattr(self, action)]
        if len(given) > 1:
            raise click.UsageError(f"--{given[0]} and --{given[1]} do not go together.")
        action = given[0] if given else ""
        if self.source and action != "install":
            raise click.UsageError("--from is for --install.")
        if self.names and action in ("", "available"):
            raise click.UsageError(f"“{self.names[0]}”: to install it, give --install, too.")
        return action


def about_the_store(function: _Function) -> _Function:
    """Add the options for installed voices, as one value named `wanted`."""
    decorators = (
        click.argument("names", nargs=-1, metavar="[ID]..."),
        click.option(
            "--available", is_flag=True, help="List the local voices that can be installed, and the installed ones."
        ),
        click.option("--install", is_flag=True, help="Install the voices ID..., or those in --from."),
        click.option("--from", "source", type=_path(), help="Install from this file or folder, without a network."),
        click.option("--export", is_flag=True, help="Write an installed voice into a file: --export ID FILE.tar"),
        click.option("--verify", is_flag=True, help="Verify the voices ID..., or all installed ones."),
        click.option("--remove", is_flag=True, help="Remove the installed voices ID..."),
        click.option("--accept-licence", is_flag=True, help="Accept a licence that restricts use."),
        click.option("-y", "--yes", is_flag=True, help="Install or remove without asking."),
        click.option(
            "--catalogue", type=_path(), envvar="CHAPTERCAST_CATALOGUE", help="An additional catalogue of your own."
        ),
    )

    @wraps(function)
    def gathered(**given: Any) -> Any:
        wanted = Wanted(**{name: given.pop(name) for name in Wanted.__struct_fields__})
        return function(wanted=wanted, **given)

    decorated: Any = gathered
    for decorator in reversed(decorators):
        decorated = decorator(decorated)
    result: _Function = decorated
    return result


def _path() -> click.Path:
    return click.Path(path_type=Path)
