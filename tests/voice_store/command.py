"""The command `chaptercast` for packs that hold nothing: engines' own modules would refuse them.
`python -m tests.voice_store.command ARGUMENT...`.
"""

from tests.voice_store.conftest import PLAIN

from chaptercast.cli.main import run
from chaptercast.voice_store import families

if __name__ == "__main__":
    families.FAMILIES = PLAIN
    run()
