"""Whether a feed has all of an article, and the article made of what the feed has."""

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
"""Characters at the end of a text that tell whether it breaks off."""
_CUT_OFF = re.compile(
    r"(?:(?:…|\.\.\.|\[\s*(?:…|\.\.\.|\.\.)\s*\]|\[\+\d+ chars\])"
    r"|(?:continue reading|read (?:the )?(?:more|full|rest|whole)[^.!?]{0,60}|keep reading|view (?:the )?(?:full|original)[^.!?]{0,40}"
    r"|lire la suite|weiterlesen|mehr lesen|zum (?:ganzen )?artikel|seguir leyendo|leer más|sigue leyendo|continua a leggere"
    r"|leggi tutto|leia mais|lees verder|läs mer|czytaj (?:dalej|więcej)|читать (?:далее|полностью)"
    r"|阅读(?:全文|更多)|查看全文|続きを読む|더 보기)"
    r"\s*(?:…|\.\.\.|»|→|>>|&raquo;)?)\s*$",
    re.IGNORECASE,
)
"""How a text ends that goes on elsewhere."""
_BYLINE = re.compile(
    r"\s*(?:the post .{0,300} (?:appeared first on|first appeared on) .{0,200}|source: \S+)$", re.IGNORECASE
)
"""What blog software adds to the end of a text."""
_WHOLE_CONTENT = 60
"""Words of what the feed gives as content, from which it is taken for the whole article."""
_WHOLE_SUMMARY = 250
"""The same for what it calls a summary."""
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n")
_NAME = "article"


def plain(text: str) -> str:
    """The text of HTML as a reader sees it, roughly: for looking at, not for speaking. Takes no longer than it is long."""
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
    """What the feed has of an article: its content, or a summary that is longer."""
    return max(entry.content, entry.summary, key=lambda text: len(plain(text)))


def is_whole(entry: Entry) -> bool:
    """Whether the feed has all of an article: it does not break off, and is no mere teaser. Where there is no page, it is all there is."""
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
    """The article as the feed has it."""
    text = text_of(entry)
    # A page of its own in either case, so that nothing in the text is taken for front matter or another format.
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
    """Plain text as HTML: what looks like markup in it is text."""
    parts = (html.escape(part.strip()).replace("\n", "<br>") for part in _BLANK_LINES.split(text))
    return "".join(f"<p>{part}</p>" for part in parts if part)


def from_page(entry: Entry, article: Article, url: str, data: bytes) -> Source:
    """The article as its page has it."""
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
    """What the feed says of an article."""
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
    """The address of a page; nothing for what is none."""
    try:
        return target_of(link).url
    except ChaptercastError:
        return ""
