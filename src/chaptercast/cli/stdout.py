"""Results on stdout: UTF-8 for programs and files, and nothing on a terminal that could steer it."""

import sys
from typing import Any

import click

from chaptercast.common.unicode_text import escaped_json, without_controls


def line(text: str = "") -> None:
    """Print lines for people. Whatever is in them, a terminal does nothing but show it."""
    click.echo(without_controls(text))


def as_json(value: Any, *, indent: int | None = 2) -> None:
    """Print a value as JSON. Characters that steer a terminal are escaped: it is the same JSON."""
    import json

    click.echo(escaped_json(json.dumps(value, ensure_ascii=False, indent=indent)))


def whole(text: str) -> None:
    """Print a file's content: as it is, but for what steers a terminal, where there is one."""
    click.echo(without_controls(text) if sys.stdout.isatty() else text, nl=False)
