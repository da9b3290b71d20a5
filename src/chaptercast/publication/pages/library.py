"""The page over all episodes: one list, with a search where scripts run."""

import json
from collections.abc import Iterator, Sequence

from msgspec import Struct

from chaptercast.common.units import LanguageTag
from chaptercast.publication.model import Episode
from chaptercast.publication.pages.markup import file_link
from chaptercast.publication.pages.page_frame import interface
from chaptercast.publication.pages.rendering import assets, render

PAGE = "index.html"
"""What a page is called: that of an episode, and that of a site."""


class Entry(Struct, frozen=True):
    """An episode in the list."""

    episode: Episode
    link: str


def library_page(title: str, language: LanguageTag, episodes: Sequence[Episode], *, feed: str = "") -> Iterator[str]:
    """The page in pieces, to be written in UTF-8 into the folder that holds the episodes' folders.

    The episodes stand in the order given. `feed` is the name of the feed's file beside the page, where there is one.
    """
    page = interface(language)
    return render(
        "library.html",
        {
            "page": page,
            "words": page.words,
            "assets": assets("appearance.js", "library.js"),
            "title": title,
            "entries": (Entry(episode, file_link(episode.slug, PAGE)) for episode in episodes),
            "total": len(episodes),
            "found": json.dumps(dict(page.words.counts["found"]), ensure_ascii=False),
            "feed": file_link(feed) if feed else "",
        },
    )
