"""The pages' own words, in the language of the article: one `TAG.toml` per language in this folder; English if there is none."""

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
    """A page's own words in one language. Dates, plurals and language names come from CLDR, by Babel."""

    language: LanguageTag
    locale: "Locale"
    texts: Mapping[str, str]
    counts: Mapping[str, Mapping[str, str]]
    """By plural category of the language (UTS 35, Language Plural Rules)."""
    reasons: Mapping[str, str]
    """By the lower-case name of the `Reason`."""

    def __call__(self, name: str, **values: object) -> str:
        """The text called `name`, with its values filled in."""
        return self.texts[name].format_map(values)

    def count(self, name: str, number: int) -> str:
        """A number with its noun `name`: "3 chapters"."""
        forms = self.counts[name]
        return forms.get(self.locale.plural_form(number), forms["other"]).format(n=number)

    def duration(self, length: Milliseconds) -> str:
        """A duration in words, rounded to minutes from ten minutes on: "1 hour 2 minutes"."""
        seconds = max(1, round(length / 1000))
        if seconds >= 600:
            seconds = round(seconds / 60) * 60
        hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
        parts = {"hours": hours, "minutes": minutes, "seconds": rest}
        return " ".join(self.count(name, number) for name, number in parts.items() if number)

    def date(self, iso: str) -> str:
        """An ISO 8601 date as people write it; `iso` itself if it is not one."""
        from babel.dates import format_date

        try:
            return format_date(date.fromisoformat(iso[:10]), "long", locale=self.locale)
        except ValueError:
            return iso

    def size(self, count: int) -> str:
        """A number of bytes, in megabytes."""
        from babel.numbers import format_decimal

        return f"{format_decimal(round(count / 1e6, 1), locale=self.locale)} MB"

    def language_name(self, tag: LanguageTag) -> str:
        """The name of a language in this language; its tag if it has no name."""
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(tag, sep="-").get_display_name(self.locale) or tag
        except (ValueError, UnknownLocaleError):
            return tag


def words_for(language: LanguageTag) -> Words:
    """The words of `language`, or of one that its readers also understand, otherwise English."""
    known = normalised(language)
    match = closest(known, languages()) if known and primary(known) != UNDETERMINED else None
    return _read(match or _FALLBACK)


@cache
def languages() -> tuple[LanguageTag, ...]:
    """The languages of the translations."""
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
