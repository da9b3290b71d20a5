"""What is published: frozen values. An `Episode` is all that pages, feeds and checks know of a recording."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from chaptercast.audio.model import Chapter
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import Omission


class AudioFile(Struct, frozen=True):
    """The MP3 of an episode."""

    file: str
    """Its name, beside the manifest."""
    bytes: int
    sha256: str
    """In hexadecimal."""
    duration: Milliseconds
    grid: Grid

    media_type = "audio/mpeg"


class Spoken(Struct, frozen=True):
    """Who spoke it."""

    engine: str
    version: str
    voices: tuple[str, ...]
    profile: str
    licences: Mapping[str, str] = {}
    """Of those voices whose makers tell what may be done with their speech."""


class Episode(Struct, frozen=True):
    """A published recording; texts are empty where nothing is known."""

    guid: str
    """What feeds know it by: it stays when the article is converted again, and wherever the files are moved."""
    slug: str
    """The name of its folder and, without the suffix, of its MP3."""
    origin: str
    """Tells apart what articles of one title were made from; the same file gives the same again."""
    title: str
    author: str
    """All authors, as a reader writes them."""
    language: LanguageTag
    date: str
    """Of the article: ISO 8601, a date or a time."""
    source: str
    """The article's address in the web."""
    description: str
    """As the article gives it, else how its text begins; plain text."""
    image: str
    """As the article names it: an address, or a path beside it."""
    generator: str
    audio: AudioFile
    spoken: Spoken
    chapters: tuple[Chapter, ...]
    """All of them, contiguous from 0 to the end."""
    left_out: tuple[Omission, ...]
    """What of the article is not spoken, and why."""
    authors: tuple[str, ...] = ()
    """Each author, where they are known one by one."""

    @property
    def persons(self) -> tuple[str, ...]:
        """Those who wrote the article, as far as they can be told apart."""
        return self.authors or ((self.author,) if self.author else ())


class SiteEpisode(Struct, frozen=True):
    """An episode as it lies in a site: a folder of episodes that is published as a whole."""

    folder: Path
    """Its own, in the site's."""
    episode: Episode
    audio_bytes: int
    """What the MP3 has, whatever the manifest says."""
    published: datetime
    """In UTC, whole seconds, never in the future."""
