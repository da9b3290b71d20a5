"""Decides whether a feed has the full text of an article, and builds the article from the feed's text."""

import html
import re
from pathlib import PurePosixPath

from chaptercast.common.unicode_text import word_count
from chaptercast.document.model import Metadata
from chaptercast.document.sources.source import Source
from chaptercast.document.sources.url import target_of
from chaptercast.errors import ChaptercastError
from chaptercast.following.model import Entry
from chaptercast.following.state import Article

_NAME_OF_TAG = re.compile(r"/?[a-zA-Z][a-zA-Z0-9-]*")
_HIDDEN = ("script", "style")
_END = 1000
"""Number of characters at the end of a text that show whether it is cut off."""
_CUT_OFF = re.compile(
    r"(?:(?:…|\.\.\.|\[\s*(?:…|\.\.\.|\.\.)\s*\]|\[\+\d+ chars\])"
    r"|(?:continue reading|read (?:the )?(?:more|full|rest|whole)[^.!?]{0,60}|keep reading|view (?:the )?(?:full|original)[^.!?]{0,40}"
    r"|lire la suite|weiterlesen|mehr lesen|zum (?:ganzen )?artikel|seguir leyendo|leer más|sigue leyendo|continua a leggere"
    r"|leggi tutto|leia mais|lees verder|läs mer|czytaj (?:dalej|więcej)|читать (?:далее|полностью)"
    r"|阅读(?:全文|更多)|查看全文|続きを読む|더 보기)"
    r"\s*(?:…|\.\.\.|»|→|>>|&raquo;)?)\s*$",
    re.IGNORECASE,
)
"""The end of a text that continues elsewhere."""
_BYLINE = re.compile(
    r"\s*(?:the post .{0,300} (?:appeared first on|first appeared on) .{0,200}|source: \S+)$", re.IGNORECASE
)
"""What blog software appends to a text."""
_WHOLE_CONTENT = 60
"""From this many words on, the content in a feed is taken for the full article."""
_WHOLE_SUMMARY = 250
"""The same for a summary."""
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n")
_NAME = "article"


def plain(text: str) -> str:
    """Returns the text of HTML roughly as a reader sees it: for checks, not for speaking. Takes time in proportion to its length."""
    first, *parts = text.split("<")
    seen = [first]
    hidden = ""
    for part in parts:
        tag, sign, rest = part.partition(">")
        match = _NAME_OF_TAG.match(tag)
        if not sign or not (match or tag.startswith(("!", "?"))):
            seen.append("" if hidden else f"<{part}")
            continue
        name = match[0].lower() if match else ""
        if hidden and name == f"/{hidden}":
            hidden = ""
        elif not hidden and name in _HIDDEN:
            hidden = name
        seen.append("" if hidden else rest)
    return " ".join(html.unescape(" ".join(seen)).split())


def text_of(entry: Entry) -> str:
    """Returns the feed's text of an article: its content, or the summary if that is longer."""
    return max(entry.content, entry.summary, key=lambda text: len(plain(text)))


def is_whole(entry: Entry) -> bool:
    """Returns whether the feed has the full article: it is not cut off, and not only a teaser.

    Without a page, the feed's text is all there is.
    """
    seen = plain(text_of(entry))
    if not seen:
        return False
    if not entry.link:
        return True
    if _CUT_OFF.search(_BYLINE.sub("", seen[-_END:])):
        return False
    words = word_count(seen)
    is_content = bool(entry.content) and text_of(entry) == entry.content
    return words >= (_WHOLE_CONTENT if is_content else _WHOLE_SUMMARY)


def from_feed(entry: Entry, article: Article) -> Source:
    """Returns the article as a source, with the text of the feed."""
    text = text_of(entry)
    # Written as a complete page in both cases, so that nothing in the text is taken for front matter or for another
    # format.
    data = _PAGE.format(_paragraphs(text) if entry.is_plain else text).encode()
    return Source(
        f"{_NAME}.html",
        _stem(entry),
        url=_web(entry.link),
        data=data,
        metadata=known(entry),
        known_as=article.id,
        episode=article.episode,
    )


def _paragraphs(text: str) -> str:
    """Returns plain text as HTML. Text that looks like markup is escaped."""
    parts = (html.escape(part.strip()).replace("\n", "<br>") for part in _BLANK_LINES.split(text))
    return "".join(f"<p>{part}</p>" for part in parts if part)


def from_page(entry: Entry, article: Article, url: str, data: bytes) -> Source:
    """Returns the article as a source, with its page."""
    name = url.partition("?")[0]
    return Source(
        name,
        _stem(entry, url),
        url=url,
        data=data,
        metadata=known(entry),
        known_as=article.id,
        episode=article.episode,
    )


_PAGE = "<!doctype html><meta charset=utf-8><body><article>{}</article>"


def known(entry: Entry) -> Metadata:
    """Returns the metadata of an article in the feed."""
    authors = entry.authors
    return Metadata(
        title=entry.title,
        author=", ".join(authors),
        authors=authors,
        date=entry.published,
        language=entry.language,
    )


def _stem(entry: Entry, url: str = "") -> str:
    try:
        return PurePosixPath(target_of(url or entry.link).name).stem or _NAME
    except ChaptercastError:
        return _NAME


def _web(link: str) -> str:
    """Returns the address of a page; empty if it is not one."""
    try:
        return target_of(link).url
    except ChaptercastError:
        return ""
