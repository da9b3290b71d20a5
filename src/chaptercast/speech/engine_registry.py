"""Engines by name, found by their entry points: a broken one is a status with a reason, never a crash."""

from collections.abc import Iterable
from contextlib import suppress
from difflib import get_close_matches
from functools import cache

from msgspec import Struct

from chaptercast.common.devices import Device
from chaptercast.common.language_tags import serves
from chaptercast.common.units import UNDETERMINED, LanguageTag
from chaptercast.errors import EngineError, UsageError
from chaptercast.speech.model import Engine, Status, Voice
from chaptercast.speech.online.settings import ServiceSettings
from chaptercast.voice_profiles import engine_points


class Registration(Struct, frozen=True):
    """An engine that is registered, and whether it can work here."""

    name: str
    status: Status
    engine: Engine | None
    """`None` where its module cannot be loaded."""


def registrations() -> tuple[Registration, ...]:
    """All registered engines with their status, by name."""
    return tuple(_registration(name) for name in sorted(engine_points()))


def _registration(name: str) -> Registration:
    try:
        engine = load(name)
    except EngineError as error:
        return Registration(name, Status(ready=False, reason=error.message, remedy=error.remedy), None)
    return Registration(name, engine.status(), engine)


@cache
def load(name: str) -> Engine:
    """The engine called `name`, not yet opened. Raises `UsageError` where there is none, `EngineError` where it is broken."""
    point = engine_points().get(name)
    if point is None:
        near = get_close_matches(name, engine_points(), 1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(engine_points()))}."
        raise UsageError(f"There is no engine called “{name}”.", hint)
    try:
        engine: Engine = point.load()
    except Exception as error:  # a stranger's module may fail in any way
        raise EngineError(
            f"The engine “{name}” cannot be loaded: {error}", f"Look at the package of {point.value}."
        ) from error
    return engine


def on(name: str, device: Device) -> Engine:
    """The engine called `name`, its networks on `device`: the same each time. Raises `UsageError` where they cannot run there."""
    engine = load(name)
    if device is Device.CPU:
        return engine
    if engine.online:
        raise UsageError(f"The engine “{name}” does not speak on this machine.", "Leave --device out.")
    return engine.on(device)


def usable(name: str) -> Engine:
    """The engine called `name`, known to work here. Raises `UsageError` or `EngineError` with the reason."""
    engine = load(name)
    status = engine.status()
    if not status.ready:
        raise EngineError(f"The engine “{name}” cannot work here: {status.reason}.", status.remedy)
    return engine


AUTO = "auto"


def choose(
    wanted: str,
    order: Iterable[str],
    language: LanguageTag = UNDETERMINED,
    *,
    offline: bool,
    settings: ServiceSettings | None = None,
) -> tuple[Engine, str]:
    """The engine of a run, and one line that says which, why, and who gets the text.

    That is `wanted`, or with `auto` the first of `order` that works and speaks `language`; of online ones it is found out whether their
    service can be reached. With `offline` nothing is asked of any network. Raises `UsageError` for an unknown engine or one that
    `offline` forbids, `EngineError` where none works.
    """
    if wanted != AUTO:
        engine = usable(wanted)
        if offline and engine.online:
            raise UsageError(
                f"The engine “{wanted}” sends text to a service; --offline forbids it.", "Use --engine espeak."
            )
        return engine, f"{wanted}, as asked{_told(engine)}"
    return _first_able(order, language, settings or ServiceSettings(), offline=offline)


def _first_able(
    order: Iterable[str], language: LanguageTag, settings: ServiceSettings, *, offline: bool
) -> tuple[Engine, str]:
    passed_over: list[str] = []
    lacking: Engine | None = None
    for name in order:
        try:
            engine = load(name)
        except (EngineError, UsageError) as error:
            passed_over.append(error.message.rstrip("."))
            continue
        if engine.online and offline:
            continue
        status = _status_for(engine, language, settings)
        if status.ready and (lack := _lack(engine, language)):
            lacking = lacking or engine
            passed_over.append(f"not with {name}: {lack}")
        elif status.ready:
            return engine, f"{name}: {status.reason}{_told(engine)}{_instead_of(passed_over)}"
        elif not status.missing:
            passed_over.append(f"not with {name}: {status.reason}")
    if lacking is not None:  # there may be nothing in the text that it cannot read
        return lacking, f"{lacking.name}: {lacking.status().reason}{_told(lacking)}"
    reasons = "; ".join([*passed_over, *(["no network may be used"] if offline else [])])
    raise EngineError(f"No engine can speak here: {reasons}.", "See what is missing: chaptercast engines")


def able(
    order: Iterable[str], language: LanguageTag, *, offline: bool, settings: ServiceSettings | None = None
) -> list[str]:
    """Those of `order` that work here and now and speak `language`; services that can be reached among them, unless `offline`."""
    found: list[str] = []
    for name in order:
        with suppress(EngineError, UsageError):
            engine = load(name)
            allowed = not (engine.online and offline)
            if allowed and _status_for(engine, language, settings or ServiceSettings()).ready:
                found.append(name)
    return found


def _instead_of(passed_over: list[str]) -> str:
    return f" ({'; '.join(passed_over)})" if passed_over else ""


def _status_for(engine: Engine, language: LanguageTag, settings: ServiceSettings) -> Status:
    """Whether an engine works here and now, and speaks `language`; a service is asked only if nothing else is in the way."""
    status = engine.status()
    if not status.ready:
        return status
    if engine.online:
        return engine.probe(settings)
    if not any(_speaks(voice, language) for voice in engine.voices()):
        return Status(ready=False, reason=f"it has no voice for {language}", missing=True)
    return status


def _lack(engine: Engine, language: LanguageTag) -> str:
    """What all voices of an engine on this machine lack to read `language`; empty where one lacks nothing."""
    remedies = [] if engine.online else [voice.remedy for voice in engine.voices() if _speaks(voice, language)]
    return remedies[0] if remedies and all(remedies) else ""


def _speaks(voice: Voice, language: LanguageTag) -> bool:
    return UNDETERMINED in {voice.language, language} or serves(voice.language, language)


def _told(engine: Engine) -> str:
    """Who gets the text."""
    return f"; the text goes to {engine.destination}" if engine.online else ""
