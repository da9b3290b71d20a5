"""The command `chaptercast` with its requests sent to a stand-in: `python -m tests.standin.command URL VOICES_URL ARGUMENT...`."""

import sys

import edge_tts.communicate
import edge_tts.voices

from chaptercast.cli.main import run

if __name__ == "__main__":
    edge_tts.communicate.WSS_URL, edge_tts.voices.VOICE_LIST = sys.argv[1:3]
    sys.argv[1:3] = []
    run()
