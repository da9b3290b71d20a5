"""What is heard of a file, and what is told of it: the tests of formats judge by that."""

from chaptercast import voice_profiles
from chaptercast.document.model import Document, Heading, plain
from chaptercast.document.outline import outline
from chaptercast.document.read import read_bytes
from chaptercast.script.model import Script
from chaptercast.script.narration.narrate import Settings, narrate

SETTINGS = Settings(voice_profiles.load("generic").pauses)


def outlined(data: bytes, name: str) -> Document:
    """A file, with its headings found."""
    return outline(read_bytes(data, name=name))


def chapters(data: bytes, name: str) -> list[tuple[int, str]]:
    """The level and the words of each heading."""
    found = (block for block in outlined(data, name).blocks if isinstance(block, Heading))
    return [(heading.level, plain(heading.inlines)) for heading in found]


def script_of(data: bytes, name: str) -> Script:
    """What is spoken of a file."""
    return narrate(outlined(data, name), SETTINGS)


def heard(data: bytes, name: str) -> list[str]:
    """What is said of a file, an utterance an entry."""
    return [say.spoken for say in script_of(data, name).utterances()]


def named(data: bytes, name: str) -> list[tuple[str, str]]:
    """What is not said of a file, and why."""
    return [(omission.text, omission.reason.name) for omission in script_of(data, name).left_out]
