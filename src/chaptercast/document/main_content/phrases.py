"""Recognises short texts that only boilerplate has: the phrases in `phrases.toml`, and the forms of dates and counts."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

HELD_IN = 400
"""Number of characters in which a phrase is searched for."""
_AROUND = re.compile(r"\A[\W\d_]+|[\W\d_]+\Z")
_MONTHS = (
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|januar|februar|märz|mai|juni|juli|august|okt|dez|janv|févr|avr|juin|juil"
    r"|août|déc|ene|abr|ago|dic|enero|febrero|marzo|abril|mayo|junio|julio|septiembre|octubre|noviembre|diciembre|gennaio|febbraio"
    r"|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?\d{{2,4}}\b|\b\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b|\d{{4}}\s?[年년]\s?\d{{1,2}}\s?[月월]"
    rf"|\b(?:{_MONTHS})[a-zé]*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\b\d{{1,2}}\.?\s+(?:de\s+)?(?:{_MONTHS})[a-zé]*\.?,?\s+(?:de\s+)?\d{{4}}"
    rf"|\b\d+\s+(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\s+ago\b|\bvor\s+\d+\s+(?:minuten|stunden|tagen)\b"
    rf"|\bil y a \d+|\bhace \d+",
    re.IGNORECASE,
)
_READING_TIME = re.compile(
    r"\b\d+\+?[\s-]*(?:min(?:ute)?s?|minuten|minutos|мин)\.?(?:\s+(?:read|lesezeit|de lecture|de lectura|lesen)|\W*\Z)",
    re.IGNORECASE,
)
DATE_LENGTH = 90
"""A line that consists of little more than a date has at most this many characters."""


def kinds_of(text: str) -> frozenset[str]:
    """Returns the kinds of boilerplate that a text is worded like: tables of `phrases.toml`, `date`, `reading time`."""
    lower = text[:HELD_IN].lower()
    core = _AROUND.sub("", lower)
    kinds = {kind for phrase, kind in _opening().get(core[:2], ()) if core.startswith(phrase) and _ends(core, phrase)}
    kinds |= {kind for kind, phrases in _holding().items() if any(phrase in lower for phrase in phrases)}
    if core in _only():
        kinds.add(_only()[core])
    if len(text) <= DATE_LENGTH:
        if _DATE.search(lower):
            kinds.add("date")
        if _READING_TIME.search(lower):
            kinds.add("reading time")
    return frozenset(kinds)


def _ends(text: str, phrase: str) -> bool:
    """Returns whether a phrase that ends with a letter ends here, and is not the beginning of a longer word."""
    last = phrase[-1]
    return not (last.isalnum() and last < "\u2e80" and text[len(phrase) : len(phrase) + 1].isalnum())


@cache
def _tables() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    return tomllib.loads(files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8"))


def _by_way(way: str) -> dict[str, tuple[str, ...]]:
    """Returns the phrases of each kind that are searched for in one way."""
    found = ((kind, ways.get(way, {}).values()) for kind, ways in _tables().items())
    return {kind: tuple(phrase for language in lists for phrase in language) for kind, lists in found if lists}


@cache
def _opening() -> Mapping[str, list[tuple[str, str]]]:
    """Returns the phrases and their kinds, by the first two characters."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, phrases in _by_way("opens").items():
        for phrase in phrases:
            found.setdefault(phrase[:2], []).append((phrase, kind))
    return found


@cache
def _holding() -> Mapping[str, tuple[str, ...]]:
    return _by_way("holds")


@cache
def _only() -> Mapping[str, str]:
    return {_AROUND.sub("", phrase): kind for kind, phrases in _by_way("only").items() for phrase in phrases}
