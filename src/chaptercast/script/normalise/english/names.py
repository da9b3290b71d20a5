"""English rules for names and numbers with a special reading."""

import re

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, before, rule
from chaptercast.script.normalise.english.number_grammar import TONGUE
from chaptercast.script.normalise.western.names import ROMAN, by_digits, roman_rules, with_word
from chaptercast.script.normalise.western.number_grammar import follows, names_of, pattern_of, precedes

_GRAMMAR = TONGUE.table["grammar"]
_MONTHS: dict[str, int] = TONGUE.table["months"]
_MONTH = names_of(_MONTHS)


def _called(found: Match) -> str | None:
    """A short number after a word like `dial`, unless it counts something."""
    if not precedes(_GRAMMAR["calling"], found) or follows(r" (?:people|times|of|million|[a-z]{4,}s\b)", found):
        return None
    return TONGUE.digits(found[0])


def _telephone(found: Match) -> str:
    number, extension, inner = found[0], found["extension"], ""
    if extension:
        place = found.start("extension") - found.start()
        number, inner = number[:place], number[place + len(extension) :]
    plus = f"{TONGUE.signs['+']} " if number[0] == "+" else ""
    groups = [TONGUE.digits(group) for group in re.findall(r"\d+", number)]
    return plus + ", ".join(groups) + (f", extension {TONGUE.digits(inner)}" if inner else "")


def _telephone_of_town(found: Match) -> str | None:
    """A seven-digit telephone number, unless it is a range of counts."""
    first, second = map(int, found[0].split("-"))
    counts = (
        first < second
        and follows(r" ?(?:%|[a-z]{3,}s\b|people|km|kg|m\b)", found)
        and not precedes(_GRAMMAR["calling"], found)
    )
    return None if counts else by_digits(TONGUE)(found)


def _law(found: Match) -> str | None:
    """`401(k)`, `501(c)(3)`, `Section 4(2)`; not a number with an explanation in brackets."""
    number, *parts = re.findall(r"\w+", found[0])
    if not (precedes(_GRAMMAR["laws"], found) or number in _GRAMMAR["named_laws"].split()):
        return None
    said = [TONGUE.whole(part) if part.isdecimal() else part for part in parts]
    digits = re.match(r"\d+", number)
    head = TONGUE.name(digits[0]) if digits else ""
    return " ".join((head + number[len(digits[0] if digits else "") :], *said))


def _feet(found: Match) -> str:
    feet = TONGUE.integer(int(found[1]))
    return f"{feet} foot {TONGUE.number(found[2])}" if found[2] else f"{feet} feet"


def _feet_and_inches(found: Match) -> str:
    return f"{TONGUE.measure(found[1], None, 'ft', found)} {TONGUE.measure(found[2], None, 'inch', found)}"


def _short_year(found: Match) -> str:
    return TONGUE.tail(int(found[1]))


def _ordinal(found: Match) -> str:
    return f"{' ' if before(found, 1).isalpha() else ''}{TONGUE.ordinal(int(found[1].replace(',', '')))}"


def _ruler(found: Match, value: int) -> str | None:
    """A ruler's numeral, not the pronoun: `as Charles I think`."""
    if found["numeral"] == "X" and found["name"] == "Malcolm":
        return None
    if found["numeral"] == "I" and follows(_GRAMMAR["after_pronoun"], found):
        return None
    return f"{found['name']} the {TONGUE.ordinal(value).title()}"


def _century(found: Match) -> str | None:
    value = roman.value(found[1])
    return None if value is None else TONGUE.ordinal(value)


def _series(found: Match) -> str | None:
    value = roman.value(found[0])
    return None if value is None else TONGUE.integer(value)


def _street(found: Match) -> str | None:
    """A street after a name: Oak St., Mulholland Dr., but not `at St. Mary's`, `Mount St. Helens`, `says Dr. Lee`."""
    if not precedes(rf"(?!(?:{_GRAMMAR['before_saint']}) )(?<!\w)(?:[A-Z][a-z]+|\d+(?:st|nd|rd|th)) ", found):
        return None
    if follows(r" [A-Z]", found) and (found[1] == "Dr" or precedes(r"(?:\A|[.!?] )\w+ ", found)):
        return None
    stop = "." if found[0].endswith(".") and follows(r"\s*\Z|\s+[A-Z]", found) else ""
    return {"St": "Street", "Dr": "Drive"}[found[1]] + stop


def _types(found: Match) -> str:
    """`B-52s`, `F-16s`, `RTX 3090s`."""
    spoken = TONGUE.name(found[1] or found[2])
    gap = " " if found[1] else ""
    return f"{gap}{spoken[:-1]}ies" if spoken.endswith("y") else f"{gap}{spoken}{'es' if spoken.endswith('x') else 's'}"


def _aircraft(found: Match) -> str:
    return TONGUE.digits(found[0]) if found[0][0] == "7" and len(found[0]) == 3 else TONGUE.name(found[0])


def _part_of_a_version(found: Match) -> str | None:
    """`Figure 3.12`, `version 2.10`: the second number counts in a series. It is not a decimal fraction."""
    if not precedes(rf"(?:{_GRAMMAR['versioned']}) ", found):
        return None
    return f"{TONGUE.integer(int(found[1]))} point {TONGUE.whole(found[2])}"


def _version(found: Match) -> str:
    return f"v {TONGUE.integer(int(found[1]))} point {TONGUE.whole(found[2])}"


def _inches(found: Match) -> str:
    return f"{TONGUE.number(found[1])} {'inch' if found[1] == '1' else 'inches'}"


def _months(found: Match) -> str:
    return " to ".join(TONGUE.month_names[_MONTHS[found[group].rstrip(".")] - 1] for group in (1, 2))


def _fraction(found: Match) -> str | None:
    """`3/4ths`, as some write it."""
    over, under = int(found["over"]), int(found["under"])
    return TONGUE.fraction(found["whole"], over, under, found) if over and under > 1 else None


PHONES: tuple[Rule, ...] = (
    rule(
        "fraction with an ending",
        r"(?<![\w.,/])(?:(?P<whole>\d{1,3}) )?(?P<over>\d{1,2})/(?P<under>\d{1,3})(?:[Tt][Hh]|[RrNn][Dd]|[Ss][Tt])[Ss]?(?!\w)",
        _fraction,
        needs="/",
        digits=True,
    ),
    rule(
        "telephone with a word",
        r"(?<![\w.-])(?:\+?(?P<trunk>1)[ -])?(?P<area>8\d\d|900)(?:-|(?<=1[ -]\d\d\d) )"
        r"(?P<word>(?=[\w-]*[A-Z]{2})[A-Z0-9]+(?:-[A-Z0-9]+)*)(?![\w-])",
        with_word(TONGUE),
        needs="89",
        digits=True,
    ),
    rule(
        "telephone",
        r"(?<![\w.+/-])(?:\+?\d{1,3}[ .-]?)?(?:\(\d{3}\)[ -]{0,2}|\d{3}[.-])\d{3}[ .-]\d{4}(?:-\d{1,5})?"
        r"(?:,? ?(?P<extension>(?:x|ext\.?|extension) ?)\d{1,5})?(?![\w-]|\.\d)",
        _telephone,
    ),
    rule(
        "telephone with spaces",
        r"(?<![\w./,-])(?<!\d:)(?:\(?\+\d{1,3}\)?[ -]?|0(?=\d))(?:\(0\) ?)?\d{1,5}(?:[ -]\d{2,8}){1,4}(?!\w)|(?<![\d.])0\d{9,10}(?!\d)"
        r"|(?<![\w./,-])\(0\d{1,4}\) ?\d{3,4} ?\d{3,4}(?!\w)|(?<![\w.])1?[ -]?800[ -]\d{3}[ -]\d{4}(?!\d)",
        by_digits(TONGUE),
    ),
    rule(
        "telephone of a town",
        r"(?<![\w.-])\d{3}-(?!\d\d00)\d{4}(?![\w-]|[.,]\d)",
        _telephone_of_town,
        needs="-",
        digits=True,
    ),
    rule(
        "number of social security", r"(?<![\w.-])\d{3}-\d{2}-\d{4}(?![\w-])", by_digits(TONGUE), needs="-", digits=True
    ),
    rule("number that is called", r"(?<![\w.,-])\d{3,6}(?: \d{3,5}){0,2}(?![\w%-]|[.,]\d)", _called),
    rule(
        "paragraph of a law",
        r"(?<![\w.,])\d{1,4}[A-Za-z]?(?:\((?:\d{1,2}|[a-zA-Z]{1,4})\)){1,5}(?!\w)",
        _law,
        needs="(",
        digits=True,
    ),
    rule(
        "feet and inches in letters",
        r"(?<![\w.,])(\d{1,3}) ?ft\.? (\d{1,2}) ?in\.?(?!\w)",
        _feet_and_inches,
        needs="f",
        digits=True,
    ),
    rule("year in short", r"(?<![\w’'])['’](\d\d)(?![\w’'])", _short_year, needs="'’", digits=True),
    rule(
        "inches",
        r"(?<![\w.,])(\d{1,3}(?:\.\d+)?) ?in\.?(?= (?:tall|long|wide|deep|high|thick|by|x|of (?:rain|snow))(?!\w))",
        _inches,
    ),
    rule(
        "number of a form",
        r"(?<![\w.,-])\d{4}(?=-[A-Z](?!\w))|(?<=[Ff]orm )\d{3,4}(?![\w.,-])|(?<![\w.,])(?:529|1031)(?= (?:plan|exchange)s?\b)",
        lambda found: TONGUE.name(found[0]),
    ),
    rule(
        "types in the plural",
        r"(?<=[A-Z])-?(\d{1,3})s(?!\w)|(?<=[A-Z]{2} )(\d{3,4})s(?!\w)",
        _types,
        needs="s",
        digits=True,
    ),
    rule("sharp", r"(?<=[CF])#(?!\w)", " sharp", needs="#"),
    rule(
        "feet and inches",
        r"(?<![\w.])(\d{1,2})['′](?![^\W\d_]) ?(?:(\d{1,2}(?:\.\d)?)[\"″”]?(?!\w))?(?<!['′] )",
        _feet,
        needs="'′",
        digits=True,
    ),
)
"""And other numbers that later rules would take for dates or amounts, so before those rules."""

RULES: tuple[Rule, ...] = (
    rule("inches with a mark", r'(?<![\w.,])(\d{1,3}(?:\.\d+)?)["″]', _inches, needs='"″', digits=True),
    rule("ordinal", r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d{1,9})(?:st|nd|rd|th)(?![a-z])", _ordinal),
    *roman_rules(TONGUE, _ruler),
    rule(
        "century",
        r"(?<!\w)([IVX]+)(?:st|nd|rd|th)?(?= (?:[Cc]entury|[Cc]enturies|Olympi|Congress|Corps|Party Congress))",
        _century,
        needs=ROMAN,
    ),
    rule("numeral of a series", r"(?<=[a-z] )(?!X+(?![IVX]))[IVX]{2,6}(?![\w.-])", _series, needs=ROMAN),
    rule("numeral after a numeral", r"(?<=[IVX] and )[IVX]{2,6}(?!\w)", _series, needs=ROMAN),
    rule("street", r"(?<=[a-z] )(St|Dr)(?:\.|(?!\w))", _street, needs="SD"),
    rule("saint", r"(?<!\w)St\.? (?=[A-Z])", "Saint ", needs="S"),
    rule("doctor", r"(?<!\w)Dr\.?(?= [A-Z])", "Doctor", needs="D"),
    rule("number one", r"(?<!\w)No ?(?=1\b(?! [a-z]+s\b))", "number ", needs="N", digits=True),
    rule(
        "times as much",
        r"(?<![\w.,])(\d+(?:\.\d+)?)x(?!\w)",
        lambda found: f"{TONGUE.number(found[1])} times",
        needs="x",
        digits=True,
    ),
    rule(
        "pence",
        r"(?<![\w.,£])(\d{1,3})p(?!\w)",
        lambda found: f"{TONGUE.integer(int(found[1]))} pence",
        needs="p",
        digits=True,
    ),
    rule(
        "aircraft",
        r"(?<=Boeing )7\d7|(?<!\d)7[0-8]7(?= (?:MAX|Dreamliner|jets?|aircraft|planes?|airliners?))"
        r"|(?<=Flight )\d{2,4}(?!\w)|(?:(?<=Route )|(?<=Highway ))\d{3}(?!\w)",
        _aircraft,
    ),
    rule(
        "version of a thing",
        r"(?<=[A-Za-z] )(\d{1,3})\.(\d{2})(?![\d.,%]\d|[\w%])",
        _part_of_a_version,
        needs=".",
        digits=True,
    ),
    rule("version with v", r"(?<!\w)[vV](\d+)\.(\d+)(?![\d.]\d)", _version, needs=".", digits=True),
    rule("months", rf"(?<!\w)({_MONTH}) ?[-–—] ?({_MONTH})(?!\w)", _months, needs="-–—"),
    rule(
        "one or the other",
        rf"(?<!\w){pattern_of(_GRAMMAR['alternatives'])}(?!\w)",
        lambda found: re.sub("/", " or ", found[0]),
        needs="/",
    ),
)
