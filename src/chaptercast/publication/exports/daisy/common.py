"""What the DAISY formats share: times as they write them, who made a book, and what sounds in a chapter in a row."""

from collections.abc import Iterable, Iterator

from chaptercast.common.units import Milliseconds
from chaptercast.publication.exports.book_markup import Group, Sounding
from chaptercast.publication.exports.dates import day, modified
from chaptercast.publication.model import Episode

UNKNOWN = "Unknown"
"""Who wrote or published a book must be told, even where nobody knows."""
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def flat(items: Iterable[Sounding | Group]) -> Iterator[Sounding]:
    """What sounds, without the elements that it stands in."""
    for item in items:
        if isinstance(item, Group):
            yield from flat(item.items)
        else:
            yield item


def clock(time: Milliseconds) -> str:
    """A time as `hh:mm:ss.mmm`."""
    return f"{whole_seconds(Milliseconds(time - time % 1000))}.{time % 1000:03}"


def whole_seconds(time: Milliseconds) -> str:
    """A time as `hh:mm:ss`, rounded."""
    seconds = (time + 500) // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def seconds(time: Milliseconds) -> str:
    """A time in seconds, with thousandths."""
    return f"{time // 1000}.{time % 1000:03}"


def date_of(episode: Episode) -> str:
    """The day of a book: that of its article."""
    return day(episode.date) or modified(episode.date)[:10]


def publisher(episode: Episode) -> str:
    """Who is to answer for it, as far as is known: its author."""
    return episode.author or UNKNOWN


def in_a_line(text: str) -> str:
    """Without breaks."""
    return " ".join(text.split())
