"""Rules for numbers that name and do not count: versions, models, list items, Roman numerals, telephones, days of the week."""

import re
import unicodedata
from collections.abc import Callable

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import BEYOND_ASCII, Match, Rule, before, rule
from chaptercast.script.normalise.western.number_grammar import Tongue, names_of, pattern_of

_CIRCLED = "①-⑳⑴-⒇⒈-⒛❶-❿➀-➓"
_PROPER = r"[A-ZÀ-Þ](?:[^\W\d_]|-)+"
_BEGINS = r"(?:^|(?<=[.!?;:] ))"
ROMAN = frozenset("IVX")


def item_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for the numbers of list items."""

    def item(found: Match) -> str | None:
        head = found.string[: found.start()]
        if not found[0].startswith("(") and head.rfind("(") > head.rfind(")"):  # `(cf. p. 1), as`
            return None
        written = found["item"]
        value = int(written) if written.isdecimal() else int(unicodedata.numeric(written))
        return f"{tongue.integer(value).capitalize()}, "

    def circled(found: Match) -> str:
        return tongue.integer(int(unicodedata.numeric(found[0])))

    lines = re.MULTILINE
    return (
        rule(
            "item",
            rf"{_BEGINS}\((?P<item>\d{{1,2}})\)(?: +|(?=[^\W\d_]))(?=\S)",
            item,
            needs="(",
            flags=lines,
            digits=True,
        ),
        rule(
            "item with a bracket",
            rf"{_BEGINS}(?P<item>\d{{1,2}})\)[.:]? *(?=\S)",
            item,
            needs=")",
            flags=lines,
            digits=True,
        ),
        rule("item with a stop", tongue.table["item"], item, needs=".", flags=lines, digits=True),
        rule("item in a circle", rf"(?P<item>[{_CIRCLED}]) *(?=\S)", item, needs=BEYOND_ASCII),
        rule("number in a circle", f"[{_CIRCLED}]", circled, needs=BEYOND_ASCII),
    )


def name_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for versions, and for names that mix letters and digits."""
    point = tongue.words.get("version_point", tongue.words["point"])
    most = 2 if "." in tongue.points else 1

    def version(found: Match) -> str | None:
        if re.fullmatch(tongue.number_pattern, found[0]):
            return None
        parts = [tongue.whole(part) if len(part) <= 2 else tongue.digits(part) for part in found[0].split(".")]
        spoken = f" {point} ".join(parts)
        return f" {spoken}" if before(found, 1).isalpha() else spoken

    def after_letters(found: Match) -> str:
        mark = tongue.words["point"] if "," in found[0] else point
        fraction = f" {mark} {tongue.fraction_digits(found['fraction'])}" if found["fraction"] else ""
        return f" {tongue.name(found['whole'])}{fraction}{' ' if found['letter'] is not None else ''}"

    def before_letters(found: Match) -> str:
        return f"{tongue.number(found[0]) if len(found[0]) <= 2 else tongue.name(found[0])} "

    def after_a_letter(found: Match) -> str | None:
        if f"{before(found, 1)}." in tongue.table["before_number"]:
            return None
        return f" {tongue.name(found[1])}" if len(found[1]) > 2 else f" {point} {tongue.whole(found[1])}"

    return (
        rule(
            "number of an appendix",
            r"(?<=(?<![\w.])[A-Z])\.(\d{1,3})(?![\w]|\.\d)",
            after_a_letter,
            needs=".",
            digits=True,
        ),
        rule(
            "version", rf"(?<![\d.,])\d{{1,4}}(?:\.\d{{1,4}}){{{most},4}}(?![\d]|\.\d)", version, needs=".", digits=True
        ),
        rule(
            "number after letters",
            r"(?<=[^\W\d_])[-–]?(?P<whole>\d+)(?:[.,](?P<fraction>\d+))?(?![.,]?\d)(?P<letter>(?=[^\W\d_]))?",
            after_letters,
        ),
        rule("number before letters", r"(?<![\w.,])\d+(?=[^\W\d_])", before_letters),
    )


def roman_rules(
    tongue: Tongue, ruler: Callable[[Match, int], str | None], *, name_end: str = "", numeral_end: str = r"(?!\w)"
) -> tuple[Rule, ...]:
    """The rules for Roman numerals after names of rulers and of parts of a work. `ruler` says the name and the number.

    `name_end` is a pattern for the end of a name, `numeral_end` for what follows a numeral.
    """
    table = tongue.table["roman"]
    names = (
        rf"(?:{pattern_of(table['titles'].split())} {_PROPER}(?: {_PROPER})?"
        rf"|{pattern_of(table['rulers'])}{name_end})"
    )

    parts = {*table["parts"], *(part.upper() for part in table["parts"] if len(part) > 3)}

    def say_ruler(found: Match) -> str | None:
        value = roman.value(found["numeral"])
        return None if value is None else ruler(found, value)

    def part(found: Match) -> str | None:
        value = roman.value(found["numeral"])
        return None if value is None else f"{found['head']} {tongue.integer(value)}"

    return (
        *_lone_numerals(tongue),
        rule("ruler", rf"(?<!\w)(?P<name>{names}) (?P<numeral>[IVX]+){numeral_end}", say_ruler, needs=ROMAN),
        rule(
            "numeral of a part",
            rf"(?<!\w)(?P<head>{pattern_of(parts)}s?) (?P<numeral>[IVX]|[IVXLC]{{2,}}|[ivxl]{{2,}})(?![\w'’])",
            part,
            needs=roman.LETTERS,
        ),
    )


def _lone_numerals(tongue: Tongue) -> tuple[Rule, ...]:
    """Numerals that stand alone, open a heading, or are years."""

    def alone(found: Match) -> str | None:
        value = roman.value(found[1])
        return None if value is None else tongue.integer(value).capitalize()

    def heading(found: Match) -> str | None:
        spoken = alone(found)
        return None if spoken is None else f"{spoken}, "

    def year(found: Match) -> str | None:
        value = roman.value(found[0])
        return None if value is None else tongue.year(value)

    def sign(found: Match) -> str | None:
        value = roman.value(found[0])
        return None if value is None else tongue.integer(value)

    return (
        rule("numeral alone", r"\A([IVX]+|[IVXL]{3,})(?=[.:]?\Z)", alone, needs=roman.LETTERS),
        rule(
            "numeral of a heading",
            r"\A([IVX]{2,}|[IVXL]{3,}|[IVX](?=\.? [^.!?]{1,60}\Z))(?:[.)]| ?[–—:-]) (?=[^\W\d_]|[“„«¿¡])",
            heading,
            needs=roman.LETTERS,
        ),
        rule(
            "year in Roman numerals",
            r"(?<!\w)(?=\w{4})M{1,3}(?:CM|CD|D?C{0,3})(?=[XLVI]{2})[XLVI]{2,}(?!\w)",
            year,
            needs="M",
        ),
        rule("Roman numeral sign", f"[{roman.SIGNS}]+", sign, needs=BEYOND_ASCII),
    )


def weekday_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rule for a range of weekdays."""
    days: dict[str, str] = tongue.table["weekdays"]
    name = names_of(days)

    def full(written: str) -> str:
        return days.get(written) or days[written.rstrip(".")]

    return (
        rule(
            "weekdays",
            rf"(?<!\w)({name}) ?[-–—] ?({name})(?!\w)",
            lambda found: f"{full(found[1])} {tongue.words['to']} {full(found[2])}",
            needs="-–—",
        ),
    )


def with_word(tongue: Tongue) -> Callable[[Match], str]:
    """Says a telephone number with a word, `1-800-FLOWERS`: one eight hundred, and the word."""

    def say(found: Match) -> str:
        words = ", ".join(tongue.digits(part) if part.isdecimal() else part for part in found["word"].split("-"))
        area = tongue.integer(int(found["area"])) if found["area"].endswith("00") else tongue.digits(found["area"])
        return f"{tongue.digits(found['trunk']) + ' ' if found['trunk'] else ''}{area}, {words}"

    return say


def by_digits(tongue: Tongue) -> Callable[[Match], str]:
    """Says a telephone number digit by digit, with a pause between groups."""

    def say(found: Match) -> str:
        groups = ", ".join(tongue.digits(group) for group in re.findall(r"\d+", found[0].replace("(0)", "")))
        return f"{tongue.signs['+']} {groups}" if found[0].startswith(("+", "(+")) else groups

    return say
