"""What the narrator says itself, in the language of the article: `TAG.toml` in this folder, one for each language.

A language without a file gets pauses and no words: English in a Thai text would be worse than nothing.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field

from chaptercast.common.language_tags import closest
from chaptercast.common.units import UNDETERMINED, LanguageTag, primary

_FOLDER = Path(__file__).parent

PLURALS: Mapping[str, frozenset[int]] = MappingProxyType(
    {"none": frozenset(), "one": frozenset({1}), "zero-one": frozenset({0, 1})}
)
"""Which counts take the form `one` rather than `other` (CLDR's plural rules, as far as the files here need them)."""


class Separators(Struct, frozen=True):
    """What parts a row's cells, a column's name from a cell, lines, and the number of an item from its text; heard as short pauses."""

    cells: str = "; "
    header: str = ": "
    line: str = ", "
    number: str = "{number}. "


class Words(Struct, frozen=True):
    """The narrator's words in one language; empty tables where it has none."""

    separators: Separators = Separators()
    plural: str = "none"
    announcements: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    inline: Mapping[str, str] = field(default_factory=dict)

    def announcement(self, name: str, values: Mapping[str, int | str]) -> str:
        """The announcement called `name` with its values; whole numbers with a form in `counts` agree with their word."""
        template = self.announcements.get(name, "")
        return template.format_map({key: self._value(key, value) for key, value in values.items()})

    def within(self, name: str, **values: int | str) -> str:
        """The same for words that stand within the author's sentences; nothing where the language has none."""
        return self.inline.get(name, "").format_map(values)

    def _value(self, key: str, value: int | str) -> str:
        forms = self.counts.get(key)
        if forms is None or not isinstance(value, int):
            return str(value)
        form = "one" if value in PLURALS[self.plural] else "other"
        return (forms.get(str(value)) or forms[form]).format(n=value)


@cache
def words_for(language: LanguageTag) -> Words:
    """The words of `language` or of one that its readers understand as well; without any where there is no such file."""
    files = languages()
    if primary(language) == primary(UNDETERMINED):
        return Words()
    match = closest(language, files)
    return _read(files[match]) if match else Words()


@cache
def languages() -> Mapping[LanguageTag, Path]:
    """The languages that there are words in, with their files."""
    return MappingProxyType({LanguageTag(path.stem): path for path in sorted(_FOLDER.glob("*.toml"))})


def _read(path: Path) -> Words:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Words(
        separators=Separators(**table["separators"]),
        plural=table["plural"],
        announcements=table["announcements"],
        counts=table["counts"],
        inline=table["inline"],
    )
