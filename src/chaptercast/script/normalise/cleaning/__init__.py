"""Cleaning: layer 1, for every engine. Tables of rules in the order in which they are applied."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from chaptercast.script.normalise.cleaning import chinese
from chaptercast.script.normalise.cleaning.addresses import address_rules
from chaptercast.script.normalise.cleaning.characters import RUNS, character_rules
from chaptercast.script.normalise.cleaning.marks import mark_rules
from chaptercast.script.normalise.cleaning.spacing import cjk_spacing, pair_quotes, western_spacing
from chaptercast.script.normalise.data import alternatives, table
from chaptercast.script.normalise.edits import Rule, RuleTable, Table, rule

_UNSPACED = frozenset({"zh", "ja"})


@cache
def cleaning_tables(language: str) -> tuple[Table, ...]:
    """The tables for a language, given by its primary subtag."""
    words = table(language)
    unspaced = language in _UNSPACED
    pause = {"zh": "，", "ja": "、"}.get(language, ", ")
    return (
        RuleTable(character_rules(cjk=unspaced or language == "ko", number_sign=words.get("number_sign", "№"))),
        RuleTable(RUNS),
        RuleTable((*_own(language), *_addresses(words, spaced=not unspaced), *_periods(language))),
        RuleTable(mark_rules(pause=pause, star=words.get("star", ""), dagger_died=words.get("died", ""))),
        pair_quotes,
        RuleTable(cjk_spacing(pause, words["plus"]) if unspaced else western_spacing(pause, _weekdays(words))),
    )


def _own(language: str) -> Sequence[Rule]:
    return chinese.RULES if language == "zh" else ()


def _addresses(words: Mapping[str, Any], *, spaced: bool) -> Sequence[Rule]:
    if "address" not in words:
        return ()
    return address_rules(words["address"], words.get("not_endings", []), spaced=spaced)


def _periods(language: str) -> tuple[Rule, ...]:
    """`2019Q1`, as in statistics."""
    written = r"(?<![\d.,])((?:19|20)\d\d)(?: ?年)?(?: ?(?:Q([1-4])|H([12])))(?![A-Za-z0-9])(?: (?=[\u4e00-\u9fff]))?"
    if language == "zh":
        halves = {"1": "上半年", "2": "下半年"}
        return (
            rule(
                "quarter",
                written,
                lambda found: f"{found[1]}年" + (halves.get(found[3]) or f"第{found[2]}季度"),
                needs="QH",
            ),
        )
    return (
        rule("quarter", r"(?<![\d.,])((?:19|20)\d\d)(?=[QH][1-4](?!\w))", lambda found: f"{found[1]} ", needs="QH"),
    )


def _weekdays(words: Mapping[str, Any]) -> str:
    return alternatives(words.get("weekdays", {})) or "(?!)"
