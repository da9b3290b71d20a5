"""An episode as an item of a feed."""

from email.utils import format_datetime
from html import escape
from typing import Any

from chaptercast.audio.model import Chapter
from chaptercast.publication.feed import addresses
from chaptercast.publication.feed.elements import add
from chaptercast.publication.feed.show import Person, Show
from chaptercast.publication.feed.text import as_html, line
from chaptercast.publication.model import Episode, SiteEpisode
from chaptercast.units import Milliseconds

_CHAPTERS = "chapters.json"
_PAGE = "index.html"
_TRANSCRIPTS = {
    "transcript.vtt": ("text/vtt", "captions"),
    "transcript.srt": ("application/x-subrip", "captions"),
    "transcript.json": ("application/json", ""),
}
"""Kind, and the relation that tells that it is timed; the one that most players take comes first."""
_MAX_PERSON = 128


def add_item(channel: Any, listed: SiteEpisode, show: Show, number: int) -> None:
    """Append an episode to the channel; `number` counts from the oldest. Files are named that are there."""
    episode = listed.episode
    item = add(channel, "item")
    title = line(episode.title) or episode.slug
    add(item, "title", title)
    add(item, "itunes:title", title)
    there = {path.name for path in listed.folder.iterdir()}
    link = _address(show, listed, _PAGE) if _PAGE in there else addresses.of_web(episode.source)
    if link:
        add(item, "link", link)
    add(item, "guid", episode.guid, isPermaLink="false")
    add(item, "pubDate", format_datetime(listed.published, usegmt=True))
    add(item, "description", as_html(episode.description) or escape(title, quote=False))
    add(item, "content:encoded", _show_notes(episode, title))
    url = _address(show, listed, episode.audio.file)
    add(item, "enclosure", url=url, length=str(listed.audio_bytes), type=episode.audio.media_type)
    add(item, "itunes:duration", str(max(1, round(episode.audio.duration / 1000))))
    add(item, "itunes:explicit", str(show.explicit).lower())
    add(item, "itunes:episodeType", "full")
    if show.type == "serial":
        add(item, "itunes:episode", str(number))
        add(item, "podcast:episode", str(number))
    _add_people(item, episode, show)
    for name, (kind, rel) in _TRANSCRIPTS.items():
        if name in there:
            url = _address(show, listed, name)
            add(item, "podcast:transcript", url=url, type=kind, language=episode.language, rel=rel)
    if _CHAPTERS in there:
        add(item, "podcast:chapters", url=_address(show, listed, _CHAPTERS), type="application/json+chapters")
    add(item, "podcast:txt", "true", purpose="ai-content")
    _add_simple_chapters(item, episode.chapters)


def add_person(parent: Any, person: Person) -> None:
    """Append someone; the defaults of role and group, host and cast, are those of Podcasting 2.0."""
    add(
        parent,
        "podcast:person",
        line(person.name, _MAX_PERSON),
        role=person.role,
        group=person.group,
        href=person.href,
        img=person.img,
    )


def _address(show: Show, listed: SiteEpisode, name: str) -> str:
    return addresses.of_file(show.base_url, listed.folder.name, name)


def _add_people(item: Any, episode: Episode, show: Show) -> None:
    """The article's author, and with them those of the show, whom an item's own people would replace."""
    author = line(episode.author)
    if not author:
        return
    add(item, "itunes:author", author)
    add_person(item, Person(author, "author", "writing"))
    for person in show.persons:
        add_person(item, person)


def _add_simple_chapters(item: Any, chapters: tuple[Chapter, ...]) -> None:
    """As Podlove Simple Chapters 1.2 has them, for players that read no file of chapters."""
    if not chapters:
        return
    listed = add(item, "psc:chapters", version="1.2")
    for number, chapter in enumerate(chapters, 1):
        add(listed, "psc:chapter", start=_clock(chapter.start), title=line(chapter.title) or str(number))


def _show_notes(episode: Episode, title: str) -> str:
    """What the episode is about, its article, and when its chapters begin: HTML without words of our own, in no language."""
    paragraphs = as_html(episode.description).split("\n\n")
    parts = [f"<p>{paragraph.strip()}</p>" for paragraph in paragraphs if paragraph.strip()]
    named = escape(", ".join(filter(None, (title, line(episode.author)))))
    source = addresses.of_web(episode.source)
    parts.append(f'<p><a href="{escape(source)}">{named}</a></p>' if source else f"<p>{named}</p>")
    times = (f"<li>{_clock(c.start)[:8]} {escape(line(c.title))}</li>" for c in episode.chapters)
    return "\n".join((*parts, "<ul>", *times, "</ul>") if episode.chapters else parts)


def _clock(moment: Milliseconds) -> str:
    """`01:02:03.456`: normal play time (RFC 2326, 3.6)."""
    seconds, thousandths = divmod(moment, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"
