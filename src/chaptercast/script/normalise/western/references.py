"""Rules for numbers that refer to something and do not count it: versions, standards, types, steps, verses, laws and files."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.western.amounts import END
from chaptercast.script.normalise.western.number_grammar import Tongue, follows, pattern_of, precedes

_BESIDE = r"(?<![\w.,/-])"
_STANDARDS = r"(?:ISO|IEC|IEEE|DIN|EN|ANSI|ASTM|NF|UNE|BS|ÖNORM|SN)"


def reference_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for references. The table `references` lists the words that introduce one. Before those for dates and fractions."""
    table: dict[str, str] = tongue.table["references"]
    return (*_versions(tongue, table), *_things(tongue), *_parts(tongue, table), *_files(tongue, table))


def _versions(tongue: Tongue, table: dict[str, str]) -> tuple[Rule, ...]:
    point = tongue.words.get("version_point", tongue.words["point"])

    def version(found: Match) -> str | None:
        """A version. Three numbers may be a date; a word like program, version or chapter before them decides, or a program's name."""
        parts = found["parts"].split(".")
        if found["v"] or precedes(rf"(?<!\w)(?:{table['versioned']}) ?", found, 40):
            said = f" {point} ".join(tongue.whole(part) if len(part) <= 3 else tongue.digits(part) for part in parts)
            return f"v {said}" if found["v"] else said
        return None

    return (
        rule(
            "version of a thing",
            rf"{_BESIDE}(?P<v>[vV](?=\d))?(?P<parts>\d{{1,4}}(?:\.\d{{1,6}}){{1,4}})(?![\w/%°€$£]|[.,]\d| ?[%°€$£])",
            version,
            needs=".",
            digits=True,
        ),
    )


def _things(tongue: Tongue) -> tuple[Rule, ...]:
    point = tongue.words.get("version_point", tongue.words["point"])

    def edition(found: Match) -> str | None:
        if not precedes(rf"(?<!\w){_STANDARDS}(?:[/ -]{_STANDARDS})*[ -]?", found, 24):
            return None
        part = f", {tongue.whole(found['part'])}" if found["part"] else ""
        return f"{tongue.whole(found['number'])}{part}, {tongue.year(int(found['year']))}"

    def wireless(found: Match) -> str:
        letters = " ".join(found["letters"])
        spoken = f"{tongue.name('802')} {point} {tongue.whole(found['part'])}"
        return f"{spoken} {letters}" if letters else spoken

    def aircraft(found: Match) -> str:
        return f"{tongue.type_name(found['type'])} {tongue.name(found['series'])}{_after(found['tail'])}"

    def model(found: Match) -> str | None:
        if found["letters"] in tongue.table["months"]:
            return None
        names = f"{tongue.name(found['type'])} {tongue.name(found['series'])}"
        return f"{found['letters']} {names}{_after(found['tail'])}"

    return (
        rule(
            "edition of a standard",
            r"(?<![\w.,])(?P<number>\d{3,5})(?:-(?P<part>\d{1,3}))?:(?P<year>(?:19|20)\d\d)(?!\w|:\d)",
            edition,
            needs=":",
            digits=True,
        ),
        rule(
            "wireless network",
            r"(?<![\w.,])802\.(?P<part>\d{1,2})(?P<letters>[a-z]{0,2})(?!\w)",
            wireless,
            needs=".",
            digits=True,
        ),
        rule(
            "type of an aircraft",
            r"(?<![\w.,/-])(?P<type>7[0-8]7)-(?P<series>\d{3}|[1-9])(?P<tail>[A-Z]{0,3})(?![\w-])",
            aircraft,
            needs="-",
            digits=True,
        ),
        rule(
            "type and series",
            r"(?<![\w.-])(?P<letters>[A-Z][A-Za-z]{0,3})-?(?P<type>\d{1,4})-(?P<series>\d{3,4})(?P<tail>[A-Z]{0,3})(?![\w-])",
            model,
            needs="-",
            digits=True,
        ),
    )


def _after(letters: str) -> str:
    return f" {letters}" if letters else ""


def _parts(tongue: Tongue, table: dict[str, str]) -> tuple[Rule, ...]:
    def of(found: Match) -> str | None:
        """`Step 1/5`, `rated 4/5`."""
        first, last = int(found[1]), int(found[2])
        if first > last:
            return None
        joint = "of" if precedes(rf"(?<!\w)(?:{table['steps']}) ", found) else None
        shared = follows(r" (?:(?:of|the|des?|du|der|aller|del|los|las)\b|d['’]|[A-ZÄÖÜ](?!unkte|terne))", found)
        joint = joint or ("out_of" if not shared and precedes(rf"(?<!\w)(?:{table['ratings']}) ", found) else None)
        return f"{tongue.integer(first)} {tongue.words[joint]} {tongue.integer(last)}" if joint else None

    def verses(found: Match) -> str:
        """Chapter and verse, read without a word between them."""
        ordinal = f"{books['first'].split()[int(found['part'][0]) - 1]} " if found["part"] else ""
        to, joint = f" {tongue.words['to']} ", books["joint"]
        places = re.sub(rf"(?<=\d)[{mark}] ?(?=\d)", ":", found["places"], count=1)
        pieces = re.findall(r"\d+|[-–—:]|[,.] ?", places)
        said = "".join(
            tongue.whole(p) if p.isdecimal() else joint if p == ":" else to if p in "-–—" else ", " for p in pieces
        )
        return f"{ordinal}{short.get(found['book'], found['book'])} {said}"

    books: dict[str, str] = tongue.table["books"]
    short: dict[str, str] = tongue.table["short_books"]
    mark = books["marks"]
    return (
        rule("part of a whole", r"(?<![\w.,/-])(\d{1,3})/(\d{1,3})(?![\w/-]|[.,]\d)", of, needs="/", digits=True),
        rule(
            "verses",
            rf"(?<![\w.])(?:(?P<part>[123])\.? )?(?P<book>{pattern_of(books['names'].split('|'))})\.? "
            rf"(?P<places>\d{{1,3}}[{mark}] ?\d{{1,3}}"
            rf"(?:[-–—](?:\d{{1,3}}[{mark}])?\d{{1,3}}|[,.] ?\d{{1,3}}(?![{mark}]|\.? ?[A-ZÄÖÜ]))*){END}",
            verses,
            needs=mark,
            digits=True,
        ),
    )


def _files(tongue: Tongue, table: dict[str, str]) -> tuple[Rule, ...]:
    joint = tongue.words["file"]

    def of_year(found: Match) -> str:
        """`Nr. 12/2023`. But `05/2023` is a month, and so is `in 5/2023`."""
        number, year = found["number"], int(found["year"])
        if len(number) == 4 and 1800 <= int(number) < year:
            return f"{tongue.year(int(number))} {tongue.words['to']} {tongue.year(year)}"
        dated = number[0] == "0" or precedes(rf"(?<!\w)(?:{table['dated']}) ", found)
        if dated and len(number) <= 2 and 1 <= int(number) <= 12:
            return tongue.month_of_year(year, int(number))
        return f"{tongue.whole(number)} {joint} {tongue.year(year)}"

    def years(found: Match) -> str:
        first, second = int(found["year"]), int(found["number"])
        if second == first + 1:
            return f"{tongue.year(first)} {tongue.words['to']} {tongue.year(second)}"
        return f"{tongue.year(first)}, {tongue.whole(found['number'])}"

    def file(found: Match) -> str | None:
        if not precedes(rf"(?<!\w)(?:{table['filed']}) ?", found, 40):
            return None
        return f"{tongue.whole(found[1])} {joint} {tongue.whole(found[2])}"

    def directive(found: Match) -> str:
        numbers = (
            tongue.year(int(part)) if re.fullmatch(r"(?:19|20)\d\d", part) else tongue.whole(part)
            for part in (found[1], found[2])
        )
        return f"{', '.join(numbers)}, {found[3]}"

    return (
        rule("directive", r"(?<![\w.,/-])(\d{1,4})/(\d{1,4})/([A-Z]{2,5})(?!\w)", directive, needs="/", digits=True),
        rule("file", r"(?<![\w.,/])(\d{1,5})/(\d{2})(?![\w/])", file, needs="/", digits=True),
        rule(
            "number of a year",
            r"(?<![\w.,/])(?P<number>\d{1,5})/(?P<year>(?:19|20)\d\d)(?![\w/]|[.,]\d)",
            of_year,
            needs="/",
            digits=True,
        ),
        rule(
            "year and number",
            r"(?<![\w.,/])(?P<year>(?:19|20)\d\d)/(?P<number>\d{3,5})(?![\w/]|[.,]\d)",
            years,
            needs="/",
            digits=True,
        ),
    )
