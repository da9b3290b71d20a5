"""An episode as an item of a feed."""

from email.utils import format_datetime
from html import escape

from chaptercast.audio.model import Chapter
from chaptercast.common.units import Milliseconds
from chaptercast.publication.feed import addresses
from chaptercast.publication.feed.elements import Writer
from chaptercast.publication.feed.feed_text import as_html, line
from chaptercast.publication.feed.show import Person, Show
from chaptercast.publication.model import Episode, SiteEpisode

_CHAPTERS = "chapters.json"
_PAGE = "index.html"
_TRANSCRIPTS = {
    "transcript.vtt": ("text/vtt", "captions"),
    "transcript.srt": ("application/x-subrip", "captions"),
    "transcript.json": ("application/json", ""),
}
"""Kind, and the relation that tells that it is timed; the one that most players take comes first."""
_MAX_PERSON = 128


def add_item(feed: Writer, listed: SiteEpisode, show: Show, number: int) -> None:
    """Write an episode; `number` counts from the oldest. Files are named that are there."""
    with feed.inside("item"):
        _add_facts(feed, listed, show, number)
        _add_files(feed, listed, show)
        _add_simple_chapters(feed, listed.episode.chapters)


def _add_facts(feed: Writer, listed: SiteEpisode, show: Show, number: int) -> None:
    episode = listed.episode
    title = line(episode.title) or episode.slug
    feed.add("title", title)
    feed.add("itunes:title", title)
    link = _address(show, listed, _PAGE) if (listed.folder / _PAGE).exists() else addresses.of_web(episode.source)
    if link:
        feed.add("link", link)
    feed.add("guid", episode.guid, isPermaLink="false")
    feed.add("pubDate", format_datetime(listed.published, usegmt=True))
    feed.add("description", as_html(episode.description) or escape(title, quote=False))
    feed.add("content:encoded", _show_notes(episode, title))
    url = _address(show, listed, episode.audio.file)
    feed.add("enclosure", url=url, length=str(listed.audio_bytes), type=episode.audio.media_type)
    feed.add("itunes:duration", str(max(1, round(episode.audio.duration / 1000))))
    feed.add("itunes:explicit", str(show.explicit).lower())
    feed.add("itunes:episodeType", "full")
    if show.type == "serial":
        feed.add("itunes:episode", str(number))
        feed.add("podcast:episode", str(number))
    _add_people(feed, episode, show)


def _add_files(feed: Writer, listed: SiteEpisode, show: Show) -> None:
    for name, (kind, rel) in _TRANSCRIPTS.items():
        if (listed.folder / name).exists():
            url = _address(show, listed, name)
            feed.add("podcast:transcript", url=url, type=kind, language=listed.episode.language, rel=rel)
    if (listed.folder / _CHAPTERS).exists():
        feed.add("podcast:chapters", url=_address(show, listed, _CHAPTERS), type="application/json+chapters")
    feed.add("podcast:txt", "true", purpose="ai-content")


def add_person(feed: Writer, person: Person) -> None:
    """Write someone; the defaults of role and group, host and cast, are those of Podcasting 2.0."""
    feed.add(
        "podcast:person",
        line(person.name, _MAX_PERSON),
        role=person.role,
        group=person.group,
        href=person.href,
        img=person.img,
    )


def _address(show: Show, listed: SiteEpisode, name: str) -> str:
    return addresses.of_file(show.base_url, listed.folder.name, name)


def _add_people(feed: Writer, episode: Episode, show: Show) -> None:
    """The article's authors, and with them those of the show, whom an item's own people would replace."""
    author = line(episode.author)
    if not author:
        return
    feed.add("itunes:author", author)
    for name in episode.persons:
        add_person(feed, Person(line(name), "author", "writing"))
    for person in show.persons:
        add_person(feed, person)


def _add_simple_chapters(feed: Writer, chapters: tuple[Chapter, ...]) -> None:
    """As Podlove Simple Chapters 1.2 has them, for players that read no file of chapters."""
    if not chapters:
        return
    with feed.inside("psc:chapters", version="1.2"):
        for chapter in chapters:
            feed.add("psc:chapter", start=_clock(chapter.start), title=_name(chapter))


def _show_notes(episode: Episode, title: str) -> str:
    """What the episode is about, its article, and when its chapters begin: HTML without words of our own, in no language."""
    paragraphs = as_html(episode.description).split("\n\n")
    parts = [f"<p>{paragraph.strip()}</p>" for paragraph in paragraphs if paragraph.strip()]
    named = escape(", ".join(filter(None, (title, line(episode.author)))))
    source = addresses.of_web(episode.source)
    parts.append(f'<p><a href="{escape(source)}">{named}</a></p>' if source else f"<p>{named}</p>")
    times = (f"<li>{_clock(c.start)[:8]} {escape(_name(c))}</li>" for c in episode.chapters)
    return "\n".join((*parts, "<ul>", *times, "</ul>") if episode.chapters else parts)


def _name(chapter: Chapter) -> str:
    """Its title; players want one in any case."""
    return line(chapter.title) or chapter.id


def _clock(moment: Milliseconds) -> str:
    """`01:02:03.456`: normal play time (RFC 2326, 3.6)."""
    seconds, thousandths = divmod(moment, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"
