"""Feeds to try it with, and a round that asks a server of the tests' own at a time of their own."""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field
from tests.serving import Site, serving

from chaptercast.document.sources.fetch import Limits
from chaptercast.document.sources.source import Source
from chaptercast.following.polite_requests import Asker, Clock
from chaptercast.following.round import Asked, Round, Trouble
from chaptercast.following.state import State, load_state
from chaptercast.following.subscriptions import Subscription

LONG = "The night tram crosses the river at two, and the conductor counts the lamps along the bridge. " * 8
NOW = 1_795_000_000.0


def item(
    name: str, *, title: str = "", text: str = LONG, link: str = "", guid: str = "", day: int = 1, more: str = ""
) -> str:
    """An article in RSS; without a link where that is a dash."""
    parts = {
        "title": html.escape(title or f"On {name}"),
        "link": html.escape(link or f"http://site.example/{name}"),
        "guid": f"<![CDATA[{guid or name}]]>",
        "pubDate": f"{day:02} Nov 2026 10:00:00 GMT",
        "content:encoded": f"<![CDATA[<p>{text}</p>]]>" if text else "",
    }
    shown = {key: value for key, value in parts.items() if value and value != "-" and "[-]" not in value}
    return "<item>" + "".join(f"<{key}>{value}</{key.split()[0]}>" for key, value in shown.items()) + more + "</item>"


def rss(*items: str, more: str = "") -> bytes:
    """A feed in RSS."""
    head = '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    return f"{head}<channel><title>Trams</title>{more}{''.join(items)}</channel></rss>".encode()


def served(feed: bytes, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """A feed as an answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return 200, {"Content-Type": "application/rss+xml", **named}, feed


class Time(Struct):
    """A clock that goes on only when somebody sleeps, or when it is told to."""

    at: float = NOW
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.at, self.sleep, lambda: 0.5)


class Reader:
    """Someone who follows feeds. Each round begins with what is on the disk, as a new process would."""

    def __init__(self, folder: Path, *subscriptions: Subscription, limits: Limits | None = None) -> None:
        self.folder = folder
        self.subscriptions = subscriptions
        self.time = Time()
        self.told: list[str] = []
        self.limits = limits or Limits(seconds=5, private=True)
        self.troubles: list[Trouble] = []

    def state(self) -> State:
        return load_state(self.folder)

    def begin(self) -> Round:
        state = load_state(self.folder)
        asker = Asker(state.hosts, self.limits, self.told.append, self.time.clock)
        return Round(self.folder, state, asker, self.told.append, self.time.clock)

    def ask(self) -> Asked:
        return self.begin().ask(self.subscriptions)

    def read(self, *, converts: bool = True, after_s: float = 60.0) -> list[Source]:
        """What a round hands over, converted or not."""
        self.time.at += after_s
        one = self.begin()
        one.ask(self.subscriptions)
        found: list[Source] = []
        for subscription in self.subscriptions:
            for article in one.articles(subscription):
                if isinstance(article, Trouble):
                    self.troubles.append(article)
                    continue
                found.append(article)
                if converts:
                    one.done(article, f"folder-{len(found)}")
        return found


@contextmanager
def reading(folder: Path, answers: dict, *paths: str, **settings: object) -> Iterator[tuple[Reader, Site]]:
    """A reader who follows what a server has at the paths."""
    with serving(answers) as site:
        followed = [Subscription(site.url(path), **settings) for path in paths or ("/feed",)]
        yield Reader(folder, *followed), site


def titles(found: list[Source]) -> list[str]:
    return [source.metadata.title for source in found]
