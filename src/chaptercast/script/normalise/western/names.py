"""Rules for signs, names with numbers in them, abbreviations and plain numbers, shared by the Western languages."""

import re
from collections.abc import Mapping

from chaptercast.script.normalise.edits import DIGITS, Match, Rule, after, before, rule
from chaptercast.script.normalise.western.tongue import Tongue, next_word, pattern_of

_CIRCLED = "①-⑳⑴-⒇⒈-⒛❶-❿➀-➓"
_OPERAND = r"(?<=[\w)\]²³°π])"
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def equation_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for arithmetic and comparison: each sign between its terms is an edit of its own."""
    signs, words = tongue.signs, tongue.words
    copula = words.get("copula", "") + " "

    def spaced(word: str, found: Match) -> str:
        head = "" if before(found, 1) in ("", "(", "“", " ") else " "
        tail = "" if after(found, 1) in ("", " ") else " "
        return f"{head}{word}{tail}"

    def minus(found: Match) -> str | None:
        equation = "=" in before(found, 25) + after(found, 25)
        return spaced(signs["−"], found) if found[0].strip() == "−" or equation else None

    def relation(found: Match) -> str:
        word = signs[found["sign"]]
        term = re.search(r"(?:\d[%°CF]{0,2}|[)\]²³]|(?<![^\W_])[^\W\d_])\Z", before(found, 6))
        return spaced(word if term or not word.startswith(copula) else word.removeprefix(copula), found)

    def times(found: Match) -> str:
        equation = re.search(r"[=≈<>≥≤]", before(found, 25) + after(found, 25))
        power = re.match(r"10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻^]", after(found, 4))
        return spaced(signs["×"] if equation or power else words.get("by", signs["×"]), found)

    return (
        rule("minus", rf"(?:(?<=[\d)²³])|(?<=(?<![^\W\d_])[^\W\d_])) ?[-−–] ?(?=[\d(]|[^\W\d_](?![^\W\d_]))", minus, needs="=−"),
        rule("times", rf"{_OPERAND} ?[×*] ?(?=[\w(−-])|(?<=\d) ?x ?(?=\d)", times, needs="×*x"),
        rule("divided by", rf"{_OPERAND} ?÷ ?(?=[\w(−-])", lambda found: spaced(signs["÷"], found), needs="÷"),
        rule("equals", r" ?(?P<sign>[=≈≠≥≤]) ?(?=\S)", relation, needs="=≈≠≥≤"),
        rule("greater, less", r" ?(?P<sign>[<>]) ?(?=[\d(.$€£¥√−-]|[^\W\d_](?![^\W\d_]))", relation, needs="<>"),
        rule("plus", rf"{_OPERAND} ?\+ ?(?=[\w(−-])", lambda found: spaced(signs["+"], found), needs="+"),
        rule("plus after", r"(?<=\w)\+", lambda found: spaced(signs["+"], found), needs="+"),
        rule("plus or minus", r" ?± ?(?=[\d.])", lambda found: spaced(signs["±"], found), needs="±"),
        rule("root", r"√ ?(?=[\w(])", f"{signs['√']} ", needs="√"),
        rule("about", r"(?<![\w%°)])~ ?(?=[\d$€£])", f"{signs['~']} ", needs="~"),
    )  # fmt: skip


def name_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for numbers that name and do not count: versions, models, items of a list."""

    def version(found: Match) -> str | None:
        if re.fullmatch(tongue.number_pattern, found[0]):
            return None
        parts = [tongue.digits(part) if len(part) > 2 or (part[0] == "0" and part != "0") else tongue.integer(int(part)) for part in found[0].split(".")]
        spoken = f" {tongue.words.get('version_point', tongue.words['point'])} ".join(parts)
        return f" {spoken}" if before(found, 1).isalpha() else spoken

    def after_letters(found: Match) -> str:
        whole, mark, fraction = re.match(r"(\d+)([.,]?)(\d*)", found["number"]).groups()  # type: ignore[union-attr]  # it is \d+ at least
        spoken = tongue.name(whole)
        if mark:
            spoken += f" {tongue.words['point']} {tongue.fraction_digits(fraction)}"
        return f" {spoken} " if after(found, 1).isalpha() else f" {spoken}"

    def before_letters(found: Match) -> str:
        return f"{tongue.number(found[0]) if len(found[0]) < 3 else tongue.name(found[0])} "

    def item(found: Match) -> str:
        written = found["written"]
        value = int(written) if written.isdecimal() else _numeric(written)
        return f"{tongue.item(value).capitalize()}, "

    return (
        rule("item", r"(?:^|(?<=[.!?;:] ))(?:\((?P<opened>(?=\d))?(?P<written>\d{1,2})\)|(?P<_>)(?!))(?: +|(?=[^\W\d_]))(?=\S)", item, needs="(", flags=re.MULTILINE),
        rule("item with a bracket", r"(?:^|(?<=[.!?;:,] ))(?P<written>\d{1,2})\)[.:]? *(?=\S)", item, needs=")", flags=re.MULTILINE),
        rule("item with a stop", tongue.table.get("item", r"(?:^|(?<=[.!?] ))(?P<written>\d{1,2})\. +(?=[^\W\d_“\"])"), item, needs=".", flags=re.MULTILINE),
        rule("item in a circle", rf"(?P<written>[{_CIRCLED}]) *(?=\S)", item, needs=()),
        rule("number in a circle", rf"(?P<written>[{_CIRCLED}])", lambda found: tongue.integer(_numeric(found[0])), needs=()),
        rule("version", r"(?<![\d.,])\d{1,4}(?:\.\d{1,4}){2,4}(?![\d]|\.\d)", version, needs="."),
        rule("number after letters", r"(?<=[^\W\d_])[-–]?(?P<number>\d+(?:[.,]\d+)?)(?![.,]?\d)", after_letters),
        rule("number before letters", r"(?<![\w.,])\d+(?=[^\W\d_])", before_letters),
    )  # fmt: skip


def _numeric(sign: str) -> int:
    import unicodedata

    return int(unicodedata.numeric(sign))


def abbreviation_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rules for abbreviations; one that ends a sentence keeps the full stop of the sentence."""
    titles, ordinary, numbered = (tongue.table.get(name, {}) for name in ("titles", "abbreviations", "before_number"))

    def ending(found: Match) -> str:
        stop = found[0].endswith(".") and re.match(r"[”\")»]*(?:\s*\Z|\s+[“\"(„«¿¡]?[A-ZÀ-Þ](?!\.))", found.string[found.end() : found.end() + 8])
        return ordinary[_squeezed(found[0])] + ("." if stop else "")

    def _table(spoken: Mapping[str, str]) -> str:
        return "|".join(re.escape(name).replace(r"\ ", " ?") for name in sorted(spoken, key=len, reverse=True)) or "(?!)"

    def _squeezed(written: str) -> str:
        return written if written in ordinary else next(name for name in ordinary if name.replace(" ", "") == written.replace(" ", ""))

    letters = frozenset(".") if all("." in name for name in ordinary) else frozenset()
    return (
        rule("title", rf"(?<![\w.])(?:{_table(titles)})(?=[ ]?[A-ZÀ-Þ„“\"])", lambda found: titles[found[0]] + ("" if after(found, 1) == " " else " "), needs=letters),
        rule(
            "abbreviation of a number",
            rf"(?<![\w.])({_table(numbered)}) ?(?=[\d#IVX])",
            lambda found: f"{numbered[found[1]]} ",
            needs=(),
        ),
        rule("abbreviation", rf"(?<![\w.])(?:{_table(ordinary)})(?![^\W_])", ending, needs=()),
    )  # fmt: skip


def plain_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The last rules: what is left of numbers and signs."""

    def plain(found: Match) -> str:
        return tongue.negative(found["sign"]) + tongue.number(found["number"], next_word(found))

    def rest(found: Match) -> str:
        spoken = tongue.integer(int(found[0])) if len(found[0]) <= 15 else tongue.digits(found[0])  # noqa: PLR2004 - as in `Tongue.number`
        return f"{' ' if before(found, 1).isalnum() else ''}{spoken}{' ' if after(found, 1).isalnum() else ''}"

    def lone(found: Match) -> str:
        word = tongue.signs.get(found[0]) or tongue.currencies[found[0]][1]
        return f"{'' if before(found, 1) in ('', ' ') else ' '}{word}{'' if after(found, 1) in ('', ' ') else ' '}"

    def power(found: Match) -> str:
        return f" {tongue.power(found['raised'] or found['caret'])}"

    lone_signs = {sign for sign in (*tongue.signs, *tongue.currencies) if len(sign) == 1 and not sign.isalpha()} - {"−", "~"}
    return (
        rule("number sign", r"(?<![\w&])#(?=\d)", f"{tongue.words['number']} ", needs="#"),
        rule("power", rf"(?<=[\w)])(?:(?P<raised>⁻?[{_SUPERSCRIPTS}]+)|\^\(?(?P<caret>-?\d{{1,4}})\)?)", power, needs=_SUPERSCRIPTS + "^"),
        rule("unit alone", rf"(?<![\w/])(?:{pattern_of([unit for unit in tongue.units if unit[-1] in '²³'])})", lambda found: tongue.units[found[0]][0], needs="²³"),
        rule("plain number", rf"(?<![\w.,)])(?P<sign>[-−](?=\d))?(?P<number>{tongue.number_pattern})(?![\w])", plain),
        rule("rest of a number", r"\d+", rest),
        rule("slash between words", r"(?<=[^\W\d_]) ?/ ?(?=[^\W\d_])", tongue.table.get("slash", " "), needs="/"),
        rule("slash", r" ?/+ ?", " ", needs="/"),
        rule("sign", f"[{re.escape(''.join(sorted(lone_signs)))}]", lone, needs=lone_signs),
        rule("minus sign", r"−", f"{tongue.words['minus']} ", needs="−"),
        rule("hash or tilde", r"[#~]", "", needs="#~"),
    )  # fmt: skip


__all__ = ["DIGITS", "abbreviation_rules", "equation_rules", "name_rules", "plain_rules"]
