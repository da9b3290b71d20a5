"""`follow.toml`: the subscriptions, written by the program and by its users. Comments and order stay as the users wrote them."""

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from chaptercast.common.unicode_text import escaped_json, well_formed
from chaptercast.document.sources.url import is_url, target_of
from chaptercast.errors import ChaptercastError, UsageError
from chaptercast.following import after_publication
from chaptercast.following.after_publication import AfterPublication
from chaptercast.following.article_keys import address_key
from chaptercast.integrations.reading_lists import SERVICES
from chaptercast.integrations.secrets import is_place
from chaptercast.publication import atomic_files
from chaptercast.voice_profiles import suggestion

FOLLOW_FILE = "follow.toml"
USUAL_BACK = 3
TEXTS = ("auto", "page", "feed")
_HEAD = """\
# What is followed: `chaptercast fetch` converts what is new, `chaptercast follow ADDRESS` adds a feed.
# Each feed is a table headed [[feed]]. docs/follow.md says what its keys are; all but the address may be left out:
#
# [[feed]]
# address = "https://example.org/feed.xml"
# name = "For people"
# title = ["tram", "!advertisement"]   # only titles with one of these words in them, and none with an exclamation mark
# back = 3                             # how many articles that are there already are converted, too
# voice = ""                           # a voice of the engine's, or: profile = "", a voice profile
# engine = ""                          # what speaks; "auto" where nothing is said
# text = "auto"                        # the article as the feed has it where that is all of it; "page", "feed"
# paused = false                       # true: it stays in the list and is not asked
#
# Before the first [[feed]] may stand what is done after each new episode:
# on_published = ["program", "argument"]
#
# A table headed [[target]] names a server that gets the recordings.
"""


class Subscription(Struct, frozen=True):
    """A subscription to a feed."""

    address: str
    name: str = ""
    title: tuple[str, ...] = ()
    """An article is taken only if its title contains one of these texts. A text with an exclamation mark in front excludes articles."""
    back: int = USUAL_BACK
    """Number of existing articles that are converted the first time."""
    voice: str = ""
    profile: str = ""
    engine: str = ""
    """The engine that speaks it; empty for the one that the run is told."""
    paused: bool = False
    """Whether it is left alone for now."""
    text: str = "auto"
    """The source of an article's text. `auto`: the feed if it has the full text, else the page. The other values allow only one of them."""
    service: str = ""
    """The program of a server where a user keeps articles (`integrations.reading_lists`), if that is what is followed instead of a feed."""
    secret: str = ""
    """Where its key is."""
    tag: str = ""
    """Only its articles with this tag are taken, if it is given."""

    @property
    def shown(self) -> str:
        """Its name for people."""
        return self.name or self.address

    def wants(self, title: str) -> bool:
        """Returns whether an article with this title is taken."""
        folded = title.casefold()
        unwanted = [word[1:].casefold() for word in self.title if word.startswith("!") and len(word) > 1]
        wanted = [word.casefold() for word in self.title if word and not word.startswith("!")]
        return not any(word in folded for word in unwanted) and (not wanted or any(word in folded for word in wanted))


class FollowFile(Struct, frozen=True):
    """All that `follow.toml` says."""

    feeds: tuple[Subscription, ...] = ()
    after: AfterPublication = AfterPublication()


def load(folder: Path) -> tuple[Subscription, ...]:
    """Returns the subscriptions in `folder`. Raises `UsageError` with all faults at once if the file is wrong."""
    return load_file(folder).feeds


def load_file(folder: Path) -> FollowFile:
    """Returns all that is set in `folder`. Raises `UsageError` with all faults at once if the file is wrong."""
    path = folder / FOLLOW_FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return FollowFile()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}.", "Mend it.") from error
    return parsed_file(text, str(path))


def parsed(text: str, name: str) -> tuple[Subscription, ...]:
    """Returns the subscriptions in a text of `follow.toml`. Raises `UsageError`."""
    return parsed_file(text, name).feeds


def parsed_file(text: str, name: str) -> FollowFile:
    """Returns all that a text of `follow.toml` says. Raises `UsageError`."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{name} cannot be read: {error}.", "Mend it.") from error
    feeds = table.get("feed", [])
    if not isinstance(feeds, list) or not all(isinstance(feed, dict) for feed in feeds):
        raise UsageError(f"{name} is wrong: “feed” must be tables, each headed [[feed]].", _REMEDY)
    known = ("feed", *after_publication.KEYS)
    faults = [f"unknown key “{key}” ({suggestion(key, known)})" for key in table if key not in known]
    faults += after_publication.faults(table)
    for number, feed in enumerate(feeds, 1):
        faults += [f"feed {number}: {fault}" for fault in _faults(feed)]
    if faults:
        raise UsageError(f"{name} is wrong: {'; '.join(faults)}.", _REMEDY)
    found = [_subscription(feed) for feed in feeds]
    feeds = tuple({subscription.address: subscription for subscription in found}.values())
    return FollowFile(feeds, after_publication.settings(table))


_REMEDY = "Its comments and docs/follow.md say what each key is."


def add(folder: Path, new: Iterable[Subscription]) -> tuple[Subscription, ...]:
    """Adds the subscriptions that are not there yet, and returns them. The rest of the file, with its comments, is not changed.

    Raises `UsageError` if the file is wrong, `OutputError` if it cannot be written.
    """
    path = folder / FOLLOW_FILE
    known = {_same(subscription.address) for subscription in load(folder)}
    added = [one for one in {_same(each.address): each for each in new}.values() if _same(one.address) not in known]
    if added:
        there = path.read_text(encoding="utf-8-sig") if path.exists() else _HEAD
        text = "\n".join((there.rstrip("\n") + "\n", *map(_written, added)))
        parsed(text, str(path))  # so that no file is written that cannot be read
        atomic_files.write(path, text.encode())
    return tuple(added)


def change(folder: Path, address: str, changed: Subscription | None) -> bool:
    """Replaces the subscription to `address`, or removes it (`None`). Returns whether there was one.

    Raises `UsageError` if the file is wrong or a library is missing, `OutputError` if it cannot be written.
    """
    before = load(folder)
    if address not in {subscription.address for subscription in before}:
        return False
    tomlkit, path = _tomlkit(), folder / FOLLOW_FILE
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    feeds = document["feed"]
    for place in reversed([place for place, feed in enumerate(feeds) if feed["address"] == address]):
        if changed is None:
            del feeds[place]
        else:
            _put_values(feeds[place], _values(changed))
    if not len(feeds):
        del document["feed"]
    text = tomlkit.dumps(document)
    wanted = [changed if one.address == address else one for one in before]
    if list(parsed(text, str(path))) != [one for one in wanted if one is not None]:
        raise UsageError(f"{path} is written in a way that the program cannot change.", "Edit it by hand.")
    atomic_files.write(path, text.encode())
    return True


def _put_values(table: Any, values: Mapping[str, Any]) -> None:
    """Changes a table of `follow.toml` to these values. What is as it should be stays as it is written."""
    for name in [name for name in table if name not in values]:
        del table[name]
    body = getattr(table.value, "body", [])
    before = len(body)
    for name, value in values.items():
        was = table.get(name)
        if value not in (was, [was]):  # a text alone stands for a list of one
            table[name] = value
    # What is new stands behind the other keys, and not behind the comment above the next feed.
    old, new = body[:before], body[before:]
    comments = next((count for count, (key, _) in enumerate(reversed(old)) if key is not None), 0)
    body[:] = [*old[: before - comments], *new, *old[before - comments :]]


def _tomlkit() -> Any:
    """Imports tomlkit, which changes a file without losing its comments. Raises `UsageError`."""
    try:
        import tomlkit
    except ImportError as error:
        raise UsageError("To change follow.toml needs tomlkit.", "pip install 'chaptercast[follow]'") from error
    return tomlkit


def _same(address: str) -> str:
    return address_key(address) or address


def _subscription(feed: Mapping[str, Any]) -> Subscription:
    title = feed.get("title", ())
    return Subscription(**{**feed, "title": (title,) if isinstance(title, str) and title else tuple(title)})


def _written(subscription: Subscription) -> str:
    lines = [f"{name} = {_toml(value)}" for name, value in _values(subscription).items()]
    return "\n".join(("[[feed]]", *lines, ""))


def _values(subscription: Subscription) -> dict[str, Any]:
    """Returns what is written of a subscription: its address, and all that is not as usual."""
    usual = Subscription(subscription.address)
    values = {name: getattr(subscription, name) for name in Subscription.__struct_fields__}
    told = {name: value for name, value in values.items() if name == "address" or value != getattr(usual, name)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


def _toml(value: str | int | list[str]) -> str:
    """Returns a text, a number or a list of texts as TOML, which has the same escapes as JSON."""
    return escaped_json(well_formed(json.dumps(value, ensure_ascii=False)))


_Check = Callable[[Any], str]


def _faults(feed: Mapping[str, Any]) -> list[str]:
    found = [f"unknown key “{key}” ({suggestion(key, _CHECKS)})" for key in feed if key not in _CHECKS]
    found += [f"“{key}” must be {kind}" for key, check in _CHECKS.items() if key in feed and (kind := check(feed[key]))]
    if "address" not in feed:
        found.append("“address” is missing")
    if feed.get("voice") and feed.get("profile"):
        found.append("there is a “voice” and a “profile”, of which one only can be")
    if bool(feed.get("service")) != bool(feed.get("secret")):
        found.append("“service” and “secret” go together")
    if feed.get("tag") and not feed.get("service"):
        found.append("“tag” goes with “service”")
    return found


def _address(value: Any) -> str:
    fault = "an address like https://example.org/feed.xml"
    if not isinstance(value, str) or not is_url(value):
        return fault
    try:
        target_of(value)
    except ChaptercastError:
        return fault
    return ""


def _line(value: Any) -> str:
    return "" if isinstance(value, str) and "\n" not in value else "one line of text"


def _words(value: Any) -> str:
    good = isinstance(value, str) or (isinstance(value, list) and all(isinstance(word, str) for word in value))
    return "" if good else "a text or a list of texts"


def _count(value: Any) -> str:
    return "" if type(value) is int and value >= 0 else "a whole number, 0 or more"


def _yes_or_no(value: Any) -> str:
    return "" if isinstance(value, bool) else "true or false"


def _one_of_texts(value: Any) -> str:
    return "" if value in TEXTS else f"one of these: {', '.join(TEXTS)}"


def _service(value: Any) -> str:
    return "" if value in SERVICES else f"one of these: {', '.join(SERVICES)}"


def _secret(value: Any) -> str:
    return "" if isinstance(value, str) and is_place(value) else "the whole path of a file with the key, or env:NAME"


_CHECKS: Mapping[str, _Check] = {
    "address": _address,
    "name": _line,
    "title": _words,
    "back": _count,
    "voice": _line,
    "profile": _line,
    "engine": _line,
    "paused": _yes_or_no,
    "text": _one_of_texts,
    "service": _service,
    "secret": _secret,
    "tag": _line,
}
