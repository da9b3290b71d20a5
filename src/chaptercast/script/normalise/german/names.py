"""German rules for names and numbers with a special reading."""

import re

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.german.number_grammar import TONGUE, ending, ending_before, takes_ordinal
from chaptercast.script.normalise.western.names import ROMAN, by_digits, roman_rules
from chaptercast.script.normalise.western.number_grammar import (
    ends_sentence,
    follows,
    last_word,
    next_word,
    pattern_of,
    precedes,
    stop,
)

_GRAMMAR = TONGUE.grammar
_ADJECTIVES: dict[str, str] = TONGUE.table["adjectives"]
_FEWEST_DIALLED = 6
_LAST_DAY = 31
_BEFORE_DAY = frozenset({"am", "vom", "zum", "der", "dem", "den"})
_ROMAN = TONGUE.table["roman"]
_TITLE = rf"(?: {pattern_of(_ROMAN['titles'].split())})? "


def _telephone(found: Match) -> str | None:
    """A telephone number. A few digits alone are something else."""
    return by_digits(TONGUE)(found) if sum(map(str.isdecimal, found[0])) >= _FEWEST_DIALLED else None


def _called(found: Match) -> str | None:
    listed = r"(?:\d{3,6}(?:,? (?:oder|und)(?: die)? |, (?:die )?)){0,3}"
    calling = precedes(rf"(?<!\w)(?:{_GRAMMAR['calling']}) ?:? {listed}", found)
    emergency = found[0].startswith("11") and precedes(rf"(?:die|unter|unter der) {listed}", found)
    return TONGUE.digits(found[0]) if (calling or emergency) and not follows(r" [A-ZÄÖÜ]", found) else None


def _ruler(found: Match, value: int) -> str:
    """Ludwig der Vierzehnte. The name and the word before it decide on genitive, dative or accusative."""
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
    return None if value is None else TONGUE.ordinal(value, ending_before(next_word(found), found)).capitalize()


def _ordinal(found: Match) -> str | None:
    """A number with a full stop: an ordinal if it cannot end a sentence."""
    value = int(found[1])
    if value <= _LAST_DAY and last_word(found) in _BEFORE_DAY and ends_sentence(TONGUE, found):  # `Heute ist der 3.`
        return TONGUE.ordinal(value, ending(found)).capitalize() + "."
    if last_word(found) in ("wurde", "wird", "war", "als", "wurden", "werden"):
        return TONGUE.ordinal(value, "er").capitalize() if follows(" [a-zäöü]", found) else None
    if not takes_ordinal(found):
        return None
    return TONGUE.ordinal(value, ending_before(next_word(found), found))


def _ordinal_at_head(found: Match) -> str:
    return TONGUE.ordinal(int(found[1]), ending_before(next_word(found), found)).capitalize()


def _first_of_two(found: Match) -> str:
    """`1. bis 4. Klasse`: both with the ending that the noun requires."""
    return TONGUE.ordinal(int(found[1]), ending_before(found["noun"], found))


def _sentence_of_a_law(found: Match) -> str | None:
    """`Abs. 1 S. 2`."""
    return "Satz " if precedes(r"(?:Abs\.|Absatz|§|Art\.) ?\d+[a-z]? ", found) else None


def _following(found: Match) -> str:
    """`§§ 12 ff.`, `S. 12 f.`."""
    said = " fortfolgende" if found[0].count("f") > 1 else " folgende"
    return said + stop(TONGUE, found)


def _adjective(found: Match) -> str:
    """`die dt. Sprache`, `ein sog. Experte`, `engl. beeinflusst`."""
    stem = _ADJECTIVES[found["stem"]]
    if not found["noun"]:
        return stem + ("e" if stem in ("sogenannt", "ehemalig") else "") + stop(TONGUE, found)
    return f"{stem}{ending_before(found['noun'], found)} "


def _times(found: Match) -> str:
    return f"{'ein' if found[1] == '1' else TONGUE.integer(int(found[1]))}mal"


PHONES: tuple[Rule, ...] = (
    rule(
        "telephone",
        r"(?<![\w.,/-])(?<!\d )(?:(?:\+|00)\d{1,3}[ /-]{0,3}(?:\(0\) ?)?\(?\d{1,5}|\(0 ?\d{1,5}|0\d{2,5})\)?"
        r"(?:[ /-]{1,3}\d{1,8}){1,6}(?![\w/]|[.,]\d)",
        _telephone,
    ),
    rule("telephone without spaces", r"(?<![\w.,/-])(?:\+49|0)[1-9]\d{8,11}(?![\w/]|[.,]\d)", by_digits(TONGUE)),
    rule(
        "telephone with a word",
        r"(?<![\w.-])(?:0[189]00[ -]|[89]00-)(?P<word>(?=[\w-]*[A-Z]{2})[A-Z0-9]+(?:-[A-Z0-9]+)*)(?![\w-])",
        lambda found: f"{TONGUE.digits(found[0].split('-')[0].split(' ')[0])}, {found['word'].replace('-', ' ')}",
        needs="0",
        digits=True,
    ),
    rule(
        "code of the post",
        r"(?:(?<=\d, )|(?<=\d[a-z], )|(?<=(?<!\w)D-)|(?<=PLZ ))\d{5}(?= [A-ZÄÖÜ][a-zäöüß]|[,.;)]|\Z)"
        rf"|(?<![\w.,])\d{{5}}(?= (?:{_GRAMMAR['cities']})(?!\w))",
        lambda found: TONGUE.digits(found[0]),
    ),
    rule(
        "cents",
        r"(?<![\w.,])(?:[-–]{1,2}|—),(\d\d) ?(?:€|Euro|EUR)(?!\w)",
        lambda found: f"{TONGUE.integer(int(found[1]))} Cent",
        needs="€E",
        digits=True,
    ),
    rule("number that is called", r"(?<![\w.,-])(?:\d{3} \d{3}|\d{3,6})(?![\w%]|[.,]\d)", _called),
)

RULES: tuple[Rule, ...] = (
    *roman_rules(TONGUE, _ruler, name_end="s?", numeral_end=r"(?:\.(?!\Z)|(?!\w))"),
    rule(
        "ordinal at the head of a sentence",
        rf"(?:^|(?<=[.!?] ))(\d{{1,3}})\.(?= (?i:\w*(?:{_GRAMMAR['ordinal_nouns']}))(?!\w))",
        _ordinal_at_head,
        needs=".",
        flags=re.MULTILINE,
        digits=True,
    ),
    rule(
        "first of two ordinals",
        r"(?<![\w.,])(\d{1,2})\.(?= ?(?:bis|und|oder|[-–/]) ?(?:zur |zum |der |die |das )?\d{1,2}\. (?P<noun>[A-ZÄÖÜ][a-zäöüß]+))",
        _first_of_two,
        needs=".",
        digits=True,
    ),
    rule("sentence of a law", r"(?<!\w)S\. (?=\d)", _sentence_of_a_law, needs="S", digits=True),
    rule("following pages", r"(?<=\d) ?ff?\.", _following, needs="f", digits=True),
    rule("numbered", rf"(?<!\w)([IVX]+)\.(?= {pattern_of(_ROMAN['numbered'])})", _numbered, needs=ROMAN),
)

ORDINALS: tuple[Rule, ...] = (
    rule("ordinal", r"(?<![\w.,])(\d{1,4})\.(?= |\Z)", _ordinal, needs=".", digits=True),
    rule(
        "ordinal in a compound",
        r"(?<![\w.,])(\d{1,3})\.(?=-[A-ZÄÖÜ]|[,;]|\)(?! ))",
        lambda found: TONGUE.ordinal(int(found[1]), ending(found)),
        needs=".",
        digits=True,
    ),
    rule(
        "of so many percent",
        rf"(?<![\w.,])({TONGUE.number_pattern}) ?-?%-?(ige?[mnrs]?)(?!\w)",
        lambda found: f"{TONGUE.number(found[1])}prozent{found[2]}",
        needs="%",
        digits=True,
    ),
    rule(
        "adjective",
        rf"(?<![\w.])(?P<stem>{pattern_of(_ADJECTIVES)})(?: (?=(?P<noun>[A-ZÄÖÜ][a-zäöüß]+)(?![\w.])))?",
        _adjective,
        needs=".",
    ),
    rule("times", r"(?<![\w.,])(\d{1,9})(?:x|-mal|mal)(?!\w)", _times, needs="xm", digits=True),
)
"""Applied after the items of a list."""

STREETS: tuple[Rule, ...] = (
    rule(
        "street",
        r"(?<=[a-zäöüß])str\.|(?<!\w)Str\.",
        lambda found: "Straße" if found[0][0] == "S" else "straße",
        needs=".",
    ),
)
