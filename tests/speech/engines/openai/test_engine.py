"""What the engine tells of itself, and whether its server is there."""

import subprocess
import sys

import pytest
from tests.speech.engines.openai.conftest import JUMPING, QUICK
from tests.standin.openai.server import Service

from chaptercast.errors import EngineError, UsageError
from chaptercast.speech import engine_registry
from chaptercast.speech.engines.openai import ENGINE, engine
from chaptercast.speech.online.settings import ServiceSettings


def test_describing_it_loads_nothing_heavy() -> None:
    code = (
        "import os, sys; os.environ['CHAPTERCAST_OPENAI_URL'] = 'http://127.0.0.1:9'\n"
        "from chaptercast.speech import registry; e = registry.load('openai')\n"
        "e.status(); e.voices(); e.version; e.destination\n"
        "print(*{n.split('.')[0] for n in sys.modules} & {'aiohttp', 'miniaudio', 'asyncio', 'pydub', 'keyring', 'ssl'})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_probe_asks_once(service: Service) -> None:
    assert [ENGINE.probe(JUMPING).ready for _ in range(3)] == [True] * 3
    assert len(service.asked_voices) == 1


def test_a_server_without_a_list_is_there_all_the_same(service: Service) -> None:
    service.voices = 404
    assert ENGINE.probe(JUMPING).ready


def test_openai_is_asked_for_its_models(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chaptercast.speech.engines.openai.server._OPENAI_HOST", "127.0.0.1")
    service.key = "sk-right-1234567890"
    status = ENGINE.probe(JUMPING)
    assert (status.ready, status.reason) == (False, "the engine “openai” failed: the service wants a key (401)")
    assert "CHAPTERCAST_OPENAI_KEY" in status.remedy
    monkeypatch.setenv("OPENAI_API_KEY", service.key)
    assert ENGINE.probe(JUMPING).ready
    assert (service.asked_models, service.asked_voices) == (2, [])


def test_a_probe_without_a_server_says_so() -> None:
    assert ENGINE.probe(QUICK).reason == "no server is named: CHAPTERCAST_OPENAI_URL is not set"


def test_a_dry_run_keeps_no_list(service: Service) -> None:
    from msgspec.structs import replace

    assert ENGINE.voice_list(replace(JUMPING, keeps_list=False), ask=True).voices
    engine._voices.cache_clear()
    assert ENGINE.voice_list(JUMPING, ask=False).voices == ()
    assert len(service.asked_voices) == 1


@pytest.mark.parametrize(
    ("url", "requests", "limits", "slower"),
    [
        ("http://127.0.0.1:8880", "", (2, 2), 8),
        ("http://nas.local", "6", (4, 6), 8),
        ("https://tts.example.org", "", (4, 8), 3),
        ("https://api.openai.com", "1", (1, 1), 3),
    ],
)
def test_a_server_is_asked_as_it_can_bear(
    monkeypatch: pytest.MonkeyPatch, url: str, requests: str, limits: tuple[int, int], slower: int
) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", url)
    monkeypatch.setenv("CHAPTERCAST_OPENAI_REQUESTS", requests)
    usual = ServiceSettings()
    adapted = ENGINE.adapted(usual)
    assert (adapted.start_limit, adapted.top_limit) == limits
    assert adapted.deadlines.first == slower * usual.deadlines.first
    assert adapted.deadlines.connect == usual.deadlines.connect


def test_it_is_in_nobodys_order_unless_named(served: Service) -> None:
    from chaptercast import voice_profiles as profiles

    assert not any("openai" in profiles.load(name).engines for name in profiles.names())
    chosen, reason = engine_registry.choose("auto", ("openai", "espeak"), offline=False, settings=QUICK)
    assert chosen is ENGINE
    assert reason == (
        "openai: the model “tts-1”, and the server answers; "
        f"the text goes to the server at {served.url[7:-3]}, on this machine"
    )
    chosen, reason = engine_registry.choose("openai", (), offline=False, settings=QUICK)
    assert reason.startswith("openai, as asked; the text goes to the server at 127.0.0.1:")


def test_offline_forbids_even_a_server_on_this_machine(served: Service) -> None:
    with pytest.raises(UsageError, match="--offline forbids"):
        engine_registry.choose("openai", (), offline=True, settings=QUICK)
    chosen, _ = engine_registry.choose("auto", ("openai", "espeak"), offline=True, settings=QUICK)
    assert chosen.name == "espeak"
    assert (served.requests, served.asked_voices) == ([], [])


def test_auto_passes_over_what_is_not_set_up() -> None:
    chosen, reason = engine_registry.choose("auto", ("openai", "espeak"), offline=False, settings=QUICK)
    assert chosen.name == "espeak"
    assert "no server is named" in reason
    with pytest.raises(EngineError, match="no server is named"):
        engine_registry.choose("openai", (), offline=False, settings=QUICK)
