"""A look at the feeds that are followed: what is new gets into the queue, one job for each article. It runs in a process of its own."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from chaptercast.app.feed_articles import encoded
from chaptercast.app.model import Job, Kind, Order, State
from chaptercast.app.queue import FOLDER, Queue
from chaptercast.app.settings import Settings
from chaptercast.document.sources.fetch import Limits
from chaptercast.document.sources.source import Source
from chaptercast.errors import InputError, UsageError
from chaptercast.following.feed_reading import require_libraries
from chaptercast.following.polite_requests import Asker
from chaptercast.following.round import Round, Trouble
from chaptercast.following.state import State as FollowingState
from chaptercast.following.state import load_state
from chaptercast.following.subscriptions import Subscription, load
from chaptercast.pipeline.options import untold
from chaptercast.publication import atomic_files

_REPORT = "feeds.json"
_SECONDS = 30.0
_MOST_LINES = 20


class FeedReport(Struct, frozen=True, omit_defaults=True):
    """How a feed stands."""

    title: str = ""
    asked_at: float = 0.0
    """Seconds since the epoch; 0 if it was not asked yet."""
    trouble: str = ""
    is_gone: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    """The number of its articles in each state (`following.state`)."""


class Report(Struct, frozen=True, omit_defaults=True):
    """What came of the last look."""

    looked_at: float = 0.0
    new: int = 0
    """The number of articles that it put into the queue."""
    lines: tuple[str, ...] = ()
    """What there is to say of it, in English."""
    feeds: dict[str, FeedReport] = field(default_factory=dict)
    """By their addresses."""


def load_report(site: Path) -> Report:
    """Returns what came of the last look."""
    try:
        return msgspec.json.decode((site / FOLDER / _REPORT).read_bytes(), type=Report)
    except (OSError, msgspec.MsgspecError):
        return Report()


def look(site: Path, settings: Settings, interval_s: float) -> Report:
    """Asks the feeds that were not asked for `interval_s` seconds, and puts what is new into the queue. Returns what came of it.

    Raises `UsageError` if `follow.toml` is wrong, or another run fetches into the same folder, and `OutputError`.
    """
    require_libraries()
    followed = [subscription for subscription in load(site) if not subscription.paused]
    with atomic_files.claimed(site, "") as alone:
        if not alone:
            raise UsageError("Another run fetches into the same folder just now.", "Wait until it has ended.")
        queue, state, lines = Queue(site), load_state(site), list[str]()
        _note_episodes(state, queue.jobs())
        asker = Asker(state.hosts, Limits(seconds=_SECONDS, private=settings.private_addresses), untold)
        one_round = Round(site, state, asker, lines.append)
        asked_before = _asked_at(state)
        one_round.ask(followed, interval_s)
        waiting = one_round.waiting_feeds()
        new = 0
        for subscription in followed:
            if subscription.address in waiting:
                new += sum(_queued(one_round, subscription, queue, lines))
        report = Report(time.time(), new, tuple(lines[-_MOST_LINES:]), _feeds(state))
        # If no feed was due, what the last look found is still what there is to say.
        if _asked_at(state) == asked_before and not (new or lines):
            report = replace(load_report(site), feeds=report.feeds)
        atomic_files.write(site / FOLDER / _REPORT, msgspec.json.encode(report), durable=False)
        return report


def _queued(one_round: Round, subscription: Subscription, queue: Queue, lines: list[str]) -> Iterator[bool]:
    """Puts the waiting articles of a feed into the queue. Yields for each whether it became a job."""
    for found in one_round.articles(subscription):
        if isinstance(found, Trouble):
            lines.append(f"{found.given}: {found.error.message}")
            continue
        there = queue.of_address(found.url) if found.url else None
        if there is not None and there.order.kind is Kind.ADDRESS and there.state is not State.FAILED:
            one_round.done(found, there.episode)
            lines.append(f"{found.url} is in the queue already.")
            continue
        try:
            job = queue.renew(_order(found, subscription), encoded(found), found.metadata.title)
        except InputError as error:  # the queue is full: the article waits in its feed
            lines.append(error.message)
            return
        if job is not None:
            one_round.done(found, job.episode)
            yield True


def _order(found: Source, subscription: Subscription) -> Order:
    return Order(
        Kind.FEED,
        found.url or found.metadata.title or found.name,
        engine=subscription.engine or "auto",
        voice=subscription.voice or subscription.profile,
        known_as=found.known_as,
    )


def _asked_at(state: FollowingState) -> dict[str, float]:
    return {address: feed.asked_at for address, feed in state.feeds.items()}


def _note_episodes(state: FollowingState, jobs: Sequence[Job]) -> None:
    """Tells the state of the feeds which episodes the queue has made of their articles."""
    made = {job.order.known_as: job.episode for job in jobs if job.order.known_as and job.episode}
    for article in state.articles:
        article.episode = made.get(article.id, article.episode)


def _feeds(state: FollowingState) -> dict[str, FeedReport]:
    counts: dict[str, Counter[str]] = {}
    for article in state.articles:
        counts.setdefault(article.feed, Counter())[article.status] += 1
    return {
        address: FeedReport(feed.title, feed.asked_at, feed.trouble, feed.is_gone, dict(counts.get(address, {})))
        for address, feed in state.feeds.items()
    }
