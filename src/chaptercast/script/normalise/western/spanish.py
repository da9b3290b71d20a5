"""Spanish."""

import re

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, after, before, rule
from chaptercast.script.normalise.western.amounts import START, amount_rules
from chaptercast.script.normalise.western.dates import date_rules, time_rules
from chaptercast.script.normalise.western.names import abbreviation_rules, equation_rules, name_rules, plain_rules
from chaptercast.script.normalise.western.tongue import Tongue, last_word, next_word, numeral, pattern_of

_ORDINALS = ("", "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo", "undécimo", "duodécimo")
_PARTS_OF_ONE = {2: "medio", 3: "tercio", 11: "onceavo", 12: "doceavo"}


class Spanish(Tongue):
    """Spanish: numbers agree with the noun after them."""

    language = "es"
    separators = r". "
    points = ",."
    joined_fraction = True

    def parts(self, written: str) -> tuple[str, str]:
        """A full stop before three digits parts thousands, before any others a fraction; commas the other way in America."""
        if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}|\d{1,3},000", written):
            return written.replace(",", ""), ""
        return super().parts(written)

    def integer(self, value: int, following: str = "") -> str:
        """uno loses its o before a noun, and uno and the hundreds are feminine before a feminine one."""
        spoken = re.sub(r"veintiuno(?= mil)", "veintiún", re.sub(r"(?<=[yo] un)o(?= mil)", "", numeral(value, "es")))
        if not following:
            return spoken
        if self.is_feminine(following):
            spoken = re.sub(r"(?<=[csv])ientos(?!\w)|(?<=quin)ientos|(?<=sete)cientos|(?<=nove)cientos", lambda found: found[0][:-2] + "as", spoken)
            return spoken.removesuffix("o") + "a" if spoken.endswith("uno") else spoken
        if spoken.endswith("veintiuno"):
            return spoken.removesuffix("veintiuno") + "veintiún"
        return spoken.removesuffix("o") if spoken.endswith("uno") and self._is_noun(following) else spoken

    def _is_noun(self, word: str) -> bool:
        return len(word) > 2 and word.lower() not in _NOT_NOUNS  # noqa: PLR2004

    def is_feminine(self, noun: str) -> bool:
        """By the ending of the noun, and a list of those where that would be wrong."""
        noun = noun.lower()
        if noun in self.table["feminine"]:
            return True
        return noun not in self.table["masculine"] and bool(re.search(r"(?:a|as|ción|ciones|sión|siones|dad|dades|tud|tudes)\Z", noun)) and len(noun) > 2

    def number(self, written: str, following: str = "") -> str:
        """Where it stands for itself, uno and veintiuno are whole."""
        if following and (following.lower() in _NOT_NOUNS or not self._is_noun(following)):
            following = ""
        return super().number(written, following)

    def unit(self, name: str, written: str) -> str:
        return super().unit(name, written)

    def measure(self, low: str, high: str | None, unit: str, found: Match) -> str:
        """Percentages do not agree; ranges of measures go from one to the other."""
        if unit in ("%", "‰"):
            name = self.units[unit][1]
            return f"{self.number(low)} a {self.number(high)} {name}" if high else f"{self.number(low)} {name}"
        spoken = super().measure(low, high, unit, found)
        return f"de {spoken}" if high and _may_begin_with_de(found) else spoken

    def money(self, low: str, high: str | None, scale: str, currency: str, found: Match) -> str:
        """Tres millones de euros, cinco mil euros."""
        if not scale:
            spoken = super().money(low, high, scale, currency, found)
            if re.search(r"mill(?:ón|ones) (?=\w+\Z)", spoken):
                head, unit = spoken.rsplit(" ", 1)
                return f"{head} de {unit}"
            return spoken
        name = self.scales[scale][0 if self.is_one(low) and not high else 1]
        joint = " " if name == "mil" else " de "
        head = name if (name, low, high) == ("mil", "1", None) else f"{self.amount(low, high, name)} {name}"
        return f"{head}{joint}{self.currencies[currency][1]}"

    def price(self, whole: int, hundredths: int, currency: str) -> str:
        """Dieciocho euros con cincuenta."""
        forms = self.currencies[currency]
        if not whole and len(forms) > 2:
            return f"{self.integer(hundredths, 'céntimos')} {forms[2] if hundredths == 1 else forms[3]}"
        spoken = f"{self.integer(whole, forms[1])} {forms[0] if whole == 1 else forms[1]}"
        return f"{spoken} con {self.integer(hundredths)}" if hundredths else spoken

    def date(self, year: int | None, month: int, day: int, found: Match) -> str:
        """Veintisiete de abril de dos mil veintiuno."""
        spoken = f"{self.integer(day)} de {self.months[month - 1]}"
        return f"{spoken} de {self.year(year)}" if year else spoken

    def clock(self, hour: int, minute: int, second: int | None, found: Match) -> str:
        """Las quince cuarenta."""
        spoken = "una" if hour == 1 else self.integer(hour, "horas") if hour == 21 else self.integer(hour)
        if minute:
            spoken += f" {self.integer(minute)}" if minute > 9 else f" y {self.integer(minute)}"
        if second:
            spoken += f" y {self.integer(second, 'segundos')} segundos"
        return f"{spoken} horas" if found[0].endswith("h") or found[0].endswith("horas") else spoken

    def ordinal(self, value: int, *, feminine: bool = False) -> str:
        """Cuarto, cuarta, vigésimo primero."""
        spoken = _ORDINALS[value] if value < len(_ORDINALS) else numeral(value, "es", "ordinal").replace("décimo ", "decimo")
        spoken = re.sub(r"decimo(?=[a-z])", "decimo", spoken)
        return re.sub(r"o\b", "a", spoken) if feminine else spoken

    def fraction(self, whole: str | None, over: int, under: int, found: Match) -> str | None:
        """Dos tercios, tres cuartos, dos y medio."""
        if over >= under or under > 100:
            return None
        if whole and (over, under) == (1, 2):
            return f"{self.number(whole)} y {'media' if self.is_feminine(next_word(found)) else 'medio'}"
        if (over, under) == (1, 2) and next_word(found):
            return "media" if self.is_feminine(next_word(found)) else "medio"
        if next_word(found) == "partes" and under > 2:
            return f"{self.integer(over)} {self.ordinal(under, feminine=True)}s"
        part = _PARTS_OF_ONE.get(under) or (self.ordinal(under) if under <= 10 else f"{self.integer(under).replace(' y ', 'i')}avo")
        spoken = f"{'un' if over == 1 else self.integer(over)} {part}{'' if over == 1 else 's'}"
        return f"{self.number(whole)} y {spoken}" if whole else spoken


_NOT_NOUNS = frozenset(
    "de del la las el los a al en y o u e que por para con sin se es son fue era está están ya no ni más menos como entre desde hasta sobre si su sus "
    "lo le les contra según tras ante bajo durante hacia cada pero sino cuando donde porque también tampoco hoy ayer mañana anoche ahora luego después antes votó ganó "
    "perdió tiene tienen hay había han ha he puntos2 por2 más2 coma punto grados2 mil millones millón".split()
)


def _may_begin_with_de(found: Match) -> bool:
    """`dura 3-4 horas`: de tres a cuatro; not after a preposition or the noun that the numbers name."""
    return last_word(found) not in ("de", "entre", "páginas", "página", "a", "capítulos", "años", "artículos", "números", "por", "con", "en", "los", "las", "unos", "unas", "del", "págs", "pp")


_T = Spanish()
_MONTHS = pattern_of(_T.table["months"])
_DAYS = pattern_of(_T.table["weekdays"])


def _day(found: Match) -> str | None:
    day = int(found["day"])
    if not 1 <= day <= 31:
        return None
    spoken = _T.integer(day)
    if found["last"]:
        spoken += f" al {_T.integer(int(found['last']))}"
    year = f" {found['of']} {_T.year(int(found['year']))}" if found["year"] else ""
    return f"{spoken} de {found['month']}{year}"


def _range(found: Match) -> str | None:
    low, high = found[1], found[2]
    if float(low.replace(".", "").replace(",", ".")) >= float(high.replace(".", "").replace(",", ".")):
        return None
    following = next_word_after(found, 2)
    joint = "y" if last_word(found) == "entre" else "a"
    de = "de " if joint == "a" and following and _may_begin_with_de(found) and following.lower() not in _NOT_NOUNS else ""
    return f"{de}{_T.number(low, following)} {joint} "


def next_word_after(found: Match, group: int) -> str:
    """The word after a group that is in a lookahead."""
    word = re.match(r" ([^\W\d_]+)", found.string[found.end(group) : found.end(group) + 30])
    return word[1] if word else ""


def _ordinal(found: Match) -> str:
    value, mark = int(found[1]), found[2]
    feminine = mark in "ªa"
    spoken = _T.ordinal(value, feminine=feminine)
    short = mark in ("er", "ᵉʳ") or (not feminine and value in (1, 3) and bool(next_word(found)) and next_word(found).lower() not in _NOT_NOUNS)
    return spoken.removesuffix("o") if short and value in (1, 3) else spoken


def _ruler(found: Match) -> str | None:
    value = roman.value(found["numeral"])
    if value is None:
        return None
    feminine = found["name"].split()[-1] in ("Isabel", "Catalina", "Cristina", "María", "Margarita", "Juana", "Cleopatra", "Victoria")
    return f"{found['name']} {(_T.ordinal(value, feminine=feminine) if value <= 10 else _T.integer(value)).capitalize()}"


def _century(found: Match) -> str | None:
    value = roman.value(found[0])
    return None if value is None else _T.ordinal(value) if value == 1 else _T.integer(value)


def _part(found: Match) -> str | None:
    value = roman.value(found["numeral"])
    return None if value is None else f"{found['head']} {_T.integer(value)}"


def _edition(found: Match) -> str | None:
    """`II Guerra Mundial`, `XXV edición`."""
    value = roman.value(found[1])
    if value is None:
        return None
    spoken = _T.ordinal(value, feminine=_T.is_feminine(found[2]))
    return spoken.removesuffix("o") if value in (1, 3) and spoken.endswith("ero") else spoken


def _sign(found: Match) -> str | None:
    value = roman.value(found[0])
    return None if value is None else _T.integer(value)


def _telephone(found: Match) -> str:
    return ", ".join(_T.digits(group) for group in re.findall(r"\d+", found[0]))


def _called(found: Match) -> str | None:
    calling = re.search(r"(?:[Ll]lam\w+|[Mm]arque|[Mm]arcar|[Tt]eléfono|emergencias|número|código)(?: al?| de| es)?(?: número| teléfono| el)? \Z", before(found, 26))
    return _T.integer(int(found[0])) if calling and len(found[0]) == 3 and found[0][0] != "0" else _T.digits(found[0]) if calling else None


_NAMES = (
    r"(?:(?:[Rr]ey|[Rr]eina|[Pp]apa|[Ee]mperador|[Ee]mperatriz|[Zz]ar|[Zz]arina|[Ss]ultán) [A-ZÁ-Ú][\wáéíóú]+|Felipe|Alfonso|Juan Carlos|Juan Pablo|Juan|Carlos|Fernando|Isabel|Luis|Enrique|Pío|Benedicto|León|Gregorio|Inocencio|Clemente|"
    r"Urbano|Bonifacio|Pablo|Napoleón|Guillermo|Federico|Jorge|Eduardo|Jacobo|Ricardo|Nicolás|Alejandro|Pedro|Iván|Leopoldo|Catalina|Cristina|Francisco|José|Otón|Ramsés|Ptolomeo|Cleopatra|Darío|Jerjes|Ciro|Hasán|Mohamed|Abdalá|Gustavo|"
    r"Margarita|Harald|Víctor Manuel|Humberto|Solimán|Rodolfo|Maximiliano|Sancho|Ramiro|Jaime|Alberto|Balduino|Haakon|Tutmosis|Amenofis)"
)  # fmt: skip
_PARTS = r"(?:[Cc]apítulo|[Tt]omo|[Vv]olumen|[Pp]arte|[Aa]cto|[Ee]scena|[Ll]ibro|[Tt]ipo|[Ff]ase|[Aa]rtículo|[Tt]ítulo|[Aa]nexo|[Ff]igura|[Cc]uadro|[Cc]lase|[Gg]rupo|[Nn]ivel|[Gg]rado|[Ee]stadio|Apolo|Rocky|Super Bowl|[Ee]pisodio|[Cc]ategoría|[Tt]abla)"
_N = _T.number_pattern

RULES: tuple[Rule, ...] = (
    rule("telephone", r"(?<![\w.,/-])(?:\+\d{1,3} ?)?[6789]\d\d(?: \d{3}){2}(?!\w)|(?<![\w.,/-])(?:\+\d{1,3} ?)?[6789]\d\d(?: \d\d){3}(?!\w)|(?<![\w.,/-])[6789]\d{8}(?!\w)|(?<![\w.,/-])\+\d{1,3}(?: \d{2,4}){2,4}(?!\w)|(?<!\w)90[0-2](?: \d{3}){2}(?!\w)", _telephone),
    rule("number that is called", r"(?<![\w.,-])\d{3,6}(?![\w%]|[.,]\d)", _called),
    *date_rules(_T),
    rule("date in words", rf"{START}(?P<day>\d{{1,2}})(?:\.?º)?(?:(?: ?[-–] ?| al )(?P<last>\d{{1,2}}))? de (?P<month>{_MONTHS})(?: (?P<of>del?) (?P<year>[12]\d{{3}}))?(?!\w)", _day),
    *time_rules(
        _T,
        r"(?<![\w:.,])(?P<hour>\d{1,2})(?::|\.(?=\d\d ?h(?:oras)?\b))(?P<minute>\d\d)(?::(?P<second>\d\d))?(?: ?(?:h|horas)(?!\w))?(?![\w:])",
        not_times=r"(?:escala|relación|razón|proporción|ganó|perdió|venció|marcador)[^.]{0,20}\Z",
        lengths=r"(?:en|tiempo|duración|duró|tras|con)[^.]{0,12}\Z",
    ),
    *equation_rules(_T),
    rule("ordinal", r"(?<![\w.,])(\d{1,3})\.?(er|ᵉʳ|[ºªoa°](?![CF\w]))(?!\w)", _ordinal, needs="eºªoa°"),
    rule("and a half", rf"{START}(\d{{1,3}}) ?(?:1/2|½) ([^\W\d_]{{2,20}})(?!\w)", lambda found: f"{_T.integer(int(found[1]), found[2])} {found[2]} y {'media' if _T.is_feminine(found[2]) else 'medio'}", needs="½2"),
    *(each for each in amount_rules(
        _T,
        score_words=r"(?i)\b(?:gan[óoóaá]\w*|perdi\w*|venci\w*|derrot\w*|empat\w*|victoria|marcador|resultado|final|goles|partido|derbi|se impuso|cayó|goleó|set|sets|triunfo|ganaron|por)\b",
    ) if each.name != "lower end"),
    rule("lower end", rf"{START}({_N}) ?[-–—~] ?(?=({_N})(?![\d/]|[-–—]\d))", _range, needs="-–—~"),
    rule("ruler", rf"(?<!\w)(?P<name>{_NAMES}) (?P<numeral>[IVX]+)(?!\w)", _ruler, needs="IVX"),
    rule("century", r"(?<=[Ss]iglo )[IVX]+(?!\w)|(?<=[Ss]iglos )[IVX]+(?!\w)|(?<=(?<!\w)s\. )[IVX]+(?!\w)|(?<=[IVX] (?:y|a|e) )[IVX]+(?!\w)|(?<=[IVX][-–])[IVX]+(?!\w)", _century, needs="IVX"),
    rule("numeral of a part", rf"(?<!\w)(?P<head>{_PARTS}s?) (?P<numeral>[IVXLC]+)(?![\w])", _part, needs="IVXLC"),
    rule("edition", r"(?<![\w.])([IVXLC]+)(?:\.?ª|\.?º)? (?=([Gg]uerra|[Ee]dición|[Cc]ongreso|[Ff]estival|[Rr]epública|[Cc]umbre|[Aa]niversario|[Pp]remio|[Cc]oncurso|[Jj]ornadas?|[Ff]eria|[Cc]onferencia|[Ee]ncuentro|[Rr]egión|[Cc]ampeonato|[Tt]orneo|[Ll]egislatura|[Ii]nternacional|[Cc]oncilio|[Ss]emana|[Cc]arrera|[Mm]aratón|[Cc]opa|[Tt]rofeo|[Aa]samblea|[Ss]alón|[Cc]onvenio|[Pp]lan)(?!\w))", lambda found: (spoken := _edition(found)) and f"{spoken} ", needs="IVXLC"),
    rule("Roman numeral sign", rf"[{roman.SIGNS}]+", _sign, needs=()),
    rule("weekdays", rf"(?<!\w)({_DAYS})\.? ?[-–—] ?({_DAYS})(?!\w)", lambda found: f"{_T.table['weekdays'][found[1]]} a {_T.table['weekdays'][found[2]]}", needs="-–—"),
    rule("times as much", r"(?<![\w.,])(\d+)x(?!\w)", lambda found: f"{_T.integer(int(found[1]))} por", needs="x"),
    *name_rules(_T),
    *abbreviation_rules(_T),
    *plain_rules(_T),
)  # fmt: skip

__all__ = ["RULES", "Spanish", "after"]
