"""Finds what is new in a feed, what was corrected, and what is known already, even under another address."""

import hashlib
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from chaptercast.following.article_keys import address_key, guid_key
from chaptercast.following.feed_reading import line
from chaptercast.following.full_text import plain
from chaptercast.following.model import Entry, Feed
from chaptercast.following.state import DONE, GIVEN_UP, PASSED, WAITING, Article, State
from chaptercast.following.subscriptions import Subscription

_NEVER = "9999"
_TEXT = "text "
"""How the key of an article begins that nothing but its text identifies."""


class Taken(Struct, frozen=True):
    """What a feed contributed."""

    new: int = 0
    corrected: int = 0


class Index:
    """Index of the articles of a state by their keys."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._by_key = {key: article for article in state.articles for key in article.keys}
        self._has_texts = any(key.startswith(_TEXT) for key in self._by_key)

    def find(self, keys: Iterable[str]) -> Article | None:
        """Returns the article of the first key that has one."""
        return next((self._by_key[key] for key in keys if key in self._by_key), None)

    def find_text(self, entry: Entry, feed: str) -> Article | None:
        """Returns the article that nothing but the text of an entry identified before.

        It comes first: an identifier that several articles had stays behind with the last of them.
        """
        return self.find(_text_keys(entry, feed)) if self._has_texts else None

    def all(self, keys: Iterable[str]) -> list[Article]:
        """Returns all articles of these keys, without duplicates."""
        found = [self._by_key[key] for key in keys if key in self._by_key]
        return list({article.id: article for article in found}.values())

    def add(self, article: Article) -> None:
        """Adds a new article."""
        self._state.articles.append(article)
        self.name(article, article.keys)

    def name(self, article: Article, keys: Iterable[str]) -> None:
        """Adds keys to an article. A key that belongs to another article is not changed."""
        for key in keys:
            self._has_texts = self._has_texts or key.startswith(_TEXT)
            if self._by_key.setdefault(key, article) is article and key not in article.keys:
                article.keys.append(key)

    def unite(self, article: Article, other: Article) -> None:
        """Merges `article` into `other`, which is the same article and stays."""
        self._state.articles.remove(article)
        article.status, article.entry = DONE, None
        for key in article.keys:
            self._by_key[key] = other
            other.keys.append(key)


def take(feed: Feed, subscription: Subscription, state: State, index: Index) -> Taken:
    """Records the content of a feed. New articles wait, corrected ones wait again; the first time, all but the newest are passed over."""
    known = state.feed(subscription.address)
    shared = _shared(feed, subscription.address)
    seen: dict[str, str] = {}
    new: list[tuple[Entry, Article]] = []
    corrected = 0
    for entry in feed.entries:
        keys = _keys(entry, subscription.address, shared)
        if not keys:
            continue
        found = (
            index.find_text(entry, subscription.address)
            or _known(entry, keys, subscription.address, index)
            or (_unchanged(entry, subscription.address, index) if keys[0].startswith(_TEXT) else None)
        )
        if found is None:
            article = _article(entry, keys, subscription.address, index)
            index.add(article)
            new.append((entry, article))
        elif found.id in seen and entry.updated <= seen[found.id]:
            continue  # if an article is in a feed several times, the last one counts
        else:
            article = found
            index.name(found, keys)
            corrected += _note_change(found, entry, subscription)
        seen[article.id] = entry.updated
    taken = _chosen(new, subscription, everything=known.is_known)
    known.is_known = True
    known.title = feed.title or known.title
    return Taken(taken, corrected)


def _shared(feed: Feed, address: str) -> set[str]:
    """Returns keys that several articles of a feed share, and that therefore identify none of them: one link or one identifier for all."""
    named = [(guid_key(entry.guid, address), address_key(entry.link), line(entry.title)) for entry in feed.entries]
    guids = Counter(guid for guid, _ in {(guid, link or title) for guid, link, title in named} if guid)
    links = Counter(link for _, link in {(guid, link) for guid, link, _ in named} if link)
    return {key for counted in (guids, links) for key, count in counted.items() if count > 1}


def _keys(entry: Entry, feed: str, shared: set[str]) -> list[str]:
    """Returns the keys that identify an entry, the best first."""
    links = [address_key(link) for link in (entry.link, *entry.other_links) if link]
    found = [key for key in (guid_key(entry.guid, feed), *links) if key and key not in shared]
    return list(dict.fromkeys(found)) or _text_keys(entry, feed)


def _text_keys(entry: Entry, feed: str) -> list[str]:
    """Returns the key of an entry that nothing but its text identifies."""
    said = line(entry.title) + line(entry.content or entry.summary)
    return [f"{_TEXT}{_digest(said)} of {address_key(feed) or feed}"] if said else []


def _unchanged(entry: Entry, feed: str, index: Index) -> Article | None:
    """Returns the known article of an entry that nothing but its text identifies any more, since others got its identifier, too."""
    keys = [guid_key(entry.guid, feed), *(address_key(link) for link in (entry.link, *entry.other_links) if link)]
    own = (one for one in index.all(keys) if (one.feed, one.guid) == (feed, entry.guid))
    return next((one for one in own if one.digest == digest_of(entry)), None)


def _known(entry: Entry, keys: list[str], feed: str, index: Index) -> Article | None:
    """Returns the known article of an entry, if there is one.

    Some feeds use one address for one article after another ("this week"). Such an address does not identify an article: the articles
    differ in the feed's identifier and in the date of publication.
    """
    own = guid_key(entry.guid, feed)
    by_guid = index.find([own]) if own in keys else None
    if by_guid:
        return by_guid
    found = index.find(keys)
    if found is None or found.feed != feed or not (entry.guid and found.guid) or entry.guid == found.guid:
        return found
    is_another = entry.published and found.published and entry.published[:10] != found.published[:10]
    return None if is_another else found


def _article(entry: Entry, keys: list[str], feed: str, index: Index) -> Article:
    free = [key for key in keys if index.find([key]) is None]
    name = next((key for key in free if not key.startswith(("guid ", _TEXT))), free[0] if free else keys[0])
    return Article(name, feed, free, guid=entry.guid, published=entry.published, digest=digest_of(entry), status=PASSED)


def _note_change(article: Article, entry: Entry, subscription: Subscription) -> int:
    """Returns 1 if an article waits because the feed's entry has changed, else 0. Only the article's own feed counts."""
    if article.feed != subscription.address:
        if article.status != PASSED or not subscription.wants(entry.title):
            return 0
        article.feed, article.guid, article.digest = (
            subscription.address,
            entry.guid,
            "",
        )  # passed over there, but wanted here
    said = digest_of(entry)
    if said == article.digest:
        return 0
    was_converted = article.status in (DONE, GIVEN_UP)
    was_claimed = article.digest == ""
    article.digest = said
    if article.status == WAITING:
        article.entry = entry
    elif was_converted or was_claimed:
        article.entry, article.status, article.attempts, article.not_before = entry, WAITING, 0, 0.0
        return 1
    return 0


def _chosen(new: list[tuple[Entry, Article]], subscription: Subscription, *, everything: bool) -> int:
    """Makes the wanted articles wait: all of them, or the newest. Returns their number."""
    wanted = [(entry, article) for entry, article in new if subscription.wants(entry.title)]
    if not everything:
        if subscription.service:  # a reading list comes in order, the newest last
            wanted.reverse()
        else:  # without dates, feeds list the newest first
            wanted.sort(key=lambda pair: pair[0].published or _NEVER, reverse=True)
        wanted = wanted[: subscription.back]
    for entry, article in wanted:
        article.entry, article.status = entry, WAITING
    return len(wanted)


def digest_of(entry: Entry) -> str:
    """Returns a digest of the text of an entry as a reader sees it, so that new markup or other trackers are not a correction."""
    text = line(entry.title), plain(entry.content), plain(entry.summary)
    return _digest("\0".join((*text, "" if entry.content else entry.updated)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
