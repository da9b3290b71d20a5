"""Rules for places: on Earth by degrees, in a computer by paths."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.western.number_grammar import Tongue, pattern_of

_ROOTS = "etc|usr|var|tmp|home|opt|bin|sbin|dev|proc|root|lib|boot|mnt|srv|sys|api|admin|login|docs|Users|Library|Applications|Downloads"
"""Paths with a single name."""
_MINUTE, _SECOND = "['′’]", "(?:[\"″”]|''|′′|’’)"


def place_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for coordinates, time zones and paths. Before those for feet, ordinals and fractions."""
    directions: dict[str, str] = tongue.table["directions"]
    degree, minute, second = (tongue.table["angles"][name] for name in ("degree", "minute", "second"))
    number = rf"\d{{1,3}}(?:[{tongue.points}]\d+)?"
    ending = rf"(?: ?(?P<direction>{pattern_of(directions)})(?!\w))?"

    def angle(found: Match) -> str:
        parts = ((found["degrees"], degree), (found["minutes"], minute), (found["seconds"], second))
        said = [tongue.negative(found["sign"]) + _counted(tongue, *parts[0])]
        said += [_counted(tongue, *part) for part in parts[1:] if part[0]]
        direction = directions.get(found["direction"] or "", "")
        return " ".join(filter(None, (*said, direction)))

    def zone(found: Match) -> str:
        minutes = f" {tongue.whole(found['minutes'])}" if found["minutes"] and int(found["minutes"]) else ""
        sign = tongue.signs["+"] if found["sign"] == "+" else tongue.words["minus"]
        return f" {sign} {tongue.integer(int(found['hours']))}{minutes}"

    def path(found: Match) -> str:
        words = tongue.table["address"]
        said = re.sub(r"\d+", lambda digits: f" {tongue.name(digits[0])} ", found[0])
        said = said.replace("/", f" {words['slash']} ").replace(".", f" {words['dot']} ")
        return " ".join(said.split())

    return (
        rule(
            "degrees and minutes",
            rf"(?<![\w.,])(?P<sign>[-−])?(?P<degrees>\d{{1,3}}) ?°(?: ?(?P<minutes>{number}) ?{_MINUTE}(?!{_MINUTE})"
            rf"(?: ?(?P<seconds>{number}) ?{_SECOND})?){ending}",
            angle,
            needs="°",
            digits=True,
        ),
        rule(
            "degrees and direction",
            rf"(?<![\w.,])(?P<sign>[-−])?(?P<degrees>{number}) ?°(?P<minutes>)(?P<seconds>) ?(?P<direction>{pattern_of(directions)})(?!\w)",
            angle,
            needs="°",
            digits=True,
        ),
        rule(
            "time zone",
            r"(?<=GMT|UTC|gmt|utc) ?(?P<sign>[-−–+]) ?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?!\w|:\d)",
            zone,
            needs="GUgu",
            digits=True,
        ),
        rule(
            "path",
            rf"(?<![^\s(\[“‘„«\"'])(?<!\d )(?:~|\.{{1,2}})?(?:(?:/[A-Za-z][\w.+-]*[\w+]|/[A-Za-z]){{2,8}}/?|/(?:{_ROOTS})/?)(?![\w'’])",
            path,
            needs="/",
        ),
    )


def _counted(tongue: Tongue, number: str, forms: list[str]) -> str:
    return f"{tongue.number(number, forms[1])} {forms[not tongue.is_one(number)]}"
