"""The narrator's own phrases, in the language of the article: one `TAG.toml` per language in this folder.

A language without a file gets pauses instead of words: English inside a Thai text would be worse than nothing.
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
"""The counts that take the form `one` instead of `other` (CLDR's plural rules, as far as the files here need them)."""


class Separators(Struct, frozen=True):
    """Separators between the cells of a row, between a column's name and a cell, between lines, and after an item's number.

    Heard as short pauses.
    """

    cells: str = "; "
    header: str = ": "
    line: str = ", "
    number: str = "{number}. "


class Words(Struct, frozen=True):
    """The narrator's words in one language. The tables are empty if there are none."""

    separators: Separators = Separators()
    plural: str = "none"
    announcements: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    inline: Mapping[str, str] = field(default_factory=dict)

    def announcement(self, name: str, values: Mapping[str, int | str]) -> str:
        """The announcement called `name` with its values. A number with a form in `counts` agrees with its noun."""
        template = self.announcements.get(name, "")
        return template.format_map({key: self._value(key, value) for key, value in values.items()})

    def within(self, name: str, **values: int | str) -> str:
        """The same for words inside the author's sentences. Empty if the language has none."""
        return self.inline.get(name, "").format_map(values)

    def _value(self, key: str, value: int | str) -> str:
        forms = self.counts.get(key)
        if forms is None or not isinstance(value, int):
            return str(value)
        form = "one" if value in PLURALS[self.plural] else "other"
        return (forms.get(str(value)) or forms[form]).format(n=value)


@cache
def words_for(language: LanguageTag) -> Words:
    """The words of `language`, or of one that its readers also understand; empty if there is no such file."""
    files = languages()
    if primary(language) == primary(UNDETERMINED):
        return Words()
    match = closest(language, files)
    return _read(files[match]) if match else Words()


@cache
def languages() -> Mapping[LanguageTag, Path]:
    """The languages with words, and their files."""
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
