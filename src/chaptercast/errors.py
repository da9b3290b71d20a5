"""The errors that a user can meet: each class has its exit code, each instance its remedy.

The library raises them. One place in the command line (`cli.main`) turns them into one or two lines and an exit code.
"""

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """The exit code of the command."""

    DONE = 0
    BUG = 1
    USAGE = 2
    INPUT = 3
    ENGINE = 4
    SERVICE = 5
    OUTPUT = 6
    INTERRUPTED = 130
    """Ctrl-C: 128 + SIGINT, as shells report it."""


class ChaptercastError(Exception):
    """Any error that is not a bug of this program: what happened, where, and what to do next."""

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, message: str, remedy: str = "") -> None:
        """`message` says what went wrong and where. `remedy` says what to do next, if anything is known to help."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UsageError(ChaptercastError):
    """The command, a profile or a setting is wrong."""

    exit_code = ExitCode.USAGE


class InputError(ChaptercastError):
    """An article cannot be read, or there is nothing in it to speak."""

    exit_code = ExitCode.INPUT


class EngineError(ChaptercastError):
    """No engine can speak this here, or one failed at it."""

    exit_code = ExitCode.ENGINE


class ServiceError(ChaptercastError):
    """A speech service failed. Finished speech is kept, and the run can be resumed."""

    exit_code = ExitCode.SERVICE


class OutputError(ChaptercastError):
    """The recording cannot be written, or it did not pass its check."""

    exit_code = ExitCode.OUTPUT
