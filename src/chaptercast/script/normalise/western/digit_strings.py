"""Rules for what is copied and not counted: numbers of accounts, books, computers, cards; sign by sign, with a pause between groups."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.western.number_grammar import Tongue, follows, precedes

_BESIDE = r"(?<![\w.,/@#-])"
_END = r"(?![\w/@-]|[.,:]\w)"
_HEX = "[0-9A-Fa-f]"
_WORD = 4
"""Letters in a row that are more than initials are a word."""
_FEWEST, _LONGEST_COUNT = 3, 5
"""Digits of a number that is copied: after a word that tells so, and that are more than one counts."""


def copied_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for identifiers; the table `copied` says after which words a number is one."""
    labels: dict[str, str] = tongue.table["copied"]
    numbered = rf"(?<!\w)(?:{labels['numbered']})(?: ?[:=.#] ?| |(?<=#))"
    named = rf"(?<!\w)(?:{labels['named']})(?: ?[:=.#] ?| )"

    def groups(found: Match) -> str:
        return tongue.spelled(found[0])

    def labelled(found: Match) -> str | None:
        """After a word like `account`; a noun in the plural after it is counted."""
        digits = sum(map(str.isdecimal, found[0]))
        if re.fullmatch(r"(?:19|20)\d\d[-–/](?:19|20)?\d\d|\d{1,5}-(?:19|20)\d\d", found[0]):
            return None
        if digits < _FEWEST or follows(labels["counted"], found):
            return None
        sure = precedes(numbered, found, 40) or (digits > _LONGEST_COUNT and precedes(named, found, 40))
        return tongue.spelled(found[0]) if sure else None

    def serial(found: Match) -> str:
        parts = found[0].split("-")
        return " ".join(
            tongue.whole(part) if part.isdecimal() and len(part) <= _LONGEST_COUNT else part for part in parts
        )

    return (
        *_published(tongue),
        rule("hexadecimal groups", rf"{_BESIDE}(?:{_HEX}{{2}}[:-]){{5}}{_HEX}{{2}}{_END}", groups, needs=":-"),
        rule(
            "hexadecimal identifier",
            rf"{_BESIDE}{_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}}{_END}",
            groups,
            needs="-",
        ),
        rule(
            "bank account",
            rf"{_BESIDE}[A-Z]{{2}}\d{{2}}(?: ?[A-Z0-9]{{4}}){{2,7}}(?: ?[A-Z0-9]{{1,3}})?{_END}",
            groups,
        ),
        rule(
            "serial number",
            rf"{_BESIDE}(?=[\w-]*-\d)(?=[\w-]*[A-Za-z])(?:\d{{1,5}}|[A-Za-z]{{1,4}})(?:-(?:\d{{1,5}}|[A-Za-z]{{1,4}})){{3,}}{_END}",
            serial,
            needs="-",
            digits=True,
        ),
        rule("card", rf"{_BESIDE}\d{{4}}(?:([ -])\d{{4}})(?:\1\d{{4}}){{2}}{_END}", groups),
        rule(
            "number after a word",
            r"(?<![\w.,/])(?:[A-Za-z]{1,3}-?)?\d[\dA-Za-z]*(?:[ ./-]\d[\dA-Z]*){0,8}(?:-[A-Z])?(?![\w%€$£°]|[.,/-]\d)",
            labelled,
        ),
    )


def _published(tongue: Tongue) -> tuple[Rule, ...]:
    """Of books, articles and computers."""
    words = tongue.table["address"]
    signs = {".": words["dot"], "/": words["slash"], "-": words["dash"]}

    def isbn(found: Match) -> str | None:
        digits = re.sub(r"[ -]", "", found[0])
        plausible = len(digits) == 13 and digits.startswith(("978", "979"))
        return tongue.spelled(found[0]) if plausible or precedes(r"IS[BS]N(?:-1[03])?:? ?", found, 10) else None

    def doi(found: Match) -> str:
        parts = re.findall(r"\d|[^\W\d_]+|[./-]", found[0])
        return " ".join(signs.get(part) or (part if len(part) >= _WORD else tongue.spelled(part)) for part in parts)

    def address(found: Match) -> str | None:
        if "." in tongue.separators and any(int(part) > 255 for part in found["address"].split(".")):
            return None
        dotted = f" {signs['.']} ".join(tongue.digits(part) for part in found["address"].split("."))
        mask = f" {signs['/']} {tongue.integer(int(found['mask']))}" if found["mask"] else ""
        return dotted + mask + (f", {tongue.digits(found['port'])}" if found["port"] else "")

    return (
        rule("book number", rf"{_BESIDE}\d[\d -]{{7,15}}[\dX]{_END}", isbn, needs="0123456789"),
        rule(
            "article's identifier",
            r"(?<![\w.])10\.\d{4,9}/[A-Za-z0-9][\w./()-]*[A-Za-z0-9]",
            doi,
            needs="/",
            digits=True,
        ),
        rule(
            "computer's address",
            r"(?<![\w.,-])(?P<address>(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3})(?:/(?P<mask>\d{1,2}))?(?::(?P<port>\d{2,5}))?(?![\w-]|[.,]\d)",
            address,
            needs=".",
            digits=True,
        ),
    )
