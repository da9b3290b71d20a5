"""The published values, frozen. An `Episode` is all that pages, feeds and checks know of a recording."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from chaptercast.audio.model import Chapter
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import Omission, SourcePage


class AudioFile(Struct, frozen=True):
    """The MP3 of an episode."""

    file: str
    """Its file name, beside the manifest."""
    bytes: int
    sha256: str
    """In hexadecimal."""
    duration: Milliseconds
    grid: Grid

    lufs: float | None = None
    """Its integrated loudness, as its voices were measured when they spoke (EBU R 128)."""
    true_peak_dbtp: float | None = None

    media_type = "audio/mpeg"


class Spoken(Struct, frozen=True):
    """The engine and voices that spoke it."""

    engine: str
    version: str
    voices: tuple[str, ...]
    profile: str
    licences: Mapping[str, str] = {}
    """By voice, if the makers state what may be done with its speech."""
    by_ear: bool = False
    """Whether the times of words come from a recogniser instead of the engine."""


class Misheard(Struct, frozen=True):
    """A passage that a recogniser did not hear as it is written."""

    start: Milliseconds
    """The onset of the passage."""
    written: str
    what: str
    """In one line: what should be heard, and what was heard."""


class PublishedPage(Struct, frozen=True):
    """A page of the article's source, and where it begins in the recording."""

    source: SourcePage
    start: Milliseconds | None
    """`None` if nothing of it is spoken."""


class Episode(Struct, frozen=True):
    """A published recording. A text is empty if it is unknown."""

    guid: str
    """Its permanent identifier in feeds. It stays the same when the article is converted again, and when files are moved."""
    slug: str
    """The name of its folder and, without the suffix, of its MP3."""
    origin: str
    """Separates articles with the same title. The same file always gives the same origin."""
    title: str
    author: str
    """All authors, as a reader would write them."""
    language: LanguageTag
    date: str
    """The date or time of the article, in ISO 8601."""
    source: str
    """The article's web address."""
    description: str
    """The article's own description, otherwise the beginning of its text. Plain text."""
    image: str
    """As the article names it: an address, or a path relative to the article."""
    generator: str
    audio: AudioFile
    spoken: Spoken
    chapters: tuple[Chapter, ...]
    """All chapters, contiguous from 0 to the end."""
    left_out: tuple[Omission, ...]
    """The parts of the article that are not spoken, with reasons."""
    authors: tuple[str, ...] = ()
    """The authors one by one, if they are known so."""
    misheard: tuple[Misheard, ...] = ()
    """The passages that a recogniser did not accept after all attempts."""

    pages: tuple[PublishedPage, ...] = ()
    """The pages of the source, if it has pages."""

    @property
    def persons(self) -> tuple[str, ...]:
        """The article's authors, as far as they can be separated."""
        return self.authors or ((self.author,) if self.author else ())


class SiteEpisode(Struct, frozen=True):
    """An episode in a site, which is a folder of episodes published as a whole."""

    folder: Path
    """Its own folder inside the site's folder."""
    episode: Episode
    audio_bytes: int
    """The real size of the MP3, whatever the manifest says."""
    published: datetime
    """In UTC, in whole seconds, never in the future."""
