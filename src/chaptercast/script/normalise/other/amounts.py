"""Rules for counts and measures: money, units, percentages, fractions, results, ranges, plain numbers."""

import re
import unicodedata

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.western.number_grammar import follows, pattern_of, precedes

_DASH = "-–—~"
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
_LONGEST_SCORE = 3
_MONTHS = 12
_ALWAYS = (24, 7)
"""24 hours and 7 days."""


def amount_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rules for a number, or a range, with a unit, a currency or a scale."""
    number = g.number_pattern
    things = {**{name: (noun,) for name, noun in g.units.items()}, **g.currencies}
    unit, scale = pattern_of(things), pattern_of(g.scales)
    leading = pattern_of([*g.currencies, *g.table.get("leading", "").split()])
    per = rf"(?:/(?P<per>{unit}))?" if "per" in g.words else "(?P<per>(?!))?"

    def quantity(found: Match) -> str | None:
        low, high, name = found["low"], found["high"], found["pre"] or found["unit"] or found["first"]
        if not (name or found["scale"]) or (found["first"] and not high):
            return None
        sign = g.negative(found["sign"] or found["minus"])
        per = things[found["per"]] if found["per"] else None
        tail = f"{g.words.get('per', ' / ')}{per[0].forms[0]}" if per else ""
        return sign + _said(g, low, high, found["scale"], name, found) + tail + g.stop(found)

    return (
        rule(
            "amount",
            rf"{g.start}(?P<sign>[-−+](?!\s))?(?:(?<![{g.letters}])(?P<pre>{leading}) ?)?(?P<minus>[-−])?(?P<low>{number})"
            rf"(?:(?: ?(?P<first>{unit}))? ?[{_DASH}] ?(?:{leading} ?)?(?P<high>{number}))?"
            rf"(?: ?(?P<scale>{scale})(?![{g.letters_after}]))?(?: ?(?P<unit>{unit}){per})?{g.end}",
            quantity,
        ),
    )


def per_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rule for a unit without a number: `10 reais por kg`."""
    heads, many = g.table.get("per_heads", ""), g.table.get("many_heads", "")
    names = [name for name in g.units if len(name) > 1 and name.isalpha()]
    if not heads:
        return ()
    after_many = "|".join(rf"(?<={re.escape(ending)} )" for ending in many.split()) or "(?!)"

    def unit(found: Match) -> str:
        forms = g.units[found["unit"]].forms
        return f"{found['head']} {forms[0]}" if found["head"] else f"{found['many']} {forms[-1]}"

    return (
        rule(
            "unit after a preposition",
            rf"(?:(?:{after_many})(?P<many>de|di)|(?<!\w)(?P<head>{heads})) (?P<unit>{pattern_of(names)})(?![\w/])",
            unit,
            needs=frozenset(name[0] for name in names),
        ),
    )


def _said(g: Grammar, low: str, high: str | None, scale: str | None, name: str | None, found: Match) -> str:
    currency = name if name in g.currencies else None
    if scale:
        return g.scaled(low, high, scale, g.currencies[currency][0] if currency else g.units.get(name or ""), found)
    return g.money(low, high, currency, found) if currency else g.measured(low, high, g.units[name or ""], found)


def fraction_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rules for fractions, alone and of a unit."""
    things = {**g.units, **{sign: nouns[0] for sign, nouns in g.currencies.items()}}

    def fraction(found: Match) -> str | None:
        over, under = int(found["over"]), int(found["under"])
        year = re.fullmatch(r"(?:19|20)\d\d", found["under"])
        if year and over > _MONTHS:  # `Lei 8078/1990`
            return f"{g.whole(found['over'])}{g.words.get('of_year', ', ')}{g.year(under)}"
        if (over, under) == _ALWAYS or (len(found["over"]) == 4 and under == (over + 1) % 100):  # 24/7, 2023/24
            return g.season(over, under, found)
        half = (over, under) == (1, 2) and not found["whole"]
        noun = things[found["unit"]] if found["unit"] else None
        word = noun.forms[0] if noun else _word_after(found)
        own = g.half_of(word, noun.gender if noun else g.gender_of(word)) if half else None
        if own:
            return f"{own}{g.gap}{g.part_of(noun)}" if noun else own
        said = g.fraction(over, under) if (under > 1 and over) or "over" in g.words else None
        if said is None:
            return None
        if noun:
            said += f"{g.words.get('fraction_of', g.gap)}{g.part_of(noun)}"
        return g.negative(found["sign"]) + _with_whole(g, found["whole"], said)

    def vulgar(found: Match) -> str | None:
        over, under = unicodedata.normalize("NFKC", found["vulgar"]).split("⁄")
        said = g.fraction(int(over), int(under))
        return said and _with_whole(g, found["whole"], said)

    def of_year(found: Match) -> str:
        return f"{g.number(found[1])}{g.words.get('of_year', ', ')}{g.year(int(found[2]))}"

    return (
        rule(
            "number of a year",
            rf"{g.start}(\d{{1,3}}(?:\.\d{{3}})+)/((?:19|20)\d\d)(?![{g.letters_after}/]|[.,]\d)",
            of_year,
            needs="/",
        )
        if "." in g.separators
        else rule("no number of a year", "(?!)", of_year, needs="\x00"),
        rule(
            "fraction",
            rf"{g.start}(?P<sign>[-−])?(?:(?P<whole>\d{{1,4}}) (?=\d{{1,4}}/))?(?P<over>\d{{1,15}}) ?/ ?(?P<under>\d{{1,15}})"
            rf"(?: ?(?P<unit>{pattern_of(things)}))?(?![{g.letters_after}/\d]|[.,]\d)",
            fraction,
            needs="/",
        ),
        rule(
            "fraction in one sign",
            rf"(?:(?<![{g.letters}.,])(?P<whole>\d{{1,4}}) ?)?(?P<vulgar>[{_VULGAR}])",
            vulgar,
            needs=_VULGAR,
        ),
    )


def _with_whole(g: Grammar, whole: str | None, said: str) -> str:
    return f"{g.whole(whole)}{g.words.get('and', ' ')}{said}" if whole else said


def range_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rules for two numbers with a sign between them."""
    number = g.number_pattern
    scoring = g.table.get("score_words", "(?!)")

    def score(found: Match) -> str | None:
        first, second = found[1], found[2]
        near = found.string[max(0, found.start() - 40) : found.end() + 20]
        if re.search("[=≈≤≥]", near):
            return None
        sure = re.search(rf"(?i)(?<!\w)(?:{scoring})", near) or ":" in found[0]
        if "x" in found[0] and not sure:
            return None
        if (int(first) < int(second) and not sure) or max(len(first), len(second)) > _LONGEST_SCORE:
            return None
        return f"{g.integer(int(first))}{g.words['score']}{g.integer(int(second))}"

    def span(found: Match) -> str | None:
        return _span(g, found)

    return (
        rule(
            "score",
            rf"(?<![{g.letters}.,/:–-])(\d{{1,3}}) ?[-–:x] ?(\d{{1,3}})(?![{g.letters_after}/–°%-]|[.,:]\d| ?%)",
            score,
            needs="-–:x",
        ),
        rule(
            "range",
            rf"{g.start}(?P<sign>[-−])?(?P<low>{number}) ?[{_DASH}] ?(?P<high>{number}){g.end}(?![-–]\d)",
            span,
            needs=_DASH,
        ),
    )


def _span(g: Grammar, found: Match) -> str | None:
    low, high = found["low"], found["high"]
    if re.search("[=≈<>≤≥]", found.string[max(0, found.start() - 12) : found.end() + 12]):  # a subtraction
        return None
    sign = g.negative(found["sign"])
    if re.fullmatch(r"(?:1\d|20)\d\d", low) and (g.value(low) < g.value(high) or low[2:] < high == high[-2:]):
        return sign + g.years(low, high, found)
    if g.value(low) >= g.value(high):
        return ", ".join(g.number(part) for part in (low, high))
    word = _word_after(found)
    gender = g.gender_of_count(word, high)
    if g.plural.endswith("slavic") and word:
        return sign + " — ".join(g.number(part, gender) for part in (low, high))
    first, last = g.range_cases(found)
    return f"{sign}{g.range_head(found)}{g.number(low, gender, first)}{g.joint(found)}{g.number(high, gender, last)}"


def plain_rules(g: Grammar) -> tuple[Rule, ...]:
    """The last rules: plain numbers, and remaining digits."""

    def number(found: Match) -> str:
        written, sign = found["number"], g.negative(found["sign"])
        if re.fullmatch(r"1[1-9]\d\d|20\d\d", written) and is_year(g, found):
            return sign + g.year(int(written), g.case(found))
        return sign + g.number(written, g.gender_of_count(_word_after(found), written), g.case(found))

    def dotted(found: Match) -> str:
        return f"{g.gap}{g.words.get('version_point', g.words['point'])}{g.gap}".join(map(g.whole, found[0].split(".")))

    def rest(found: Match) -> str:
        head = " " if g.gap and found.start() and found.string[found.start() - 1].isalpha() else ""
        tail = " " if g.gap and follows(r"[^\W\d_]", found) else ""
        dated = re.fullmatch(r"(?:19|20)\d\d", found[0])
        said = g.year(int(found[0])) if dated else g.whole(found[0], "c") if len(found[0]) <= 3 else g.digits(found[0])
        return f"{head}{said}{tail}"

    grouped = r"(?!\d{1,3}(?:\.\d{3})+(?!\d))" if "." in g.separators else ""

    def in_name(found: Match) -> str:
        point = g.words.get("version_point", g.words["point"])
        return f"{g.gap}{g.gap.join((g.whole(found[1], 'c'), point, g.whole(found[2], 'c')))}"

    return (
        rule("decimal in a name", r"(?<=[A-Za-z])(\d{1,3})\.(\d{1,3})(?![A-Za-z\d.])", in_name, needs="."),
        rule(
            "version",
            rf"(?<![{g.letters}.,]){grouped}\d{{1,4}}(?:\.\d{{1,4}}){{2,}}(?![{g.letters_after}]|[.,]\d)",
            dotted,
            needs=".",
        ),
        rule(
            "number",
            rf"(?<![{g.letters}])(?<![\d.,)])(?P<sign>(?<!\S)[-−–+](?=\d)|[-−](?=\d)(?<![{g.letters}\d)-].))?(?P<number>{g.number_pattern})"
            rf"(?![{g.letters_after}\d])",
            number,
        ),
        rule("number in a name", rf"(?<=[A-Za-z]-)\d{{1,4}}(?![{g.letters_after}\d])", rest, needs="-"),
        rule("rest of a number", r"\d+", rest),
    )


def is_year(g: Grammar, found: Match) -> bool:
    """Whether a number of four digits is a year: by its neighbours, or by its century, if the language says such numbers by hundreds."""
    always = g.table.get("hundreds", False) and found["number"] < "2000"
    before, after = g.table.get("before_year", "(?!)"), g.table.get("after_year", "(?!)")
    return bool(always or precedes(rf"(?i:(?<!\w)(?:{before})) ?", found) or follows(rf" ?(?:{after})(?!\w)", found))


def _word_after(found: Match) -> str:
    word = re.match(r" ([^\W\d_]+)", found.string[found.end() : found.end() + 40])
    return word[1] if word else ""
