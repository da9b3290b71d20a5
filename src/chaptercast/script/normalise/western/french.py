"""French."""

import re

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule
from chaptercast.script.normalise.western.amounts import START, amount_rules
from chaptercast.script.normalise.western.dates import date_rules, time_rules
from chaptercast.script.normalise.western.names import abbreviation_rules, equation_rules, name_rules, plain_rules
from chaptercast.script.normalise.western.tongue import Tongue, next_word, numeral, pattern_of


class French(Tongue):
    """French: un and une, d'euros after millions, ordinals."""

    language = "fr"
    separators = r". '’"
    points = ","
    joined_fraction = True

    def integer(self, value: int, following: str = "") -> str:
        """une before a feminine noun: vingt et une heures."""
        spoken = numeral(value, "fr")
        if value % 10 == 1 and value % 100 not in (11, 71, 91) and self.is_feminine(following):
            return spoken + "e"
        return spoken

    def is_feminine(self, noun: str) -> bool:
        """By a list of nouns, and by endings that are sure."""
        return noun.lower() in self.table["feminine"].split() or bool(re.search(r"(?:tion|sion|ité|ence|ette|euse|trice|esse|ière|aine)s?\Z", noun))

    def is_one(self, written: str) -> bool:
        """Below two everything is singular: 1,5 mètre."""
        return bool(re.match(r"[01](?:,|\Z)", written))

    def ordinal(self, value: int, *, feminine: bool = False) -> str:
        """Deuxième, and premier or première."""
        if value == 1:
            return "première" if feminine else "premier"
        head = numeral(value, "fr")
        head = re.sub(r"(?<=quatre-vingt)s\Z|(?<=cent)s\Z|(?<=million)s\Z|e\Z", "", head)
        return re.sub(r"cinq\Z", "cinqu", re.sub(r"neuf\Z", "neuv", head)) + "ième"

    def date(self, year: int | None, month: int, day: int, found: Match) -> str:
        """Le premier mai, le deux mai; the article is the writer's."""
        spoken = f"{'premier' if day == 1 else self.integer(day)} {self.months[month - 1]}"
        return f"{spoken} {self.year(year)}" if year else spoken

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:
        """Quinze heures quarante."""
        spoken = f"{self.integer(hour, 'heures')} {'heure' if hour < 2 else 'heures'}"  # noqa: PLR2004
        if minute or second:
            spoken += f" {self.integer(minute, 'minutes')}"
        return f"{spoken} et {self.integer(second, 'secondes')} secondes" if second else spoken

    def money(self, low: str, high: str | None, scale: str, currency: str, found: Match) -> str:
        """Trois millions d'euros, deux milliards de dollars, cinq mille euros."""
        if not scale:
            return super().money(low, high, scale, currency, found)
        name, plural = self.scales[scale][0 if self.is_one(low) and not high else 1], self.currencies[currency][1]
        joint = " " if name == "mille" else " d'" if plural[0] in "aeiouy" and currency != "¥" else " de "
        head = name if (name, low, high) == ("mille", "1", None) else f"{self.amount(low, high, name)} {name}"
        return f"{head}{joint}{plural}"

    def price(self, whole: int, hundredths: int, currency: str) -> str:
        """Seize euros cinquante."""
        forms = self.currencies[currency]
        if not whole and len(forms) > 2:
            return f"{self.integer(hundredths)} {forms[2] if hundredths == 1 else forms[3]}"
        spoken = f"{self.integer(whole, forms[1])} {forms[0] if whole < 2 else forms[1]}"  # noqa: PLR2004
        return f"{spoken} {self.integer(hundredths)}" if hundredths else spoken

    def fraction(self, whole: str | None, over: int, under: int, found: Match) -> str | None:
        """Deux tiers, un quart, deux et demi."""
        if over >= under:
            return None
        if under > 20 or re.search(r"échelle (?:de |du |au )?\Z", before(found, 14)):
            return f"{self.integer(over)} sur {self.integer(under)}"
        part = {2: "demi", 3: "tiers", 4: "quart"}.get(under) or self.ordinal(under)
        if over > 1 and under != 3:
            part += "s"
        if whole and (over, under) == (1, 2):
            noun = next_word(found)
            return f"{self.number(whole)} et demie" if self.is_feminine(noun) else f"{self.number(whole)} et demi"
        spoken = f"{self.integer(over)} {part}"
        return f"{self.number(whole)} et {spoken}" if whole else spoken


_T = French()
_MONTHS = pattern_of(_T.table["months"])
_DAYS = pattern_of(_T.table["weekdays"])
_NOUN = r"[^\\W\\d_]{2,20}"


def _day(found: Match) -> str | None:
    day = int(found["day"])
    if not 1 <= day <= 31:
        return None
    spoken = "premier" if day == 1 else _T.integer(day)
    if found["last"]:
        spoken += f" {'au' if re.search(r'(?:du|Du) $', before(found, 4)) else 'à'} {_T.integer(int(found['last']))}"
    year = f" {_T.year(int(found['year']))}" if found["year"] else ""
    return f"{spoken} {_T.months[_T.table['months'][found['month']] - 1]}{year}"


def _first(_found: Match) -> str:
    return "premier"


def _ordinal(found: Match) -> str:
    value, ending = int(found[1].replace(" ", "")), found[2]
    if value == 2 and ending.startswith("nd"):  # noqa: PLR2004
        return "seconde" if "e" in ending else "second"
    plural = "s" if ending.endswith("s") else ""
    return _T.ordinal(value, feminine=ending.rstrip("s") in ("re", "ère", "ere")) + plural


def _roman_ordinal(found: Match) -> str | None:
    value = roman.value(found["numeral"].upper())
    return None if value is None else _T.ordinal(value, feminine=found["ending"] in ("re", "ère")) + ("s" if found["ending"].endswith("s") else "")


def _ruler(found: Match) -> str | None:
    value = roman.value(found["numeral"])
    if value is None:
        return None
    if found["ending"]:
        return f"{found['name']} {'Première' if 're' in found['ending'] else 'Premier'}" if value == 1 else None
    if value == 1:
        return None
    return f"{found['name']} {_T.integer(value).capitalize()}"


def _part(found: Match) -> str | None:
    value = roman.value(found["numeral"])
    return None if value is None else f"{found['head']} {_T.integer(value)}"


def _sign(found: Match) -> str | None:
    value = roman.value(found[0])
    return None if value is None else _T.integer(value)


def _telephone(found: Match) -> str:
    groups = re.findall(r"\d+", found[0])
    return ", ".join(" ".join(["zéro", _T.integer(int(group))] if group[0] == "0" and int(group) else [_T.digits(group)] if len(group) > 3 or not int(group) else [_T.integer(int(group))]) for group in groups)


def _hour(found: Match) -> str | None:
    hour = int(found["hour"])
    return None if hour > 24 else f"{_T.integer(hour, 'heures')} {'heure' if hour < 2 else 'heures'}"  # noqa: PLR2004


_NAMES = (
    r"(?:(?:[Rr]oi|[Rr]eine|[Pp]ape|[Ee]mpereur|[Ii]mpératrice|[Tt]sar|[Tt]sarine|[Ss]ultan) [A-ZÀ-Þ][\w-]+|Louis(?:-Philippe)?|Henri|Charles|François|Napoléon|Philippe|Jean(?:-Paul)?|Élisabeth|Elisabeth|Elizabeth|Catherine|Guillaume|Frédéric|Georges?|"
    r"Édouard|Edouard|Jacques|Richard|Nicolas|Alexandre|Pierre|Ivan|Léopold|Albert|Baudouin|Benoît|Pie|Léon|Grégoire|Innocent|Urbain|Clément|Boniface|Paul|Juan Carlos|Felipe|Alphonse|Ferdinand|Joseph|François-Joseph|Otton|Ramsès|Ptolémée|"
    r"Cléopâtre|Darius|Xerxès|Cyrus|Hassan|Mohammed|Abdallah|Fouad|Gustave|Christian|Marguerite|Harald|Marie|Charles-Quint|Victor-Emmanuel|Humbert|Soliman|Mehmed|Murad|Rodolphe|Maximilien|Thoutmosis|Aménophis|Rainier|Childéric|Clotaire|Dagobert)"
)  # fmt: skip
_PARTS = r"(?:[Cc]hapitre|[Tt]ome|[Vv]olume|[Pp]artie|[Aa]cte|[Ss]cène|[Ll]ivre|[Tt]ype|[Pp]hase|[Aa]rticle|[Tt]itre|[Aa]nnexe|[Ff]igure|[Tt]ableau|[Cc]lasse|[Gg]roupe|[Nn]iveau|[Gg]rade|[Ss]tade|Apollo|Rocky|Vatican|Super Bowl|[Éé]pisode|Paris)"
_N = r"\d{1,3}(?: \d{3})+|\d+"

RULES: tuple[Rule, ...] = (
    rule("telephone", r"(?<![\w.,/-])(?:(?:\+\d{1,3} ?(?:\(0\) ?)?\d|0\d)(?:[ .-]\d{2}){4}|0 ?8\d\d(?: \d{2,3}){2,3})(?![\w])", _telephone),
    *date_rules(_T),
    rule("date in words", rf"{START}(?P<day>\d{{1,2}})(?:er)?(?:(?: ?[-–] ?| au )(?P<last>\d{{1,2}}))? (?P<month>{_MONTHS})(?: (?P<year>[12]\d{{3}}))?(?!\w)", _day),
    rule("first", rf"(?<![\w.,])1er(?= ?(?:{_MONTHS})|\W)", _first, needs="e"),
    *time_rules(
        _T,
        r"(?<![\w:.,])(?P<hour>\d{1,2})(?: ?h ?|:)(?P<minute>\d\d)(?:(?::| ?min ?)(?P<second>\d\d) ?s?)?(?: ?(?:min|mn))?(?: ?h(?!\w))?(?![\w:])",
        not_times=r"(?:échelle|rapport|ratio|proportion|score|victoire|défaite|battu|gagné|perdu)[^.]{0,20}\Z",
        lengths=r"(?:en|temps|durée|dure|après)[^.]{0,12}\Z",
    ),
    rule("hour", r"(?<![\w:.,])(?P<hour>\d{1,2}) ?h(?![\w/])", _hour),
    rule("hours of a range", r"(?<=h) ?[-–—] ?(?=\d{1,2} ?h)", " à ", needs="-–—"),
    *equation_rules(_T),
    rule("and a half", rf"{START}(\d{{1,3}}) ?(?:1/2|½) ({_NOUN})(?!\w)", lambda found: f"{_T.integer(int(found[1]), found[2])} {found[2]} et {'demie' if _T.is_feminine(found[2]) else 'demi'}", needs="½2"),
    *amount_rules(_T, score_words=r"(?i)\b(?:battu\w*|bat|battent|gagn\w+|perd\w*|victoire|défaite|match|score|finale|but|buts|mène\w*|mené\w*|imposé\w*|impose\w*|incliné\w*|incline\w*|nul|derby|set|sets|étrillé|écrasé|dominé\w*|s'est)\b"),
    rule("ordinal", rf"(?<![\w.,])({_N}) ?(ers?|res?|ères?|eres?|emes?|èmes?|es?|ndes?|nds?)(?!\w)(?<!\d )", _ordinal, needs="e n"),
    rule("ruler", rf"(?<!\w)(?P<name>{_NAMES}) (?P<numeral>[IVX]+)(?P<ending>er|re|ère)?(?!\w)", _ruler, needs="IVX"),
    rule("ordinal in Roman numerals", r"(?<![\w.])(?P<numeral>I(?=ers?|re|ère)|(?!I(?!I|V|X))[IVX]+(?=e(?:mes?|s)?(?!\w)|è))(?P<ending>ers?|res?|ères?|èmes?|emes?|es?)(?!\w)", _roman_ordinal, needs="IVX"),
    rule("century", r"(?<![\w.])(?P<numeral>[IVX]{2,}|[VX])(?P<ending>)(?= siècles?)", _roman_ordinal, needs="IVX"),
    rule("numeral of a part", rf"(?<!\w)(?P<head>{_PARTS}s?) (?P<numeral>[IVXLC]+)(?![\w'’])", _part, needs="IVXLC"),
    rule("Roman numeral sign", rf"[{roman.SIGNS}]+", _sign, needs=()),
    rule("weekdays", rf"(?<!\w)({_DAYS}) ?[-–—] ?({_DAYS})(?!\w)", lambda found: f"{_T.table['weekdays'][found[1]]} à {_T.table['weekdays'][found[2]]}", needs="-–—"),
    rule("weekdays with a word", rf"(?<!\w)({_DAYS}) (au|à|et) ({_DAYS})(?!\w)", lambda found: f"{_T.table['weekdays'][found[1]]} {found[2]} {_T.table['weekdays'][found[3]]}", needs="."),
    rule("all day", r"(?<![\w.,])24 ?h(?:eures)? ?(?:/|sur) ?24(?!\w)", "vingt-quatre heures sur vingt-quatre", needs="24"),
    rule("all week", r"(?<![\w.,])7 ?j(?:ours)? ?(?:/|sur) ?7(?!\w)", "sept jours sur sept", needs="7"),
    rule("decade in short", r"(?<=années )['’]?(\d0)(?!\d)", lambda found: _T.integer(int(found[1])).replace("quatre-vingts", "quatre-vingt")),
    rule("times as much", r"(?<![\w.,])(\d+)x(?!\w)", lambda found: f"{_T.integer(int(found[1]))} fois", needs="x"),
    *name_rules(_T),
    *abbreviation_rules(_T),
    *plain_rules(_T),
)  # fmt: skip

__all__ = ["RULES", "French", "after"]
