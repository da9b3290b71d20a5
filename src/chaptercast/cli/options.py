"""Options that several subcommands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from chaptercast.convert import Options
from chaptercast.languages import normalised
from chaptercast.units import LanguageTag

_Function = TypeVar("_Function", bound=Callable[..., Any])

ARTICLE = click.Path(path_type=Path)
"""A file to read; whether it can be read is found out, and told, by the reader."""


def language_tag(_context: click.Context, _parameter: click.Parameter, value: str | None) -> LanguageTag | None:
    """The value of a `--language` option (a callback of click's)."""
    if value is None:
        return None
    tag = normalised(value)
    if tag is None:
        raise click.BadParameter(f"“{value}” is no language tag. Use one like en, zh-CN or pt-BR.")
    return tag


def reading(function: _Function) -> _Function:
    """The options that decide how an article is read and spoken; they arrive as one `Options` named `options`."""
    decorators = (
        click.option(
            "--language",
            metavar="TAG",
            callback=language_tag,
            help="The article's language, where it is found wrong: en, zh-CN...",
        ),
        click.option("--title", default="", help="A title other than the article's own."),
        click.option("--voice", default="", help="A voice profile or an engine's voice: see `chaptercast voices`."),
        click.option("--engine", default="auto", show_default=True, help="What speaks: see `chaptercast engines`."),
        click.option("--rate", type=click.FloatRange(0.25, 4), default=1.0, show_default=True, help="Speed of speech."),
        click.option("--offline", is_flag=True, help="Never use the network."),
    )
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


def as_options(given: dict[str, Any]) -> Options:
    """The values of `reading`'s options as one."""
    return Options(**given)
