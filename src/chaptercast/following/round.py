"""Runs one round: asks every feed that is due, and hands over what is new, one article at a time."""

import hashlib
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.document.sources.fetch import Answer, refuse_status
from chaptercast.document.sources.source import Source
from chaptercast.errors import ChaptercastError, ExitCode, InputError, UsageError
from chaptercast.following.article_keys import address_key
from chaptercast.following.feed_reading import read_feed
from chaptercast.following.full_text import from_feed, from_page, is_whole, text_of
from chaptercast.following.model import Feed
from chaptercast.following.novelty import Index, take
from chaptercast.following.page_links import canonical_address
from chaptercast.following.polite_requests import Asker, Clock, ForbiddenError, TooEarlyError, backoff, shown_time
from chaptercast.following.state import DONE, GIVEN_UP, WAITING, Announcement, Article, State, save_state
from chaptercast.following.subscriptions import Subscription
from chaptercast.integrations.reading_lists import Account, ReadingList, listed, opened

FEED_BYTES = 10_000_000
PAGE_BYTES = 50_000_000
_AT_ONCE = 8
"""Maximum number of servers that are asked at the same time."""
_ATTEMPTS = 6
"""Number of attempts for an article, over about eight hours. Then it is given up."""
_ATTEMPTS_TO_REACH = 40
"""The same if the server cannot be reached: over about a month, because the fault may be in our own network."""
_REST_S = 900.0
_GONE = 410
_NOT_MODIFIED = 304
_FEED_KINDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)

Tell = Callable[[str], None]


class Asked(Struct):
    """The result of asking feeds."""

    changed: int = 0
    unchanged: int = 0
    later: int = 0
    """Feeds that were not asked, because of an earlier answer or failure."""
    trouble: int = 0
    new: int = 0
    corrected: int = 0


class Trouble(Struct, frozen=True):
    """An article that could not be fetched."""

    given: str
    error: ChaptercastError


class _Failure(Struct, frozen=True):
    error: ChaptercastError
    status: int = 0


class Round:
    """A round over subscriptions. The state is written after each step, so that nothing is lost or found twice if the program is killed."""

    def __init__(self, folder: Path, state: State, asker: Asker, tell: Tell, clock: Clock | None = None) -> None:
        """`folder` contains `follow.toml` and the state."""
        self._folder = folder
        self._state = state
        self._asker = asker
        self._tell = tell
        self._clock = clock or Clock()
        self._index = Index(state)
        self._lists: dict[Subscription, ReadingList] = {}
        self._resting: dict[str, float] = {}
        """Articles that could not be spoken in this run although nothing is wrong with them, and the time until which this run leaves them
        alone."""

    def ask(self, subscriptions: Sequence[Subscription], interval_s: float = 0.0) -> Asked:
        """Asks the feeds: several servers at once, one request per server. Skips feeds that were asked in the last `interval_s` seconds.

        Raises `OutputError`.
        """
        asked = Asked()
        rested = [one for one in subscriptions if not interval_s or self._has_rested(one, interval_s)]
        due = [subscription for subscription in rested if self._is_due(subscription)]
        asked.later = len(rested) - len(due)
        for subscription, answered in _at_once(due, self._answer):
            state = self._state.feed(subscription.address)
            state.asked_at = self._clock.now()
            if isinstance(answered, _Failure):
                self._note_failure(subscription, answered)
                asked.trouble += 1
            else:
                self._note_answer(subscription, answered, asked)
            save_state(self._folder, self._state)
        return asked

    def waiting_feeds(self) -> set[str]:
        """Returns the addresses of feeds with articles that are to be converted now."""
        return {article.feed for article in self._state.articles if self._is_ready(article)}

    def articles(self, subscription: Subscription) -> Iterator[Source | Trouble]:
        """Yields the waiting articles of a feed, the oldest first. Each is fetched when the iterator reaches it."""
        for article in self._state.waiting(subscription.address):
            entry = article.entry
            if entry is None or not self._is_ready(article):
                continue
            try:
                source = self._source(article, subscription)
            except TooEarlyError as error:
                article.not_before = error.not_before
                self._tell(f"{entry.link}: {error.message}")
            except ChaptercastError as error:
                self._count_failure(article, error)
                yield Trouble(entry.link or entry.title or article.id, error)
            else:
                if source is not None:
                    yield source
            save_state(self._folder, self._state)

    def done(self, source: Source, episode: str, *, to_announce: bool = False) -> None:
        """Records that an article was converted. `episode` is the folder of its episode, which is yet to be announced, or not."""
        article = self._of(source)
        if to_announce:
            self._state.announcements.append(Announcement(episode, is_new=not article.episode))
        article.status, article.episode, article.entry, article.attempts = DONE, episode, None, 0
        article.not_before = 0.0
        article.body = _digest(source)
        save_state(self._folder, self._state)

    def announcements(self) -> tuple[Announcement, ...]:
        """Returns the episodes that were published and not announced yet, also those of a run that was killed."""
        return tuple(self._state.announcements)

    def announced(self, announcement: Announcement) -> None:
        """Records that an episode was announced."""
        self._state.announcements.remove(announcement)
        save_state(self._folder, self._state)

    def failed(self, source: Source, error: ChaptercastError) -> None:
        """Records that an article could not be converted.

        If that is not its own fault, every run tries it again, and this run after a while.
        """
        self._resting[source.known_as] = self._clock.now() + _REST_S
        if error.exit_code is ExitCode.INPUT:
            self._count_failure(self._of(source), error)
            save_state(self._folder, self._state)

    def _is_ready(self, article: Article) -> bool:
        now = self._clock.now()
        return article.status == WAITING and article.not_before <= now and self._resting.get(article.id, 0.0) <= now

    def _of(self, source: Source) -> Article:
        return next(article for article in self._state.articles if article.id == source.known_as)

    def _has_rested(self, subscription: Subscription, interval_s: float) -> bool:
        """Returns whether a feed was left alone for this interval, and for as long as it asks.

        Varied a little, so that not all feeds are due at once.
        """
        state = self._state.feed(subscription.address)
        rest = max(interval_s, state.interval_s) * (0.9 + self._clock.chance() / 5)
        return self._clock.now() >= max(state.asked_at + rest, state.not_before)

    def _is_due(self, subscription: Subscription) -> bool:
        state = self._state.feed(subscription.address)
        if state.is_gone:
            self._tell(f"{subscription.shown} is gone for good: take it out of follow.toml.")
            return False
        if state.not_before > self._clock.now():
            because = f": {state.trouble}" if state.trouble else ""
            self._tell(f"{subscription.shown} is not asked before {shown_time(state.not_before)}{because}")
            return False
        return True

    def _answer(self, subscription: Subscription) -> "tuple[Answer, Feed | None] | _Failure":
        """Returns the answer of a server, and the feed if it is one. Several threads call this."""
        state = self._state.feed(subscription.address)
        if subscription.service:
            return self._listed(subscription, state.last_modified)
        validators = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
        headers = {"Accept": _FEED_KINDS, **{name: value for name, value in validators.items() if value}}
        status = 0
        try:
            answer = self._asker.ask(subscription.address, headers, size=FEED_BYTES, robots=False)
            status = answer.status
            if status == _NOT_MODIFIED:
                return answer, None
            refuse_status(answer)
            return answer, read_feed(answer.data, answer.url)
        except ChaptercastError as error:
            return _Failure(error, status)

    def _listed(self, subscription: Subscription, since: str) -> "tuple[Answer, Feed | None] | _Failure":
        """Returns the articles that a user keeps on a server, as a feed. `Last-Modified` says when the newest was put there."""
        try:
            found = listed(self._reading_list(subscription), since)
        except ChaptercastError as error:
            return _Failure(error)
        answer = Answer(200, "", {"last-modified": found.newest}, subscription.address)
        return answer, Feed(subscription.name, found.entries)

    def _reading_list(self, subscription: Subscription) -> ReadingList:
        if subscription not in self._lists:
            account = Account(subscription.address, subscription.secret, subscription.tag)
            self._lists[subscription] = opened(subscription.service, account, self._clock)
        return self._lists[subscription]

    def _note_answer(self, subscription: Subscription, answered: "tuple[Answer, Feed | None]", asked: Asked) -> None:
        answer, feed = answered
        state = self._state.feed(subscription.address)
        state.failures, state.trouble, state.not_before = 0, "", 0.0
        if answer.moved and address_key(answer.moved) != address_key(subscription.address):
            self._tell(f"{subscription.shown} has moved to {answer.moved}: write that into follow.toml.")
        if feed is None:
            asked.unchanged += 1
            return
        taken = take(feed, subscription, self._state, self._index)
        # Both are stored together, so that neither is remembered without the other.
        state.etag = _header(answer, "etag")
        state.last_modified = _header(answer, "last-modified")
        state.interval_s = max(feed.interval_s, _max_age(_header(answer, "cache-control")))
        asked.changed += 1
        asked.new += taken.new
        asked.corrected += taken.corrected

    def _note_failure(self, subscription: Subscription, failure: _Failure) -> None:
        state = self._state.feed(subscription.address)
        state.failures += 1
        state.trouble = failure.error.message
        if failure.status == _GONE:
            state.is_gone = True
            self._tell(f"{subscription.shown} is gone for good: take it out of follow.toml.")
            return
        wait = self._clock.now() + backoff(state.failures, self._clock)
        if isinstance(failure.error, TooEarlyError):
            wait = failure.error.not_before
        elif subscription.service and isinstance(failure.error, UsageError):
            wait = 0.0  # the user puts it right, and then it is asked at once
        state.not_before = wait
        named = "" if subscription.address in state.trouble else f"{subscription.shown}: "
        again = f" It is asked again after {shown_time(wait)}." if wait else f" {failure.error.remedy}"
        self._tell(f"{named}{state.trouble}{again}")

    def _count_failure(self, article: Article, error: ChaptercastError) -> None:
        article.attempts += 1
        article.not_before = self._clock.now() + backoff(article.attempts, self._clock)
        most = _ATTEMPTS_TO_REACH if isinstance(error.__cause__, OSError) else _ATTEMPTS
        if article.attempts >= most or isinstance(error, ForbiddenError | UsageError):
            article.status, article.entry = GIVEN_UP, None

    def _source(self, article: Article, subscription: Subscription) -> Source | None:
        """Returns an article, from the feed or its page; None if it is unchanged or a duplicate. Raises `InputError`, `TooEarlyError`."""
        entry = article.entry
        if entry is None:
            return None
        if subscription.service and subscription.text != "page":
            kept = self._reading_list(subscription).text(entry)
            entry = replace(entry, content=kept, is_plain=not kept)
        if subscription.text == "feed" or (subscription.text == "auto" and is_whole(entry)):
            if not text_of(entry):
                raise InputError(f"{entry.link or entry.title}: the feed has no text of it.", 'Try: text = "page"')
            return self._unless_unchanged(article, from_feed(entry, article))
        if not entry.link:
            raise InputError(f"{entry.title or article.id}: the feed has neither text nor page of it.")
        headers = {"Accept": "text/html, application/xhtml+xml, */*;q=0.5"}
        answer = self._asker.ask(entry.link, headers, size=PAGE_BYTES, robots=True)
        refuse_status(answer)
        if self._is_another(article, [answer.url, canonical_address(answer.data, answer.url)]):
            return None
        return self._unless_unchanged(article, from_page(entry, article, answer.url, answer.data))

    def _is_another(self, article: Article, addresses: list[str]) -> bool:
        """Returns whether an article's page is that of another article that was converted.

        Articles not yet converted are merged with this one.
        """
        keys = [key for key in map(address_key, addresses) if key]
        others = [other for other in self._index.all(keys) if other is not article]
        converted = next((other for other in others if other.status == DONE), None)
        stays = converted or article
        for other in (article, *others) if converted else others:
            if other is not stays:
                self._tell(f"{other.id} is the same article as {stays.id}.")
                self._index.unite(other, stays)
        self._index.name(stays, keys)
        return converted is not None

    def _unless_unchanged(self, article: Article, source: Source) -> Source | None:
        if article.body and article.body == _digest(source):
            article.status, article.entry = DONE, None
            return None
        return source


def _digest(source: Source) -> str:
    """Returns a digest of what is converted."""
    return hashlib.sha256(source.metadata.title.encode("utf-8", "replace") + b"\0" + source.data).hexdigest()[:32]


def _at_once(
    due: Sequence[Subscription], answer: "Callable[[Subscription], tuple[Answer, Feed | None] | _Failure]"
) -> "Iterator[tuple[Subscription, tuple[Answer, Feed | None] | _Failure]]":
    """Yields each subscription with its answer, as they arrive. The threads are daemons: Ctrl-C does not wait for them."""
    by_host: dict[str, list[Subscription]] = {}
    for subscription in due:
        by_host.setdefault(urlsplit(subscription.address).netloc, []).append(subscription)
    hosts: queue.SimpleQueue[list[Subscription]] = queue.SimpleQueue()
    for each in by_host.values():
        hosts.put(each)
    answers: queue.SimpleQueue[tuple[Subscription, tuple[Answer, Feed | None] | _Failure]] = queue.SimpleQueue()

    def work() -> None:
        while True:
            try:
                mine = hosts.get_nowait()
            except queue.Empty:
                return
            for subscription in mine:
                try:
                    answers.put((subscription, answer(subscription)))
                except Exception as error:  # noqa: BLE001 -- one feed that no parser can bear must not stop the others
                    fault = InputError(f"{subscription.address} cannot be read: {type(error).__name__}: {error}")
                    answers.put((subscription, _Failure(fault)))

    for _ in range(min(_AT_ONCE, len(by_host))):
        threading.Thread(target=work, daemon=True).start()
    for _ in due:
        yield answers.get()


def _header(answer: Answer, name: str) -> str:
    """Returns a header that can be sent back."""
    value = answer.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and len(value) < 1000 else ""


def _max_age(control: str) -> float:
    for part in control.lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.isascii() and value.isdigit():
            return min(float(value[:9]), 86_400.0)
    return 0.0
