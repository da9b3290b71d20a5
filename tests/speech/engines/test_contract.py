"""What every registered engine must do, a stranger's too: found by the registry, not listed here."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.standin import virtual
from tests.standin.openai import server as openai

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.speech import engine_registry
from chaptercast.speech.model import Clip, Engine, OnlineEngine, Prosody, Utterance
from chaptercast.speech.online.runner import speak_all_online
from chaptercast.speech.online.settings import ServiceSettings

ENGINES = [r.engine for r in engine_registry.registrations() if r.engine is not None and not r.engine.online]
OURS = {"espeak", "kokoro", "piper", "silence"}
"""They speak on every machine that tests run on."""


def first_words(engine: Engine, text: str = "Good evening, everyone.") -> Utterance:
    voices = engine.voices()
    voice = next((v for v in voices if v.language.startswith("en")), voices[0])
    return Utterance(text, voice.name, LanguageTag("en"))


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest, neural_voices: Path) -> Engine:  # noqa: ARG001 -- what kokoro and piper speak with
    status = request.param.status()
    if not status.ready and request.param.name not in OURS:
        pytest.skip(f"the engine {request.param.name} cannot work here: {status.reason}")
    assert status.ready, status.reason
    return request.param


def test_ours_are_among_them() -> None:
    assert {engine.name for engine in ENGINES} >= OURS


def test_it_is_registered_under_its_name(engine: Engine) -> None:
    assert engine_registry.load(engine.name) is engine
    assert engine.version


def test_the_same_utterance_gives_the_same_speech_whatever_was_said_before(engine: Engine) -> None:
    with engine.open() as speaker:
        first = speaker.speak(first_words(engine))
        speaker.speak(first_words(engine, "Something else, and rather longer than that. With two sentences!"))
        again = speaker.speak(first_words(engine))
    with engine.open() as speaker:
        elsewhere = speaker.speak(first_words(engine))
    assert first == again == elsewhere


def test_times_are_in_order_and_within_the_sound(engine: Engine) -> None:
    text = "One sentence here. Another there, with a comma."
    with engine.open() as speaker:
        speech = speaker.speak(first_words(engine, text))
    assert len(speech.pcm) > speech.sample_rate  # half a second at least
    for timings in (speech.words, speech.sentences):
        starts = [timing.start for timing in timings]
        assert starts == sorted(starts)
        assert all(0 <= timing.start <= len(speech.pcm) // 2 for timing in timings)
        assert all(0 <= t.offset <= t.offset + t.length <= len(text) for t in timings)


def test_rate_changes_the_length(engine: Engine) -> None:
    with engine.open() as speaker:
        normal = speaker.speak(first_words(engine))
        slow = speaker.speak(replace(first_words(engine), prosody=Prosody(rate=0.5)))
    assert len(slow.pcm) > 1.4 * len(normal.pcm)


ONLINE = [r.engine for r in engine_registry.registrations() if r.engine is not None and r.engine.online]
STAND_INS: dict[str, Callable[[], AbstractContextManager[Any]]] = {"edge": virtual.serving, "openai": openai.serving}
"""What answers in place of a service: its maker's tests have one."""


@pytest.fixture(params=ONLINE, ids=lambda engine: engine.name)
def online(request: pytest.FixtureRequest, tmp_path, monkeypatch: pytest.MonkeyPatch) -> OnlineEngine:
    """An engine that works online, of which nothing is set up and nothing known."""
    for name in [name for name in os.environ if name.startswith(("CHAPTERCAST_OPENAI_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "kept"))
    return request.param


@pytest.fixture
def asked(online: OnlineEngine) -> Iterator[ServiceSettings]:
    """How its stand-in is asked."""
    with STAND_INS[online.name]() as (_service, loop):
        yield ServiceSettings(loop_factory=loop)


def test_every_service_has_a_stand_in() -> None:
    assert {engine.name for engine in ONLINE} == set(STAND_INS)


def test_describing_a_service_asks_nothing_of_any_network(
    online: OnlineEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_args: object, **_options: object) -> None:
        raise AssertionError("a network was used")

    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    monkeypatch.setattr(socket.socket, "connect", forbidden)
    for url in ("", "http://127.0.0.1:9/v1"):
        monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", url)
        status = online.status()
        assert status.reason
        assert not status.reason.endswith(".")
        assert online.destination
        assert status.ready or status.remedy
        assert bool(online.version) is status.ready
        if status.ready:
            assert online.voice_list(ServiceSettings(), ask=False).note
            online.voices()


def in_english(online: OnlineEngine, settings: ServiceSettings, text: str) -> Utterance:
    voices = online.voice_list(settings, ask=True).voices
    voice = next(v for v in voices if v.language.startswith("en"))
    return Utterance(text, voice.name, LanguageTag("en"), sentences=(0, text.index(".") + 2))


def clips(online: OnlineEngine, settings: ServiceSettings, *said: Utterance) -> list[Clip]:
    grid = Grid(online.sample_rate, 48_000)
    return list(speak_all_online(said, online, grid, settings, lambda _utterance, _clip: None))


def test_a_service_is_there_and_asked_once(online: OnlineEngine, asked: ServiceSettings) -> None:
    assert online.probe(asked).ready
    assert online.adapted(asked).loop_factory is asked.loop_factory


def test_a_service_gives_the_same_clip_and_times_in_order(online: OnlineEngine, asked: ServiceSettings) -> None:
    said = in_english(online, asked, "One sentence here. Another there, with a comma.")
    before = replace(said, text="Something else before.", sentences=(0,))
    first, again = clips(online, asked, said)[0], clips(online, asked, before, said)[1]
    assert first == again
    assert not first.silent
    for timings in (first.words, first.sentences):
        starts = [timing.start for timing in timings]
        assert starts == sorted(starts)
        assert all(first.onset <= timing.start <= first.end for timing in timings)
        assert all(0 <= t.offset <= t.offset + t.length <= len(said.text) for t in timings)
    assert [timing.offset for timing in first.sentences] == [0, 19]


def test_a_service_speaks_at_the_speed_that_is_asked_for(online: OnlineEngine, asked: ServiceSettings) -> None:
    said = in_english(online, asked, "One sentence here. Another there, with a comma.")
    normal, slow = clips(online, asked, said, replace(said, prosody=Prosody(rate=0.5)))
    assert slow.end - slow.onset > 1.4 * (normal.end - normal.onset)
