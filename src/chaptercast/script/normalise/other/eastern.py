"""Turkish, Hindi, Arabic, Vietnamese."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.grammar import Grammar, Noun
from chaptercast.script.normalise.western.dates import is_day
from chaptercast.script.normalise.western.tongue import numeral, precedes

_CRORE, _LAKH = 10**7, 10**5
_ARAB, _KHARAB = 10**9, 10**11
_HINDI_YEARS = range(1100, 2000)


class Turkish(Grammar):
    """Turkish: its words stand apart."""

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Yirmi bir, iki bin yirmi dört."""
        words = self.table["numerals"].split()
        joined = numeral(value, "tr")
        return re.sub(rf"({'|'.join(words)})(?=\w)", r"\1 ", joined)

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Yirminci, on dördüncü."""
        endings: dict[str, str] = self.table["ordinal_forms"]
        head, space, last = self.integer(value).rpartition(" ")
        return f"{head}{space}{endings.get(last, f'{last}inci')}"

    def measured(self, low: str, high: str | None, noun: Noun, found: Match) -> str:
        """Yüzde stands before its number."""
        spoken = super().measured(low, high, noun, found)
        for word in ("yüzde", "binde"):
            if spoken.endswith(f" {word}"):
                return f"{word} {spoken.removesuffix(f' {word}')}"
        return spoken

    def ruler(self, name: str, value: int) -> str:
        """Mehmed II → İkinci Mehmed."""
        said = self.ordinal(value)
        return f"{'İ' if said[0] == 'i' else said[0].upper()}{said[1:]} {name}"


class Hindi(Grammar):
    """Hindi: the numbers up to a hundred are words of their own; larger ones go by lakhs and crores."""

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """एक सौ तेईस, पचास लाख."""
        small: list[str] = self.table["numerals"].split()
        if value < 100:
            return small[value]
        for size, name in ((_KHARAB, "खरब"), (_ARAB, "अरब"), (_CRORE, "करोड़"), (_LAKH, "लाख"), (1000, "हज़ार"), (100, "सौ")):
            if value >= size:
                head = f"{self.integer(value // size)} {name}"
                return f"{head} {self.integer(value % size)}" if value % size else head
        return self.digits(str(value))

    def year(self, value: int, case: str = "n") -> str:  # noqa: ARG002
        """उन्नीस सौ सत्तर."""
        if value in _HINDI_YEARS:
            rest = f" {self.integer(value % 100)}" if value % 100 else ""
            return f"{self.integer(value // 100)} सौ{rest}"
        return self.integer(value)

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """पहला, चौदहवाँ; पहली, चौदहवीं; पहले, चौदहवें."""
        own: dict[str, str] = self.table["own_ordinals"]
        ending = {"f": "ी", "o": "े"}.get(gender, "ा")
        if str(value) in own:
            return own[str(value)] + ending
        nasal = {"f": "वीं", "o": "वें"}.get(gender, "वां")
        number = self.year(value) if value in _HINDI_YEARS else self.integer(value)
        return number + nasal

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:
        """दस बजकर अड़तालीस मिनट; पाँच बजे."""
        if not minute and not second:
            return f"{self.integer(hour)} बजे"
        seconds = f" {self.integer(second)} सेकंड" if second else ""
        minutes = f" {self.integer(minute)} मिनट" if minute else ""
        return f"{self.integer(hour)} बजकर{minutes}{seconds}"


class Arabic(Grammar):
    """Arabic: numbers in the masculine, as num2words has them; a noun after 3 to 10 in the plural."""

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """خمسة وعشرون."""
        spoken = numeral(value, "ar").replace(" و ", " و")
        return {100: "مئة", 200: "مئتان", 2000: "ألفان", 2_000_000: "مليونان"}.get(value, spoken).replace("مائة", "مئة")

    def counted(self, written: str, noun: Noun, case: str = "n") -> str:
        """One stands behind its noun, and two is the noun itself: دولار واحد، دولاران."""
        name = noun.forms[0]
        if written in ("1", "2") and not name.startswith("ب"):
            return f"{name} واحد{'ة' * name.split()[0].endswith('ة')}" if written == "1" else _dual(name)
        return super().counted(written, noun, case)

    def fraction(self, over: int, under: int) -> str | None:
        """نصف، ثلاثة أرباع، خمسة على اثني عشر."""
        single: list[str] = self.table["parts"].split()
        many: list[str] = self.table["many_parts"].split()
        if not 2 <= under <= 10 or over > 10:
            return f"{self.integer(over)} على {self.integer(under)}"
        if over == 1:
            return single[under - 2]
        return f"{single[under - 2]}ان" if over == 2 else f"{self.integer(over)} {many[under - 2]}"

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:
        """العاشرة وثلاثون دقيقة."""
        hours: list[str] = self.table["hours"].split("|")
        minutes = f" و{self.integer(minute)} دقيقة" if minute else ""
        seconds = f" و{self.integer(second)} ثانية" if second else ""
        return f"{hours[hour % 24]}{minutes}{seconds}"


def _dual(name: str) -> str:
    """The dual of a noun and of the adjective after it; not of what follows a preposition."""
    words = name.split()
    ends = words.index("في") if "في" in words else len(words)
    duals = [f"{word.removesuffix('ة')}{'ت' * word.endswith('ة')}ان" for word in words[:ends]]
    return " ".join([*duals, *words[ends:]])


class Vietnamese(Grammar):
    """Vietnamese."""

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Hai mươi mốt."""
        spoken = numeral(value, "vi")
        rest = value % 1000
        if value > 1000 and 0 < rest < 100:
            return re.sub(r"nghìn lẻ (?=\w)", "nghìn không trăm lẻ " if rest < 10 else "nghìn không trăm ", spoken)
        return spoken

    def ordinal(self, value: int, gender: str = "m", case: str = "n") -> str:  # noqa: ARG002
        """Nhất, tư; others as the number."""
        return {1: "nhất", 4: "tư"}.get(value, self.integer(value))


def early_rules(g: Grammar) -> tuple[Rule, ...]:
    """Before the rules that languages share."""
    if g.code == "vi":
        return (
            rule("ordinal after thứ", r"(?<=(?<!\w)[Tt]hứ )\d{1,2}(?!\w|[.,]\d)", lambda found: g.ordinal(int(found[0]))),
        )
    if g.code == "hi":
        return _hindi(g)
    if g.code == "tr":
        return _turkish(g)
    return ()


def _hindi(g: Grammar) -> tuple[Rule, ...]:
    english: list[str] = g.table["english_ordinals"].split()
    endings = {"ला": "m", "ली": "f", "ले": "o", "रा": "m", "री": "f", "रे": "o", "था": "m", "थी": "f", "थे": "o", "ठा": "m", "ठी": "f", "ठे": "o", "वां": "m", "वाँ": "m", "वा": "m", "वीं": "f", "वी": "f", "वें": "o", "वे": "o"}  # fmt: skip
    pattern = "|".join(sorted(endings, key=len, reverse=True))

    def ordinal(found: Match) -> str | None:
        value, head = int(found[1]), found[2][0]
        fits = {"ल": value == 1, "र": value in (2, 3), "थ": value == 4, "ठ": value == 6}.get(head, True)
        return g.ordinal(value, endings[found[2]]) if fits else None

    def loan(found: Match) -> str | None:
        value = int(found[1])
        return english[value - 1] if 1 <= value <= len(english) else None

    def joined(found: Match) -> str:
        return f"{g.number(found[1])} बाई {g.number(found[2])}"

    def day_and_month(found: Match) -> str | None:
        day, month = int(found[1]), int(found[2])
        return g.date(None, month, day, found) if is_day(month, day) else None

    return (
        rule("ordinal", rf"(?<![\w.,/])(\d{{1,7}})-?({pattern})(?![\w\u0900-\u0963])", ordinal),
        rule("English ordinal", r"(?<![\w.,/])(\d{1,2})(?:st|nd|rd|th)(?!\w)", loan, needs="tdh"),
        rule("by", r"(?<![\w.,/])(\d{1,5}) ?[xX×] ?(\d{1,5})(?![\w.,/])", joined, needs="xX×"),
        rule("years before Christ", r"(?<!\w)ई\. ?पू\.", "ईसा पूर्व", needs="ई"),
        rule("day and month", r"(?<![\w.,/-])([0-3]\d)-(0\d|1[0-2])(?![\w/-]|\.\d)", day_and_month, needs="-"),
    )


def _turkish(g: Grammar) -> tuple[Rule, ...]:
    """A number with its case after an apostrophe: `1998'de`, `%20'si`."""

    def with_case(found: Match) -> str | None:
        if re.fullmatch(r"[0-2]?\d[.:][0-5]\d", found["number"]) and precedes("(?i:saat) ", found):
            return None
        percent = f"{g.units['%'].forms[0]} " if found["percent"] else ""
        last = g.number(found["number"])
        return f"{percent}{last}’{found['ending']}"

    def ordinal(found: Match) -> str:
        return g.ordinal(int(found[1]))

    return (
        rule(
            "number with a case",
            rf"(?<![\w.,/:-])(?P<percent>% ?)?(?P<number>{g.number_pattern})['’](?!inci|nci|üncü|uncu|ıncı)(?P<ending>[a-zçğıöşü]{{1,6}})(?!\w)",
            with_case,
            needs="'’",
        ),
        rule("ordinal with its ending", r"(?<![\w.,/])(\d{1,4})['’](?:[ıiuü]?nc[ıiuü])(?!\w)", ordinal, needs="'’"),
    )
