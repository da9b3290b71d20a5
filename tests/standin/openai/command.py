"""The command `chaptercast` with little time between its requests: `python -m tests.standin.openai.command ARGUMENT...`."""

from tests.standin.hurry import hurried_seconds

from chaptercast.cli.main import run
from chaptercast.speech.online.settings import Backoff


def prepare() -> None:
    """What is asked for again is asked for within milliseconds."""
    Backoff.seconds = hurried_seconds  # type: ignore[method-assign]


if __name__ == "__main__":
    prepare()
    run()
