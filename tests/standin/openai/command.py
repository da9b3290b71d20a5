"""The command `chaptercast` with little time between its requests: `python -m tests.standin.openai.command ARGUMENT...`."""

from tests.standin.hurry import hurried_seconds

from chaptercast.cli.main import run
from chaptercast.speech.online.settings import Backoff

if __name__ == "__main__":
    Backoff.seconds = hurried_seconds  # type: ignore[method-assign]
    run()
