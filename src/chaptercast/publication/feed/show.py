"""The description of the show: `show.toml`, written by the user."""

import tomllib
from pathlib import Path
from typing import Any

from msgspec import Struct

from chaptercast.common.units import LanguageTag
from chaptercast.errors import UsageError
from chaptercast.publication.feed import addresses
from chaptercast.publication.feed.categories import BETWEEN
from chaptercast.publication.feed.show_faults import faults

SHOW_FILE = "show.toml"


class Person(Struct, frozen=True):
    """A person with a part in the show. Role and group come from the Podcast Taxonomy."""

    name: str
    role: str = ""
    group: str = ""
    href: str = ""
    img: str = ""


class Show(Struct, frozen=True):
    """The description of the show. A text is empty if it is not given."""

    title: str
    description: str
    base_url: str
    """The web address of the site's folder, without a slash at its end."""
    language: LanguageTag
    categories: tuple[tuple[str, ...], ...]
    """Apple's categories, each with its subcategory if one is chosen."""
    author: str = ""
    explicit: bool = False
    type: str = "episodic"
    """Or `serial`: numbered, to be heard from the first episode on."""
    image: str = ""
    """The name of a picture in the site's folder."""
    copyright: str = ""
    medium: str = "podcast"
    locked: bool = True
    guid: str = ""
    new_feed_url: str = ""
    block: bool = False
    complete: bool = False
    limit: int = 0
    """The number of episodes in the feed, the newest ones; 0 for all."""
    owner: Person | None = None
    """With the e-mail address in `href`."""
    persons: tuple[Person, ...] = ()


def load_show(folder: Path) -> Show:
    """Read the show of the site in `folder`. Raises `UsageError` if there is none or it is wrong, with all its faults at once."""
    path = folder / SHOW_FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise UsageError(f"{folder} has no {SHOW_FILE}.", f"Make one: chaptercast feed --init {folder}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path} cannot be read: {error}.", "Correct it, or make a new one with --init.") from error
    found = faults(table)
    if found:
        raise UsageError(f"{path} is wrong: {'; '.join(found)}.", "Its comments and docs/feed.md say what each key is.")
    return _show(table)


def _show(table: dict[str, Any]) -> Show:
    table = {key: value for key, value in table.items() if value != ""}
    owner = table.get("owner")
    special = {
        "base_url": addresses.of_web(table["base_url"]).rstrip("/"),
        "new_feed_url": addresses.of_web(table.get("new_feed_url", "")),
        "language": LanguageTag(table["language"]),
        "categories": tuple(tuple(category.split(BETWEEN)) for category in table["categories"]),
        "owner": Person(owner["name"], href=owner["email"]) if owner else None,
        "persons": tuple(_person(**person) for person in table.get("person", ())),
    }
    table.pop("person", None)
    return Show(**{**table, **special})


def _person(name: str, role: str = "", group: str = "", href: str = "", img: str = "") -> Person:
    return Person(name, role, group, addresses.of_web(href), addresses.of_web(img))
