"""Engines by name."""

from importlib.metadata import EntryPoint

import pytest

from chaptercast import voice_profiles
from chaptercast.common.devices import Device
from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError, UsageError
from chaptercast.speech import engine_registry
from chaptercast.speech.engines.silence import SilenceEngine
from chaptercast.speech.model import Status
from chaptercast.speech.online.settings import ServiceSettings
from chaptercast.voice_profiles import ENGINE_GROUP

AUDIBLE = SilenceEngine(audible=True)


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch) -> dict[str, EntryPoint]:
    """Entry points of a test's own, in place of the installed ones."""
    own: dict[str, EntryPoint] = {}
    monkeypatch.setattr(engine_registry, "engine_points", lambda: own)
    engine_registry.load.cache_clear()
    yield own
    engine_registry.load.cache_clear()


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, ENGINE_GROUP)


def test_built_in_engines_register_by_entry_point() -> None:
    assert {"espeak", "silence"} <= {r.name for r in engine_registry.registrations()}


def test_a_mistyped_name_gets_a_suggestion() -> None:
    with pytest.raises(UsageError, match="esepak") as caught:
        engine_registry.load("esepak")
    assert "espeak" in caught.value.remedy


def test_a_broken_engine_is_a_status_with_a_reason(points: dict[str, EntryPoint]) -> None:
    points["broken"] = point("broken", "nowhere.at_all:ENGINE")
    points["silence"] = point("silence", "chaptercast.speech.engines.silence:ENGINE")
    broken, silence = engine_registry.registrations()
    assert (broken.status.ready, silence.status.ready) == (False, True)
    assert "nowhere" in broken.status.reason


def test_auto_takes_the_first_that_works_and_says_why_not_the_others(points: dict[str, EntryPoint]) -> None:
    points["broken"] = point("broken", "nowhere.at_all:ENGINE")
    points["silence"] = point("silence", "chaptercast.speech.engines.silence:ENGINE")
    engine, reason = engine_registry.choose("auto", ("broken", "silence"), offline=True)
    assert engine.name == "silence"
    assert reason.startswith("silence")
    with pytest.raises(EngineError, match="nowhere"):
        engine_registry.choose("auto", ("broken",), offline=True)


class Far(SilenceEngine):
    """Sends text away."""

    destination = "Ruritania"

    def probe(self, _settings: ServiceSettings) -> Status:
        probes.append(self.name)
        return Status(ready=answering, reason="it answers" if answering else "it does not answer")


probes: list[str] = []
answering = True


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> None:
    """An online engine beside a local one."""
    engines = {"far": Far(name="far", online=True), "near": SilenceEngine(name="near")}
    monkeypatch.setattr(engine_registry, "load", engines.__getitem__)
    probes.clear()


@pytest.mark.usefixtures("far")
def test_offline_is_absolute() -> None:
    with pytest.raises(UsageError, match="--offline forbids"):
        engine_registry.choose("far", (), offline=True)
    with pytest.raises(EngineError, match="no network may be used"):
        engine_registry.choose("auto", ("far",), offline=True)
    assert engine_registry.choose("auto", ("far", "near"), offline=True)[0].name == "near"
    assert probes == []


@pytest.mark.usefixtures("far")
def test_auto_probes_and_says_who_gets_the_text() -> None:
    engine, reason = engine_registry.choose("auto", ("far", "near"), offline=False)
    assert (engine.name, probes) == ("far", ["far"])
    assert reason == "far: it answers; the text goes to Ruritania"


@pytest.mark.usefixtures("far")
def test_auto_falls_back_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "answering", False)
    engine, reason = engine_registry.choose("auto", ("far", "near"), offline=False)
    assert engine.name == "near"
    assert reason.endswith("(not with far: it does not answer)")


@pytest.mark.usefixtures("far")
def test_what_is_asked_for_is_not_probed_and_says_who_gets_the_text() -> None:
    _, reason = engine_registry.choose("far", (), offline=False)
    assert (reason, probes) == ("far, as asked; the text goes to Ruritania", [])


def test_an_engine_on_the_processor_is_the_registered_one_of_now(points: dict[str, EntryPoint]) -> None:
    points["silence"] = point("silence", "chaptercast.speech.engines.silence:ENGINE")
    assert engine_registry.on("silence", Device.CPU) is engine_registry.load("silence")
    points["silence"] = point("silence", f"{__name__}:AUDIBLE")
    engine_registry.load.cache_clear()
    assert engine_registry.on("silence", Device.CPU) is AUDIBLE


@pytest.mark.parametrize("language", sorted(set(voice_profiles.names()) - {"generic"}))
def test_every_language_of_a_profile_is_spoken_offline(language: str) -> None:
    assert engine_registry.able(("espeak",), LanguageTag(language), offline=True) == ["espeak"]
