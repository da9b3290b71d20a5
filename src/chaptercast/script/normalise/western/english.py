"""English."""

import re

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import DIGITS, Match, Rule, after, before, rule
from chaptercast.script.normalise.western.amounts import START, amount_rules
from chaptercast.script.normalise.western.dates import date_rules, time_rules
from chaptercast.script.normalise.western.names import abbreviation_rules, equation_rules, name_rules, plain_rules
from chaptercast.script.normalise.western.tongue import Tongue, last_word, named, next_word, numeral

_NOT_A_NOUN = frozenset(
    "a about above after again ago all also altogether an and any apiece are as at away back because been before below between both but by can could did do "
    "does down during each either every for from had has have he her here high his how i if in into is it its just last later less long "
    "low may more most much must near next no nor not now of off on once one only or other our out over own per plus she should since so "
    "soon still tall than that the their then there these they thick this those though through till to today tomorrow tonight too under "
    "until up upon us very was we were what when where whether which while who wide will with within without would yesterday yet you deep "
    "north south east west faster slower longer shorter heavier lighter higher lower taller older younger worth depending earlier".split()
)
_ARTICLES = frozenset("a an the this that its his her their our my your another each every one any first second third new".split())
_VERB_LIKE = frozenset("is was has does his this us its as plus across gas bus less always perhaps besides afterwards towards whereas".split())
_SINGULAR_ONLY = frozenset("people men women children police staff cattle guests feet fish sheep miles voters".split())
_BEFORE_YEAR = (
    r"(?:in|since|by|until|till|from|of|during|after|before|between|around|circa|early|late|mid|year|spring|summer|autumn|fall|winter|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|"
    r"and|to|class|through|ad|ce|season|election|throughout|for|on|back)"
)


class English(Tongue):
    """English, with numbers as they are read in Britain and America alike."""

    language = "en"
    day_first = False

    def integer(self, value: int, following: str = "") -> str:
        """Without the commas of num2words: they would be heard."""
        return numeral(value, "en").replace(",", "")

    def year(self, value: int) -> str:
        """By halves, but 2000 to 2009."""
        head, tail = divmod(value, 100)
        if value < 1000 or 2000 <= value < 2010 or value >= 10000 or head % 10 == 0 and tail < 10:
            return self.integer(value)
        if not tail:
            return f"{self.integer(head)} hundred"
        return f"{self.integer(head)} {'oh ' if tail < 10 else ''}{self.integer(tail)}"

    def name(self, written: str) -> str:
        """`747` by its digits, `A380` as `three eighty`, `4090` by halves."""
        if len(written) == 3 and written[0] != "0":
            head, tail = int(written[0]), int(written[1:])
            if tail:
                return f"{self.integer(head)} {'oh ' if tail < 10 else ''}{self.integer(tail)}"
        if len(written) == 4 and written[0] != "0":
            return self.year(int(written))
        return super().name(written)

    def date(self, year: int | None, month: int, day: int, found: Match) -> str:
        """Month before day, as in America, which Britain says as well."""
        spoken = f"{self.months[month - 1]} {self.ordinal(day)}"
        return f"{spoken}, {self.year(year)}" if year else spoken

    def ordinal(self, value: int) -> str:
        """Third, twenty-first."""
        return numeral(value, "en", "ordinal").replace(",", "")

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:
        """`20:15` as it stands; a full hour with o'clock, unless a.m. or p.m. follows."""
        half = found["half"]
        half = f" {half[0].lower()}.m." if half else ""
        stop = "." if half and found[0].endswith(".") and re.match(r"\s*\Z|\s+[A-Z]", after(found, 3)) else ""
        if not minute and second is None:
            hundred = "zero hundred" if hour == 0 else f"{self.integer(hour)} hundred"
            bare = self.integer(hour) if half else hundred if hour > 12 or hour == 0 else f"{self.integer(hour)} o'clock"
            return (bare + half).removesuffix(".") + ("." if half else "") + stop.strip(".")
        spoken = f"{self.integer(hour)} {'oh ' if 0 < minute < 10 else ''}{self.integer(minute) if minute else 'hundred'}"
        if second is not None:
            spoken += f" and {self.integer(second)} {'second' if second == 1 else 'seconds'}"
        return spoken + half

    def span(self, hours: int, minutes: int, seconds: int) -> str:
        """Two hours, fourteen minutes and seven seconds."""
        spoken = super().span(hours, minutes, seconds)
        head, seconds_too, tail = spoken.rpartition(" minutes ")
        return f"{head} minutes and {tail}" if seconds_too else spoken

    def measure(self, low: str, high: str | None, unit: str, found: Match) -> str:
        """In the singular before a noun: a ten kilometre run. A bare `m` may be a million."""
        if unit == "m" and not found["sign"] and (million := self._is_million(found)):
            return f"{self.amount(low, high, '')} {million}"
        name = self.unit(unit, low if not high else high)
        if _is_attribute(found):
            name = self.units[unit][0]
        if unit in ("ft", "ft.") and re.match(r" ?\d", after(found, 2)):
            name = "foot"
        end = "." if unit.endswith(".") and re.match(r"\s*\Z|\s+[A-Z]", after(found, 3)) else ""
        return f"{self.amount(low, high, name)} {name}{end}"

    def _is_million(self, found: Match) -> str:
        """`1.3m people`: no metres where a noun in the plural follows, or more."""
        word = next_word(found)
        plural = word in _SINGULAR_ONLY or (len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word not in _VERB_LIKE)
        return "million" if " " not in found[0] and plural and word not in ("metres", "meters", "steps", "hurdles", "miles") else ""

    def money(self, low: str, high: str | None, scale: str, currency: str, found: Match) -> str:
        """In the singular before a noun: a twenty million dollar grant."""
        spoken = super().money(low, high, scale, currency, found)
        singular, plural = self.currencies[currency][:2]
        if _is_attribute(found) and spoken.endswith(plural):
            return spoken.removesuffix(plural) + singular
        return spoken

    def price(self, whole: int, hundredths: int, currency: str) -> str:
        """Four dollars and seventy-five cents."""
        forms = self.currencies[currency]
        if len(forms) < 4:
            return f"{self.number(f'{whole}.{hundredths:02d}')} {forms[1]}"
        cents = f"{self.integer(hundredths)} {forms[2] if hundredths == 1 else forms[3]}"
        if not whole:
            return cents
        units = f"{self.integer(whole)} {forms[0] if whole == 1 else forms[1]}"
        return f"{units} and {cents}" if hundredths else units

    def per(self, name: str) -> str:
        """`$4/hour`, `5 m/s`."""
        return super().per({"mo": "month", "yr": "year", "wk": "week"}.get(name, name))

    def fraction(self, whole: str | None, over: int, under: int, found: Match) -> str | None:
        """Halves, quarters and so on; `of` before the thing that is measured (2/3 cup)."""
        if (over, under) == (9, 11) and not whole:
            return "nine eleven"
        if (over, under) == (24, 7):
            return "twenty-four seven"
        if (over, under) in {(50, 50), (20, 20)}:
            return f"{self.integer(over)} {self.integer(under)}"
        if over >= under or under > 100 and not whole:
            return f"{self.integer(over)} over {self.integer(under)}" if over > 40 else None
        part = {2: "half", 4: "quarter"}.get(under) or self.ordinal(under)
        if after(found, 1) == "-" and not whole:
            return f"{self.integer(over)} {part}" if over > 1 else part if under == 2 else f"{'quarter' if under == 4 else 'one ' + part}"
        if whole:
            one = "an" if under in (8, 11, 18, 80) else "a"
            return f"{self.number(whole)} and " + (f"{one} {part}" if over == 1 else f"{self.integer(over)} {_plural(part)}")
        noun = next_word(found)
        if noun and noun.lower() not in _NOT_A_NOUN and not after(found, 1).startswith("-"):
            joint = " a" if under == 2 else " of a"
            joint = "" if noun.endswith("s") or not re.match(r" (?:tea|table|cup|pint|mile|inch|litre|liter|gallon|pound|ounce|cent|hour|kilo|tsp|acre|stick|bottle|can|metre|meter|point)", after(found, 12)) else joint
        else:
            joint = ""
        if over == 1:
            head = "half" if under == 2 and (joint or noun == "of" or not noun) else "a quarter" if under == 4 else f"one {part}"
            return head + joint
        return f"{self.integer(over)} {_plural(part)}{joint}"

    def score(self, first: int, second: int) -> str:
        """Three one, and one nil; long numbers, as of votes, with to."""
        if max(first, second) > 30:
            return super().score(first, second)
        return " ".join(self.integer(goals) if goals or max(first, second) > 9 else "nil" for goals in (first, second))


def _plural(part: str) -> str:
    return "halves" if part == "half" else part + "s"


def _is_attribute(found: Match) -> bool:
    """Whether an amount stands before a noun as an adjective does: `a 10 km run`, `a $20 million grant`."""
    word = next_word(found)
    if not word or word.lower() in _NOT_A_NOUN or word[0].isupper() or not re.match(r"[ -][^\W\d_]", after(found, 2)):
        return after(found, 1) == "-" and bool(word)
    return last_word(found) in _ARTICLES


_T = English()
_MONTHS = named(_T.table["months"])
_DAYS = named(_T.table["weekdays"])


def _month_first(found: Match) -> str | None:
    month, day = _T.table["months"][found["month"].rstrip(".")], int(found["day"])
    if not 1 <= day <= 31:
        return None
    ordinal = _T.ordinal(day)
    if found["last"]:
        ordinal += f" to {_T.ordinal(int(found['last']))}"
    year = f", {_T.year(int(found['year']))}" if found["year"] else ""
    return f"{_T.months[month - 1]} {ordinal}{year}"


def _day_first(found: Match) -> str | None:
    month, day = _T.table["months"][found["month"].rstrip(".")], int(found["day"])
    if not 1 <= day <= 31:
        return None
    article = "" if last_word(found) in ("the", "of") or re.search(_DAYS + r",? \Z", before(found, 12)) else "the "
    ordinal = _T.ordinal(day)
    if found["last"]:
        ordinal += f" to {'the ' if article else ''}{_T.ordinal(int(found['last']))}"
    year = f" {_T.year(int(found['year']))}" if found["year"] else ""
    return f"{article}{ordinal} of {_T.months[month - 1]}{year}"


def _month_of_year(found: Match) -> str:
    return f"{_T.months[_T.table['months'][found[1].rstrip('.')] - 1]} {_T.year(int(found[2]))}"


def _iso_month(found: Match) -> str:
    return f"{_T.months[int(found[2]) - 1]} {_T.year(int(found[1]))}"


def _hour(found: Match) -> str:
    stop = "." if found["half"].endswith(".") else "."
    return f"{_T.integer(int(found['hour']))} {found['half'][0].lower()}.m{stop}" if int(found["hour"]) <= 24 else found[0]


def _hours(found: Match) -> str:
    return f"{_T.integer(int(found[1]))} to "


def _decade(found: Match) -> str:
    written = found["century"] or ""
    tens = {
        "0": "hundreds", "1": "tens", "2": "twenties", "3": "thirties", "4": "forties", "5": "fifties", "6": "sixties",
        "7": "seventies", "8": "eighties", "9": "nineties",
    }[found["tens"]]  # fmt: skip
    if written == "20" and found["tens"] == "0":
        return "two thousands"
    return f"{_T.integer(int(written))} {tens}" if written else tens


def _years(found: Match) -> str | None:
    first, last = int(found[1]), found[2]
    if not 1000 <= first <= 2100:
        return None
    if len(last) == 4:
        if not first < int(last) <= 2100 or _counts_things(found):
            return None
        return f"{_T.year(first)} to {_T.year(int(last))}"
    if first % 100 >= int(last):
        return None
    return f"{_T.year(first)} to {'oh ' if int(last) < 10 else ''}{_T.integer(int(last))}"


def _season(found: Match) -> str | None:
    first, last = int(found[1]), int(found[2])
    return f"{_T.year(first)} {'oh ' if last < 10 else ''}{_T.integer(last)}" if (first + 1) % 100 == last else None


def _counts_things(found: Match) -> bool:
    """Whether a noun in the plural follows: then a round number counts it, and is no year."""
    word = next_word(found)
    if found[0].isdecimal() and int(found[0]) % 10 and int(found[0]) > 1900 and word not in _SINGULAR_ONLY:
        return False
    if word in _SINGULAR_ONLY or word in ("square", "cubic", "extra", "new", "more", "or"):
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith("ss") and not word[0].isupper() and word.lower() not in _VERB_LIKE


def _year(found: Match) -> str | None:
    value = int(found[0])
    if _counts_things(found):
        return None
    prepared = re.search(rf"(?<![^\W_]){_BEFORE_YEAR}[ (“\"‘]{{1,2}}\Z", before(found, 14).lower())
    if 1900 <= value <= 2099 or (prepared and 1000 <= value <= 2199 and not re.match(r" (?:of|or so)\b", after(found, 6))):
        return _T.year(value)
    if re.search(r"[Yy]ear \Z", before(found, 5)):
        return _T.year(value)
    if 1100 <= value < 1900 and re.search(r"(?:\A|[.!?(] ?|[Tt]he |[”’]s )\Z", before(found, 4)) and re.match(r"[),:–-]| [a-z]", after(found, 2)):
        return _T.year(value)
    return None


def _era(found: Match) -> str:
    return _T.year(int(found[0])) if int(found[0]) > 100 and int(found[0]) % 100 else _T.integer(int(found[0]))


def _ordinal(found: Match) -> str:
    return f"{' ' if before(found, 1).isalpha() else ''}{_T.ordinal(int(found[1].replace(',', '')))}"


def _telephone(found: Match) -> str:
    groups = ", ".join(_T.digits(group) for group in re.findall(r"\d+", found[0]))
    return f"plus {groups}" if found[0].startswith("+") else groups


def _called(found: Match) -> str | None:
    calling = re.search(r"(?:[Cc]all(?:ed|ing)?|[Dd]ial(?:led|ed|ling|ing)?|[Rr]ing|[Pp]hone[d]?|[Tt]ext(?:ed|ing)?|[Tt]el\.?:?|hotline|helpline|number|extension|ext\.|PIN|code|zip)(?: is| at| on|:)?(?: \d{3,6} or)? ?\Z", before(found, 30))
    if not calling or re.match(r" (?:people|times|minutes|voters|of|million|[a-z]{4,}s\b)", after(found, 14)):
        return None
    return _T.digits(found[0])


def _ruler(found: Match) -> str | None:
    value = roman.value(found["numeral"])
    if value is None or (found["numeral"] == "I" and re.match(r" (?:am|was not|have|had|will|would|think|know|can|could|do|did|met|saw|say|said|love|like|believe|want)\b", after(found, 12))):
        return None
    return f"{found['name']} the {_T.ordinal(value).title()}"


def _part(found: Match) -> str | None:
    value = roman.value(found["numeral"])
    return None if value is None else f"{found['head']} {_T.integer(value)}"


def _century(found: Match) -> str | None:
    value = roman.value(found[1])
    return None if value is None else _T.ordinal(value)


def _series(found: Match) -> str | None:
    """`Rocky IV`, `Windows VII`: a numeral of two letters and more after a name."""
    value = roman.value(found[0])
    return None if value is None else _T.integer(value)


def _street(found: Match) -> str | None:
    """After a name, and not before one: Oak St., but `at St. Mary's`, `says Dr. Lee`."""
    if not re.search(r"(?:[A-Z][a-z]+|\dth|\dst|\dnd|\drd) \Z", before(found, 20)) or re.match(r" [A-Z][a-z]+(?:'s)?[ .,](?![A-Z])", after(found, 20)):
        return None
    ends = "." if re.match(r"\s*\Z|\s+[A-Z]", after(found, 3)) and found[0].endswith(".") else ""
    return {"St": "Street", "Dr": "Drive"}[found[1]] + ends


def _feet(found: Match) -> str:
    inches = f" {_T.number(found[2])}" if found[2] else ""
    return f"{_T.integer(int(found[1]))} foot{inches}" if inches else f"{_T.integer(int(found[1]))} feet"


_RULERS = r"(?:(?:King|Queen|Pope|Emperor|Empress|Tsar|Czar|Kaiser|Sultan|Prince|Princess|Saint|Pharaoh|Shah) [A-Z][a-z]+(?: [A-Z][a-z]+)?|(?:John Paul|Louis|Henry|Elizabeth|Richard|George|Edward|Charles|James|William|Mary|Philip|Napoleon|Catherine|Frederick|Nicholas|Alexander|Peter|Ivan|Wilhelm|Leopold|Ferdinand|Francis|Joseph|Otto|Ramses|Ramesses|Ptolemy|Cleopatra|Benedict|Pius|Leo|Gregory|Innocent|Clement|Urban|Boniface|Juan Carlos|Felipe|Alfonso|Gustav|Christian|Margrethe|Harald|Haakon|Darius|Xerxes|Cyrus|Mehmed|Murad|Suleiman|Abdullah|Hassan|Mohammed|Malcolm|Robert|Umberto|Victor Emmanuel|Pedro|Amenhotep|Thutmose|Tutankhamun|Justinian|Constantine|Theodosius|Valentinian|Albert|Rainier|Baldwin|Rama|Elizabeth))"
_PARTS = r"(?:World War|Chapter|Part|Act|Scene|Volume|Vol\.|Book|Section|Article|Phase|Type|Class|Stage|Level|Appendix|Figure|Table|Title|Super Bowl|Wrestlemania|WrestleMania|Grade|Group|Category|Mark|Episode|Canto|Round|Unit|Schedule|Apollo|Gemini|Saturn|Vatican|Division|Factor|Schedule|Tier|Lesson|Step|Module|Division|Corps|Symphony|Opus|Sonata|Rocky|Rambo|Pentium|Apple|Final Fantasy|Model)"

RULES: tuple[Rule, ...] = (
    rule("telephone", r"(?<![\w.])(?:\+\d{1,3}[ -])?(?:\(0?\d{2,5}\) ?|(?:1-)?\d{3}-)\d{3}[- ]\d{4}(?!\d)|(?<![\w.-])\d{3}-\d{4}(?![\w-])", _telephone),
    rule("telephone with spaces", r"(?<![\w./,-])(?:\+\d{1,3}[ -]?|0(?=\d))(?:\(0\) ?)?\d{1,5}(?:[ -]\d{2,8}){1,4}(?![\w])|(?<![\d.])0\d{9,10}(?!\d)|(?<![\w.])1?[ -]?800[ -]\d{3}[ -]\d{4}(?!\d)", _telephone),
    rule("number that is called", r"(?<![\w.,-])\d{3,6}(?![\w%-]|[.,]\d)", _called),
    rule("inches", r"(?<![\w.,])(\d+(?:\.\d+)?) ?in\.?(?= (?:tall|long|wide|deep|high|thick|by|x|of (?:rain|snow))(?!\w)|[,;)]|$)", lambda found: f"{_T.number(found[1])} {'inch' if found[1] == '1' else 'inches'}", needs="i"),
    rule("sharp", r"(?<=[CF])#(?!\w)", " sharp", needs="#"),
    rule("feet and inches", r"(?<![\w.])(\d{1,2})['′] ?(?:(\d{1,2}(?:\.\d)?)[\"″”]?(?!\w))?(?<!['′] )", _feet, needs="'′"),
    *date_rules(_T),
    rule("month first", rf"(?<!\w)(?P<month>{_MONTHS}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: ?[-–] ?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?)?(?:,? (?P<year>[12]\d{{3}}))?(?![\w:%]|[.,]\d)", _month_first),
    rule("day first", rf"{START}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: ?[-–] ?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?)? (?:of )?(?P<month>{_MONTHS})(?:,? (?P<year>[12]\d{{3}}))?(?!\w)", _day_first),
    rule("month of a year", rf"(?<!\w)({_MONTHS}),? ([12]\d{{3}})(?![\w]|[.,]\d)", _month_of_year),
    rule("month in digits", r"(?<![\w./-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\w/-])(?! season)", _iso_month, needs="-"),
    *time_rules(
        _T,
        r"(?<![\w:.])(?P<hour>\d{1,2})(?::|\.(?=\d\d ?[ap]\.?m\b))(?P<minute>\d\d)(?::(?P<second>\d\d))?(?: ?(?P<half>[AaPp]\.?[Mm](?:\.|(?!\w))))?(?![\w:]|[.,]\d)",
        not_times=r"(?:ratio|scale|mix|odds|proportion)[^.]{0,20}\Z",
        lengths=r"(?:in|finished|time|clocked|ran|record|took|lasted)[^.]{0,12}\Z",
    ),
    rule("hour", r"(?<![\w.,:])(?P<hour>\d{1,2}) ?(?P<half>[AaPp]\.?[Mm](?:\.|(?!\w)))", _hour),
    rule("hours of a range", r"(?<![\w.,:])(\d{1,2}) ?[-–] ?(?=\d{1,2}(?:[:.]\d\d)? ?[AaPp]\.?[Mm](?!\w))", _hours),
    rule("to an hour", r"(?<=[apAP][mM]|[mM]\.) ?[-–—] ?(?=\d{1,2}(?:[:.]\d\d)? ?[AaPp]\.?[Mm](?!\w))", " to ", needs="-–—"),
    rule("hours and minutes", r"(?<![\w.,])(\d{1,2}) ?h(?:rs?|ours?)? ?(\d{1,2}) ?m(?:ins?)?(?!\w)", lambda found: _T.span(int(found[1]), int(found[2]), 0), needs="h"),
    *equation_rules(_T),
    rule("decade", r"(?<![\w.,])['’‘]?(?P<century>1\d|20)?(?P<tens>\d)0(?:['’]?s)(?!\w)", _decade, needs="s"),
    rule("season", r"(?<![\w./,])((?:19|20)\d\d)[/–-](\d\d)(?![\w/])(?= (?:season|school|academic|fiscal|financial|tax|campaign|winter))", _season),
    rule("season with a slash", r"(?<![\w./,])((?:19|20)\d\d)/(\d\d)(?![\w/])", _season, needs="/"),
    rule("years", r"(?<![\w.,/$£€¥-])(\d{4}) ?[-–—] ?(\d{4}|\d\d)(?![\w/%-]|[.,]\d)", _years),
    *amount_rules(
        _T,
        score_words=r"(?i)\b(?:beat|beats|beaten|defeat\w*|won|wins?|winning|lost|lose\w*|draw|drew|scores?|scoring|final|victory|tied?|led|lead\w*|trail\w*|"
        r"match|game|set|goal\w*|semi-?final|penalt\w+|vote[ds]?|passed|ruling|decision|edged|thrashed|hammered|routed|downed|upset)\b",
    ),
    rule("year of the era", r"(?<![\w.,])\d{1,4}(?= ?(?:BCE?|B\.C\.|AD|A\.D\.|CE)(?!\w))|(?<=AD )\d{1,4}", _era),
    rule("year", r"(?<![\w.,$£€¥/-])[12]\d{3}(?![\w%/]|[.,]\d|-\d)", _year),
    rule("ordinal", r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d{1,6})(?:st|nd|rd|th)(?![a-z])", _ordinal, needs="sndrt"),
    rule("ruler", rf"(?<!\w)(?P<name>{_RULERS}) (?P<numeral>[IVX]+)(?!\w)", _ruler, needs="IVX"),
    rule("numeral of a part", rf"(?<!\w)(?P<head>{_PARTS}s?) (?P<numeral>[IVXLC]+)(?![\w'’])", _part, needs="IVXLC"),
    rule("century", r"(?<!\w)([IVX]+)(?:st|nd|rd|th)?(?= (?:[Cc]entury|[Cc]enturies|Olympi|Congress|Corps|Party Congress))", _century, needs="IVX"),
    rule("numeral of a series", r"(?<=[a-z] )(?!X+(?![IVX]))[IVX]{2,6}(?![\w.-])", _series, needs="IVX"),
    rule("numeral after a numeral", r"(?<=[IVX] and )[IVX]{2,6}(?!\w)", _series, needs="IVX"),
    rule("Roman numeral sign", rf"[{roman.SIGNS}]+", _series, needs=()),
    rule("street", r"(?<=[a-z] )(St|Dr)(?:\.|(?=[,;]|\Z))(?!\w)", _street, needs="SD"),
    rule("saint", r"(?<!\w)St\.? (?=[A-Z])", "Saint ", needs="S"),
    rule("doctor", r"(?<!\w)Dr\.?(?= [A-Z])", "Doctor", needs="D"),
    rule("number one", r"(?<!\w)No ?(?=1\b(?! [a-z]+s\b))", "number ", needs="N"),
    rule("times as much", r"(?<![\w.,])(\d+(?:\.\d+)?)x(?!\w)", lambda found: f"{_T.number(found[1])} times", needs="x"),
    rule("pence", r"(?<![\w.,£])(\d{1,3})p(?![\w.]\d|\w)", lambda found: f"{_T.integer(int(found[1]))} pence", needs="p"),
    rule("aircraft", r"(?<=Boeing )7\d7|(?<=Flight )\d{2,4}(?!\w)|(?<=Route )\d{3}(?!\w)|(?<=Highway )\d{3}(?!\w)", lambda found: _T.digits(found[0]) if len(found[0]) == 3 and found[0][0] == "7" else _T.name(found[0])),
    rule("version of a thing", r"(?<![\d.,])(?<=[A-Za-z] )(\d{1,3})\.(\d{2})(?![\d.,%]\d|[\w%])", lambda found: _version(found), needs="."),
    rule("version with v", r"(?<![\w])[vV](\d+)\.(\d+)(?![\d.])", lambda found: f"v {_T.integer(int(found[1]))} point {_T.integer(int(found[2]))}", needs="."),
    *name_rules(_T),
    rule("weekdays", rf"(?<!\w)({_DAYS}) ?[-–—] ?({_DAYS})(?!\w)", lambda found: " to ".join(_T.table["weekdays"][found[n].rstrip(".")] for n in (1, 2)), needs="-–—"),
    rule("months", rf"(?<!\w)({_MONTHS}) ?[-–—] ?({_MONTHS})(?!\w)", lambda found: " to ".join(_T.months[_T.table["months"][found[n].rstrip(".")] - 1] for n in (1, 2)), needs="-–—"),
    rule("pronouns", r"(?<!\w)(?:[Hh]e/(?=she)|[Ss]he/(?=he)|[Hh]is/(?=her)|[Hh]ers?/(?=his|him)|[Hh]im/(?=her)|[Tt]his/(?=that)|[Yy]es/(?=no)|[Tt]rue/(?=false))", lambda found: f"{found[0][:-1]} or ", needs="/"),
    *abbreviation_rules(_T),
    *plain_rules(_T),
)  # fmt: skip


def _version(found: Match) -> str | None:
    """`Figure 3.12`, `version 2.10`: the second number is one of a series, no decimal fraction."""
    if not re.search(r"(?:[Vv]ersion|[Ff]igure|Fig\.|[Tt]able|[Ss]ection|[Cc]hapter|[Rr]elease|[Uu]pdate|Python|Ubuntu|iOS|Android|macOS|Java|PHP|Ruby|Node|[Pp]aragraph|[Cc]lause|[Ee]quation|[Ee]xercise) \Z", before(found, 12)):
        return None
    if found[2][0] == "0":
        return f"{_T.integer(int(found[1]))} point {_T.digits(found[2])}"
    return f"{_T.integer(int(found[1]))} point {_T.integer(int(found[2]))}"


__all__ = ["DIGITS", "RULES", "English"]
