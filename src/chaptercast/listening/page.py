"""Writes the page beside a checked episode: each doubtful place, with its audio. It works without scripts.

The page itself is in English, whatever the language of the episode: it is for publishers, not for listeners.
"""

from collections.abc import Iterator

from msgspec import Struct

from chaptercast.common.language_tags import normalised
from chaptercast.common.units import LanguageTag
from chaptercast.listening.finished_recordings import Finished
from chaptercast.listening.model import SURE, Finding, Judged, Verdict
from chaptercast.listening.report import Report, clock, moment
from chaptercast.publication.pages import PAGE
from chaptercast.publication.pages.markup import file_link
from chaptercast.publication.pages.page_frame import interface
from chaptercast.publication.pages.rendering import assets, render

LISTENING_PAGE = "listening.html"
_EARLY_S, _LATE_S = 0.4, 0.6
"""Seconds of audio that are played before and after a passage."""
_ENGLISH = LanguageTag("en")


class Entry(Struct, frozen=True):
    """A finding on the page."""

    time: str
    kind: str
    link: str
    language: str
    written: str
    expected: str
    heard: str
    sure: str


class ShownRate(Struct, frozen=True):
    """An error rate on the page."""

    voice: str
    language: str
    words: int
    shown: str


def listening_page(recording: Finished, report: Report) -> Iterator[str]:
    """Yields the page in pieces. It must be written in UTF-8 beside the MP3."""
    page = interface(_ENGLISH)
    counted = ", ".join(f"{report.verdicts.get(verdict, 0)} {verdict}" for verdict in Verdict)
    return render(
        "listening.html",
        {
            "page": page,
            "words": page.words,
            "assets": assets("appearance.js"),
            "title": recording.episode.title,
            "language": normalised(recording.episode.language) or "",
            "counted": f"{sum(report.verdicts.values())} passages: {counted}",
            "recogniser": report.recogniser,
            "page_link": file_link(PAGE),
            "rates": [
                ShownRate(rate.voice or "a voice", rate.language, rate.words, f"{rate.rate:.1%}")
                for rate in report.rates
                if rate.words
            ],
            "entries": (entry for one in report.judged for entry in _entries(one, recording.episode.audio.file)),
        },
    )


def _entries(one: Judged, audio: str) -> Iterator[Entry]:
    for finding in one.judgement.findings:
        doubt = "" if finding.sure >= SURE else "perhaps "
        yield _entry(one, audio, f"{doubt}{finding.kind}", finding, f"{finding.sure:.0%}")
    if not one.judgement.findings:
        yield _entry(one, audio, "could not judge", None, one.judgement.reason)


def _entry(one: Judged, audio: str, kind: str, finding: Finding | None, sure: str) -> Entry:
    passage = one.passage
    begin, end = max(0.0, passage.start / 1000 - _EARLY_S), passage.end / 1000 + _LATE_S
    return Entry(
        clock(moment(passage, finding)),
        kind,
        f"{file_link(audio)}#t={begin:.2f},{end:.2f}",  # W3C Media Fragments 1.0
        normalised(passage.language) or "",
        passage.text,
        finding.expected if finding else "",
        finding.heard if finding else one.judgement.heard,
        sure,
    )
