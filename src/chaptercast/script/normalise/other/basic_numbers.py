"""Languages of which little is known: plain numbers, decimals and percentages by num2words. What is less sure is left to the engine."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from chaptercast.script.normalise.data import table
from chaptercast.script.normalise.edits import Match, Rule, rule
from chaptercast.script.normalise.western.number_grammar import LONGEST, numeral

_FEW = range(2, 5)


@cache
def rules(language: str) -> tuple[Rule, ...]:
    """The rules for a language, by its primary subtag; none where nothing is known of it."""
    words = table(language)
    degrees = _below_zero(words)
    if "percent" not in words:
        return degrees
    separators, points = words.get("separators", ". "), words.get("points", ",")
    number = rf"(?:\d{{1,3}}(?:[{separators}]\d{{3}})+(?!\d)(?:[{points}]\d+)?|\d{{1,{LONGEST}}}(?:[{points}]\d+)?)"

    def say(found: Match) -> str | None:
        whole, *fraction = re.split(f"[{points}]", re.sub(rf"(?<=\d)[{separators}](?=\d{{3}})", "", found["number"]))
        if len(whole) > LONGEST or (len(whole) > 1 and whole[0] == "0"):
            return None
        spoken = numeral(int(whole), language)
        if fraction:
            digits = " ".join(numeral(int(digit), language) for digit in fraction[0])
            spoken = f"{spoken} {words['point']} {digits}"
        if found["percent"] or found["leading"]:
            percent = _form(words["percent"], int(whole), is_whole=not fraction)
            spoken = f"{percent} {spoken}" if words.get("first") else f"{spoken} {percent}"
        return f"{words['minus']} {spoken}" if found["sign"] else spoken

    beside = r"\d.,:/+*=_"
    ordinal = r"|(?<=(?<!\d)\d)\. [^\W\d_]|(?<=(?<!\d)\d\d)\. [^\W\d_]" if words.get("stopped_ordinals") else ""
    leading = r"(?P<leading>% ?)?" if words.get("first") else r"(?P<leading>(?!))?"
    named = words.get("number_word")
    return (
        *(
            (rule("number sign", r"(?<![\w.])[nN]\.?[ºª°] ?(?=\d)", f"{named} ", needs="ºª°", digits=True),)
            if named
            else ()
        ),
        rule(
            "number",
            rf"(?<![\w{beside}-]){leading}(?P<sign>[-−](?=\d))?(?P<number>{number})(?P<percent> ?%)?"
            rf"(?![{beside}-]\d|\w|[/:=*+_%‰°]|\.[A-Za-z]{ordinal})",
            say,
        ),
        *degrees,
    )


def _below_zero(words: Mapping[str, Any]) -> tuple[Rule, ...]:
    """A minus before degrees, which eSpeak NG leaves out in many languages; it says the degrees itself."""
    if "minus" not in words:
        return ()
    return (rule("below zero", r"(?<![\w.,/:-])[-−](?=\d+(?:[.,]\d+)? ?°)", f"{words['minus']} ", needs="°"),)


def _form(forms: list[Any], count: int, *, is_whole: bool) -> str:
    """One percent, two percent, five percent, as the Slavs count; a decimal fraction takes the second form."""
    if len(forms) == 1 or not is_whole:
        return str(forms[min(1, len(forms) - 1)])
    tens, ones = count % 100, count % 10
    if ones == 1 and tens != 11:
        return str(forms[0])
    return str(forms[1] if ones in _FEW and tens - ones != 10 else forms[2])
