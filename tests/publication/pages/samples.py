"""An episode for the tests of pages, and passages of a few sentences with made-up times."""

import re

from chaptercast.audio.model import Chapter, Passage, TimedSentence, TimedWord
from chaptercast.common.mpeg_frames import Grid
from chaptercast.publication.model import AudioFile, Episode, Spoken
from chaptercast.voice_profiles import Role

LEVELS = [abs((n * 37) % 400 - 200) for n in range(1200)]

EPISODE = Episode(
    guid="5b2f1c1e-0000-5000-8000-000000000000",
    slug="the-night-ferry",
    origin="",
    title="The night ferry",
    author="Ann O’Nym",
    language="en",
    date="2024-03-05",
    source="https://example.org/ferry",
    description="How a ferry crosses.",
    image="",
    generator="chaptercast",
    audio=AudioFile("the-night-ferry.mp3", 123_456, "0" * 64, 90_000, Grid(22_050, 48_000)),
    spoken=Spoken("espeak", "1.52", ("en-gb",), "default"),
    chapters=(Chapter("s0", "The night ferry", 1, 0, 5000), Chapter("s1", "Aboard", 2, 5000, 90_000)),
    left_out=(),
)


def sentence(text: str, start: int, end: int) -> TimedSentence:
    """`text` with its words spread evenly."""
    found = list(re.finditer(r"\S+", text))
    words = (
        TimedWord(start + (end - start) * n // len(found), m.start(), m.end() - m.start()) for n, m in enumerate(found)
    )
    return TimedSentence(text, start, end, tuple(words), after=" ")


def passage(
    chapter: int, role: Role, *texts: str, start: int = 0, language: str = "en", continues: bool = False
) -> Passage:
    """A passage of sentences of a second each."""
    timed = (sentence(text, start + 1000 * n, start + 1000 * n + 900) for n, text in enumerate(texts))
    return Passage(chapter, role, language, continues, tuple(timed))
