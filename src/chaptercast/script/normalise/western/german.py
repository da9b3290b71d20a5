"""German."""

import re

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule
from chaptercast.script.normalise.western.amounts import START, amount_rules
from chaptercast.script.normalise.western.dates import date_rules, time_rules
from chaptercast.script.normalise.western.names import abbreviation_rules, equation_rules, name_rules, plain_rules
from chaptercast.script.normalise.western.tongue import Tongue, last_word, named, next_word, numeral

_WEAK_EN = frozenset(
    "am im vom zum beim dem den des zur ab bis seit ihren seinen meinen deinen unseren einen ihrem seinem meinem unserem einem jedem jeden diesem diesen "
    "ihrer seiner meiner unserer einer jeder dieser deren dessen letzten nächsten kommenden ersten ihres seines eines alle beiden ins".split()
)
_STRONG_S = frozenset("ein sein ihr mein dein unser euer kein".split())


class German(Tongue):
    """German: endings of ordinals, eins before nouns."""

    language = "de"
    separators = r".  '’"
    points = ","

    def integer(self, value: int, following: str = "") -> str:
        """ein and eine before a noun; hundert without ein before it."""
        if value == 1 and following:
            return "eine" if following in self.table["feminine"] or re.search(r"(?:ung|heit|keit|schaft|tion)\Z", following) else "ein"
        return numeral(value, "de")

    def number(self, written: str, following: str = "") -> str:
        """1 is eins unless it stands before a noun, which German writes with a capital."""
        return super().number(written, following if following[:1].isupper() else "")

    def measure(self, low: str, high: str | None, unit: str, found: Match) -> str:
        """In the dative the metre, the litre and their kin take an n: auf 800 Metern."""
        spoken = super().measure(low, high, unit, found)
        dative = re.search(r"(?:[Vv]on|[Mm]it|[Bb]ei|[Aa]us|[Nn]ach|[Aa]uf|[Ii]n|[Aa]b|[Zz]u)(?: (?:rund|etwa|circa|ca\.|über|fast|nur|knapp|gut|bis zu|mehr als))? \Z", before(found, 24))
        noun = next_word(found)
        plain = not noun[:1].isupper() or noun in ("Höhe", "Tiefe", "Entfernung", "Länge", "Breite", "Abstand")
        return f"{spoken}n" if dative and plain and spoken.endswith(("meter", "Meter", "liter", "Liter")) and low != "1" else spoken

    def year(self, value: int) -> str:
        """Neunzehnhundert, but zweitausend."""
        head, tail = divmod(value, 100)
        if 11 <= head <= 19:
            return f"{self.integer(head)}hundert{self.integer(tail) if tail else ''}"
        return self.integer(value)

    def ordinal(self, value: int, ending: str) -> str:
        """With its ending: `e`, `en`, `er`, `es`, `em`."""
        return numeral(value, "de", "ordinal").replace("million", "million").removesuffix("e") + ending

    def date(self, year: int | None, month: int, day: int, found: Match) -> str:
        """Am vierundzwanzigsten November."""
        spoken = f"{self.ordinal(day, _ending(found))} {self.months[month - 1]}"
        return f"{spoken} {self.year(year)}" if year else spoken

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:
        """Zwanzig Uhr fünfzehn."""
        spoken = f"{'ein' if hour == 1 else self.integer(hour)} Uhr"
        if minute or second:
            spoken += f" {self.integer(minute)}"
        return f"{spoken} und {self.integer(second)} Sekunden" if second else spoken

    def price(self, whole: int, hundredths: int, currency: str) -> str:
        """Vierzehn Euro neunzig."""
        forms = self.currencies[currency]
        if not whole and len(forms) > 2:
            return f"{self.integer(hundredths, 'Cent')} {forms[2]}"
        spoken = f"{self.integer(whole, forms[0])} {forms[0] if whole == 1 else forms[1]}"
        return f"{spoken} {self.integer(hundredths)}" if hundredths else spoken

    def per(self, name: str) -> str:
        """`€/Monat`, `kg/m²`."""
        return f"pro {self.units[name][0] if name in self.units else name}"

    def fraction(self, whole: str | None, over: int, under: int, found: Match) -> str | None:
        """Zwei Drittel, zweieinhalb, ein halber Liter."""
        if over >= under or under > 100:
            return None
        if whole and (over, under) == (1, 2):
            return ("eineinhalb" if whole == "1" else f"{self.number(whole)}einhalb").replace("eins", "ein")
        part = {2: "halb", 3: "Drittel", 7: "Siebtel", 16: "Sechzehntel"}.get(under)
        part = part or self.ordinal(under, "").removesuffix("t").removesuffix("s") + ("stel" if under >= 20 else "tel")
        if under == 2 and last_word(found) in ("ein", "eine", "einen", "einem", "einer"):
            return {"ein": "halber" if re.match(r" (?:Liter|Meter|Kilometer|Tag|Löffel|Teelöffel|Esslöffel|Becher)", after(found, 12)) else "halbes", "eine": "halbe"}.get(last_word(found), "halben")
        if under == 2:
            return "ein halber" if re.match(r" (?:Liter|Meter|Kilometer|Tag|Löffel|Teelöffel|Esslöffel|Becher)", after(found, 12)) else "ein halbes" if re.match(
                r" (?:Kilo|Pfund|Jahr|Glas|Dutzend)", after(found, 10)
            ) else "eine halbe" if re.match(r" [A-ZÄÖÜ]", after(found, 2)) else "ein halb"
        spoken = f"{'ein' if over == 1 else self.integer(over)} {part[0].upper()}{part[1:]}"
        return f"{self.number(whole)} {spoken}" if whole else spoken


def _ending(found: Match) -> str:
    """The ending of an ordinal, from the word before it: `der` may be of four cases, of which the nominative is the commonest."""
    word = last_word(found)
    if word in ("der", "die", "das", "diese", "dieses", "jedes", "jede"):
        earlier = re.search(rf"(?:in|an|auf|mit|von|aus|bei|nach|zu|seit|vor|unter|über|während|wegen|ab|trotz|Anfang|Ende|Mitte|Beginn|zwischen|neben|hinter) {word} \Z", before(found, 24))
        return "en" if earlier and word == "der" else "e"
    if word in _WEAK_EN:
        return "en"
    return "es" if word in _STRONG_S else "en" if word else "er"


_T = German()
_MONTHS = named(_T.table["months"])
_DAYS = named(_T.table["weekdays"])
_NUMERAL = r"[IVX]+"


def _day(found: Match) -> str | None:
    day = int(found["day"])
    if not 1 <= day <= 31:
        return None
    ending = _ending(found)
    spoken = _T.ordinal(day, ending)
    if found["last"]:
        spoken += f" bis {_T.ordinal(int(found['last']), ending)}"
    if not found["month"]:
        return spoken
    year = f" {_T.year(int(found['year']))}" if found["year"] else ""
    return f"{spoken} {_T.months[_T.table['months'][found['month'].rstrip('.')] - 1]}{year}"


def _day_and_month(found: Match) -> str | None:
    """`24.12.` without a year."""
    day, month = int(found[1]), int(found[2])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"{_T.ordinal(day, _ending(found))} {_T.months[month - 1]}"


def _ordinal(found: Match) -> str | None:
    """A number with a full stop: an ordinal where it cannot end a sentence."""
    if not last_word(found) or not re.match(r" (?:[a-zäöü]|[A-ZÄÖÜ][a-zäöüß]+(?<! Der)(?<! Die)(?<! Das)(?<! Ein)(?<! Wir)(?<! Sie)(?<! Er)(?<! Es)(?<! Ich)(?<! Im)(?<! In)(?<! Am))", after(found, 20)):
        return None
    word = last_word(found)
    if word in ("wurde", "wird", "war", "als", "werde", "wurden"):
        return _T.ordinal(int(found[1]), "er").capitalize()
    known = word in _WEAK_EN or word in _STRONG_S or word in ("der", "die", "das", "diese", "dieses", "jedes", "jede", "und")
    return _T.ordinal(int(found[1]), "en" if word == "und" else _ending(found)) if known else None


def _year(found: Match) -> str | None:
    value = int(found[0])
    if not 1100 <= value <= 1999 or re.match(r" (?:[A-ZÄÖÜ][a-zäöüß]+(?:en|er|n|s)\b|Mal\b|Euro\b|Meter\b|Prozent\b|[A-ZÄÖÜ][a-z]+e\b(?! (?:im|am|in)))", after(found, 24)):
        named = re.search(r"(?:[Ii]m Jahre?|[Ss]eit|[Vv]on|[Bb]is|[Aa]b|[Nn]ach|[Vv]or|\()[ ]?\Z", before(found, 8))
        return _T.year(value) if 1100 <= value <= 1999 and named and re.search(r"Jahre? \Z", before(found, 8)) else None
    return _T.year(value)


def _decade(found: Match) -> str:
    written = found[1]
    return f"{_T.year(int(written)) if len(written) == 4 else _T.integer(int(written))}er"


def _years(found: Match) -> str | None:
    first, last = int(found[1]), found[2]
    if not 1000 <= first <= 2100 or (len(last) == 4 and not first < int(last) <= 2100) or (len(last) == 2 and first % 100 >= int(last)):
        return None
    return f"{_T.year(first)} bis {_T.year(int(last))}"


def _ruler(found: Match) -> str | None:
    """Ludwig der Vierzehnte; in the genitive and dative by the word before the name."""
    value = roman.value(found["numeral"])
    if value is None:
        return None
    name, head = found["name"], before(found, 24)
    female = name.split()[-1] in ("Elisabeth", "Katharina", "Margarethe", "Maria", "Christina", "Isabella", "Kleopatra")
    if re.search(r"(?:[Vv]on|[Uu]nter|[Mm]it|[Bb]ei|[Nn]ach|[Zz]u|[Aa]us|[Ss]eit)(?: (?:Kaiser|König|Königin|Papst|Zar|Zarin))? \Z", head):
        article, ending = ("der" if female else "dem"), "en"
    elif re.search(r"(?:[Ff]ür|[Gg]egen|[Dd]urch|[Oo]hne|[Uu]m)(?: (?:Kaiser|König|Papst|Zar))? \Z", head):
        article, ending = ("die", "e") if female else ("den", "en")
    elif name.endswith("s") and name not in ("Pius", "Franziskus", "Darius", "Xerxes", "Kyros", "Ramses", "Johannes", "Nikolaus", "Julius", "Paulus", "Innozenz", "Markus", "Linus", "Clemens", "Ludovikus", "Gustavus"):
        article, ending = ("der" if female else "des"), "en"
    else:
        article, ending = ("die" if female else "der"), "e"
    return f"{name} {article} {_T.ordinal(value, ending).capitalize()}"


def _part(found: Match) -> str | None:
    value = roman.value(found["numeral"])
    return None if value is None else f"{found['head']} {_T.integer(value)}"


def _numbered(found: Match) -> str | None:
    """`II. Weltkrieg`."""
    value = roman.value(found[1])
    return None if value is None else _T.ordinal(value, _ending(found)).capitalize()


def _sign(found: Match) -> str | None:
    value = roman.value(found[0])
    return None if value is None else _T.integer(value)


def _telephone(found: Match) -> str:
    return ", ".join(_T.digits(group) for group in re.findall(r"\d+", found[0]))


def _called(found: Match) -> str | None:
    return _T.digits(found[0]) if re.search(r"(?:Notruf|Telefon|Tel\.|Nummer|Hotline|[Ww]ählen Sie|[Rr]ufen Sie|Durchwahl|PIN|Code|anrufen|unter|die) ?:? (?:\d{3} oder )?\Z", before(found, 24)) and not re.match(r" [A-ZÄÖÜ]", after(found, 2)) else None


_NAMES = (
    r"(?:(?:Kaiser|Kaiserin|König|Königin|Papst|Zar|Zarin|Sultan|Fürst|Herzog|Kurfürst|Pharao) [A-ZÄÖÜ][a-zäöü]+(?: [A-ZÄÖÜ][a-zäöü]+)?|(?:Ludwig|Wilhelm|Friedrich(?: Wilhelm)?|Heinrich|Karl|Otto|Konrad|Georg|Eduard|"
    r"Franz(?: Joseph)?|Joseph|Leopold|Maximilian|Ferdinand|Rudolf|Elisabeth|Katharina|Maria|Nikolaus|Alexander|Peter|Iwan|Napoleon|Philipp|Richard|Jakob|Johannes(?: Paul)?|Johannes|Benedikt|Pius|Leo|Gregor|Innozenz|"
    r"Paul|Urban|Gustav(?: Adolf)?|Christian|Margarethe|Harald|Albert|August|Ramses|Felipe|Juan Carlos|Alfons|Charles|James|Victor Emanuel|Viktor Emanuel|Mehmed|Darius|Lothar|Albrecht|Ernst|Johann|Sigismund|Stanislaus|Boris|Carol)s?)"
)  # fmt: skip
_PARTS = r"(?:Kapitel|Teil|Band|Akt|Szene|Buch|Typ|Stufe|Klasse|Artikel|Abschnitt|Phase|Hartz|Weltkrieg|Super Bowl|Rocky|Grad|Gruppe|Episode|Apollo|Vatikanum|Abitur|Figur|Tafel|Anhang|Liga)"

RULES: tuple[Rule, ...] = (
    rule("telephone", r"(?<![\w.,/-])(?:\+\d{1,3}[ /-]?(?:\(0\) ?)?|0)\d{1,5}[ /-]+\d{2,8}(?:[ -]\d{2,6}){0,3}(?![\w])", _telephone),
    rule("number that is called", r"(?<![\w.,-])\d{3,6}(?![\w%]|[.,]\d)", _called),
    *date_rules(_T),
    rule("date in words", rf"{START}(?P<day>\d{{1,2}})\.(?: ?[-–] ?(?P<last>\d{{1,2}})\.)? ?(?P<month>{_MONTHS})(?: (?P<year>[12]\d{{3}}))?(?!\w)", _day),
    rule("first of two dates", rf"{START}(?P<day>\d{{1,2}})\.(?P<last>)?(?P<year>)?(?P<month>)?(?= (?:bis|und|auf|oder|bis zum) (?:den |zum )?\d{{1,2}}\. ?(?:{_MONTHS}))", _day),
    rule("day and month", r"(?<![\w.,/])(\d{1,2})\.(\d{1,2})\.(?!\d)", _day_and_month, needs="."),
    *time_rules(
        _T,
        r"(?<![\w:.,])(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?)(?: ?Uhr| ?h)?(?![\w:])",
        not_times=r"(?:Maßstab|Verhältnis|gewann|gewannen|verlor|verloren|siegte|siegten|besiegte|mit|Endstand|Halbzeitstand|Ergebnis|Sieg|Niederlage|Stand)[^.]{0,20}\Z",
        lengths=r"(?:in|Zeit|nach|dauerte|Laufzeit|lief)[^.]{0,12}\Z",
    ),
    rule("time with a stop", r"(?<![\w:.,])(\d{1,2})\.(\d\d) ?Uhr(?!\w)", lambda found: _T.clock(int(found[1]), int(found[2]), None, found), needs="."),
    rule("full hour", r"(?<![\w:.,])(\d{1,2}) ?Uhr(?!\w)", lambda found: f"{'ein' if found[1] in ('1', '01') else _T.integer(int(found[1]))} Uhr"),
    *equation_rules(_T),
    rule("decade", r"(?<![\w.,])(\d{2}|\d{4})er(?![a-zäöü]{3})", _decade, needs="e"),
    rule("years", r"(?<![\w.,/$£€¥-])(\d{4}) ?[-–—/] ?(\d{4}|\d\d)(?![\w/%-]|[.,]\d| (?:Euro|Meter|Kilometer|Gramm|Menschen|Mark|€))", _years),
    *amount_rules(_T, score_words=r"(?i)\b(?:gew[ao]nn\w*|verlor\w*|siegte\w*|besiegte\w*|schlug\w*|schlagen|unterlag\w*|Endstand|Halbzeit\w*|Ergebnis|Sieg\w*|Niederlage|remis|Unentschieden|Spiel|Derby|Pokal|Finale)\b"),
    rule("year", r"(?<![\w.,$£€/-])1[1-9]\d\d(?![\w%/]|[.,]\d|-\d)", _year),
    rule("ruler", rf"(?<!\w)(?P<name>{_NAMES}) (?P<numeral>{_NUMERAL})(?:\.(?!\Z)|(?!\w))", _ruler, needs="IVX"),
    rule("numeral of a part", rf"(?<!\w)(?P<head>{_PARTS}s?) (?P<numeral>[IVXLC]+)(?![\w])", _part, needs="IVXLC"),
    rule("numbered", rf"(?<!\w)({_NUMERAL})\.(?= (?:Weltkrieg|Vatikan|Republik|Liga|Internationale|Reich|Akt|Kapitel|Teil|Symphonie|Sinfonie|Jahrhundert|Korps|Armee|Senat|Zivilkammer|Quartal|Klasse|Division|Bundesliga|Buch|Band))", _numbered, needs="IVX"),
    rule("Roman numeral sign", rf"[{roman.SIGNS}]+", _sign, needs=()),
    rule("item of a list", r"(?:(?m:^)|(?<=[.!?] ))(\d{1,2})\. (?=[^\W\d_“„])(?!(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)", lambda found: f"{_T.integer(int(found[1])).capitalize()}, ", needs="."),
    rule("ordinal", r"(?<![\w.,])(\d{1,4})\.(?= )", _ordinal, needs="."),
    rule("ordinal before a bracket", r"(?<![\w.,])(\d{1,3})\.(?=-[A-ZÄÖÜ]|[,)](?! ))", lambda found: _T.ordinal(int(found[1]), _ending(found)), needs="."),
    rule("times as much", r"(?<![\w.,])(\d+)(?:x|-mal|mal)(?!\w)", lambda found: f"{_T.integer(int(found[1])).replace('eins', 'ein')}mal", needs="xm"),
    rule("weekdays", rf"(?<!\w)({_DAYS})(?: ?[-–—] ?| bis )({_DAYS})(?!\w)", lambda found: " bis ".join(_T.table["weekdays"][found[n].rstrip(".")] for n in (1, 2)), needs="-–—"),
    *name_rules(_T),
    *abbreviation_rules(_T),
    rule("street", r"(?<=[a-zäöüß])(?:str\.)|(?<!\w)Str\.", lambda found: "Straße" if found[0][0] == "S" else "straße", needs="."),
    *plain_rules(_T),
)  # fmt: skip
