"""Rules for Spanish names and numbers that are read in a way of their own."""

import re
from decimal import Decimal

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.spanish.tongue import TONGUE
from chaptercast.script.normalise.western.amounts import START
from chaptercast.script.normalise.western.names import ROMAN, by_digits, roman_rules
from chaptercast.script.normalise.western.tongue import last_word, next_word, pattern_of, precedes

_GRAMMAR = TONGUE.table["grammar"]
_ROMAN = TONGUE.table["roman"]
_LAST_RULER_IN_ORDER = 10
"""Alfonso Décimo, but Alfonso Trece."""


def _called(found: Match) -> str | None:
    if not precedes(_GRAMMAR["calling"], found):
        return None
    return TONGUE.whole(found[0]) if len(found[0]) == 3 else TONGUE.digits(found[0])


def _ordinal(found: Match) -> str:
    value, feminine = int(found[1]), found[2] in "ªa"
    noun = next_word(found)
    if found[2] == "er" or (not feminine and TONGUE.is_noun(noun)):
        return TONGUE.short_ordinal(value)
    return TONGUE.ordinal(value, feminine=feminine)


def _ruler(found: Match, value: int) -> str:
    female = found["name"].split()[-1] in _ROMAN["female"]
    spoken = TONGUE.ordinal(value, feminine=female) if value <= _LAST_RULER_IN_ORDER else TONGUE.integer(value)
    return f"{found['name']} {spoken.capitalize()}"


def _century(found: Match) -> str | None:
    value = roman.value(found[0])
    return None if value is None else TONGUE.ordinal(1) if value == 1 else TONGUE.integer(value)


def _numbered(found: Match) -> str | None:
    """`II Guerra Mundial`, `XXV edición`."""
    value = roman.value(found[1])
    return None if value is None else f"{TONGUE.short_ordinal(value, feminine=TONGUE.is_feminine(found['noun']))} "


def _and_a_half(found: Match) -> str:
    """`2 1/2 horas`: dos horas y media."""
    noun = found["noun"]
    return f"{TONGUE.integer(int(found[1]), noun)} {noun} y {'media' if TONGUE.is_feminine(noun) else 'medio'}"


def _range(found: Match) -> str | None:
    """De tres a cuatro, entre tres y cuatro."""
    low, high = (Decimal(".".join(TONGUE.parts(found[name]))) for name in ("low", "high"))
    if low >= high:
        return None
    noun = re.match(r" ([^\W\d_]+)", found.string[found.end("high") :][:30])
    following = noun[1] if noun else ""
    if last_word(found) == "entre":
        return f"{TONGUE.number(found['low'], following)} y "
    de = "de " if TONGUE.is_noun(following) and TONGUE.may_begin_with_de(found) else ""
    return f"{de}{TONGUE.number(found['low'], following)} a "


PHONES: tuple[Rule, ...] = (
    rule(
        "telephone",
        r"(?<![\w.,/-])(?:\+\d{1,3} ?)?[6789]\d\d(?:(?: \d{3}){2}|(?: \d\d){3}|\d{6})(?!\w)|(?<![\w.,/-])\+\d{1,3}(?: \d{2,4}){2,4}(?!\w)",
        by_digits(TONGUE),
    ),
    rule("number that is called", r"(?<![\w.,-])\d{3,6}(?![\w%]|[.,]\d)", _called),
)

EARLY: tuple[Rule, ...] = (
    rule("ordinal", r"(?<![\w.,])(\d{1,3})\.?(er|[ºªoa°])(?!\w)", _ordinal, needs="eºªoa°"),
    rule("and a half", rf"{START}(\d{{1,3}}) ?(?:1/2|½) (?P<noun>[^\W\d_]{{2,20}})(?!\w)", _and_a_half, needs="½/"),
)
"""Before the rules for amounts."""

RULES: tuple[Rule, ...] = (
    rule(
        "range",
        rf"{START}(?P<low>{TONGUE.number_pattern}) ?[-–—~] ?(?=(?P<high>{TONGUE.number_pattern})(?![\d/]|[-–—]\d))",
        _range,
        needs="-–—~",
    ),
    *roman_rules(TONGUE, _ruler),
    rule(
        "century",
        r"(?:(?<=[Ss]iglo )|(?<=[Ss]iglos )|(?<=(?<!\w)s\. )|(?<=[IVX] [yae] )|(?<=[IVX][-–]))[IVX]+(?!\w)",
        _century,
        needs=ROMAN,
    ),
    rule(
        "numbered",
        rf"(?<![\w.])([IVXLC]+)(?:\.?[ªº])? (?=(?P<noun>{pattern_of(_ROMAN['numbered'])})(?!\w))",
        _numbered,
        needs=ROMAN,
    ),
    rule("times", r"(?<![\w.,])(\d{1,9})x(?!\w)", lambda found: f"{TONGUE.integer(int(found[1]))} por", needs="x"),
)
