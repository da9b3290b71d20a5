"""The app's own texts: `translations/TAG.toml`, and the words that it shares with the pages of the site."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from msgspec import Struct

from chaptercast.common.language_tags import closest, normalised
from chaptercast.common.units import LanguageTag
from chaptercast.publication.pages.translations import Words, words_for

_FOLDER = Path(__file__).parent / "translations"
_FALLBACK = LanguageTag("en")


class AppWords(Struct, frozen=True):
    """The app's words in one language."""

    pages: Words
    """The words of the site's pages."""
    texts: Mapping[str, str]

    @property
    def language(self) -> LanguageTag:
        """The language of the words."""
        return self.pages.language

    def __call__(self, name: str, **values: object) -> str:
        """Returns the text called `name`, with its values filled in."""
        if name in self.texts:
            return self.texts[name].format_map(values)
        return self.pages(name, **values)

    def language_name(self, tag: LanguageTag) -> str:
        """Returns the name of a language, in these words."""
        return self.pages.language_name(tag)

    def time(self, seconds: float) -> str:
        """Returns a time as people read it, to the minute, on the clock of this machine. `seconds` are since the epoch."""
        from babel.dates import format_datetime

        return format_datetime(datetime.fromtimestamp(seconds).astimezone(), "short", locale=self.pages.locale)


@cache
def languages() -> tuple[LanguageTag, ...]:
    """Returns the languages of the app."""
    return tuple(LanguageTag(path.stem) for path in sorted(_FOLDER.glob("*.toml")))


@cache
def app_words(language: LanguageTag) -> AppWords:
    """Returns the words in one of `languages`."""
    table = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return AppWords(words_for(language), table)


def words_asked_for(accept_language: str) -> AppWords:
    """Returns the words in the language that a browser prefers (RFC 9110, 12.5.4), else in English."""
    for tag in _preferred(accept_language[:1000]):
        known = normalised(tag)
        match = closest(known, languages()) if known else None
        if match:
            return app_words(match)
    return app_words(_FALLBACK)


def _preferred(accept_language: str) -> list[str]:
    weighed = []
    for part in accept_language.split(","):
        tag, _, weight = part.strip().partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        if tag and tag != "*" and quality > 0:
            weighed.append((quality, tag))
    return [tag for _, tag in sorted(weighed, key=lambda pair: -pair[0])]
