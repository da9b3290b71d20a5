"""Episodes for the tests of pages: of a few sentences with made-up times, and whole ones with a recording."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from chaptercast.audio.model import Chapter, Passage, TimedSentence, TimedWord
from chaptercast.convert import Options, convert, prepare
from chaptercast.mpeg import Grid
from chaptercast.profile import Role
from chaptercast.publication.model import AudioFile, Episode, Spoken
from chaptercast.publication.pages import episode_page
from chaptercast.script.model import Say

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
    return TimedSentence(text, start, end, tuple(words))


def passage(
    chapter: int, role: Role, *texts: str, start: int = 0, language: str = "en", continues: bool = False
) -> Passage:
    """A passage of sentences of a second each."""
    timed = (sentence(text, start + 1000 * n, start + 1000 * n + 900) for n, text in enumerate(texts))
    return Passage(chapter, role, language, continues, tuple(timed))


def passages(says: Sequence[tuple[int, Say]], chapters: Sequence[Chapter]) -> Iterator[Passage]:
    """What is said, spread evenly over the true times of the chapters."""
    for number, chapter in enumerate(chapters):
        own = [say for n, say in says if n == number]
        for place, say in enumerate(own):
            length = (chapter.end - chapter.start) // len(own)
            start = chapter.start + 200 + place * length
            written = [s.written.strip() for s in say.sentences if s.written.strip()]
            share = length // max(1, len(written))
            timed = tuple(sentence(t, start + n * share, start + (n + 1) * share - 50) for n, t in enumerate(written))
            yield Passage(number, say.role, say.language, say.continues, timed)


def site(article: Path, folder: Path, options: Options) -> Path:
    """The page of an article that was recorded into a folder of its own in `folder`."""
    published = convert(article, folder, options, lambda *_: None, lambda *_: None)
    script = prepare(article, options, lambda *_: None).script
    says = [(n, part) for n, section in enumerate(script.sections) for part in section.parts if isinstance(part, Say)]
    episode = replace(published.episode, source="https://example.org/a")
    page = published.audio.with_name("index.html")
    text = episode_page(episode, passages(says, episode.chapters), LEVELS, library="../index.html")
    page.write_text("".join(text), encoding="utf-8", newline="\n")
    return page
