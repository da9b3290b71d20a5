"""Prints the list of everything that is not spoken, and how the pages of the source were read."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from chaptercast.cli import stdout
from chaptercast.document.model import ReadBy, SourcePage
from chaptercast.script.omissions import Losses

_SHOWN = 300
"""The number of characters of a text that are shown. The JSON has the whole text."""


_READ_BY = {
    ReadBy.STRUCTURE: "read by the structure that the file has",
    ReadBy.LAYOUT: "read by where the text stands",
    ReadBy.RECOGNITION: "recognised",
    ReadBy.PICTURE: "a picture, not read",
    ReadBy.EMPTY: "without text",
    ReadBy.UNREADABLE: "not readable",
}


def show_report(losses: Losses, pages: Sequence[SourcePage], *, as_json: bool) -> None:
    """Print the unspoken texts, by reason, and how each page of the source was read."""
    if as_json:
        listed = [
            {"reason": loss.reason, "words": loss.words, "seen": loss.is_seen, "texts": list(loss.texts)}
            for loss in losses.losses
        ]
        described: dict[str, Any] = {
            "said_words": losses.said_words,
            "lost_words": losses.lost_words,
            "left_out": listed,
        }
        if pages:
            described["pages"] = [_described(number, page) for number, page in enumerate(pages, 1)]
        stdout.as_json(described)
        return
    stdout.line(f"Spoken: {losses.said_words:,} words.")
    for loss in losses.losses:
        elsewhere = "" if loss.is_seen else ", not seen by readers either, or heard elsewhere"
        stdout.line(f"\nNot spoken, {loss.reason}: {len(loss.texts)} × with {loss.words:,} words{elsewhere}.")
        for text in loss.texts:
            folded = " ".join(text.split())
            stdout.line(f"    {folded if len(folded) <= _SHOWN else folded[:_SHOWN] + '…'}")
    if not losses.losses:
        stdout.line("Nothing is left out.")
    if losses.are_many:
        stdout.line(f"\n{_share(losses)}")
    if pages:
        stdout.line("")
        for line in page_lines(pages):
            stdout.line(line)


def page_lines(pages: Sequence[SourcePage]) -> Iterator[str]:
    """How each page was read, and how sure that is. Successive pages that were read alike are one line."""
    for told, group in groupby(pages, _told):
        own = [*group]
        name = f"Page {own[0].label}" if len(own) == 1 else f"Pages {own[0].label} to {own[-1].label}"
        yield f"{name}: {told}."


def _told(page: SourcePage) -> str:
    how = _READ_BY[page.read_by] if page.read_by else "marked in the text"
    sure = "" if page.sure is None else f", {page.sure:.0%} sure"
    return f"{how}{sure}{f' ({page.fault})' if page.fault else ''}"


def _described(number: int, page: SourcePage) -> dict[str, Any]:
    read_by = page.read_by.value if page.read_by else None
    return {"page": number, "label": page.label, "read_by": read_by, "sure": page.sure, "fault": page.fault}


def too_much(losses: Losses) -> str:
    """A line that says how much of an article is left out, and where to look."""
    return f"{_share(losses)} To list them: chaptercast outline FILE --report"


def _share(losses: Losses) -> str:
    return f"Look here: {losses.lost_words:,} of {losses.seen_words:,} words that readers see are not spoken ({losses.lost_share:.0%})."
