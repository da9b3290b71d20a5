"""Rules for French names and numbers that are read in a way of their own."""

import re

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.french.number_grammar import TONGUE
from chaptercast.script.normalise.western.amounts import START
from chaptercast.script.normalise.western.names import ROMAN, by_digits, roman_rules, with_word
from chaptercast.script.normalise.western.number_grammar import follows, pattern_of, precedes, stop

_DAYS: dict[str, str] = TONGUE.table["weekdays"]
_DAY = pattern_of(_DAYS)
_DISTANCE = r" ?(?:m|mètres|km)\b"
_LAWS = (
    r"(?:[Ll]oi|[Dd]écret|[Oo]rdonnance|[Aa]rrêté|[Dd]écision|[Dd]élibération|[Cc]irculaire)(?: organique)?(?: n[°º])? "
)
_FIRST = ("re", "ère", "ere")
_GROUP_IN_DIGITS = 3
"""Groups of a telephone number that are longer are said digit by digit."""
_LONGEST_WRITTEN = 8
"""Digits in a row in a telephone number that has spaces."""


def _telephone(found: Match) -> str:
    """By pairs, as the French do: zéro un, quarante-deux."""
    plus = f"{TONGUE.signs['+']} " if found[0].startswith("+") else ""
    groups = (piece for group in re.findall(r"\d+", found[0].replace("(0)", "")) for piece in _split(group))
    return plus + ", ".join(_pair(group) for group in groups)


def _split(group: str) -> list[str]:
    """What is written without spaces, in pairs: the last of a number with its country's code has one digit before its pairs."""
    if len(group) <= _LONGEST_WRITTEN:
        return [group]
    head = len(group) - 8
    first = [group[: head - 1], group[head - 1 : head]] if group[0] != "0" else [group[:head]]
    return [*first, *(group[place : place + 2] for place in range(head, len(group), 2))]


def _called(found: Match) -> str | None:
    """`le 3919`, `le 118 712`: by pairs, or in the groups in which it is written."""
    if not precedes(TONGUE.table["grammar"]["calling"], found):
        return None
    number = found[0]
    groups = [number[:2], number[2:]] if len(number) == 4 else number.split(" ")
    return " ".join(_pair(group) for group in groups)


def _short_number(found: Match) -> str | None:
    """`le 3919`, `le 118 218`; not the race."""
    number = found[0]
    groups = number.split(" ") if " " in number else [number[:2], number[2:]]
    return None if follows(_DISTANCE, found) else " ".join(_pair(group) for group in groups)


def _law(found: Match) -> str | None:
    """`loi n° 2004-575`."""
    if not precedes(_LAWS, found):
        return None
    return f"{TONGUE.year(int(found[1]))}, {TONGUE.whole(found[2])}"


def _article(found: Match) -> str:
    """`L. 121-1`: L cent vingt et un, un."""
    head = f"{found['art']}rticle " if found["art"] else ""
    return f"{head}{found['letter']} {', '.join(TONGUE.whole(part) for part in found['number'].split('-'))}"


def _pair(group: str) -> str:
    if group[0] == "0" and len(group) == 2 and group != "00":
        return f"{TONGUE.integer(0)} {TONGUE.integer(int(group))}"
    return TONGUE.whole(group) if len(group) <= _GROUP_IN_DIGITS else TONGUE.digits(group)


def _ordinal(found: Match) -> str:
    value, ending = int(re.sub(r"\D", "", found[1])), found[2]
    if ending.lstrip("n").startswith("d"):
        return ("seconde" if "e" in ending else "second") + ("s" if ending.endswith("s") else "")
    return TONGUE.ordinal(value, feminine=ending.rstrip("s") in _FIRST) + ("s" if ending.endswith("s") else "")


def _roman_ordinal(found: Match) -> str | None:
    value, ending = roman.value(found["numeral"]), found["ending"]
    if value is None:
        return None
    return TONGUE.ordinal(value, feminine=ending.rstrip("s") in _FIRST) + ("s" if ending.endswith("s") else "")


def _ruler(found: Match, value: int) -> str | None:
    """Louis Quatorze, but François Premier, whose numeral has its ending."""
    if not found["ending"]:
        return f"{found['name']} {TONGUE.integer(value).capitalize()}" if value > 1 else None
    return (
        f"{found['name']} {TONGUE.ordinal(value, feminine=found['ending'] in _FIRST).capitalize()}"
        if value == 1
        else None
    )


def _and_a_half(found: Match) -> str | None:
    """`2 1/2 heures`: deux heures et demie."""
    forms = TONGUE.units.get(found["noun"])
    noun = forms[found[1] != "1"] if forms else found["noun"]
    if len(noun) < 2:
        return None
    return f"{TONGUE.integer(int(found[1]), noun)} {noun} et {'demie' if TONGUE.is_feminine(noun) else 'demi'}"


def _weekdays(found: Match) -> str:
    return f"{_DAYS[found[1]]} {found[2]} {_DAYS[found[3]]}"


PHONES: tuple[Rule, ...] = (
    rule(
        "telephone",
        r"(?<![\w.,/-])(?<!\d )(?:(?:(?:\+|00)\d{1,3}[ .-]?(?:\(0\) ?)?[1-9]|0[1-9])(?:[ .-]?\d{2}){4}|0 ?8\d\d(?:[ .]\d{2,3}){2,3}"
        r"|0\d{1,3}[ /]{1,3}\d{2,3}(?:[ .]\d\d){2}|\+\d{1,3}(?:[ .-]\(?\d{1,4}\)?){2,5})(?![\w-]|[.,]\d)",
        _telephone,
    ),
    rule(
        "telephone in America",
        r"(?<![\w.,/-])(?:\+?1[ .-]?)?(?:\(\d{3}\)[ -]?|\d{3}[ -])\d{3}-\d{4}(?![\w-]|[.,]\d)",
        by_digits(TONGUE),
        needs="-",
        digits=True,
    ),
    rule(
        "telephone with a word",
        r"(?<![\w.-])(?:(?P<trunk>[01])[ -])?(?P<area>8\d\d|900)(?:-|(?<=[01][ -]\d\d\d) )"
        r"(?P<word>(?=[\w-]*[A-Z]{2})[A-Z0-9]+(?:-[A-Z0-9]+)*)(?![\w-])",
        with_word(TONGUE),
        needs="89",
        digits=True,
    ),
    rule(
        "number of social security",
        r"(?<![\w.,])[12] \d\d \d\d (?:\d\d|2[AB]) \d{3} \d{3}(?: \d\d)?(?!\w)",
        lambda found: ", ".join(
            _pair(group) if group.isdecimal() else f"deux {group[1]}" for group in found[0].split(" ")
        ),
    ),
    rule(
        "short number",
        r"(?:(?<=(?<!\w)[Ll]e )|(?<=(?<!\w)[Aa]u ))(?:118 \d{3}|3[0-9]\d\d)(?![\w%]|[.,]\d| \d)",
        _short_number,
    ),
    rule("number that is called", r"(?<![\w.,-])(?:\d{3} \d{3}|\d{2,6})(?![\w%]|[.,]\d| \d)", _called),
    rule("Monsieur", r"(?<![\w.])M\.(?= (?:le|la|les|l['’]|du) ?[a-zéèêâîôûç])", "Monsieur", needs="M"),
    rule("law", r"(?<![\w.,/-])((?:19|20)?\d\d)-(\d{1,4})(?![\w-]|[.,]\d)", _law, needs="-", digits=True),
    rule(
        "part of an article",
        r"(?:(?<=(?<!\w)[Aa]rticle )|(?<=(?<!\w)[Aa]rt\. )|(?<=l['’]article ))\d{1,4}(?:-\d{1,3}){1,2}(?![\w-]|[.,]\d)",
        lambda found: ", ".join(TONGUE.whole(part) for part in found[0].split("-")),
        needs="-",
        digits=True,
    ),
    rule(
        "article of a code",
        r"(?<![\w.])(?:(?P<art>[Aa])rt\. )?(?P<letter>[LRDA])(?:\. ?|(?<=rticle [LRDA]) ?|(?<=rticles [LRDA]) ?|(?<=art\. [LRDA]) ?)\*?"
        r"(?P<number>\d{1,4}(?:-\d{1,4}){0,4})(?![\w-]|[.,]\d)",
        _article,
        needs="LRDA",
        digits=True,
    ),
)
"""And other numbers that would be taken for ranges."""

HALVES: tuple[Rule, ...] = (
    rule(
        "and a half",
        rf"{START}(\d{{1,3}}) ?(?:1/2|½) (?P<noun>[^\W\d_]{{1,20}})(?!\w)",
        _and_a_half,
        needs="½/",
        digits=True,
    ),
)
"""Before the other fractions."""

RULES: tuple[Rule, ...] = (
    rule(
        "ordinal",
        r"(?<![\w.,])(\d{1,3}(?: \d{3})+|\d{1,9}) ?(?<!\d )(ers?|res?|ères?|eres?|[eè]mes?|es?|(?<=(?<!\d)2)n?de?s?)(?!\w)",
        _ordinal,
        needs="end",
        digits=True,
    ),
    *roman_rules(TONGUE, _ruler, numeral_end=r"(?P<ending>er|re|ère)?(?!\w)"),
    rule(
        "ordinal in Roman numerals",
        r"(?<![\w.])(?P<numeral>I(?=[er]|ère)|(?!I(?![IVX]))[IVX]+(?=e(?:mes?|s)?(?!\w)|è))(?P<ending>ers?|res?|ères?|[eè]mes?|es?)(?!\w)",
        _roman_ordinal,
        needs=ROMAN,
    ),
    rule("century", r"(?<![\w.])(?P<numeral>[IVX]{2,}|[VX])(?P<ending>)(?= siècles?)", _roman_ordinal, needs=ROMAN),
    rule("century in short", r"(?:(?<=[IVX]e)|(?<=Ier)) s\.", lambda found: f" siècle{stop(TONGUE, found)}", needs="s"),
    rule("edition", r"(?:(?<=\de )|(?<=re ))éd\.", "édition", needs="é"),
    rule(
        "day of the week",
        r"(?<![\w–—-])(?:lun|mar|mer|jeu|ven|sam|dim)\.(?= \d| au | et |,)",
        lambda found: _DAYS[found[0]],
        needs=".",
    ),
    rule("weekdays with a word", rf"(?<!\w)({_DAY}) (au|à|et) ({_DAY})(?!\w)", _weekdays, needs="."),
    rule(
        "times",
        r"(?<![\w.,])(\d{1,9})x(?!\w)",
        lambda found: f"{TONGUE.integer(int(found[1]))} fois",
        needs="x",
        digits=True,
    ),
)
