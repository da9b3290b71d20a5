"""Rules for ordinals and Roman numerals, by the endings and the nouns that the table of a language names."""

import re

from chaptercast.script.normalise import roman
from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.other.grammar import Grammar
from chaptercast.script.normalise.western.number_grammar import pattern_of, precedes

_CAPITAL = "A-ZÀ-ÞŁŚŻŹĆŃĘĄŠČŘŽĚŮİŞĞА-ЯЁІЇЄҐ"
_ROMAN = "IVX"
_LOCATIVE = frozenset(["w", "we", "na", "o", "przy", "po", "v", "ve", "při"])
"""Polish and Czech prepositions after which a noun most often tells where."""


def ordinal_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rules for numbers with an ending: `1ª`, `2:a`, `20ste`."""
    endings: dict[str, str] = g.table.get("ordinal_endings", {})
    if not endings:
        return ()
    pattern = g.table.get("ordinal_mark", "")

    def ordinal(found: Match) -> str:
        gender, _, case = endings[found["ending"]].partition(" ")
        return g.ordinal(int(re.sub(r"\D", "", found["number"])), gender, case or "n")

    return (
        rule(
            "ordinal",
            rf"(?<![\w.,/-])(?P<number>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}){pattern}(?P<ending>{pattern_of(endings)})(?![\w])",
            ordinal,
        ),
    )


def stopped_ordinal_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rule for ordinals written with a full stop, before the nouns that the table names: `20. yüzyıl`, `3. kapitola`."""
    nouns: dict[str, str] = g.table.get("stopped_nouns", {})
    patterns = {gender: rf"(?:{words})" for gender, words in nouns.items()}
    if not patterns:
        return ()
    lower = "a-zà-ÿąćęłńśźżčďěňřšťůžğıș"
    either = "|".join(rf"(?P<g{index}>{pattern})" for index, pattern in enumerate(patterns.values()))
    kinds = tuple(patterns)

    def say(found: Match) -> str:
        kind = next(kinds[index] for index in range(len(kinds)) if found[f"g{index}"])
        gender, _, case = kind.partition(" ")
        for words, governed in g.table.get("ordinal_prepositions", {}).items():
            if kind == "n n" and precedes(rf"(?i:(?<!\w)(?:{words})) ", found):
                case = governed
        if case == "n" and kind in g.table.get("genitive_after_nouns", []) and g.word_before(found):
            case = "g"
        return g.ordinal(int(found[1]), gender, case or "n")

    def of_any(found: Match) -> str:
        """Before another noun, whose gender is not known: masculine, in the case that a preposition asks for."""
        case = "p" if g.word_before(found) in _LOCATIVE else "n"
        return g.ordinal(int(found[1]), "m", case)

    return (
        rule("ordinal with a full stop", rf"(?<![\w.,/-])(\d{{1,3}})\.(?= (?:{either})(?!\w))", say, needs="."),
        rule("ordinal of any noun", rf"(?<![\w.,/-])(\d{{1,3}})\.(?= [{lower}]{{2}})", of_any, needs="."),
    )


def roman_rules(g: Grammar) -> tuple[Rule, ...]:
    """The rules for centuries, rulers and parts of books in Roman numerals."""
    table: dict[str, str] = g.table.get("roman", {})

    def ruler(found: Match) -> str | None:
        value = roman.value(found["numeral"])
        return None if value is None else g.ruler(found["name"], value)

    def counted(found: Match) -> str | None:
        value = roman.value(found["numeral"])
        return None if value is None else f"{found['name']} {g.integer(value)}"

    def century(found: Match) -> str | None:
        """`século XX`: up to some number it is an ordinal."""
        value = roman.value(found["numeral"])
        if value is None:
            return None
        ordinal = value <= int(table.get("last_ordinal", "99"))
        return f"{found['name']} {g.ordinal(value) if ordinal else g.integer(value)}"

    kinds = (("century", table.get("centuries"), century), ("ruler", table.get("rulers"), ruler))
    stop = r"(?:\.(?= [^\W\dA-Z]))?" if g.basics.get("stopped_ordinals") else ""
    return (
        *_before_nouns(g, table),
        *(
            rule(
                name,
                rf"(?<!\w)(?P<name>{words}) (?P<numeral>[IVXLC]+)(?!\w|\.[{_CAPITAL}]){stop}",
                say,
                needs="IVXLC",
            )
            for name, words, say in (*kinds, ("numbered in Roman numerals", table.get("numbered"), counted))
            if words
        ),
    )


def _case(g: Grammar, kind: str, found: Match, joint: str, *, first: bool = False) -> str:
    """The case of an ordinal, by the noun after it; `gp` is the prepositional after `w` and the like, else the genitive."""
    case = kind.partition(" ")[2]
    if case == "gp":
        where = rf"(?i:(?<!\w)(?:{'|'.join(sorted(_LOCATIVE))})) (?:[IVX]+(?:{joint}))?"
        return "p" if precedes(where, found) else "g"
    if case == "n" and not first and kind in g.table.get("genitive_after_nouns", []) and g.word_before(found):
        return "g"
    return case


def _before_nouns(g: Grammar, table: dict[str, str]) -> tuple[Rule, ...]:
    """`XX secolo`, `II Guerra Mundial`, `XX век`: the noun tells gender and case."""
    nouns: dict[str, str] = g.table.get("roman_nouns", {})
    joint = table.get("joint", r" ?[-–—] ?")

    def say(found: Match) -> str | None:
        value = roman.value(found["numeral"])
        if value is None:
            return None
        for kind, pattern in nouns.items():
            if re.fullmatch(pattern, found["noun"]):
                gender = kind.partition(" ")[0]
                case = _case(g, kind, found, joint)
                if gender == "p" and precedes(rf"[IVX](?:{joint})", found):  # the last of two: в XV–XVI веках
                    gender = "m"
                return g.ordinal(value, gender, case or "n")
        return None

    def joined(found: Match) -> str | None:
        """The first of two: `XIX–XX вв.`."""
        value = roman.value(found["first"])
        if value is None:
            return None
        kind = next((kind for kind, pattern in nouns.items() if re.fullmatch(pattern, found["noun"])), "m")
        gender, case = kind.partition(" ")[0], _case(g, kind, found, joint, first=True)
        between = table.get("spoken_joint", g.range_joint) if found["joint"].strip() in "-–—" else found["joint"]
        return f"{g.ordinal(value, gender.rstrip('p') or 'm', case or 'n')}{between}"

    if not nouns:
        return ()
    noun = "|".join(nouns.values())
    mark = table.get("mark", "")
    return (
        rule(
            "first of two centuries",
            rf"(?<![\w.])(?P<first>[IVX]+)(?P<joint>{joint})(?=[IVX]+{mark} (?P<noun>{noun})(?!\w))",
            joined,
            needs=_ROMAN,
        ),
        rule(
            "Roman numeral before a noun",
            rf"(?<![\w.])(?P<numeral>[IVX]+){mark}(?= (?P<noun>{noun})(?!\w))",
            say,
            needs=_ROMAN,
        ),
    )
