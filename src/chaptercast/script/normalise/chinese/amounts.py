"""Chinese rules for money, percentages, temperatures, measures, fractions and ratios."""

import re
import unicodedata
from decimal import Decimal

from chaptercast.script.normalise.chinese.grammar import (
    CONTEXTS,
    CURRENCIES,
    HAN,
    NUMBER,
    SCALE,
    SCALES,
    START,
    UNIT,
    UNITS,
    around,
    begins,
    begins_with_rank,
    counted,
    counts,
    near,
    plus_or_minus,
    scaled,
)
from chaptercast.script.normalise.chinese.numerals import number
from chaptercast.script.normalise.data import alternatives
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule

_CURRENCY = alternatives(CURRENCIES)
_BEGIN_CURRENCIES = frozenset(name[0] for name in CURRENCIES)
_BEGIN_UNITS = frozenset(name[0] for name in UNITS)
_TO = r"(?: ?[-~–—] ?|至|到)"
_PER = rf"(?:/(?P<per>{UNIT}|{CONTEXTS['counted_in']}))?"
_SHARES = {"%": "百分之", "‰": "千分之", "‱": "万分之"}
_LARGE = (("万亿", 12), ("亿", 8), ("万", 4))
_MEASURED = re.compile(rf"(?<![A-Za-z\d.])\d[\d.]* ?(?:{alternatives(UNITS)}|[kKwWGTMBpP])\Z")
_QUARTERS = {"N": "北纬", "S": "南纬", "E": "东经", "W": "西经"}
_RESULT = "胜|负"
_FEWEST_POINTS = 50
"""The minimum of a basketball score beside a three-digit number. A lower number is not a score."""
_VITAMIN = rf"(?<=[{HAN}][A-EK])(?=[\d.]+ ?(?:[mµμ]?g|IU|m[lL])(?![A-Za-z]))"
"""After a letter that is a name by itself: 维生素C100mg."""
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"


def _percent(found: Match) -> str | None:
    sign, share = plus_or_minus(found), found["per"]
    if sign is None:
        return None
    spoken = f"{sign}{_SHARES[share]}{_share(found['low'], share)}"
    if found["high"]:
        below = {"+": "正", None: ""}.get(found["second"], "负")
        spoken += f"到{below}{_SHARES[share] if found['middle'] or below else ''}{_share(found['high'], share)}"
    return spoken


def _share(written: str, share: str) -> str:
    return "百" if (written, share) == ("100", "%") else number(written, liang=False)


def _money(found: Match) -> str | None:
    sign = "负" if found["inner"] else plus_or_minus(found)
    if sign is None:
        return None
    low = _amount(found["low"], None if found["low_scale"] else found["scale"], found["low_scale"] or found["chinese"])
    high = f"到{_amount(found['high'], found['scale'], found['chinese'])}" if found["high"] else ""
    return f"{sign}{low}{high}{CURRENCIES[found['currency']]}{_each(found['per'])}"


def _money_with_code(found: Match) -> str | None:
    sign = plus_or_minus(found)
    if sign is None:
        return None
    return f"{sign}{_amount(found['low'], None, found['chinese'])}{CURRENCIES[found['currency']]}{_each(found['per'])}"


def _amount(written: str, scale: str | None, chinese: str | None) -> str:
    """An amount of money with its multiple worked out, because nobody says 三点五十亿."""
    written = written.replace(",", "")
    if chinese:
        return scaled(written, chinese)
    if scale:
        return _large(Decimal(written).scaleb(SCALES[scale]))
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "两" if written == "2" else number(written)


def _large(amount: Decimal) -> str:
    for name, power in _LARGE:
        if amount >= Decimal(10) ** power:
            return scaled(f"{amount.scaleb(-power).normalize():f}", name)
    return number(f"{amount.normalize():f}")


def _each(per: str | None) -> str:
    return f"每{UNITS.get(per, per)}" if per else ""


def _ten_thousands(found: Match) -> str | None:
    """`300w`, `月薪2W`: w is 万. A capital W is 万 only if watts make no sense."""
    more = after(found, 1) == "+"
    watts = not more and near("power_of_machines", _clause(found))
    if found["letter"] == "w" and watts:
        return f"{counted(found['low'], '瓦')}瓦"
    if found["letter"] == "W":
        said = near("ten_thousands", before(found, 10)) or re.match(
            CONTEXTS["counted_in_ten_thousands"], after(found, 6)
        )
        if watts or not (said or more):
            return None
    return scaled(found["low"], "万")


def _clause(found: Match) -> str:
    """The text around a match, up to the next punctuation."""
    head, tail = re.split("[，。；、！？]", before(found, 8))[-1], re.split("[，。；、！？]", after(found, 4))[0]
    return f"{head}|{tail}"


def _temperature(found: Match) -> str | None:
    sign = plus_or_minus(found, "" if before(found, 2) == "零下" else "零下")
    if sign is None:
        return None
    unit = UNITS[found["unit"]]
    low = counted(found["low"], unit)
    if not found["high"]:
        return f"{sign}{low}{unit}"
    below = "零下" if found["second"] else ""
    middle = unit if (found["middle"] and below) or (sign == "零下" and not below) else ""
    return f"{sign}{low}{middle}到{below}{counted(found['high'], unit)}{unit}"


def _to_what_is_counted(found: Match) -> str | None:
    """`16岁-35岁`; not `8月-17.8%`, nor a name (歼-20)."""
    words_before = re.search(rf"\d[\d.]* ?([{HAN}]{{1,3}})\Z", before(found, 12))
    if not words_before or re.match(r"[\d.]+ ?[%‰°]", after(found, 10)):
        return None
    return "到" if counts(words_before[1]) or begins_with_rank(words_before[1]) else None


def _to_a_measure(found: Match) -> str | None:
    """`10kg-20kg`, `8k-15k`."""
    return "到" if _MEASURED.search(before(found, 12)) else None


def _coordinate(found: Match) -> str | None:
    """`39°54′20″`, `116.4°E`: a geographical coordinate, or an angle."""
    if not (found["minutes"] or found["quarter"]):
        return None
    quarter = _QUARTERS.get(found["quarter"] or "", "")
    spoken = "" if before(found, 2) == quarter else quarter
    for part, unit in (("degrees", "度"), ("minutes", "分"), ("seconds", "秒")):
        written = found[part] or ""
        if written:
            spoken += number(written if "." in written else str(int(written)), liang=False) + unit
    return spoken


def _measure(found: Match) -> str | None:
    sign, unit = plus_or_minus(found), found["unit"]
    if sign is None or (unit in "gth" and begins("networks", found)):
        return None
    name = UNITS[unit]
    amount = (
        scaled(found["low"], found["scale"])
        if found["scale"]
        else "两"
        if found["low"] == "2"
        else number(found["low"])
    )
    return f"{sign}{amount}{name}{_each(found['per'])}"


def _low(found: Match) -> str | None:
    """The lower end of a range. The rule for its unit handles the higher end."""
    following = found.string[found.end("high") :][:8].lstrip()
    sign = plus_or_minus(found, "零下" if following.startswith(("度", "摄氏度")) else "负")
    if sign is None:
        return None
    low, high = (Decimal(found[name].replace(",", "")) for name in ("low", "high"))
    joint, scale, end = found["joint"].strip(), found["scale"], found.end("high")
    if joint not in "~至到":
        if low >= high and not scale:
            return None
        counted_so = counts(following) or begins_with_rank(following)
        if not counted_so and near("scores", f"{before(found, 8)}|{found.string[end : end + 4]}"):
            return None
    amount = scaled(found["low"], scale) if scale else counted(found["low"], following, before(found, 12))
    return f"{sign}{amount}{joint if joint in '至到' else '到'}"


def _fraction(found: Match) -> str | None:
    sign, over, under, scale = plus_or_minus(found), found["over"], found["under"], found["scale"] or ""
    if sign is None or "0" in (over[0], under[0]) or (under == "1" and not scale):
        return None
    improper = int(over) > float(under) and not scale
    if improper and not found["whole"] and not (len(over) == len(under) == 1 and near("fractions", around(found))):
        return None
    if over == under:
        return f"{number(over, liang=False)}比{number(under, liang=False)}"
    unit = UNITS[found["unit"]] if found["unit"] else ""
    return sign + _share_of(found["whole"], over, under, scale) + unit


def _vulgar(found: Match) -> str:
    over, under = unicodedata.normalize("NFKC", found["vulgar"]).split("⁄")
    return _share_of(found["whole"], over, under)


def _share_of(whole: str | None, over: str, under: str, scale: str = "") -> str:
    head = f"{number(whole)}又" if whole else ""
    below = number(under, liang=False)
    if re.fullmatch("1000?0?", under) and not scale:
        below = below.removeprefix("一")
    return f"{head}{below}{scale}分之{number(over, liang=False)}"


def _ratio(found: Match) -> str:
    return "比".join(number(part, liang=False) for part in re.split("[:：]", found[0]))


def _score(found: Match) -> str | None:
    """`以3-1获胜`, `6-4、3-6`: a result, or numbers that decrease where a range would increase."""
    first, second, following = int(found[1]), int(found[2]), after(found, 8)
    if re.match(CONTEXTS["wrapping"], following):
        return None
    falls = first >= second and (len(found[1]) <= 2 or second >= _FEWEST_POINTS)
    teams = _between_teams(found)
    if not (falls or teams) and not re.match(_RESULT, following) and (counts(following) or begins_with_rank(following)):
        return None
    if falls and following.startswith("号"):
        return f"{number(found[1], liang=False)}杠{number(found[2], liang=False)}"
    told = (
        near("scores", around(found, 10, 6))
        or before(found, 1) in tuple("以队")
        or re.match(_RESULT, following)
        or re.match(rf"[{HAN}]{{1,4}}队", after(found, 6))
    )
    if not (falls or told or teams or _among_scores(found)):
        return None
    return f"{number(found[1], liang=False)}比{number(found[2], liang=False)}"


def _after_team(found: Match) -> bool:
    return bool(re.search(rf"(?:{CONTEXTS['teams']}) ?\Z", before(found, 8)))


def _between_teams(found: Match) -> bool:
    """`日本1-2克罗地亚`; not `中国1-2线城市`."""
    following = after(found, 8)
    ends = not re.match(rf" ?[{HAN}]", following) or re.match(rf" ?(?:{CONTEXTS['teams']})", following)
    return bool(ends) and _after_team(found)


def _among_scores(found: Match) -> bool:
    """Whether a neighbour in the list decreases, as no range does."""
    beside = re.findall(r"(\d{1,2})[-–](\d{1,2})(?:[(（]\d+[)）])?[、，/ ]", before(found, 16)) + re.findall(
        r"[、，/ ](\d{1,2})[-–](\d{1,2})", after(found, 12)
    )
    return any(int(first) > int(second) for first, second in beside)


def _sets(found: Match) -> str:
    """`6-3/6-4`: the sets of a match."""
    sets = (re.split("[-–]", each) for each in found[0].split("/"))
    return "，".join("比".join(number(part, liang=False) for part in each) for each in sets)


def _per(found: Match) -> str | None:
    """`26元/公斤`: only after an amount."""
    head = before(found, 8)
    return _each(found["unit"]) if re.search(r"\d[^\s，。！？\d]{0,6}\Z|[美欧日港]?元\Z", head) else None


RULES: tuple[Rule, ...] = (
    rule("negative share", r"(?<![\dA-Za-z%)])[-−](?=百分之|千分之|[\d一二三四五六七八九十]+分之)", "负", needs="-−"),
    rule(
        "percent",
        rf"{START}(?P<sign>[-−+±])?(?P<low>{NUMBER})(?P<middle>[%‰])?(?:{_TO}(?P<second>[-−+](?=\d))?(?P<high>{NUMBER}))?"
        rf" ?(?P<per>[%‰‱])",
        _percent,
        needs="%‰‱",
    ),
    rule(
        "money",
        rf"(?<![A-Za-z])(?P<sign>[-−+])?(?P<currency>{_CURRENCY}) ?(?P<inner>[-−](?=\d))?(?P<low>{NUMBER})"
        rf"(?:(?P<low_scale>{SCALE})?(?: ?[-~–—] ?(?P=currency)?(?P<high>{NUMBER})))?"
        rf"(?: ?(?:(?P<scale>{alternatives(SCALES)})(?![A-Za-z])|(?P<chinese>{SCALE})))?"
        rf"(?:(?<=[万亿\d])(?:元|美元|美金|欧元|英镑|日元|港元))?{_PER}",
        _money,
        needs=_BEGIN_CURRENCIES,
    ),
    rule(
        "money with a code",
        rf"{START}(?P<sign>[-−+])?(?P<low>{NUMBER})(?P<chinese>{SCALE})? ?(?P<currency>{_CURRENCY})(?![A-Za-z]){_PER}",
        _money_with_code,
        needs=_BEGIN_CURRENCIES,
    ),
    rule(
        "ten thousands",
        rf"{START}(?P<low>{NUMBER})(?P<letter>[wW])(?![A-Za-z\d])",
        _ten_thousands,
        needs="wW",
    ),
    rule(
        "coordinate",
        r"(?<![\d.])(?P<degrees>\d{1,3}(?:\.\d+)?)°(?:(?P<minutes>\d{1,2}(?:\.\d+)?)[′'](?:(?P<seconds>\d{1,2}(?:\.\d+)?)[″\"])?)?"
        r" ?(?P<quarter>[NSEW](?![A-Za-z]))?",
        _coordinate,
        needs="°",
    ),
    rule(
        "temperature",
        rf"{START}(?P<sign>[-−+±])?(?P<low>{NUMBER})(?P<middle>°C?)?(?:{_TO}(?P<second>[-−])?(?P<high>{NUMBER}))? ?"
        r"(?P<unit>°[CF])",
        _temperature,
        needs="°",
    ),
    rule(
        "sets",
        r"(?<![\d.\-–])\d{1,2}[-–]\d{1,2}(?:/\d{1,2}[-–]\d{1,2})+(?![\d-])",
        _sets,
        needs="/",
    ),
    rule(
        "inches",
        rf"{START}(?P<low>{NUMBER})[\"″”](?=(?:{CONTEXTS['in_inches']}))",
        lambda found: f"{number(found['low'])}英寸",
        needs='"″”',
    ),
    rule(
        "fraction",
        rf"{START}(?P<sign>[-−])?(?:(?P<whole>\d{{1,3}})[又 ])?(?P<over>\d{{1,3}})(?:/| / )(?P<under>\d{{1,6}}(?:\.\d+)?)"
        rf"(?P<scale>百万|十万|[万亿])?(?: ?(?P<unit>{UNIT}))?(?![\d/.]|月| /)",
        _fraction,
        needs="/",
    ),
    rule("fraction in one sign", rf"(?:(?P<whole>(?<![\d.])\d+) ?)?(?P<vulgar>[{_VULGAR}])", _vulgar, needs=_VULGAR),
    rule("result with halves", r"(?<=½)[-–](?=\d)|(?<=\d)[-–](?=\d{1,2}½)", "比", needs="½"),
    rule("ratio of shares", r"(?<=[%‰]) ?[:：] ?(?=\d[\d.]*[%‰])", "比", needs=":："),
    rule("ratio", rf"(?<![\d.:]){NUMBER}(?:[:：]{NUMBER})+(?!\d|[.:]\d)", _ratio, needs=":："),
    rule("score", r"(?<![\d.\-–A-Za-z])(\d{1,3})[-–—](\d{1,3})(?![\d.\-–—%‰A-Za-z°])", _score, needs="-–—"),
    rule(
        "lower end",
        rf"(?<![\d.A-Za-z/])(?<![A-Za-z]-)(?P<sign>[-−])?(?P<low>{NUMBER})(?P<scale>{SCALE})?(?P<joint>{_TO})"
        rf"(?=(?P<high>{NUMBER})(?![-–—]\d))",
        _low,
        needs="-~–—至到",
    ),
    rule(
        "measure",
        rf"(?<!(?<![\da-z])[A-Z]-)(?:{START}|{_VITAMIN})(?P<sign>[-−+±])?(?P<low>{NUMBER}) ?(?P<scale>{SCALE})?[ -]?(?P<unit>{UNIT}){_PER}",
        _measure,
        needs=_BEGIN_UNITS,
    ),
    rule(
        "amperes",
        rf"(?:(?<=V[/、,，×])|(?<=\dV))(?P<low>{NUMBER})A(?![A-Za-z])",
        lambda found: f"{number(found['low'])}安",
        needs="V",
    ),
    rule(
        "per two",
        rf"(?<=[A-Za-z{HAN}])/[(（](?P<unit>{alternatives(UNITS)})[·•](?P<other>{alternatives(UNITS)}|K)[)）]",
        lambda found: f"每{UNITS[found['unit']]}每{UNITS.get(found['other'], '开')}",
        needs="/",
    ),
    rule(
        "per",
        rf"(?<=[{HAN}])/(?P<unit>{UNIT}|(?:{CONTEXTS['counted_in']})(?![{HAN}](?<![的左上以之计])))",
        _per,
        needs="/",
    ),
    rule("to a measure", r"(?<=[A-Za-z²³°%]) ?[-–—~] ?(?=\d)", _to_a_measure, needs="-–—~"),
    rule("to what is counted", rf"(?<=[{HAN}]) ?[-–—] ?(?=第?\d)", _to_what_is_counted, needs="-–—"),
    rule("to an amount", rf"(?<=[%‰元万亿CmgL²{HAN}]) ?[~–] ?(?=[\d-])", "到", needs="~–"),
)
