"""What pages say themselves, in the language of the article: `TAG.toml` in this folder, one for each language; else English."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from chaptercast.common.language_tags import closest, normalised
from chaptercast.common.units import UNDETERMINED, LanguageTag, Milliseconds, primary

if TYPE_CHECKING:
    from babel import Locale

_FOLDER = Path(__file__).parent
_FALLBACK = LanguageTag("en")


class Words(Struct, frozen=True):
    """A page's own words in one language; dates, plurals and names of languages are CLDR's, by Babel."""

    language: LanguageTag
    locale: "Locale"
    texts: Mapping[str, str]
    counts: Mapping[str, Mapping[str, str]]
    """By the plural categories of the language (UTS 35, Language Plural Rules)."""
    reasons: Mapping[str, str]
    """By the name of the `Reason`, in lower case."""

    def __call__(self, name: str, **values: object) -> str:
        """The text called `name`, with its values."""
        return self.texts[name].format_map(values)

    def count(self, name: str, number: int) -> str:
        """`number` of what is called `name`: "3 chapters"."""
        forms = self.counts[name]
        return forms.get(self.locale.plural_form(number), forms["other"]).format(n=number)

    def duration(self, length: Milliseconds) -> str:
        """A length in words, to the minute from ten minutes on: "1 hour 2 minutes"."""
        seconds = max(1, round(length / 1000))
        if seconds >= 600:
            seconds = round(seconds / 60) * 60
        hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
        parts = {"hours": hours, "minutes": minutes, "seconds": rest}
        return " ".join(self.count(name, number) for name, number in parts.items() if number)

    def date(self, iso: str) -> str:
        """A date of ISO 8601 as people write it; `iso` itself where it is none."""
        from babel.dates import format_date

        try:
            return format_date(date.fromisoformat(iso[:10]), "long", locale=self.locale)
        except ValueError:
            return iso

    def size(self, count: int) -> str:
        """A number of bytes in megabytes."""
        from babel.numbers import format_decimal

        return f"{format_decimal(round(count / 1e6, 1), locale=self.locale)} MB"

    def language_name(self, tag: LanguageTag) -> str:
        """What a language is called here; its tag where it has no name."""
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(tag, sep="-").get_display_name(self.locale) or tag
        except (ValueError, UnknownLocaleError):
            return tag


def words_for(language: LanguageTag) -> Words:
    """The words of `language` or of one that its readers understand as well, else English."""
    known = normalised(language)
    match = closest(known, languages()) if known and primary(known) != UNDETERMINED else None
    return _read(match or _FALLBACK)


@cache
def languages() -> tuple[LanguageTag, ...]:
    """The languages that there are words in."""
    return tuple(LanguageTag(path.stem) for path in sorted(_FOLDER.glob("*.toml")))


@cache
def _read(language: LanguageTag) -> Words:
    from babel import Locale

    table = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return Words(
        language=language,
        locale=Locale.parse(language, sep="-"),
        texts=table["texts"],
        counts=table["counts"],
        reasons=table["reasons"],
    )


def clock(time: Milliseconds) -> str:
    """A time as players show it: `1:02:03`, `2:03`."""
    seconds = time // 1000
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
