"""Exports audiobook packages: W3C Audiobooks (.lpf), and Readium's own format (.audiobook), which Thorium and similar apps read."""

import json
from collections.abc import Iterator
from typing import Any

from chaptercast.common.units import UNDETERMINED, Milliseconds
from chaptercast.publication.exports import Choices, Entry
from chaptercast.publication.exports.book import Book, Chapterful, lines
from chaptercast.publication.exports.book_markup import esc
from chaptercast.publication.exports.chapter_tree import Branch, tree
from chaptercast.publication.exports.credits import identifier, narrator
from chaptercast.publication.exports.daisy.common import in_a_line
from chaptercast.publication.exports.dates import day, modified
from chaptercast.publication.pages.markup import declared, web_link
from chaptercast.publication.pages.page_frame import interface

_SUMMARY = "The recording is spoken by a synthetic voice. It has a table of contents, and a transcript of each chapter."


def lpf(book: Book, _choices: Choices) -> Iterator[Entry]:
    """Yields the files of a W3C Audiobook in the Lightweight Packaging Format."""
    yield Entry("publication.json", _json(_publication(book)))
    yield Entry("index.html", "".join(_contents(book)).encode())
    if book.head is not None:
        for chapter in book.chapters:
            yield Entry(f"text/s{chapter.number}.vtt", "".join(_transcript(book, chapter)).encode())
    yield from _sound(book)


def readium(book: Book, _choices: Choices) -> Iterator[Entry]:
    """Yields the files of a Readium audiobook: a manifest and the audio."""
    yield Entry("manifest.json", _json(_manifest(book)))
    yield from _sound(book)


def _sound(book: Book) -> Iterator[Entry]:
    for chapter in book.chapters:
        yield Entry(f"audio/s{chapter.number}.mp3", book.sound(chapter), stored=True)


def _publication(book: Book) -> dict[str, Any]:
    episode = book.episode
    language = declared(episode.language) or UNDETERMINED
    told = {
        "url": web_link(episode.source),
        "author": list(episode.persons),
        "datePublished": day(episode.date),
        "description": in_a_line(episode.description),
    }
    order = []
    for chapter in book.chapters:
        listed: dict[str, Any] = {
            "type": "LinkedResource",
            "url": f"audio/s{chapter.number}.mp3",
            "encodingFormat": "audio/mpeg",
            "name": in_a_line(chapter.title),
            "duration": _iso(chapter.duration),
        }
        if book.head is not None:
            alternate = {"type": "LinkedResource", "url": f"text/s{chapter.number}.vtt", "encodingFormat": "text/vtt"}
            listed["alternate"] = [alternate]
        order.append(listed)
    return {
        "@context": ["https://schema.org", "https://www.w3.org/ns/pub-context", {"language": language}],
        "conformsTo": "https://www.w3.org/TR/audiobooks/",
        "type": "Audiobook",
        "id": identifier(episode),
        "name": in_a_line(episode.title),
        **{name: value for name, value in told.items() if value},
        "readBy": narrator(episode),
        "inLanguage": language,
        "dateModified": modified(episode.date),
        "duration": _iso(book.duration),
        "abridged": False,
        "accessMode": ["auditory"],
        "accessModeSufficient": [{"type": "ItemList", "itemListElement": ["auditory"]}],
        "accessibilityFeature": ["readingOrder", "tableOfContents", "structuralNavigation"],
        "accessibilityHazard": ["none"],
        "accessibilitySummary": _SUMMARY,
        "readingOrder": order,
        "resources": [
            {"type": "LinkedResource", "url": "index.html", "encodingFormat": "text/html", "rel": "contents"}
        ],
    }


def _manifest(book: Book) -> dict[str, Any]:
    """Returns the manifest of a Readium Web Publication, audiobook profile."""
    episode = book.episode
    told = {
        "author": list(episode.persons),
        "published": day(episode.date),
        "description": in_a_line(episode.description),
    }
    return {
        "@context": "https://readium.org/webpub-manifest/context.jsonld",
        "metadata": {
            "@type": "http://schema.org/Audiobook",
            "conformsTo": "https://readium.org/webpub-manifest/profiles/audiobook",
            "identifier": identifier(episode),
            "title": in_a_line(episode.title),
            "language": declared(episode.language) or UNDETERMINED,
            **{name: value for name, value in told.items() if value},
            "narrator": narrator(episode),
            "modified": modified(episode.date),
            "duration": book.duration / 1000,
        },
        "readingOrder": [
            {
                "href": f"audio/s{chapter.number}.mp3",
                "type": "audio/mpeg",
                "title": in_a_line(chapter.title),
                "duration": chapter.duration / 1000,
                "bitrate": episode.audio.grid.bit_rate // 1000,
            }
            for chapter in book.chapters
        ],
        "toc": _toc(tree(book.chapters)),
    }


def _toc(branches: list[Branch]) -> list[dict[str, Any]]:
    return [
        {
            "href": f"audio/s{branch.chapter.number}.mp3",
            "title": in_a_line(branch.chapter.title),
            **({"children": _toc(branch.below)} if branch.below else {}),
        }
        for branch in branches
    ]


def _contents(book: Book) -> Iterator[str]:
    page = interface(book.episode.language)
    title = esc(in_a_line(book.episode.title))
    yield (
        f'<!DOCTYPE html>\n<html lang="{page.language}" dir="{page.direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{title}</title>\n<link rel="publication" href="publication.json">\n</head>\n<body>\n<h1>{title}</h1>\n'
        f'<nav role="doc-toc">\n<h2{page.own}>{esc(page.words("chapters"))}</h2>\n'
    )
    yield from _listed(tree(book.chapters))
    yield "</nav>\n</body>\n</html>\n"


def _listed(branches: list[Branch]) -> Iterator[str]:
    yield "<ol>\n"
    for branch in branches:
        yield f'<li><a href="audio/s{branch.chapter.number}.mp3">{esc(in_a_line(branch.chapter.title))}</a>'
        if branch.below:
            yield from _listed(branch.below)
        yield "</li>\n"
    yield "</ol>\n"


def _transcript(book: Book, chapter: Chapterful) -> Iterator[str]:
    """Yields a chapter as WebVTT: one cue per sentence, ordered by time."""
    said = [line.text for line in chapter.heading.lines if line.time] if chapter.heading else [chapter.title]
    said += [line.text for part in chapter.parts for line in lines(part) if line.time]
    yield "WEBVTT\n"
    cues = sorted(zip(book.clips(chapter), said, strict=True), key=lambda cue: cue[0].begin)
    for clip, text in cues:
        shown = in_a_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        yield f"\n{_vtt(clip.begin)} --> {_vtt(clip.end)}\n{shown}\n"


def _vtt(time: Milliseconds) -> str:
    return f"{time // 3_600_000:02}:{time // 60_000 % 60:02}:{time // 1000 % 60:02}.{time % 1000:03}"


def _iso(time: Milliseconds) -> str:
    """Returns an ISO 8601 duration."""
    return f"PT{time // 1000}.{time % 1000:03}S"


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
