"""An article of a feed, as it is kept with its job until it is spoken, and for speaking it again."""

from pathlib import Path

import msgspec
from msgspec import Struct

from chaptercast.document.model import Metadata
from chaptercast.document.sources.source import Source
from chaptercast.errors import InputError

FILE = "article.json"
"""In the job's own folder."""


class _Kept(Struct, frozen=True):
    name: str
    stem: str
    url: str
    data: bytes
    metadata: Metadata
    known_as: str


def encoded(source: Source) -> bytes:
    """Returns the content of the file that keeps an article."""
    kept = _Kept(source.name, source.stem, source.url, source.data, source.metadata, source.known_as)
    return msgspec.json.encode(kept)


def kept_article(path: Path, episode: str) -> Source:
    """Returns the article in a file. `episode` is the folder of its episode, if it was made before. Raises `InputError`."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError("The article is not kept any more.", "Delete the job, and look at the feed again.") from error
    return Source(
        kept.name,
        kept.stem,
        url=kept.url,
        data=kept.data,
        metadata=kept.metadata,
        known_as=kept.known_as,
        episode=episode,
    )
