"""Writes results to stdout: UTF-8 for programs and files, and no control characters that could steer a terminal."""

import sys
from typing import Any

import click

from chaptercast.common.unicode_text import escaped_json, without_controls


def line(text: str = "") -> None:
    """Print lines for people, without characters that could control a terminal."""
    click.echo(without_controls(text))


def as_json(value: Any, *, indent: int | None = 2) -> None:
    """Print a value as JSON. Characters that could control a terminal are escaped, which does not change the value."""
    import json

    click.echo(escaped_json(json.dumps(value, ensure_ascii=False, indent=indent)))


def whole(text: str) -> None:
    """Print a file's content unchanged; on a terminal, without characters that could control it."""
    click.echo(without_controls(text) if sys.stdout.isatty() else text, nl=False)
