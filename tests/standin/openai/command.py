"""The command `chaptercast` with little time between its requests: `python -m tests.standin.openai.command ARGUMENT...`."""

import sys

from tests.standin.hurry import hurried_seconds

from chaptercast.cli.main import run
from chaptercast.speech.online.settings import Backoff


def prepare(arguments: list[str]) -> list[str]:
    """Ask within milliseconds for what is asked for again. Returns the arguments of the command: all of them."""
    Backoff.seconds = hurried_seconds  # type: ignore[method-assign]
    return arguments


if __name__ == "__main__":
    prepare(sys.argv[1:])
    run()
