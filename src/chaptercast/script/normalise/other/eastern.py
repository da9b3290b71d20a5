"""Turkish, Hindi, Arabic, Vietnamese."""

import re

from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.grammar import Grammar, Noun
from chaptercast.script.normalise.western.dates import is_day
from chaptercast.script.normalise.western.number_grammar import numeral

_CRORE, _LAKH = 10**7, 10**5
_ARAB, _KHARAB, _NEEL, _PADMA = 10**9, 10**11, 10**13, 10**15
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
        for size, name in (
            (_PADMA, "पद्म"),
            (_NEEL, "नील"),
            (_PADMA, "पद्म"),
            (_NEEL, "नील"),
            (_KHARAB, "खरब"),
            (_ARAB, "अरब"),
            (_CRORE, "करोड़"),
            (_LAKH, "लाख"),
            (1000, "हज़ार"),
            (100, "सौ"),
        ):
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

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:  # noqa: ARG002
        """दस बजकर अड़तालीस मिनट; पाँच बजे."""
        if not minute and not second:
            return f"{self.integer(hour)} बजे"
        seconds = f" {self.integer(second)} सेकंड" if second else ""
        minutes = f" {self.integer(minute)} मिनट" if minute else ""
        return f"{self.integer(hour)} बजकर{minutes}{seconds}"


class Arabic(Grammar):
    """Arabic: the words of num2words, in the gender and case of where they stand; a noun after 3 to 10 is in the plural."""

    def integer(self, value: int, gender: str = "m", case: str = "n") -> str:
        """خمسة وعشرون, خمس وعشرين."""
        spoken = numeral(value, "ar").replace(" و ", " و")
        spoken = {200: "مئتان", 2000: "ألفان", 2_000_000: "مليونان"}.get(value, spoken).replace("مائة", "مئة")
        if gender == "f" and value % 100:
            head, _, _ = spoken.rpartition(numeral(value % 100, "ar").replace(" و ", " و"))
            spoken = head + self._feminine(value % 100)
        return _OBLIQUE.sub(lambda found: _CASES[found[0]], spoken) if case == "g" else spoken

    def _feminine(self, value: int) -> str:
        ones: list[str] = self.table["feminine"].split()
        tens, one = value - value % 10, value % 10
        if value <= 10:
            return ones[value - 1]
        if value < 20:
            return f"{ ({1: 'إحدى', 2: 'اثنتا'}.get(one) or ones[one - 1]) } عشرة"
        head = {1: "إحدى"}.get(one) or ones[one - 1] if one else ""
        return f"{head} و{self.integer(tens)}" if head else self.integer(tens)

    def case(self, found: Match) -> str:
        """The oblique case after prepositions, and after nouns that a number completes."""
        word = self.word_before(found)
        return "g" if word in self.table["genitive"].split() else "n"

    def range_cases(self, found: Match) -> tuple[str, str]:
        """Years complete the noun before them; after `إلى`, the second is oblique in any case."""
        low = found.groupdict().get("low") or ""
        return "g" if re.fullmatch(r"(?:19|20)\d\d", low) else self.case(found), "g"

    def year(self, value: int, case: str = "n") -> str:
        """ألف وتسعمئة وأربعة وستين."""
        return self.integer(value, "m", case)

    def day(self, value: int, found: Match) -> str:  # noqa: ARG002
        """الأول, الخامس عشر, الحادي والثلاثين."""
        ones: list[str] = self.table["ordinals"].split()
        if value <= 10:
            return ones[value - 1]
        one = "الحادي" if value % 10 == 1 else ones[value % 10 - 1]
        if value < 20:
            return f"{one} عشر"
        tens = "عشرين" if value < 30 else "ثلاثين"
        return f"{one} وال{tens}" if value % 10 else f"ال{tens}"

    def counted(self, written: str, noun: Noun, case: str = "n") -> str:
        """One stands behind its noun, and two is the noun itself: دولار واحد، دولاران."""
        name = noun.forms[0]
        if written in ("1", "2") and not name.startswith("ب"):
            return f"{name} واحد{'ة' * name.split()[0].endswith('ة')}" if written == "1" else _dual(name)
        return _CONSTRUCT.sub("", super().counted(written, noun, case))

    def fraction(self, over: int, under: int) -> str | None:
        """نصف، ثلاثة أرباع، خمسة على اثني عشر."""
        single: list[str] = self.table["parts"].split()
        many: list[str] = self.table["many_parts"].split()
        if not 2 <= under <= 10 or over > 10:
            return f"{self.integer(over)} على {self.integer(under)}"
        if over == 1:
            return single[under - 2]
        return f"{single[under - 2]}ان" if over == 2 else f"{self.integer(over)} {many[under - 2]}"

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:  # noqa: ARG002
        """العاشرة والنصف; الثامنة وعشرون دقيقة."""
        hours: list[str] = self.table["hours"].split("|")
        own = {15: " والربع", 30: " والنصف"} if second is None else {}
        minutes = own.get(minute) or (f" و{self.counted(str(minute), self.units['min'])}" if minute else "")
        seconds = f" و{self.counted(str(second), self.units['s'])}" if second else ""
        return f"{hours[hour % 24]}{minutes}{seconds}"


_CASES = {
    **{f"{stem}ون": f"{stem}ين" for stem in ("عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")},
    "اثنان": "اثنين", "اثنا": "اثني", "اثنتان": "اثنتين", "اثنتا": "اثنتي", "مئتان": "مئتين", "ألفان": "ألفين", "مليونان": "مليونين",
}  # fmt: skip
_OBLIQUE = re.compile(
    "|".join(sorted((rf"(?:(?<!\w)|(?<=(?<!\w)و)){word}(?!\w)" for word in _CASES), key=len, reverse=True))
)


_CONSTRUCT = re.compile(r"(?<=\A[مأ][ئل][تف][اي])ن(?= (?!و))")
"""What 200 and 2000 lose before what they count: مئتا كيلومتر."""


_ERAS = {"م": "ميلادي", "ه": "هجري"}


def _dual(name: str) -> str:
    """The dual of a noun and of the adjective after it; not of what follows a preposition, or completes the noun: كيلوواطا ساعة."""
    words = name.split()
    if words[1:] == ["ساعة"]:
        return f"{words[0]}ا {words[1]}"
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
            rule(
                "ordinal after thứ", r"(?<=(?<!\w)[Tt]hứ )\d{1,2}(?!\w|[.,]\d)", lambda found: g.ordinal(int(found[0]))
            ),
        )
    if g.code == "hi":
        return _hindi(g)
    if g.code == "ar":
        nouns: str = g.table["ordered"]
        return (
            rule(
                "ordinal after its noun",
                rf"(?P<noun>(?:(?<!\w)|(?<=(?<!\w)و))(?:{nouns})) (?P<number>[1-9]|[12]\d|3[01])(?!\w|[.,]\d)",
                lambda found: f"{found['noun']} {g.day(int(found['number']), found)}",
            ),
            rule(
                "year with its era",
                r"(?<=(?:عام|سنة) )((?:1\d|20)\d\d) ?(م|ه)(?:ـ|\.)?(?!\w)",
                lambda found: f"{g.year(int(found[1]), 'g')} {_ERAS[found[2]]}",
                needs="مه",
            ),
            rule(
                "part of a definite noun",
                r"(?<![\w.,/])2/([3-9]|10)(?= ال)",
                lambda found: str(g.fraction(2, int(found[1]))).removesuffix("ن"),
                needs="/",
            ),
        )
    if g.code == "tr":
        return _turkish(g)
    return ()


def _hindi(g: Grammar) -> tuple[Rule, ...]:
    english: list[str] = g.table["english_ordinals"].split()
    endings: dict[str, str] = {
        ending: gender for gender, written in g.table["written_ordinals"].items() for ending in written.split()
    }
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
        rule(
            "postal code",
            r"(?<=[\u0900-\u097f] )[1-9]\d{5}(?=\s*(?:\Z|[।,]))",
            lambda found: g.digits(found[0]),
        ),
        rule("years before Christ", r"(?<!\w)ई\. ?पू\.", "ईसा पूर्व", needs="ई"),
        rule("day and month", r"(?<![\w.,/-])([0-3]\d)-(0\d|1[0-2])(?![\w/-]|\.\d)", day_and_month, needs="-"),
    )


_BACK = str.maketrans("ei", "aı")
"""Endings after `lira` have its vowels."""


def _turkish(g: Grammar) -> tuple[Rule, ...]:
    """A number with its case after an apostrophe: `1998'de`, `%20'si`."""

    def with_case(found: Match) -> str | None:
        time = re.fullmatch(r"([0-2]?\d)[.:]([0-5]\d)", found["number"])
        if time and re.fullmatch("[dt][ae]n?|[yn]?[ıiuü]", found["ending"]):
            return f"{g.clock(int(time[1]), int(time[2]), None, found)}’{found['ending']}"
        percent = f"{g.units['%'].forms[0]} " if found["percent"] else ""
        last = g.number(found["number"])
        return f"{percent}{last}’{found['ending']}"

    def ordinal(found: Match) -> str:
        return g.ordinal(int(found[1]))

    def lira(found: Match) -> str:
        return f"lira{found[1].translate(_BACK)}"

    return (
        rule("lira with a case", r"(?<=[\d%a-z] )TL['’]([a-zçğıöşü]{1,5})(?!\w)", lira, needs="T"),
        rule(
            "number with a case",
            rf"(?<![\w.,/:-])(?P<percent>% ?)?(?P<number>{g.number_pattern})['’]"
            r"(?!inci|nci|üncü|uncu|ıncı)(?P<ending>[a-zçğıöşü]{1,6})(?!\w)",
            with_case,
            needs="'’",
        ),
        rule("ordinal with its ending", r"(?<![\w.,/])(\d{1,4})['’](?:[ıiuü]?nc[ıiuü])(?!\w)", ordinal, needs="'’"),
    )
