"""What class names and ids say a block is: the words of table `class` in `words.toml`."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from chaptercast.document.outline.word_lists import table

_ORDER = ("caption", "byline", "quote", "lead", "furniture", "subtitle", "heading")
"""In order of strength among several names: `title` and `caption` is a caption."""
_LONGEST = 60
_MOST = 8
"""Names looked at, and how long they may be."""
_SHORT, _MANY = 2, 3
"""Letters of names that say nothing where there are so many of them."""
_WORD = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+(?![a-z])|\d+")
_SUBHEAD = re.compile(
    r"(?:(?:sub|section|cross|mid|inner|para|paragraph|chapter|block|item|step|faq|group)-?(?:head|heading|header|headline)"
    r"|(?:section|inner|para|paragraph|chapter|block|item|step|faq|group)-?(?:title|tit|ttl))s?",
)
_LEVEL = re.compile(r"(?:^|[-_])(?:h|heading|title|head|t|level|lv|lvl|mso-?heading)([1-6])(?:$|[-_])", re.IGNORECASE)


def role_of(classes: Iterable[str]) -> str:
    """The role that class names give a block: `heading`, `subtitle`, `caption`, `byline`, `quote`, `lead`, `furniture`, or none."""
    return _role(tuple(classes)[:_MOST])


def is_title(classes: Iterable[str], tag: str = "") -> bool:
    """Whether class names say that a block is the title of the whole; a paragraph that is called `title` is, a heading may be any."""
    names = tuple(classes)[:_MOST]
    return any(_title().fullmatch(name) for name in names) or (tag == "p" and "title" in map(str.lower, names))


def level_of(classes: Iterable[str]) -> int:
    """The level that a class name tells (`zk_h3`, `MsoHeading2`), 0 for none."""
    for name in tuple(classes)[:_MOST]:
        match = _style().fullmatch(name) or _LEVEL.search(name[:_LONGEST])
        if match:
            return int(match[1])
    return 0


@lru_cache(maxsize=4096)
def _role(names: tuple[str, ...]) -> str:
    if any(_style().fullmatch(name) for name in names):
        return "heading"
    if sum(len(name) <= _SHORT for name in names) >= _MANY:  # made by a machine: `hd` among `hb hc bo`
        names = tuple(name for name in names if len(name) > _SHORT)
    found = {_role_of_name(name) for name in names if len(name) <= _LONGEST}
    return next((role for role in _ORDER if role in found), "")


def _role_of_name(name: str) -> str:
    whole = name.lower().replace("_", "-")
    if _SUBHEAD.search(whole):
        return "heading"
    words = [word.lower() for word in _WORD.findall(name)]
    pairs = ["-".join(words[i : i + 2]) for i in range(len(words) - 1)]
    tags = [pair.replace("-", "") for pair in pairs if pair.startswith("h-")]
    parts = (whole, *tags, *reversed(pairs), *reversed(words))
    return next((_roles()[part] for part in parts if part in _roles()), "")


@cache
def _roles() -> dict[str, str]:
    classes = table("class")
    return {word: role for role in reversed(_ORDER) for word in classes[role]}


@cache
def _style() -> re.Pattern[str]:
    return re.compile(rf"(?:mso)?(?:{'|'.join(table('class')['style'])})[ _-]?([1-9])", re.IGNORECASE)


@cache
def _title() -> re.Pattern[str]:
    before = "|".join(table("class")["whole"])
    return re.compile(rf"(?:{before})[-_]?(?:title|headline|heading|header|tit)|headline", re.IGNORECASE)
