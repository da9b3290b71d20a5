"""The command `chaptercast`: its subcommands, and the one funnel that every error goes through.

Nothing heavy is imported here: a subcommand's module is loaded when it is called.
"""

import os
import signal
import sys
from importlib import import_module
from types import FrameType

import click

from chaptercast import __version__
from chaptercast.errors import ChaptercastError, ExitCode

_SUBCOMMANDS = {
    "check": "chaptercast.cli.check",
    "convert": "chaptercast.cli.convert",
    "engines": "chaptercast.cli.voices",
    "examples": "chaptercast.cli.examples",
    "outline": "chaptercast.cli.inspect",
    "script": "chaptercast.cli.inspect",
    "voices": "chaptercast.cli.voices",
}


class _LazyGroup(click.Group):
    """A group whose subcommands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return sorted(_SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _SUBCOMMANDS:
            return None
        command: click.Command = getattr(import_module(_SUBCOMMANDS[cmd_name]), cmd_name)
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, envvar="CHAPTERCAST_DEBUG", help="Show the traceback of an error.")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:
    """Turn articles into chaptered talking recordings."""
    context.obj = debug


def run() -> None:
    """Run the command and end the process with its exit code."""
    signal.signal(signal.SIGTERM, _as_interrupt)
    code = funnel(sys.argv[1:])
    _flush()
    sys.exit(code)


def funnel(arguments: list[str]) -> ExitCode:
    """Run the command; every error becomes one or two lines on stderr and an exit code."""
    debug = "--debug" in arguments or bool(os.environ.get("CHAPTERCAST_DEBUG"))
    try:
        result = cli.main(arguments, prog_name="chaptercast", standalone_mode=False)
        return ExitCode(result) if isinstance(result, int) else ExitCode.DONE
    except click.exceptions.Exit as ended:
        return ExitCode(ended.exit_code)
    except click.ClickException as error:
        error.show(sys.stderr)
        return ExitCode.USAGE
    except ChaptercastError as error:
        if debug:
            raise
        tell(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        if debug:
            raise
        click.echo("Interrupted. Nothing unfinished was left behind; the same command starts again.", err=True)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough. Nothing more can be written, not even at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except Exception as error:  # a bug, or the system's trouble in a place where none was expected
        if debug:
            raise
        click.echo(f"Error: this should not have happened: {type(error).__name__}: {error}", err=True)
        click.echo("Please report it, with what `chaptercast --debug ...` prints.", err=True)
        return ExitCode.BUG


def tell(error: ChaptercastError) -> None:
    """Print an error: what and where, then what to do."""
    click.echo(f"Error: {printable(error.message)}", err=True)
    if error.remedy:
        click.echo(printable(error.remedy), err=True)


def printable(text: str) -> str:
    """Text from a file or its name, fit for a terminal: no control characters, and what stdout cannot encode escaped."""
    return "".join(c if c.isprintable() else " " for c in text).encode("utf-8", "backslashreplace").decode()


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
