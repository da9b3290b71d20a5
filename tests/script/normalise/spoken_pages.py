"""Makes `docs/spoken/LANGUAGE.md`: what is written and what is said, for readers who speak the language.

Run `python -m tests.script.normalise.spoken_pages`. The sentences are those of the tests, numbers, dates and the like those of
`samples.toml`, abbreviations, signs, units and currencies those of the tables; what is said is what the program says now.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.script.normalise.reading import CASES, Case, cases

from chaptercast.common.units import LanguageTag
from chaptercast.script.normalise import clean, spell
from chaptercast.script.normalise.data import LANGUAGES as WITH_RULES
from chaptercast.script.normalise.data import more, table

PAGES = Path(__file__).parents[3] / "docs" / "spoken"
LANGUAGES = {
    "en": "English", "zh": "Chinese", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "nl": "Dutch",
    "sv": "Swedish", "da": "Danish", "no": "Norwegian", "ru": "Russian", "uk": "Ukrainian", "pl": "Polish", "cs": "Czech", "tr": "Turkish",
    "hi": "Hindi", "ar": "Arabic", "vi": "Vietnamese", "ko": "Korean", "ja": "Japanese",
}  # fmt: skip
"""Those with a page, by name."""

_TAGS = {"pt": "pt-BR", "no": "nb"}
"""The language of a page, where it is not that of its table."""
_RIGHT_TO_LEFT = frozenset({"ar"})
_KINDS = {
    "numbers": "Numbers",
    "ordinals": "Ordinals and centuries",
    "dates": "Dates and years",
    "times": "Times of day",
    "money": "Money",
    "copied": "Numbers to be dialled or copied",
}
_GROUPS = ("kinds", "own", "later", "development")
_OF_A_KIND = {"own": 1, "later": 0, "development": 0}
"""How many sentences of each kind a page shows of a group: all of the others, which are fewer."""
_LONGEST = {"Units": 50, "Abbreviations": 300}
_OTHERS = 80
"""Entries of a table that a page shows: nobody reads more; the rest is counted below."""
_COLUMNS = {
    "Sentences": 1,
    "Abbreviations": 3,
    "Titles before names": 3,
    "Abbreviations before numbers": 3,
    "Signs": 3,
    "Greek letters": 3,
}
_BEFORE = frozenset("~√§°")
"""Signs that stand before a number."""
_REST = "…"
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~$&]")

_HEAD = """# How {name} is said

What is written, and what chaptercast says for it with engines that read no digits by themselves. Made from the tables and tests of this
version by `python -m tests.script.normalise.spoken_pages`, and tested to be up to date: do not edit it. Other languages, and **how to send
a correction**: [README.md](README.md). The words are in `src/chaptercast/script/normalise/data/{table}.toml`.
"""
_INDEX = """# What is written, and what is said

One page for each language whose numbers, signs and abbreviations chaptercast puts into words. You speak one of them? Please read its page
aloud: a few minutes find what no test of ours can.

{languages}

## Something is said wrong?

Please tell us in an issue: the line as it is written, and how you would read it aloud; if people read it in several ways, all of them.

You can also send the change:

1. Words for abbreviations, signs, units and currencies are in `src/chaptercast/script/normalise/data/` (English, Chinese, German, French,
   Spanish) and in its folder `more/` (all others): plain tables, what is written on the left, what is said on the right. A comment at the
   head of a table tells about forms, where a language has several.
2. Sentences are in `tests/script/normalise/cases/kinds/` (the same five) and `cases/languages/` (all others), one a line: kind, written,
   said, other readings, separated by tabs; `tests/script/normalise/cases/README.md` tells what counts. Add the sentence that was said
   wrong. The dates, times and numbers of the pages are in `tests/script/normalise/samples.toml`.
3. Run `python -m tests.script.normalise.spoken_pages`, which makes these pages, and `python -m pytest tests/script/normalise`.

The pages are made from the tables and tests of this version: do not edit them, or this one.
"""

Rows = Sequence[tuple[str, str]]


def index() -> str:
    """The page that lists the pages."""
    return _INDEX.format(languages="\n".join(f"- [{name}]({code}.md)" for code, name in LANGUAGES.items()))


def page(code: str, name: str) -> str:
    """The page of a language."""
    head = _HEAD.format(name=name, table=code if code in WITH_RULES else f"more/{code}")
    sections = (*_samples(code), *_tables(code), *_sentences(code), *_in_portugal(code))
    return "\n".join((head, *(line for section in sections for line in _section(code, *section))))


def said(written: str, language: LanguageTag) -> str:
    return spell(clean(written, language), language)


def _tag(code: str) -> LanguageTag:
    return LanguageTag(_TAGS.get(code, code))


@cache
def samples() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "samples.toml").read_text(encoding="utf-8"))


def _samples(code: str) -> Iterator[tuple[str, Rows]]:
    for kind, title in _KINDS.items():
        yield title, [(written, said(written, _tag(code))) for written in samples()[code][kind]]


def _tables(code: str) -> Iterator[tuple[str, Rows]]:
    """Each entry as it stands in a text that goes on: a full stop then is that of the abbreviation."""
    words = table(code) if code in WITH_RULES else more(code)
    person = samples()[code]["person"]
    for title, name, sample in (
        ("Abbreviations", "abbreviations", "{}"),
        ("Titles before names", "titles", f"{{}} {person}"),
        ("Abbreviations before numbers", "before_number", "{} 3"),
        ("Units", "units", "2 {}"),
        ("Currencies", "currencies", "{}20" if code in WITH_RULES else "20 {}"),
        ("Signs", "signs", "{}"),
        ("Greek letters", "greek", "{}"),
    ):
        written = [sample.format(entry).replace("- ", "-") for entry in words.get(name, {})]
        if name == "signs":
            shown = [
                sign for sign in words.get(name, {}) if sign not in words["units"] and sign not in words["currencies"]
            ]
            written = [_sign(sign) for sign in shown]
        yield title, _alike((each, _in_text(each, code)) for each in written)


def _sign(sign: str) -> str:
    if sign in _BEFORE:
        return f"{sign}20"
    return f"x {sign} y = z" if sign == "×" else f"x {sign} y"


def _in_text(written: str, code: str) -> str:
    return said(f"{written} {_REST}", _tag(code)).rstrip(f"{_REST} ")


def _alike(rows: Iterable[tuple[str, str]]) -> Rows:
    """One row for all that are said in the same way."""
    by_said: dict[str, list[str]] = {}
    for written, spoken in rows:
        by_said.setdefault(spoken, []).append(written)
    return [(" · ".join(written), spoken) for spoken, written in by_said.items()]


def _sentences(code: str) -> Iterator[tuple[str, Rows]]:
    shown = [
        (case.written, said(case.written, _tag(code))) for case in sorted(_cases(code), key=lambda case: case.category)
    ]
    yield "Sentences", shown


def _cases(code: str) -> Iterator[Case]:
    if code not in WITH_RULES:
        yield from cases("languages", _tag(code))
        return
    seen: dict[str, int] = {}
    for group in _GROUPS:
        if (CASES / group / f"{code}.tsv").exists():
            for case in cases(group, code):
                seen[case.category] = seen.get(case.category, 0) + 1
                if seen[case.category] <= _OF_A_KIND.get(group, 1):
                    yield case


def _in_portugal(code: str) -> Iterator[tuple[str, Rows]]:
    if code == "pt":
        written = [row for kind in _KINDS for row in samples()[code][kind]]
        here = [(each, said(each, LanguageTag("pt-PT"))) for each in written]
        yield "Otherwise in Portugal", [row for row in here if row[1] != said(row[0], _tag(code))]


def _section(code: str, title: str, rows: Rows) -> Iterator[str]:
    """Several entries a line where they are short."""
    if not rows:
        return
    longest = _LONGEST.get(title, _OTHERS)
    shown, rest = rows[:longest], len(rows) - longest
    columns = _COLUMNS.get(title, 2)
    right_to_left = code in _RIGHT_TO_LEFT
    yield f"## {title}\n"
    if right_to_left:
        yield '<div dir="rtl">\n'
    yield "| written | said " * columns + "|\n" + "|---|---" * columns + "|"
    for first in range(0, len(shown), columns):
        line = shown[first : first + columns]
        cells = [f"| {_escaped(written)} | {_escaped(spoken)} " for written, spoken in line]
        yield "".join(cells) + "|  |  " * (columns - len(line)) + "|"
    if right_to_left:
        yield "\n</div>"
    if rest > 0:
        yield f"\nAnd {rest} more in the table."
    yield ""


def _escaped(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", text.replace("\n", " "))


def main() -> None:
    PAGES.mkdir(parents=True, exist_ok=True)
    (PAGES / "README.md").write_text(index(), encoding="utf-8")
    for code, name in LANGUAGES.items():
        (PAGES / f"{code}.md").write_text(page(code, name), encoding="utf-8")


if __name__ == "__main__":
    main()
