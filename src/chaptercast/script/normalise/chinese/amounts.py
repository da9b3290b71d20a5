"""Money, percentages, temperatures, measures, fractions and ratios in Chinese."""

import unicodedata
from decimal import Decimal

from chaptercast.script.normalise.chinese.dates import SCORES
from chaptercast.script.normalise.chinese.grammar import (
    HAN,
    NUMBER,
    SCALE,
    START,
    TO,
    UNIT,
    UNITS,
    counted,
    entry,
    is_negative,
    looks,
    number,
    plus_or_minus,
    scaled,
)
from chaptercast.script.normalise.data import alternatives
from chaptercast.script.normalise.edits import DIGITS, Match, Rule, after, before, rule

_MONEY = entry("currencies")
_CURRENCY = alternatives(_MONEY)
_MULTIPLE = alternatives(entry("scales"))
_PER = {"%": "百分之", "‰": "千分之"}
_COUNTED_IN = (
    "公斤|千克|斤|克|吨|升|毫升|公里|千米|米|平方米|平米|平方公里|平方千米|立方米|亩|公顷|天|日|月|年|周|小时|分钟|秒|人次|人|次|个|件|张|晚|位|"
    "套|台|瓶|杯|份|股|度|千瓦时|桶|辆|户|间|节|课时|只|条|盒|袋|包|箱|斤半|学期|季度|季|集|页|字|间夜|床|盎司|磅"
)


def _percent(found: Match) -> str | None:
    sign = plus_or_minus(found)
    if sign is None:
        return None
    per = _PER[found["per"]]
    low = _share(found["low"], found["per"])
    high = f"到{per if found['middle'] else ''}{_share(found['high'], found['per'])}" if found["high"] else ""
    return f"{sign}{per}{low}{high}"


def _share(written: str, per: str) -> str:
    return "百" if written == "100" and per == "%" else number(written, liang=False)


def _money(found: Match) -> str | None:
    sign = plus_or_minus(found)
    if sign is None:
        return None
    if found["inner"]:
        sign = "负"
    currency = _MONEY[found["currency"]]
    amounts = [_amount(found[name], found["scale"], found["chinese"]) for name in ("low", "high") if found[name]]
    per = f"每{UNITS.get(found['per'], found['per'])}" if found["per"] else ""
    return sign + "到".join(amounts) + currency + per


def _code_after(found: Match) -> str | None:
    sign = plus_or_minus(found)
    return None if sign is None else f"{sign}{_amount(found['low'], None, found['chinese'])}{_MONEY[found['currency']]}"


def _amount(written: str, scale: str | None, chinese: str | None) -> str:
    """An amount of money: its multiple worked out, for nobody says 三点五十亿."""
    written = written.replace(",", "")
    if scale:
        return _large(Decimal(written).scaleb(entry("scales")[scale]))
    if "." in written and not chinese:
        written = written.rstrip("0").rstrip(".")
    return "两" if written == "2" and not chinese else scaled(written, chinese)


def _large(amount: Decimal) -> str:
    for name, power in (("万亿", 12), ("亿", 8), ("万", 4)):
        if amount >= Decimal(10) ** power:
            head = amount.scaleb(-power).normalize()
            return scaled(f"{head:f}", name)
    return number(f"{amount.normalize():f}")


def _temperature(found: Match) -> str | None:
    sign = plus_or_minus(found, "零下")
    if sign is None:
        return None
    unit = UNITS[found["unit"]]
    low = counted(found["low"], unit)
    if not found["high"]:
        return f"{sign}{low}{unit}"
    below = "零下" if found["second"] else ""
    middle = unit if found["middle"] and below else ""
    return f"{sign}{low}{middle}到{below}{counted(found['high'], unit)}{unit}"


def _measure(found: Match) -> str | None:
    sign = plus_or_minus(found)
    if sign is None:
        return None
    unit, per = UNITS[found["unit"]], found["per"]
    if not found["scale"] and _is_name(found):
        return None
    amount = scaled(found["low"], found["scale"]) if found["scale"] else counted(found["low"], unit)
    if per:
        unit += f"每{UNITS.get(per, per)}"
    return f"{sign}{amount}{unit}"


def _is_name(found: Match) -> bool:
    """A letter after a number that is no unit: 2T, 3s店; a metre is one after any number, a gram not after 5 (5g, the network)."""
    return found["unit"] in "gth" and looks(r"\A(?:网络|手机|基站|时代|技术|信号|套餐)", after(found, 4))


def _low(found: Match) -> str | None:
    """The lower number of a range; the higher one is left to the rule that knows what it counts."""
    sign = plus_or_minus(found)
    if sign is None:
        return None
    low, high = (Decimal(found[name].replace(",", "")) for name in ("low", "high"))
    joint = found["joint"].strip()
    if low >= high and not found["scale"] and joint not in "~至到":
        return None
    if joint not in "~至到" and looks(
        SCORES, before(found, 8) + "|" + found.string[found.end("high") : found.end("high") + 4]
    ):
        return None
    following = found.string[found.end("high") : found.end("high") + 8]
    low_spoken = (
        scaled(found["low"], found["scale"])
        if found["scale"]
        else counted(found["low"], following.lstrip(), before(found, 12))
    )
    return f"{sign}{low_spoken}{joint if joint in '至到' else '到'}"


def _fraction(found: Match) -> str | None:
    sign = plus_or_minus(found)
    if sign is None:
        return None
    whole = f"{number(found['whole'])}又" if found["whole"] else ""
    over, under = int(found["over"]), int(found["under"])
    if under < 2 or over == 0 or (over > under and not whole) or found["over"][0] == "0" or found["under"][0] == "0":
        return None
    return f"{sign}{whole}{number(found['under'], liang=False)}分之{number(found['over'], liang=False)}"


def _vulgar(found: Match) -> str:
    over, under = unicodedata.normalize("NFKC", found["sign"]).split("⁄")
    whole = f"{number(found['whole'])}又" if found["whole"] else ""
    return f"{whole}{number(under)}分之{number(over)}"


def _ratio(found: Match) -> str:
    return "比".join(number(part, liang=False) for part in found[0].replace("：", ":").split(":"))


def _score(found: Match) -> str | None:
    around = before(found, 10) + "|" + after(found, 6)
    first, second = int(found[1]), int(found[2])
    if looks(SCORES, around) or looks(r"以\Z", before(found, 1)) or (first > second and first < 200):
        return f"{number(found[1], liang=False)}比{number(found[2], liang=False)}"
    return None


RULES: tuple[Rule, ...] = (
    rule(
        "percent",
        rf"{START}(?P<sign>[-−+±])?(?P<low>{NUMBER})(?P<middle>[%‰])?(?:(?:{TO}|至|到)(?P<high>{NUMBER}))?(?P<per>[%‰])",
        _percent,
        needs="%‰",
    ),
    rule(
        "money",
        rf"(?<![A-Za-z])(?P<sign>[-−+])?(?P<currency>{_CURRENCY}) ?(?P<inner>[-−](?=\d))?(?P<low>{NUMBER})"
        rf"(?:{TO}(?P=currency)?(?P<high>{NUMBER}))?(?: ?(?:(?P<scale>{_MULTIPLE})(?![A-Za-z])|(?P<chinese>{SCALE})))?(?:(?<=[万亿\d])(?:元|美元|美金|欧元|英镑|日元|港元))?"
        rf"(?:/(?P<per>{UNIT}|{_COUNTED_IN}))?",
        _money,
    ),
    rule("money with a code", rf"{START}(?P<sign>[-−+])?(?P<low>{NUMBER})(?P<chinese>{SCALE})? ?(?P<currency>{_CURRENCY})(?![A-Za-z])", _code_after),
    rule(
        "temperature",
        rf"{START}(?P<sign>[-−+])?(?P<low>{NUMBER})(?P<middle>°C?)?(?:(?: ?[-~–—] ?|至|到)(?P<second>[-−])?(?P<high>{NUMBER}))? ?(?P<unit>°[CF])",
        _temperature,
        needs="°",
    ),
    rule("fraction", rf"{START}(?P<sign>[-−])?(?:(?P<whole>\d{{1,3}})[又 ])?(?P<over>\d{{1,3}})/(?P<under>\d{{1,4}})(?![\d/.]|月)", _fraction, needs="/"),
    rule("fraction in one sign", r"(?P<whole>(?<![\d.])\d+ ?)?(?P<sign>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])", _vulgar, needs="½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"),
    rule("ratio", rf"(?<![\d.:]){NUMBER}(?:[:：]{NUMBER})+(?![\d:]|\.\d)", _ratio, needs=":："),
    rule("score", r"(?<![\d.\-–A-Za-z])(\d{1,3})[-–—](\d{1,3})(?![\d.\-–—%‰A-Za-z°])", _score, needs="-–—"),
    rule(
        "lower end",
        rf"(?<![\d.A-Za-z/])(?<![A-Za-z]-)(?P<sign>[-−])?(?P<low>{NUMBER})(?P<scale>{SCALE})?(?P<joint>{TO}|至|到)(?=(?P<high>{NUMBER})(?![-–—]\d))",
        _low,
        needs="-~–—至到",
    ),
    rule(
        "measure",
        rf"{START}(?P<sign>[-−+±])?(?P<low>{NUMBER}) ?(?P<scale>{SCALE})?[ -]?(?P<unit>{UNIT})(?:/(?P<per>{UNIT}|{_COUNTED_IN}))?",
        _measure,
    ),
    rule("per", rf"(?<=[{HAN}])/(?P<unit>{UNIT}|(?:{_COUNTED_IN})(?![{HAN}](?<![，。的、左，上以之计])))", lambda found: _per(found), needs="/"),
    rule("joint", rf"(?<=[%‰元万亿CmgL²{HAN}]) ?[~–] ?(?=[\d-])", "到", needs=DIGITS),
)  # fmt: skip


def _per(found: Match) -> str | None:
    """`26元/公斤`: only after an amount."""
    if not looks(r"\d[^\s，。！？\d]{0,6}\Z", before(found, 8)):
        return None
    return f"每{UNITS.get(found['unit'], found['unit'])}"


__all__ = ["RULES", "is_negative"]
