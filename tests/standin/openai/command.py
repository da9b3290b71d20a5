"""The command `chaptercast` with little time between its requests: `python -m tests.standin.openai.command ARGUMENT...`."""

from tests.standin.hurry import hurried

from chaptercast.cli.main import run
from chaptercast.speech.online.settings import ServiceSettings

if __name__ == "__main__":
    ServiceSettings.__init__ = hurried(ServiceSettings.__init__)  # type: ignore[method-assign]
    run()
