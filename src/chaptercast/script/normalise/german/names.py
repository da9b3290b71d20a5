"""Rules for German names and numbers that are read in a way of their own."""

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.german.tongue import TONGUE, ending, takes_ordinal
from chaptercast.script.normalise.western.names import ROMAN, by_digits, roman_rules
from chaptercast.script.normalise.western.tongue import follows, last_word, pattern_of, precedes

_GRAMMAR = TONGUE.grammar
_ROMAN = TONGUE.table["roman"]
_TITLE = rf"(?: {pattern_of(_ROMAN['titles'].split())})? "


def _called(found: Match) -> str | None:
    calling = precedes(rf"(?:{_GRAMMAR['calling']}) ?:? (?:\d{{3}} oder )?", found)
    return TONGUE.digits(found[0]) if calling and not follows(r" [A-ZÄÖÜ]", found) else None


def _ruler(found: Match, value: int) -> str:
    """Ludwig der Vierzehnte; in the genitive, dative and accusative by the name and the word before it."""
    name = found["name"]
    female = name.split()[-1] in _ROMAN["female"]
    if precedes(rf"(?:{_GRAMMAR['dative']}){_TITLE}", found):
        article, case = "der" if female else "dem", "en"
    elif precedes(rf"(?:{_GRAMMAR['accusative']}){_TITLE}", found):
        article, case = ("die", "e") if female else ("den", "en")
    elif name.endswith("s") and name.split()[-1] not in _ROMAN["names_in_s"]:
        article, case = "der" if female else "des", "en"
    else:
        article, case = "die" if female else "der", "e"
    return f"{name} {article} {TONGUE.ordinal(value, case).capitalize()}"


def _numbered(found: Match) -> str | None:
    """`II. Weltkrieg`."""
    value = roman.value(found[1])
    return None if value is None else TONGUE.ordinal(value, ending(found)).capitalize()


def _ordinal(found: Match) -> str | None:
    """A number with a full stop: an ordinal where it cannot end a sentence."""
    value = int(found[1])
    if last_word(found) in ("wurde", "wird", "war", "als", "wurden"):
        return TONGUE.ordinal(value, "er").capitalize() if follows(" [a-zäöü]", found) else None
    if not takes_ordinal(found):
        return None
    return TONGUE.ordinal(value, "en" if last_word(found) == "und" else ending(found))


def _times(found: Match) -> str:
    return f"{'ein' if found[1] == '1' else TONGUE.integer(int(found[1]))}mal"


PHONES: tuple[Rule, ...] = (
    rule(
        "telephone",
        r"(?<![\w.,/-])(?:\+\d{1,3}[ /-]?(?:\(0\) ?)?|0)\d{1,5}[ /-]+\d{2,8}(?:[ -]\d{2,6}){0,3}(?!\w)",
        by_digits(TONGUE),
    ),
    rule("number that is called", r"(?<![\w.,-])\d{3,6}(?![\w%]|[.,]\d)", _called),
)

RULES: tuple[Rule, ...] = (
    *roman_rules(TONGUE, _ruler, name_end="s?", numeral_end=r"(?:\.(?!\Z)|(?!\w))"),
    rule("numbered", rf"(?<!\w)([IVX]+)\.(?= {pattern_of(_ROMAN['numbered'])})", _numbered, needs=ROMAN),
)

ORDINALS: tuple[Rule, ...] = (
    rule("ordinal", r"(?<![\w.,])(\d{1,4})\.(?= )", _ordinal, needs="."),
    rule(
        "ordinal in a compound",
        r"(?<![\w.,])(\d{1,3})\.(?=-[A-ZÄÖÜ]|[,)](?! ))",
        lambda found: TONGUE.ordinal(int(found[1]), ending(found)),
        needs=".",
    ),
    rule("times", r"(?<![\w.,])(\d{1,9})(?:x|-mal|mal)(?!\w)", _times, needs="xm"),
)
"""After the items of a list."""

STREETS: tuple[Rule, ...] = (
    rule(
        "street",
        r"(?<=[a-zäöüß])str\.|(?<!\w)Str\.",
        lambda found: "Straße" if found[0][0] == "S" else "straße",
        needs=".",
    ),
)
