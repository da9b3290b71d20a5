"""Rules for Spanish names and numbers that are read in a way of their own."""

import re
from decimal import Decimal

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.spanish.number_grammar import TONGUE
from chaptercast.script.normalise.western.amounts import START
from chaptercast.script.normalise.western.names import ROMAN, by_digits, roman_rules, with_word
from chaptercast.script.normalise.western.number_grammar import follows, last_word, next_word, pattern_of, precedes

_GRAMMAR = TONGUE.table["grammar"]
_ROMAN = TONGUE.table["roman"]
_LAST_RULER_IN_ORDER = 10
"""Alfonso Décimo, but Alfonso Trece."""
_DEGREES_BEFORE = (
    r"\dº (?:a|y) |(?:[Hh]ace|[Tt]emperaturas? de|ángulos? de|[Gg]ir\w+(?: de)?|[Rr]ot\w+(?: de)?"
    r"|inclinación de|(?:máxima|mínima)s? de|de unos) "
)
_DEGREES_AFTER = r" (?:a|y) \d+ ?º|,? (?:bajo|sobre) cero| (?:C|F|centígrados|Celsius|de (?:latitud|longitud))\b"
"""Where º stands for the sign of a degree."""
_LAWS = (
    r"(?<!\w)(?:Ley|ley|Decreto|decreto|Resolución|resolución|Acuerdo|acuerdo|Ordenanza|Expediente|expediente|Sentencia|sentencia|Auto|Oficio"
    r"|Acta)(?: [A-Z][a-záéíóú]+)?,? (?:(?:n\.º|N\.º|nº|Nº|No\.|núm\.|número) )?"
)
_FIRST_OF_MONTH = rf" de {pattern_of(TONGUE.table['months'])}(?!\w)"


def _called(found: Match) -> str | None:
    if not precedes(_GRAMMAR["calling"], found):
        return None
    return TONGUE.whole(found[0]) if len(found[0]) == 3 else TONGUE.digits(found[0])


def _ordinal(found: Match) -> str | None:
    """`1.º`, `2.ª`, `1er`, `3ra`; a plain letter or the sign of a degree makes an ordinal only between an article and its noun."""
    value, ending = int(re.sub(r"\D", "", found["number"])), found["ending"].rstrip(".")
    noun = next_word(found)
    articled = last_word(found) in _GRAMMAR["articles"].split()
    if ending == "°" and not (articled and noun in _GRAMMAR["ordered"].split()) and not follows(_FIRST_OF_MONTH, found):
        return None
    if ending == "º" and (follows(_DEGREES_AFTER, found) or precedes(_DEGREES_BEFORE, found)):
        return f"{TONGUE.integer(value, 'grados')} grado{'s' * (value != 1)}"
    if ending in "oa" and not (articled and TONGUE.is_noun(noun)):
        return None
    feminine = ending[-1] in "ªa"
    if ending in ("er", "ᵉʳ") or (not feminine and TONGUE.is_noun(noun)):
        return TONGUE.short_ordinal(value)
    return TONGUE.ordinal(value, feminine=feminine)


def _ordinal_in_letters(found: Match) -> str:
    """`2da vez`, `5to`, `3eros`."""
    value, ending = int(found[1]), found[2]
    plural, feminine = ending.endswith("s"), ending.rstrip("s").endswith("a")
    if not feminine and not plural and (ending == "er" or TONGUE.is_noun(next_word(found))):
        return TONGUE.short_ordinal(value)
    return TONGUE.ordinal(value, feminine=feminine) + ("s" if plural else "")


def _numbered_noun(found: Match) -> str | None:
    """`el XI apóstol`."""
    value = roman.value(found[1])
    if value is None or not TONGUE.is_noun(found["noun"]):
        return None
    return f"{TONGUE.short_ordinal(value, feminine=TONGUE.is_feminine(found['noun']))} "


def _local_telephone(found: Match) -> str | None:
    """`1234-5678`, unless it is a range of years or of what is counted."""
    first, second = int(found[1]), int(found[2])
    if not precedes(_GRAMMAR["calling"], found):
        years = 1000 <= first < second <= 2100
        counted = follows(" ?[%€$]| [a-záéíóúñ]+s(?![a-z])", found) or first % 10 == second % 10 == 0
        if first < second and (years or counted):
            return None
    return by_digits(TONGUE)(found)


def _law(found: Match) -> str | None:
    """`Ley 464-2021`, `Resolución Ministerial n.º 531-2021`."""
    if not precedes(_LAWS, found, 50):
        return None
    return f"{TONGUE.whole(found[1])}, {TONGUE.year(int(found[2]))}"


def _extension(found: Match) -> str:
    return f"extensión {TONGUE.digits(found[1])}"


def _ruler(found: Match, value: int) -> str:
    female = found["name"].split()[-1] in _ROMAN["female"]
    spoken = TONGUE.ordinal(value, feminine=female) if value <= _LAST_RULER_IN_ORDER else TONGUE.integer(value)
    return f"{found['name']} {spoken.capitalize()}"


def _century(found: Match) -> str | None:
    value = roman.value(found[0])
    return None if value is None else TONGUE.ordinal(1) if value == 1 else TONGUE.integer(value)


def _numbered(found: Match) -> str | None:
    """`II Guerra Mundial`, `XXV edición`, `III Jornadas`."""
    value = roman.value(found[1])
    if value is None:
        return None
    spoken = TONGUE.short_ordinal(value, feminine=TONGUE.is_feminine(found["noun"]))
    return f"{spoken}s " if spoken.endswith("a") and found["noun"].endswith("as") else f"{spoken} "


def _and_a_half(found: Match) -> str | None:
    return TONGUE.half_more(int(found[1]), found["noun"])


def _range(found: Match) -> str | None:
    """De tres a cuatro, entre tres y cuatro."""
    low, high = (Decimal(".".join(TONGUE.parts(found[name]))) for name in ("low", "high"))
    if low >= high:
        return None
    noun = re.match(r" ([^\W\d_]+)", found.string[found.end("high") :][:30])
    following = noun[1] if noun else ""
    if last_word(found) == "entre":
        return f"{TONGUE.number(found['low'], following)} y "
    de = "de " if TONGUE.is_noun(following) and TONGUE.may_begin_with_de(found) else ""
    return f"{de}{TONGUE.number(found['low'], following)} a "


PHONES: tuple[Rule, ...] = (
    rule(
        "telephone",
        r"(?<![\w.,/-])(?<!\d )(?:(?:\+\d{1,3} ?)?[6789]\d\d(?:(?:[ -]\d{3}){2}|(?:[ -]\d\d){3}|\d{6})|9\d[ -]\d{3}[ -]\d\d[ -]\d\d"
        r"|(?:\+|00)\d{1,3}(?:[ -]{1,2}\(?\d{1,4}\)?){2,5}|\+\d{9,13}|(?:01[ -])?[89]00[ -]\d{3}[ -]\d{3,4})(?![\w-]|[.,]\d)",
        by_digits(TONGUE),
    ),
    rule(
        "telephone in America",
        r"(?<![\w.,/-])(?:(?:\+?\d{1,3}[ -])?(?:\(\d{2,4}\)[ -]?|\d{2,4}-)\d{3,4}[ -]\d{3,4}(?:-\d{1,5})?)(?![\w-]|[.,]\d)",
        by_digits(TONGUE),
        needs="-(",
        digits=True,
    ),
    rule("law", r"(?<![\w.,/-])(\d{1,5})-((?:19|20)\d\d)(?![\w-]|[.,]\d)", _law, needs="-", digits=True),
    rule(
        "local telephone", r"(?<![\w.,/-])(\d{3,4})-(\d{4})(?![\w-]|[.,]\d)", _local_telephone, needs="-", digits=True
    ),
    rule("extension", r"(?<![^\W_])[Ee]xt\. ?(\d{1,6})(?!\w)", _extension, needs="x", digits=True),
    rule(
        "telephone with a word",
        r"(?<![\w.-])(?:(?P<trunk>[01])[ -])?(?P<area>8\d\d|900)(?:-|(?<=[01][ -]\d\d\d) )"
        r"(?P<word>(?:(?=[\w-]*[A-Z]{2})|(?<=[01]-\d\d\d-)(?=[\w-]*[a-z]))[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)(?![\w-])",
        with_word(TONGUE),
        needs="89",
        digits=True,
    ),
    rule("number that is called", r"(?<![\w.,-])\d{3,6}(?![\w%]|[.,]\d)", _called),
)

EARLY: tuple[Rule, ...] = (
    rule(
        "ordinal",
        r"(?<![\w.,-])(?P<number>\d{1,3}(?:[. ]\d{3})+|\d{1,6})\.?(?P<ending>er\.(?= [a-záéíóúñ])|er|ᵉʳ|[ºªoa°])(?![\wC])",
        _ordinal,
        needs="eᵉºªoa°",
        digits=True,
    ),
    rule(
        "ordinal in letters",
        r"(?<![\w.,-])(\d{0,2}(?:[13](?=e?r)|2(?=n?d)|[456](?=t)|[017](?=m)|[128](?=v)|9(?=n)|[02](?=v)))((?:e?r|n?d|t|m|v|n)[oa]s?)(?!\w)",
        _ordinal_in_letters,
        needs="oa",
        digits=True,
    ),
    rule(
        "and a half",
        rf"{START}(\d{{1,3}}) ?(?:1/2|½) (?P<noun>[^\W\d_]{{1,20}})(?!\w)",
        _and_a_half,
        needs="½/",
        digits=True,
    ),
)
"""Before the rules for amounts."""

RULES: tuple[Rule, ...] = (
    rule(
        "range",
        rf"{START}(?P<low>{TONGUE.number_pattern}) ?[-–—~] ?(?=(?P<high>{TONGUE.number_pattern})(?![\d/]|[-–—]\d))",
        _range,
        needs="-–—~",
        digits=True,
    ),
    *roman_rules(TONGUE, _ruler),
    rule(
        "century",
        r"(?:(?<=[Ss]iglo )|(?<=[Ss]iglos )|(?<=[IVX] [yae] )|(?<=[IVX][-–]))[IVX]+(?!\w)",
        _century,
        needs=ROMAN,
    ),
    rule(
        "numbered",
        rf"(?<![\w.])([IVXLC]+)(?:\.?[ªº])? (?=(?P<noun>{pattern_of(_ROMAN['numbered'])})(?!\w))",
        _numbered,
        needs=ROMAN,
    ),
    rule(
        "numeral before a noun",
        r"(?:(?<=(?<!\w)[Ee]l )|(?<=(?<!\w)[Ll]a )|(?<=(?<!\w)del )|(?<=(?<!\w)al )|(?<=(?<!\w)[Ll]os )|(?<=(?<!\w)[Ll]as ))"
        r"([IVX]{2,}) (?=(?P<noun>[a-záéíóúñ]{3,})(?!\w))",
        _numbered_noun,
        needs=ROMAN,
    ),
    rule(
        "times",
        r"(?<![\w.,])(\d{1,9})x(?!\w)",
        lambda found: f"{TONGUE.integer(int(found[1]))} por",
        needs="x",
        digits=True,
    ),
)
