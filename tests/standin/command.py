"""The command `chaptercast` with its requests sent to a stand-in, and little time between them:
`python -m tests.standin.command URL VOICES_URL ARGUMENT...`.
"""

import sys

import edge_tts.communicate
import edge_tts.voices
from tests.standin.hurry import hurried_seconds

from chaptercast.cli.main import run
from chaptercast.speech.online.settings import Backoff


def prepare(arguments: list[str]) -> list[str]:
    """Heed the addresses. Returns the arguments of the command."""
    edge_tts.communicate.WSS_URL, edge_tts.voices.VOICE_LIST = arguments[:2]
    Backoff.seconds = hurried_seconds  # type: ignore[method-assign]
    return arguments[2:]


if __name__ == "__main__":
    sys.argv[1:] = prepare(sys.argv[1:])
    run()
