"""Helpers that both DAISY formats share: times, and the publisher of a book."""

from chaptercast.common.units import Milliseconds
from chaptercast.publication.exports.dates import day, modified
from chaptercast.publication.model import Episode

UNKNOWN = "Unknown"
"""The author and the publisher must be given, even if nobody knows them."""
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def clock(time: Milliseconds) -> str:
    """Returns a time as `hh:mm:ss.mmm`."""
    return f"{whole_seconds(Milliseconds(time - time % 1000))}.{time % 1000:03}"


def whole_seconds(time: Milliseconds) -> str:
    """Returns a time as `hh:mm:ss`, rounded."""
    seconds = (time + 500) // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def seconds(time: Milliseconds) -> str:
    """Returns a time in seconds, with three decimals."""
    return f"{time // 1000}.{time % 1000:03}"


def date_of(episode: Episode) -> str:
    """Returns the date of a book: that of its article."""
    return day(episode.date) or modified(episode.date)[:10]


def publisher(episode: Episode) -> str:
    """Returns the publisher, as far as it is known: the author."""
    return episode.author or UNKNOWN


def in_a_line(text: str) -> str:
    """Returns a text without line breaks."""
    return " ".join(text.split())
