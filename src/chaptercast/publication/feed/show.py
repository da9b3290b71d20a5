"""What is said of the whole show: `show.toml`, written by the user."""

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
    """Someone who has a part in the show; role and group are those of the Podcast Taxonomy."""

    name: str
    role: str = ""
    group: str = ""
    href: str = ""
    img: str = ""


class Show(Struct, frozen=True):
    """The show; texts are empty where nothing is said."""

    title: str
    description: str
    base_url: str
    """Where the site's folder will be in the web; no slash at its end."""
    language: LanguageTag
    categories: tuple[tuple[str, ...], ...]
    """Apple's, each with its subcategory if one is chosen."""
    author: str = ""
    explicit: bool = False
    type: str = "episodic"
    """Or `serial`: numbered, to be heard from the first."""
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
    """How many episodes the feed lists, the newest; 0 for all."""
    owner: Person | None = None
    """With its address for mail in `href`."""
    persons: tuple[Person, ...] = ()


def load_show(folder: Path) -> Show:
    """The show of the site in `folder`. Raises `UsageError` where there is none or it is wrong, with all its faults at once."""
    path = folder / SHOW_FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise UsageError(f"{folder} has no {SHOW_FILE}.", f"Make one: chaptercast feed --init {folder}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path} cannot be read: {error}.", "Mend it, or make a new one with --init.") from error
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
