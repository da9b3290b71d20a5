"""Asks an address for the feeds that are there."""

from collections.abc import Callable

from chaptercast.document.sources.fetch import Limits, refuse_status
from chaptercast.following.discovery import Discovery, discovered
from chaptercast.following.feed_reading import looks_like_page
from chaptercast.following.polite_requests import Asker
from chaptercast.following.round import FEED_BYTES


def feeds_at(address: str, tell: Callable[[str], None], *, private: bool = False) -> Discovery:
    """Returns the feeds at an address. Raises `InputError` if there are none, `UsageError` if it may not be asked."""
    answer = Asker({}, Limits(private=private), tell).ask(address, size=FEED_BYTES, robots=False)
    refuse_status(answer)
    # What a page behind redirects names counts from there. A feed is followed at the address that was given, unless it has moved.
    is_elsewhere = answer.url != address and looks_like_page(answer.data)
    return discovered(answer.data, answer.url if is_elsewhere else answer.moved or address)
