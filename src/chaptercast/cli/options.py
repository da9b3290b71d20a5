"""Options that several subcommands share."""

import re
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from chaptercast.cli import completion
from chaptercast.cli.main import printable
from chaptercast.common.devices import Device
from chaptercast.common.language_tags import normalised
from chaptercast.common.remote_folders import is_remote
from chaptercast.common.unicode_text import well_formed
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.reading_options import Ocr, PageScope
from chaptercast.document.sources.url import is_url
from chaptercast.pipeline import Options
from chaptercast.script.narration.options import Code, Notes, Verbosity

_Function = TypeVar("_Function", bound=Callable[..., Any])


class _Article(click.ParamType[Path | str]):
    """A file, a web address, or `-`. The reader finds out whether it can be read, and raises the error."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:  # noqa: ARG002
        """See click: the value of an argument."""
        return value if isinstance(value, Path) or value == "-" or is_url(value) else Path(value)


class _Place(click.ParamType[Path | str]):
    """A path, or the address of a store: `s3://bucket/folder`."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:  # noqa: ARG002
        """See click: the value of an option."""
        return value if isinstance(value, Path) or is_remote(value) else Path(value)


ARTICLE = _Article()
PLACE = _Place()


def language_tag(_context: click.Context, _parameter: click.Parameter, value: str | None) -> LanguageTag | None:
    """The value of a `--language` option (a click callback)."""
    if value is None:
        return None
    tag = normalised(value)
    if tag is None:
        raise click.BadParameter(f"“{value}” is no language tag. Use one like en, zh-CN or pt-BR.")
    return tag


def reading(function: _Function) -> _Function:
    """Add the options that decide how an article is read and spoken. Each arrives as an argument of its own; `as_options` packs them."""
    decorators = (
        click.option(
            "--language",
            metavar="TAG",
            callback=language_tag,
            shell_complete=completion.languages,
            help="The article's language, if it is identified wrongly: en, zh-CN...",
        ),
        click.option(
            "--headings",
            default="all",
            show_default=True,
            metavar="all|marked|FILE",
            help="All headings that are found, only those that the article marks, or those in an edited outline.",
        ),
        _choice("--page", PageScope.ARTICLE, "For a web page: only its article, or all that a browser shows."),
        *_of_pdf(),
        click.option("--title", default="", callback=_well_formed, help="A title to use instead of the article's own."),
        click.option(
            "--voice",
            default="",
            shell_complete=completion.voices,
            help="A voice profile or an engine's voice: see `chaptercast voices`.",
        ),
        click.option(
            "--engine",
            default="auto",
            show_default=True,
            shell_complete=completion.engines,
            help="The speech engine: see `chaptercast engines`.",
        ),
        click.option("--rate", type=click.FloatRange(0.25, 4), default=1.0, show_default=True, help="Speed of speech."),
        click.option(
            "--loudness",
            default="podcast",
            show_default=True,
            metavar="podcast|acx|LUFS|none",
            help="The loudness of every voice: podcast (-19 LUFS), acx, a number of LUFS, or none to leave it.",
        ),
        _choice("--device", Device.CPU, "The device for neural voices, if the installed ONNX Runtime supports it."),
        _choice("--verbosity", Verbosity.BRIEF, "How much is announced about lists, tables, images and notes."),
        _choice("--code", Code.SHORT, "Code: read it if it is short, read all of it, or skip it."),
        _choice(
            "--notes", Notes.NEAR, "Footnotes: short ones near their reference, all at the section's end, or none."
        ),
        click.option("--link-addresses", is_flag=True, help="Say the address of a link after its text."),
        click.option("--offline", is_flag=True, envvar="CHAPTERCAST_OFFLINE", help="Never use the network."),
        click.option("--proxy", default="", metavar="URL", help="A proxy for the speech service: http://host:port."),
        click.option(
            "--allow-private-address",
            "private_addresses",
            is_flag=True,
            help="Also fetch articles from this machine and from private networks.",
        ),
    )
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


def _well_formed(_context: click.Context, _option: click.Parameter, text: str) -> str:
    """The text of an option. Bytes that the terminal's encoding does not have come as surrogates."""
    return well_formed(text)


def _of_pdf() -> tuple[Callable[[_Function], _Function], ...]:
    """The options that decide how a PDF is read."""
    return (
        click.option(
            "--pages",
            default="",
            callback=_pages,
            metavar="FIRST-LAST",
            help="Of a PDF: the pages that are read, counted from 1: 3-10, 7, 12-",
        ),
        _choice("--ocr", Ocr.AUTO, "Of a PDF: whether the text of pictures of pages is recognised, and by what."),
        click.option(
            "--password-file",
            "password",
            type=click.File(encoding="utf-8"),
            callback=_password,
            help="A file with the password of protected PDF files, or - for standard input.",
        ),
    )


def _pages(_context: click.Context, _option: click.Parameter, value: str) -> tuple[int, int]:
    """The first and the last page of `--pages`; 0 for the last that there is."""
    if not value:
        return 1, 0
    match = re.fullmatch(r"\s*(\d{1,6})\s*(?:(-)\s*(\d{1,6})?)?\s*", value)
    first = int(match[1]) if match else 0
    last = 0 if match and match[2] and not match[3] else int(match[3] or match[1]) if match else 0
    if first < 1 or (last and last < first):
        raise click.BadParameter(f"“{value}” are no pages. Give them like 3-10, 7 or 12-.")
    return first, last


def _password(_context: click.Context, _option: click.Parameter, file: TextIO | None) -> str:
    """The first line of the file of `--password-file`."""
    try:
        return file.readline().rstrip("\r\n") if file is not None else ""
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"it cannot be read: {error}") from error


def ask_password(name: str) -> str:
    """Ask whoever sits at the terminal for the password of a file; empty for none."""
    found: str = click.prompt(
        f"{printable(name)} is protected. Password", hide_input=True, default="", show_default=False, err=True
    )
    return found


def _choice(name: str, default: StrEnum, text: str) -> Callable[[_Function], _Function]:
    """An option with the values of an enumeration."""
    kind = type(default)
    return click.option(
        name,
        type=click.Choice([choice.value for choice in kind], case_sensitive=False),
        default=default.value,
        callback=lambda _context, _parameter, value: kind(value),
        show_default=True,
        help=text,
    )


def say(line: str) -> None:
    """Print a line for people on stderr."""
    click.echo(printable(line), err=True)


def lasting(duration: Milliseconds) -> str:
    """A duration for people: `3 min 12 s`."""
    minutes, seconds = divmod(round(duration / 1000), 60)
    return f"{minutes} min {seconds} s"


def as_options(given: dict[str, Any]) -> Options:
    """The values of `reading`'s options as one `Options`."""
    return Options(**given, ask_password=ask_password if sys.stdin.isatty() else None)
