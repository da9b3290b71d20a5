"""Finds where the pages of the source begin in the recording, so that a listener can cite them."""

from collections.abc import Iterable, Sequence

from chaptercast.audio.model import Passage, TimedSentence
from chaptercast.common.units import Milliseconds
from chaptercast.document.model import SourcePage
from chaptercast.publication.model import PublishedPage


def published_pages(pages: Sequence[SourcePage], passages: Iterable[Passage]) -> tuple[PublishedPage, ...]:
    """Returns the pages with the times of their first words. `passages` are iterated only if there are pages.

    A page with text but without a mark, such as one that is all program text, begins with the next page.
    """
    if not pages:
        return ()
    starts = dict(_starts(passages))
    found: list[PublishedPage] = []
    following: Milliseconds | None = None
    for number in range(len(pages), 0, -1):
        page = pages[number - 1]
        start = starts.get(number, following) if page.has_text else None
        following = following if start is None else start
        found.append(PublishedPage(page, start))
    found.reverse()
    return tuple(found)


def _starts(passages: Iterable[Passage]) -> Iterable[tuple[int, Milliseconds]]:
    for passage in passages:
        for sentence in passage.sentences:
            for mark in sentence.marks:
                if mark.style.page:
                    yield mark.style.page, _time(sentence, mark.offset)


def _time(sentence: TimedSentence, offset: int) -> Milliseconds:
    """Returns when the word at an offset is spoken; if words have no times, when the sentence is."""
    return next((word.start for word in sentence.words if word.offset >= offset), sentence.start)
