"""Labelled sentences, and when a reading of one counts as right: see cases/README.md."""

import unicodedata
from pathlib import Path

from msgspec import Struct

CASES = Path(__file__).parent / "cases"
_HEARD = "%&#@*/\\§†‡•"


class Case(Struct, frozen=True):
    """A sentence as it is written, and the readings that are right."""

    category: str
    written: str
    readings: tuple[str, ...]


def cases(group: str, language: str) -> list[Case]:
    lines = (CASES / group / f"{language}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = []
    for line in lines:
        category, written, spoken, alternatives = line.split("\t")
        found.append(Case(category, written, (spoken, *filter(None, alternatives.split(" | ")))))
    return found


def key(text: str) -> str:
    """A reading without what does not count: punctuation, spaces, letter case, 〇 for 零."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("〇", "零")
    return "".join(sign for sign in folded if sign in _HEARD or unicodedata.category(sign)[0] not in "PZC")


def is_right(spoken: str, case: Case) -> bool:
    return key(spoken) in {key(reading) for reading in case.readings}
