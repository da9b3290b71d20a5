"""The command `chaptercast`: its subcommands, and the one place that handles every error.

Nothing heavy is imported here. A subcommand's module is loaded when the subcommand is called.
"""

import io
import os
import signal
import sys
from importlib import import_module
from types import FrameType

import click

from chaptercast import __version__
from chaptercast.errors import ChaptercastError, ExitCode

_SUBCOMMANDS = {
    "cache": ("chaptercast.cli.cache", "Show or prune the cache of speech."),
    "check": ("chaptercast.cli.check", "Verify finished recordings."),
    "convert": ("chaptercast.cli.convert", "Convert articles to chaptered MP3s."),
    "engines": ("chaptercast.cli.voices", "List what can speak, and what is missing."),
    "examples": ("chaptercast.cli.examples", "List the example articles, to try it with."),
    "export": ("chaptercast.cli.export", "Make talking books of finished recordings."),
    "feed": ("chaptercast.cli.feed", "Build the podcast feed of a folder of recordings."),
    "fetch": ("chaptercast.cli.follow", "Convert what is new in the feeds that are followed."),
    "follow": ("chaptercast.cli.follow", "Follow feeds: keep a list of subscriptions."),
    "outline": ("chaptercast.cli.inspect", "Show the headings that will become chapters."),
    "preview": ("chaptercast.cli.preview", "Speak the beginning, or try several voices."),
    "script": ("chaptercast.cli.inspect", "Show what will be spoken, with its pauses."),
    "serve": ("chaptercast.cli.serve", "Serve a finished site, with its feed."),
    "worker": ("chaptercast.cli.worker", "Work through the queue of the app."),
    "voices": ("chaptercast.cli.voices", "List voice profiles and voices."),
}
"""The module of each subcommand, and its line in the list of commands."""


class _LazyGroup(click.Group):
    """A group whose subcommands live in their own modules."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return sorted(_SUBCOMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """See click. The error for a mistyped name suggests the nearest one."""
        if args and not args[0].startswith("-") and args[0] not in _SUBCOMMANDS:
            ctx.fail(f"There is no command “{printable(args[0])}”. {_suggestion(args[0])}")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _SUBCOMMANDS:
            return None
        command: click.Command = getattr(import_module(_SUBCOMMANDS[cmd_name][0]), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in sorted(_SUBCOMMANDS.items())])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, envvar="CHAPTERCAST_DEBUG", help="Show the traceback of an error.")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:
    """Turn articles into chaptered talking recordings."""
    context.obj = debug


def _suggestion(wrong: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(wrong.lower(), _SUBCOMMANDS, 1, 0.5)
    return f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(sorted(_SUBCOMMANDS))}."


def run() -> None:
    """Run the command and end the process with its exit code."""
    signal.signal(signal.SIGTERM, _as_interrupt)
    _make_stdout_take_all()
    code = funnel(sys.argv[1:])
    _flush()
    sys.exit(code)


def funnel(arguments: list[str]) -> ExitCode:
    """Run the command. Every error becomes one or two lines on stderr and an exit code; if the run can be resumed, a line says how."""
    try:
        code = _run(arguments)
    except (Exception, KeyboardInterrupt) as error:
        if "--debug" in arguments or os.environ.get("CHAPTERCAST_DEBUG"):
            raise
        code = _explain(error)
    if code is ExitCode.SERVICE:
        from chaptercast.cli.repeat_command import command_line

        click.echo(f"To go on: {printable(command_line(arguments))}", err=True)
    return code


def _run(arguments: list[str]) -> ExitCode:
    try:
        result = cli.main(arguments, prog_name="chaptercast", standalone_mode=False)
        return ExitCode(result) if isinstance(result, int) else ExitCode.DONE
    except click.exceptions.Exit as ended:
        return ExitCode(ended.exit_code)
    except click.ClickException as error:
        _show(error)
        return ExitCode.USAGE


def _show(error: click.ClickException) -> None:
    """See click. What the user typed may contain anything."""
    from chaptercast.common.unicode_text import without_controls

    shown = io.StringIO()
    error.show(shown)
    click.echo(without_controls(shown.getvalue()), nl=False, err=True)


def _explain(error: BaseException) -> ExitCode:
    match error:
        case ChaptercastError():
            tell(error)
            return error.exit_code
        case KeyboardInterrupt() | click.Abort():
            click.echo("Interrupted. Finished speech is kept: the same command continues from there.", err=True)
            return ExitCode.INTERRUPTED
        case BrokenPipeError():
            _discard_output()  # the reader of the pipe has seen enough
            return ExitCode.DONE
    click.echo(printable(f"Error: this should not have happened: {type(error).__name__}: {error}"), err=True)
    click.echo("Please report it, with what `chaptercast --debug ...` prints.", err=True)
    return ExitCode.BUG


def tell(error: ChaptercastError) -> None:
    """Print an error: what and where, then what to do."""
    click.echo(f"Error: {printable(error.message)}", err=True)
    if error.remedy:
        click.echo(printable(error.remedy), err=True)


def printable(text: str) -> str:
    """Text from a file or its name, safe for a terminal: no control characters; what stdout cannot encode is escaped."""
    return "".join(c if c.isprintable() else " " for c in text).encode("utf-8", "backslashreplace").decode()


def _make_stdout_take_all() -> None:
    """Make stdout accept every text: as UTF-8 if it is not a terminal, whatever the system's encoding; otherwise escaped.

    A file written like this can be given to the program again, which reads UTF-8.
    """
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()


def _discard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
