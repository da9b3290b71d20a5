"""Engines by name, found by their entry points: a broken one is a status with a reason, never a crash."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from msgspec import Struct

from chaptercast.errors import EngineError, UsageError
from chaptercast.profile import engine_points
from chaptercast.speech.model import Engine, Status
from chaptercast.speech.online.settings import ServiceSettings


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


def usable(name: str) -> Engine:
    """The engine called `name`, known to work here. Raises `UsageError` or `EngineError` with the reason."""
    engine = load(name)
    status = engine.status()
    if not status.ready:
        raise EngineError(f"The engine “{name}” cannot work here: {status.reason}.", status.remedy)
    return engine


AUTO = "auto"


def choose(
    wanted: str, order: Iterable[str], *, offline: bool, settings: ServiceSettings | None = None
) -> tuple[Engine, str]:
    """The engine of a run, and one line that says which, why, and who gets the text.

    That is `wanted`, or with `auto` the first of `order` that works; of online ones it is found out whether their service can be
    reached. With `offline` nothing is asked of any network. Raises `UsageError` for an unknown engine or one that `offline`
    forbids, `EngineError` where none works.
    """
    if wanted != AUTO:
        engine = usable(wanted)
        if offline and engine.online:
            raise UsageError(
                f"The engine “{wanted}” sends text to a service; --offline forbids it.", "Use --engine espeak."
            )
        return engine, f"{wanted}, as asked{_told(engine)}"
    passed_over: list[str] = []
    for name in order:
        try:
            engine = usable(name)
        except (EngineError, UsageError) as error:
            passed_over.append(error.message.rstrip("."))
            continue
        if engine.online and offline:
            continue
        status = engine.probe(settings or ServiceSettings()) if engine.online else engine.status()
        if status.ready:
            instead_of = f" ({'; '.join(passed_over)})" if passed_over else ""
            return engine, f"{name}: {status.reason}{_told(engine)}{instead_of}"
        passed_over.append(f"not with {name}: {status.reason}")
    reasons = "; ".join([*passed_over, *(["no network may be used"] if offline else [])])
    raise EngineError(f"No engine can speak here: {reasons}.", "See what is missing: chaptercast engines")


def _told(engine: Engine) -> str:
    """Who gets the text."""
    return f"; the text goes to {engine.destination}" if engine.online else ""
