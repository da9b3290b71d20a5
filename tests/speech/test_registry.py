"""Engines by name."""

from importlib.metadata import EntryPoint

import pytest

from chaptercast.errors import EngineError, UsageError
from chaptercast.speech import registry
from chaptercast.speech.engines.silence import SilenceEngine


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch) -> dict[str, EntryPoint]:
    """Entry points of a test's own, in place of the installed ones."""
    own: dict[str, EntryPoint] = {}
    monkeypatch.setattr(registry, "_points", lambda: own)
    registry.load.cache_clear()
    yield own
    registry.load.cache_clear()


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, registry.GROUP)


def test_built_in_engines_register_by_entry_point() -> None:
    assert {"espeak", "silence"} <= {r.name for r in registry.registrations()}


def test_a_mistyped_name_gets_a_suggestion() -> None:
    with pytest.raises(UsageError, match="esepak") as caught:
        registry.load("esepak")
    assert "espeak" in caught.value.remedy


def test_a_broken_engine_is_a_status_with_a_reason(points: dict[str, EntryPoint]) -> None:
    points["broken"] = point("broken", "nowhere.at_all:ENGINE")
    points["silence"] = point("silence", "chaptercast.speech.engines.silence:ENGINE")
    broken, silence = registry.registrations()
    assert (broken.status.ready, silence.status.ready) == (False, True)
    assert "nowhere" in broken.status.reason


def test_auto_takes_the_first_that_works_and_says_why_not_the_others(points: dict[str, EntryPoint]) -> None:
    points["broken"] = point("broken", "nowhere.at_all:ENGINE")
    points["silence"] = point("silence", "chaptercast.speech.engines.silence:ENGINE")
    engine, reason = registry.choose("auto", ("broken", "silence"), offline=True)
    assert engine.name == "silence"
    assert reason.startswith("silence")
    with pytest.raises(EngineError, match="nowhere"):
        registry.choose("auto", ("broken",), offline=True)


def test_offline_is_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "load", lambda name: SilenceEngine(name=name, online=True))
    with pytest.raises(UsageError, match="--offline forbids"):
        registry.choose("far", (), offline=True)
    with pytest.raises(EngineError, match="not offline"):
        registry.choose("auto", ("far",), offline=True)
    assert registry.choose("auto", ("far",), offline=False)[0].name == "far"
