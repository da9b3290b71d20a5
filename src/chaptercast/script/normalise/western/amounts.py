"""Rules for what is counted and measured, shared by the Western languages: money, units, percentages, fractions, scores, ranges."""

import unicodedata
from decimal import Decimal

from chaptercast.script.normalise.edits import DIGITS, Match, Rule, after, before, rule
from chaptercast.script.normalise.western.tongue import Tongue, pattern_of

START = r"(?<![\w.,/])(?<!\d[-–])"
"""A number does not begin inside of a number or a name."""
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"


def amount_rules(tongue: Tongue, *, score_words: str) -> tuple[Rule, ...]:
    """The rules for amounts; `score_words` is a pattern of words near a result between two sides."""
    number = tongue.number_pattern
    currency = pattern_of(tongue.currencies)
    scale = pattern_of(tongue.scales)
    unit = rf"(?:{pattern_of(tongue.units)}|{currency})"

    def quantity(found: Match) -> str | None:
        low, high = found["low"], found["high"]
        money = found["pre"] or (found["unit"] if found["unit"] in tongue.currencies else None)
        if not (money or found["unit"]):
            return None
        sign = tongue.negative(found["sign"] or found["inner"])
        if money:
            spoken = tongue.money(low, high, found["scale"] or "", money, found)
        elif found["scale"]:
            spoken = _scaled(tongue, low, high, found["scale"], found["unit"])
        else:
            spoken = tongue.measure(low, high, found["unit"], found)
        return sign + spoken + (f" {tongue.per(found['per'])}" if found["per"] else "")

    def fraction(found: Match) -> str | None:
        over, under = int(found["over"]), int(found["under"])
        if not over or under < 2 or found["over"][0] == "0" or found["under"][0] == "0":
            return None
        spoken = tongue.fraction(found["whole"], over, under, found)
        return None if spoken is None else tongue.negative(found["sign"]) + spoken

    def vulgar(found: Match) -> str | None:
        over, under = unicodedata.normalize("NFKC", found["vulgar"]).split("⁄")
        spoken = tongue.fraction(found["whole"], int(over), int(under), found)
        return spoken and (f" {spoken}" if before(found, 1).isalpha() else spoken)

    def ratio(found: Match) -> str:
        return f" {tongue.words['ratio']} ".join(tongue.number(part) for part in found[0].replace(" ", "").split(":"))

    def score(found: Match) -> str | None:
        first, second = int(found[1]), int(found[2])
        near = f"{before(found, 40)} | {after(found, 30)}"
        if found[0][0] == "0" != found[1] or (found[2][0] == "0" != found[2]):
            return None
        return tongue.score(first, second) if first >= second or scoring.search(near) else None

    def lower_end(found: Match) -> str | None:
        low, high = (Decimal(".".join(tongue.parts(found[name]))) for name in ("low", "high"))
        if low >= high and "~" not in found[0]:
            return None
        following = found.string[found.end() + len(found["high"]) :][:30].lstrip().split(" ", 1)[0]
        return f"{tongue.negative(found['sign'])}{tongue.number(found['low'], following)} {tongue.words['to']} "

    scoring = rule("", score_words, "").pattern
    return (
        rule(
            "quantity",
            rf"(?<![\w.,/])(?<!\d[-–])(?P<sign>[-−+±])?(?P<pre>{currency})?(?(pre) ?)(?P<inner>[-−](?=\d))?(?P<low>{number})"
            rf"(?:(?: ?(?:[%°]C?|{currency}))? ?[-–—~] ?(?P<currency>{currency})?(?P<high>{number}))?"
            rf"(?:[ -]?(?P<scale>{scale})(?!\w))?(?:[ -]?(?P<unit>{unit})(?![\w²³]))?"
            rf"(?:/(?P<per>{pattern_of([name for name in tongue.units if '/' not in name])}(?!\w)|[^\W\d_]{{3,12}}))?(?!\w)",
            quantity,
        ),
        rule("fraction", rf"{START}(?P<sign>[-−])?(?:(?P<whole>\d{{1,4}})[ -])?(?P<over>\d{{1,3}})/(?P<under>\d{{1,4}})(?![\w/]|[.,]\d)", fraction, needs="/"),
        rule("fraction in one sign", rf"(?:(?<![\w.,])(?P<whole>\d{{1,4}}) ?)?(?P<vulgar>[{_VULGAR}])", vulgar, needs=_VULGAR),
        rule("ratio", rf"(?<![\w.,:]){number} ?:(?: ?(?={number})){number}(?: ?:{number})*(?![\w:]|[.,]\d)", ratio, needs=":"),
        rule("score", r"(?<![\w.,/–-])(\d{1,3}) ?[-–—] ?(\d{1,3})(?![\w/–—%°-]|[.,]\d)", score, needs="-–—"),
        rule("lower end", rf"{START}(?P<sign>[-−])?(?P<low>{number}) ?[-–—~] ?(?=(?P<high>{number})(?![\d/]|[-–—]\d))", lower_end, needs="-–—~"),
        rule(
            "per", rf"(?<=[^\W\d_])/(?P<per>{pattern_of([name for name in tongue.units if name.isalpha() or name[-1] in '²³'])})(?!\w)",
            lambda found: f" {tongue.per(found['per'])}" if any(digit in before(found, 25) for digit in DIGITS) else None,
            needs="/",
        ),
    )  # fmt: skip


def _scaled(tongue: Tongue, low: str, high: str | None, scale: str, unit: str) -> str:
    """`3.5 million km`."""
    name = tongue.scales[scale][1 if high or not tongue.is_one(low) else 0]
    return f"{tongue.amount(low, high, name)} {name}{tongue.words['scaled_unit']}{tongue.units[unit][1]}"
