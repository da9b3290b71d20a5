"""Rules for counts and measures: money, units, percentages, fractions, scores, ratios, ranges."""

import re
import unicodedata
from decimal import Decimal

from chaptercast.script.normalise.edits import DIGITS, Match, Rule, after, before, rule
from chaptercast.script.normalise.western.number_grammar import Tongue, follows, pattern_of, stop

START = r"(?<![\w.,/])(?<!\d[-–])"
"""A number does not begin inside a number or a name."""
END = r"(?!\w|:\d|[.,]\d)"
"""Nor does it end there. A colon, a point or a comma is within a number only before a digit: `10:30: coffee`."""
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"


def amount_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for money, measures and percentages, alone and in ranges."""
    number = tongue.number_pattern
    currency = pattern_of(tongue.currencies)
    letters = pattern_of(tongue.by_letter)
    scale = pattern_of(name for name in tongue.scales if name not in tongue.by_letter)
    symbols = [name for name in tongue.units if name.isalpha() or name[-1] in "²³"]
    per_words = tongue.table["per_words"]

    def quantity(found: Match) -> str | None:
        low, high, unit = found["low"], found["high"], found["unit"]
        money = found["pre"] or (unit if unit in tongue.currencies else None)
        if money:
            spoken = tongue.money(low, high, found["scale"] or "", money, found)
        elif not unit:
            name = tongue.scales[found["scale"]][high is not None or not tongue.is_one(low)] if found["scale"] else ""
            if name == (found["scale"] or ""):  # a plain number, and a word after it
                return None
            spoken = f"{tongue.amount(low, high, name)} {name}"
        elif found["scale"]:
            spoken = tongue.scaled(low, high, found["scale"], unit)
        else:
            spoken = tongue.measure(low, high, unit, found)
        per = f" {tongue.per(found['per'])}" if found["per"] else ""
        return f"{tongue.negative(found['sign'] or found['inner'])}{spoken}{per}{stop(tongue, found)}"

    def per(found: Match) -> str | None:
        return f" {tongue.per(found['per'])}" if not DIGITS.isdisjoint(before(found, 25)) else None

    def so_many_per(found: Match) -> str:
        return f"{tongue.number(found['number'])} {tongue.per(found['per'])}"

    return (
        *_decimals(tongue),
        rule(
            "quantity",
            rf"(?<![\w.,])(?:(?<!/)|(?=[$€£¥]))(?<!\d[-–])(?P<sign>[-−–+±])?"
            rf"(?P<pre>{currency})?(?(pre) ?)(?P<inner>[-−](?=\d))?(?P<low>{number})"
            rf"(?:(?: ?(?:[%°]C?|{currency}))? ?[-–—~] ?(?:{currency})?(?P<high>{number}))?"
            rf"(?:[ -]?(?P<scale>{scale}|(?(pre){letters}|{letters}(?= ?{currency})))(?![^\W_]))?"
            rf"(?:[ -]?(?P<unit>{pattern_of(tongue.units)}|{currency})(?![\w²³]))?"
            rf"(?:/(?P<per>{pattern_of([*(name for name in tongue.units if '/' not in name), *per_words])})(?!\w))?(?!\w)",
            quantity,
        ),
        rule("per", rf"(?<=[^\W\d_]|\.)/(?P<per>{pattern_of([*symbols, *per_words])})(?!\w)", per, needs="/"),
        rule(
            "so many per unit",
            rf"{START}(?P<number>{number}) ?/(?P<per>{pattern_of([*symbols, *per_words])})(?![\w/])",
            so_many_per,
            needs="/",
            digits=True,
        ),
    )


def _decimals(tongue: Tongue) -> tuple[Rule, ...]:
    """`1.5 °C` in a language with decimal commas: written as in English."""

    def foreign(found: Match) -> str | None:
        if found["unit"] == "h":
            return None
        whole, part = found["number"].split(".")
        name = tongue.unit(found["unit"], found["number"])
        return f"{tongue.whole(whole)} {tongue.words['version_point']} {tongue.digits(part)} {name}"

    if "." in tongue.points:
        return ()
    unit = pattern_of([*tongue.units, *tongue.currencies])
    return (
        rule(
            "decimal as English writes it",
            rf"{START}(?P<number>\d{{1,3}}\.\d{{1,2}}) ?(?P<unit>{unit})(?![\w²³/]|\.\w)",
            foreign,
            needs=".",
            digits=True,
        ),
    )


def dimension_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rule for two or three measures joined by a cross: `10' × 12'`, `2x4 m`. Before those for single amounts."""
    number = tongue.number_pattern
    units = {
        **tongue.units,
        **dict.fromkeys("'′’", tongue.table["feet"]),
        **dict.fromkeys('"″”', tongue.table["inches"]),
    }
    names = pattern_of(name for name in units if name[0].isalpha() or name in "'′’\"″”")
    measure = rf"{number}(?:['′’\"″”]|(?: ?{names}(?![\w²³])))?"
    part = re.compile(rf"(?P<number>{number})(?: ?(?P<unit>{names}))?")

    def dimensions(found: Match) -> str | None:
        if re.search(r"[=≈<>≥≤]", before(found, 25) + after(found, 25)):
            return None
        parts = [*part.finditer(found[0])]
        said = (_measured(tongue, each["number"], units.get(each["unit"] or "")) for each in parts)
        return f" {tongue.words['by']} ".join(said) + stop(tongue, found)

    return (
        rule(
            "dimensions",
            rf"{START}{measure}(?: ?[x×] ?{measure}){{1,2}}(?![\w'′’²³⁻^]|[.,]\d)",
            dimensions,
            needs="x×",
            digits=True,
        ),
    )


def _measured(tongue: Tongue, number: str, forms: list[str] | None) -> str:
    if forms is None:
        return tongue.number(number)
    name = forms[not tongue.is_one(number)]
    return f"{tongue.number(number, name)} {name}"


def fraction_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for fractions with a slash, and for fractions in one character."""

    def fraction(found: Match) -> str | None:
        over, under = found["over"], re.sub(r"\D", "", found["under"])
        if over[0] == "0" or under[0] == "0" or under == "1":
            return None
        spoken = tongue.fraction(found["whole"], int(over), int(under), found)
        return spoken and tongue.negative(found["sign"]) + spoken

    def vulgar(found: Match) -> str | None:
        over, under = unicodedata.normalize("NFKC", found["vulgar"]).split("⁄")
        spoken = tongue.fraction(found["whole"], int(over), int(under), found)
        return spoken and (f" {spoken}" if before(found, 1).isalpha() else spoken)

    def unit(found: Match) -> str:
        """The unit after a fraction; plural after a fraction above one."""
        more = re.search(rf"\d(?:[ -]\d+/\d+| ?[{_VULGAR}])\Z", before(found, 12))
        parts = tongue.parts_of_one and not re.search(r"/2\Z|½\Z", found.string[: found.start()])
        return f" {tongue.units[found['unit']][bool(more) and not parts]}"

    return (
        rule(
            "unit after a fraction",
            rf"(?:(?<=\d/\d)|(?<=\d/\d\d)|(?<=[{_VULGAR}])) ?(?P<unit>{pattern_of(tongue.units)})(?![\w²³/])",
            unit,
            needs="/" + _VULGAR,
        ),
        rule(
            "fraction",
            rf"{START}(?P<sign>[-−])?(?:(?P<whole>\d{{1,4}})[ -])?(?P<over>\d{{1,6}})/"
            rf"(?P<under>\d{{1,3}}(?:[{tongue.separators}]\d{{3}})+(?!\d)|\d{{1,6}})(?![\w/]|[.,]\d)",
            fraction,
            needs="/",
            digits=True,
        ),
        rule(
            "fraction in one sign",
            rf"(?:(?<![\w.,])(?P<whole>\d{{1,4}}) ?)?(?P<vulgar>[{_VULGAR}])",
            vulgar,
            needs=_VULGAR,
        ),
    )


def range_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for two numbers joined by a sign: ratios, results, ranges."""
    number = tongue.number_pattern
    related = re.compile(rf"(?i)(?<!\w)(?:{tongue.table['not_times']}|{tongue.table['score_words']})(?!\w)")
    numbered = re.compile(rf"(?<!\w)(?:{tongue.table['references']['versioned']}) \Z")
    scoring = re.compile(rf"(?i)(?<!\w)(?:{tongue.table['score_words']})(?!\w)")

    def ratio(found: Match) -> str | None:
        if found["apart"] and not (
            follows(" ?=", found) or related.search(re.split("[.!?;] ", before(found, 40))[-1])
        ):  # `Partie 2 : 10 idées`
            return None
        joint = tongue.signs["÷"] if follows(" ?=", found) else tongue.words["ratio"]
        return f" {joint} ".join(tongue.number(part) for part in found[0].replace(" ", "").split(":"))

    def score(found: Match) -> str | None:
        first, second = found[1], found[2]
        if (first[0] == "0" and first != "0") or (second[0] == "0" and second != "0"):
            return None
        if numbered.search(before(found, 20)):  # `Table 4-1`
            return None if int(first) < int(second) else f"{tongue.integer(int(first))}, {tongue.integer(int(second))}"
        sides = int(first) >= int(second) or scoring.search(f"{before(found, 40)}|{after(found, 30)}")
        return tongue.score(int(first), int(second)) if sides else None

    def lower_end(found: Match) -> str | None:
        low, high = (Decimal(".".join(tongue.parts(found[name]))) for name in ("low", "high"))
        if low >= high and "~" not in found[0]:
            return None
        following = found.string[found.end("high") :][:30].lstrip().split(" ", 1)[0]
        return f"{tongue.negative(found['sign'])}{tongue.number(found['low'], following)} {tongue.words['to']} "

    return (
        rule(
            "ratio",
            rf"(?<![\w.,:]){number}(?::{number})+{END}|(?<![\w.,:]){number}(?P<apart> ?: ){number}{END}",
            ratio,
            needs=":",
            digits=True,
        ),
        rule(
            "score", r"(?<![\w.,/–-])(\d{1,3}) ?[-–—] ?(\d{1,3})(?![\w/–—%°-]|[.,]\d)", score, needs="-–—", digits=True
        ),
        rule(
            "to an amount",
            r"(?:(?<=\d[mbkMBKT])|(?<=\d[bmtBMT]n)) ?[-–—] ?(?=[$€£]\d)",
            f" {tongue.words['to']} ",
            needs="-–—",
            digits=True,
        ),
        rule(
            "lower end",
            rf"{START}(?P<sign>[-−])?(?P<low>{number}) ?[-–—~] ?(?=(?P<high>{number})(?![\d/]|[-–—]\d))",
            lower_end,
            needs="-–—~",
            digits=True,
        ),
    )
