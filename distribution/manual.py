"""Manual pages in roff (man(7)), made of what `--help` prints: one of the program, and one of each command."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import click

from chaptercast import __version__
from chaptercast.cli.main import cli
from distribution.shells import made_with

_FOLDER = PurePosixPath("man/man1")
_EXIT_CODES = {
    "0": "Done.",
    "1": "The commands check and voices --verify found something. Anywhere else it is a bug.",
    "2": "Wrong use: an option, a profile, an engine's name.",
    "3": "An article cannot be read, or holds nothing to speak.",
    "4": "No engine can speak it here, or one failed.",
    "5": "A speech service or a download failed. The same command goes on.",
    "6": "The output cannot be written.",
    "130": "Interrupted. The same command goes on.",
}
_ENVIRONMENT = {
    "CHAPTERCAST_CACHE": "The folder that keeps what was spoken.",
    "CHAPTERCAST_VOICES": "The folder that holds installed voices.",
    "CHAPTERCAST_OFFLINE": "1 forbids every use of the network.",
    "CHAPTERCAST_PLAIN": "1 prints progress as plain lines.",
    "CHAPTERCAST_START_METHOD": "How worker processes start: fork or spawn.",
    "CHAPTERCAST_OPENAI_URL": "The address of a speech server.",
}


def manual_pages() -> Iterator[tuple[PurePosixPath, str]]:
    """Yield each page's place below `share`, and its text."""
    context = click.Context(cli, info_name="chaptercast", **cli.context_settings)
    commands = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    pages = {name: command for name, command in commands.items() if command is not None}
    yield _FOLDER / "chaptercast.1", _program_page(context, pages)
    for name, command in pages.items():
        own = click.Context(command, info_name=name, parent=context)
        yield _FOLDER / f"chaptercast-{name}.1", _command_page(own)


def _program_page(context: click.Context, commands: dict[str, click.Command]) -> str:
    summaries = {f"chaptercast-{name}(1)": command.get_short_help_str(200) for name, command in commands.items()}
    return "\n".join(
        [
            *_head(context),
            *_options(context),
            *_list("COMMANDS", summaries),
            *_list("EXIT STATUS", _EXIT_CODES),
            *_list("ENVIRONMENT", _ENVIRONMENT),
            "",
        ]
    )


def _command_page(context: click.Context) -> str:
    return "\n".join([*_head(context), *_options(context), ".SH SEE ALSO", r"\fBchaptercast\fR(1)", ""])


def _head(context: click.Context) -> list[str]:
    name = context.command_path.replace(" ", "-")
    usage = " ".join(context.command.collect_usage_pieces(context))
    text = re.split(r"\n\s*\n", (context.command.help or "").strip())
    return [
        made_with('.\\"'),
        f'.TH "{_escaped(name.upper())}" "1" "" "chaptercast {__version__}" "User Commands"',
        ".SH NAME",
        rf"{_escaped(name)} \- {_escaped(text[0].splitlines()[0].rstrip('.'))}",
        ".SH SYNOPSIS",
        rf"\fB{_escaped(context.command_path)}\fR {_escaped(usage)}",
        ".SH DESCRIPTION",
        "\n.PP\n".join(_escaped(" ".join(paragraph.split())) for paragraph in text),
    ]


def _options(context: click.Context) -> list[str]:
    records = filter(None, (parameter.get_help_record(context) for parameter in context.command.get_params(context)))
    return _list("OPTIONS", {names: " ".join(text.split()) for names, text in records if text})


def _list(title: str, entries: dict[str, str]) -> list[str]:
    lines = [f".SH {title}"]
    for term, text in entries.items():
        lines += [".TP", rf"\fB{_escaped(term)}\fR", _escaped(text)]
    return lines


def _escaped(text: str) -> str:
    """Text as roff prints it: its own signs are escaped, a hyphen can be typed again."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
