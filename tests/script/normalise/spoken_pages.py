"""Makes `docs/spoken/LANGUAGE.md`: what is written and what is said, for readers who speak the language.

Run `python -m tests.script.normalise.spoken_pages`. The sentences are those of the tests, the signs, units and currencies those of the
tables; what is said is what the program says now.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.script.normalise.reading import CASES, cases

from chaptercast.script.normalise import clean, spell
from chaptercast.script.normalise.data import table
from chaptercast.units import LanguageTag

PAGES = Path(__file__).parents[3] / "docs" / "spoken"
LANGUAGES = {"zh": "Chinese"}
"""Those with a page, by name."""

_TABLES = {
    "units": "2 {}",
    "currencies": "{}20",
    "signs": "x {} y",
    "greek": "{}",
    "abbreviations": "{}",
    "titles": "{}",
}
"""Of a language's tables, those that a page shows, and how an entry is written in a sample."""
_GROUPS = ("kinds", "own", "later", "development")
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~$&]")

_HEAD = """# How {name} is said

What is written, and what chaptercast says for it with engines that read no digits by themselves. Made from the tables and tests of this
version by `python -m tests.script.normalise.spoken_pages`, and tested to be up to date: do not edit it.

**Something is said wrong?** Please tell us in an issue: the line as it is written, and how you would read it aloud; if people read it in
several ways, all of them. You can also send the change: words for signs, units and currencies are in
`src/chaptercast/script/normalise/data/{code}.toml`; sentences are in `tests/script/normalise/cases/kinds/{code}.tsv`, one a line
(kind, written, said, other readings), and `tests/script/normalise/cases/README.md` tells what counts. Then run the tests and the command
above.
"""


def said(written: str, language: LanguageTag) -> str:
    return spell(clean(written, language), language)


def page(code: str, name: str) -> str:
    """The page of a language."""
    return "\n".join((_HEAD.format(name=name, code=code), *_sentences(code), *_tables(code)))


def _sentences(code: str) -> Iterator[str]:
    language = LanguageTag(code)
    kinds: dict[str, list[tuple[str, str]]] = {}
    for group in _GROUPS:
        if (CASES / group / f"{code}.tsv").exists():
            for case in cases(group, code):
                kinds.setdefault(case.category, []).append((case.written, said(case.written, language)))
    for kind in sorted(kinds):
        yield from _section(kind.capitalize(), kinds[kind])


def _tables(code: str) -> Iterator[str]:
    language, words = LanguageTag(code), table(code)
    for name, sample in _TABLES.items():
        entries: Mapping[str, object] = words.get(name, {})
        written = [sample.format(entry) for entry in entries]
        rows = [(each, said(each, language)) for each in written]
        if rows:
            yield from _section(f"Table: {name}", rows)


def _section(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"## {title}\n\n| written | said |\n|---|---|"
    yield from (f"| {_escaped(written)} | {_escaped(spoken)} |" for written, spoken in rows)
    yield ""


def _escaped(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", text.replace("\n", " "))


def main() -> None:
    PAGES.mkdir(parents=True, exist_ok=True)
    for code, name in LANGUAGES.items():
        (PAGES / f"{code}.md").write_text(page(code, name), encoding="utf-8")


if __name__ == "__main__":
    main()
