"""Shell completion (the Tab key) for engines, voices and languages. It makes no request and hides all errors."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from chaptercast.errors import ChaptercastError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _items(found: Mapping[str, str | None], begun: str) -> list["CompletionItem"]:
    """The items with the given beginning, with a description for shells that show one."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(name, help=text) for name, text in found.items() if name.startswith(begun)]


def engines(_context: click.Context, _parameter: click.Parameter, begun: str) -> list["CompletionItem"]:
    """Names of engines, and `auto`."""
    from chaptercast.voice_profiles import engine_points

    return _items(dict.fromkeys(("auto", *engine_points())), begun)


def voices(context: click.Context, _parameter: click.Parameter, begun: str) -> list["CompletionItem"]:
    """Names of profiles and of voices: of `--engine` if it is given, otherwise of all engines that work here."""
    wanted = context.params.get("engine") or "auto"
    return _items({name: text or None for name, text in _voices(wanted)}, begun)


def _voices(wanted: str) -> Iterator[tuple[str, str]]:
    from chaptercast import voice_profiles
    from chaptercast.speech import engine_registry

    for name in voice_profiles.names():
        with suppress(ChaptercastError):
            yield name, voice_profiles.load(name).description
    for registered in engine_registry.registrations():
        engine = registered.engine
        if engine and registered.status.ready and not engine.online and wanted in {"auto", registered.name}:
            with suppress(ChaptercastError):
                yield from ((voice.name, voice.description or str(voice.language)) for voice in engine.voices())


def languages(_context: click.Context, _parameter: click.Parameter, begun: str) -> list["CompletionItem"]:
    """The languages of the profiles, and of the voices of local engines that are ready, with their English names."""
    from babel import Locale, UnknownLocaleError

    def named(tag: str) -> str | None:
        try:
            return Locale.parse(tag, sep="-").get_display_name("en")
        except (ValueError, UnknownLocaleError):
            return None

    return _items({tag: named(tag) for tag in sorted(_languages()) if tag.startswith(begun)}, begun)


def _languages() -> set[str]:
    from chaptercast import voice_profiles
    from chaptercast.speech import engine_registry

    found = {name for name in voice_profiles.names() if "--" not in name and name != voice_profiles.GENERIC}
    for registered in engine_registry.registrations():
        engine = registered.engine
        if engine and registered.status.ready and not engine.online:
            with suppress(ChaptercastError):
                found |= {str(voice.language) for voice in engine.voices()}
    return found
