"""Rules for what Russian and Ukrainian write in a way of their own: ordinals with their endings, years with their nouns, compounds."""

import re

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.slavic import Russian, Slavic
from chaptercast.script.normalise.western.number_grammar import precedes

_FROM, _IN = frozenset({"с", "со", "от", "з", "із", "від", "od"}), frozenset({"в", "во", "у", "w"})
_LETTER = "а-яёіїєґ"


def early_rules(g: Russian) -> tuple[Rule, ...]:
    """Before the rules that languages share."""
    return (*year_rules(g), *_compounds(g), *_endings(g))


def year_rules(g: Slavic) -> tuple[Rule, ...]:
    """The rules for years with their noun, which tells the case: also of Polish."""
    nouns: dict[str, str] = g.table["year_nouns"]
    patterns = "|".join(nouns)
    short: str = g.table["year_short"]

    def years(found: Match) -> str | None:
        noun = found["noun"]
        gender, case = _year_kind(g, noun, found)
        said = g.ordinal(int(found["year"]), gender, case)
        first = found["first"]
        if first:
            head = g.ordinal(int(first), "m", case)
            said = f"{head} — {g.ordinal(int(found['year']), 'm', case)}"
        return f"{said} {_year_noun(g, noun, found, plural=bool(first))}{g.stop(found)}"

    def first_of_two(found: Match) -> str:
        """`с 2010 по 2020 год`."""
        word = g.word_before(found)
        case = "g" if word in _FROM else "p" if word in _IN else "n"
        return g.ordinal(int(found[0]), "m", case)

    return (
        rule(
            "year",
            rf"(?<![\w.,/-])(?:(?P<first>\d{{3,4}}) ?[-–—] ?)?(?P<year>\d{{3,4}}|\d{{1,2}}(?= ?г\. (?:до )?н\. ?э))"
            rf" ?(?P<noun>(?:{patterns})(?!\w)|(?:{short})(?!\w))",
            years,
        ),
        rule(
            "first of two years",
            rf"(?<![\w.,/-])\d{{4}}(?= (?:по|до|и|или|i|та|do|lub) \d{{4}} ?(?:(?:{patterns})(?!\w)|(?:{short})(?!\w)))",
            first_of_two,
        ),
    )


def _year_kind(g: Slavic, noun: str, found: Match) -> tuple[str, str]:
    nouns: dict[str, str] = g.table["year_nouns"]
    kind = next((kind for pattern, kind in nouns.items() if re.fullmatch(pattern, noun)), None)
    if kind is None or noun in g.table.get("year_of_two_cases", ""):
        kind = _short_kind(g, found)[0]
    gender, case = kind.split()
    dative = case == "p" and precedes(rf"(?i:(?<!\w)(?:{g.table['day_dative']})) ", found)
    return gender, "d" if dative else case


def _year_noun(g: Slavic, noun: str, found: Match, *, plural: bool) -> str:
    if noun.isalpha():
        return noun
    kinds = _short_kind(g, found)
    return kinds[2] if plural else kinds[1]


def _short_kind(g: Slavic, found: Match) -> tuple[str, str, str]:
    """Of `г.` and `гг.`: the case by the preposition before them, and the noun in it."""
    for preposition, kinds in g.table["year_prepositions"].items():
        if precedes(rf"(?i:(?<!\w)(?:{preposition})) ", found):
            return tuple(kinds)
    return tuple(g.table["year_alone"])


def _compounds(g: Russian) -> tuple[Rule, ...]:
    """`5-летний`, `100-процентный`, `20-ти минутный`."""

    def say(found: Match) -> str | None:
        return g.joined(int(found[1])) + found["tail"]

    return (
        rule(
            "compound",
            rf"(?<![\w.,-])(\d{{1,6}})-(?:(?:ти|х|ми)[ -]?)?(?P<tail>(?:{g.table['compounds']})[{_LETTER}]*)(?!\w)",
            say,
            needs="-",
        ),
        rule(
            "compound with a sign",
            rf"(?<![\w.,-])(\d{{1,6}})%-(?P<tail>(?:н)[{_LETTER}]{{1,3}})(?!\w)",
            lambda found: f"{g.joined(int(found[1]))}{g.table['percent_stem']}{found['tail']}",
            needs="%",
        ),
    )


def _endings(g: Russian) -> tuple[Rule, ...]:
    endings: dict[str, str] = g.table["written_endings"]

    def ordinal(found: Match) -> str | None:
        value, ending = int(found["number"].replace(" ", "")), found["ending"]
        kind = endings[ending]
        counted = g.table["cardinal_endings"].get(ending)
        if counted and re.search(rf"(?:{counted})\Z", found["number"]) and not _is_decade(value):
            return g.integer(value, "m", "g")
        if "|" in kind:
            kind = _either(g, kind, value, found)
        gender, case = kind.split()
        return g.ordinal(value, gender, case)

    def numeral(found: Match) -> str | None:
        """`XIX-го`."""
        value = roman.value(found[1])
        if value is None:
            return None
        gender, case = endings[found["ending"]].split("|")[0].split()
        return g.ordinal(value, gender, case)

    pattern = "|".join(sorted(endings, key=len, reverse=True))
    return (
        rule(
            "number with its ending",
            rf"(?<![\w.,/])(?P<number>\d{{1,3}}(?: \d{{3}})+|\d{{1,4}}) ?[-–‑] ?(?P<ending>{pattern})(?!\w)",
            ordinal,
            needs="-–‑",
        ),
        rule("Roman numeral with its ending", rf"(?<!\w)([IVXLC]+)-(?P<ending>{pattern})(?!\w)", numeral, needs="-"),
    )


def _is_decade(value: int) -> bool:
    return value % 10 == 0 and value > 9


def _either(g: Russian, kind: str, value: int, found: Match) -> str:
    """`-е`: neuter before a noun in o or e or a month (3-е место, 1-е мая), else the plural; `-м`: after a preposition or not."""
    first, second = kind.split("|")
    if first.startswith("n"):
        neuter = re.match(
            rf" (?:[{_LETTER}]+(?:о|е|ё|ое|ее)(?!\w)|{g.month_pattern})", found.string[found.end() :][:30]
        )
        return first if neuter else second
    with_preposition = g.word_before(found) in g.table["instrumental"].split()
    return second if with_preposition and value else first


def late_rules(g: Slavic) -> tuple[Rule, ...]:
    """After the rules for amounts: centuries whose noun is cut short."""
    before, alone = g.table["century_before"], g.table["century_alone"]

    def century(found: Match) -> str | None:
        value = roman.value(found["numeral"])
        if value is None:
            return None
        prepositional = precedes(rf"(?i:(?<!\w)(?:{before})) ", found)
        kind, noun, nouns = alone if not prepositional else g.table["century_in"]
        gender, case = kind.split()
        first = roman.value(found["first"] or "")
        head = f"{g.ordinal(first, gender, case)} — " if first else ""
        return f"{head}{g.ordinal(value, gender, case)} {nouns if found['first'] else noun}{g.stop(found)}"

    return (
        rule(
            "century",
            rf"(?<!\w)(?:(?P<first>[IVX]+) ?[-–—] ?)?(?P<numeral>[IVX]+) (?:{g.table['century_short']})(?!\w)",
            century,
            needs="IVX",
        ),
    )
