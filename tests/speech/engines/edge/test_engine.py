"""What the engine tells of itself: whether it can work, whether the service can be reached, and which voices there are."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.speech.engines.edge.conftest import QUICK
from tests.standin.patching import patched
from tests.standin.server import VOICES, Service

from chaptercast import voice_profiles as profiles
from chaptercast.common.units import LanguageTag
from chaptercast.errors import UsageError
from chaptercast.speech import engine_registry
from chaptercast.speech.engines.edge import ENGINE, engine, voices
from chaptercast.speech.model import VoiceList
from chaptercast.speech.online.settings import ServiceSettings
from chaptercast.speech.voice_casting import cast


@pytest.fixture(autouse=True)
def _no_list_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "cache"))


def test_describing_it_loads_nothing_heavy() -> None:
    code = (
        "import sys; from chaptercast.speech import registry; e = registry.load('edge'); e.status(); e.voices(); e.version\n"
        "print(*{n.split('.')[0] for n in sys.modules} & {'aiohttp', 'edge_tts', 'miniaudio', 'asyncio', 'pydub'})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(("installed", "reason"), [("", "not installed"), ("7.2.7", "too old"), ("7.3", "too old")])
def test_without_a_library_that_is_new_enough_it_is_not_ready(
    monkeypatch: pytest.MonkeyPatch, installed: str, reason: str
) -> None:
    monkeypatch.setattr(engine, "_installed", lambda: installed)
    status = ENGINE.status()
    assert not status.ready
    assert reason in status.reason
    assert "pip install" in status.remedy


@pytest.mark.parametrize("installed", ["7.3.1", "7.10.0", "8.0.0b1"])
def test_newer_libraries_will_do(monkeypatch: pytest.MonkeyPatch, installed: str) -> None:
    monkeypatch.setattr(engine, "_installed", lambda: installed)
    assert ENGINE.status().ready


def test_the_probe_keeps_the_list_and_asks_once(served: Service) -> None:
    assert [ENGINE.probe(QUICK).ready for _ in range(3)] == [True] * 3
    assert served.voice_lists == 1
    known = ENGINE.voice_list(QUICK, ask=False)
    assert set(VOICES) <= {voice.name for voice in known.voices}
    assert voices.today().isoformat() in known.note
    aria = next(voice for voice in known.voices if voice.name == "en-US-AriaNeural")
    assert (aria.language, aria.gender, aria.description) == ("en-US", "Female", "Female; General; Friendly")
    assert not known.has("en-US-AirNeural")


IMPATIENT = replace(QUICK, probe_seconds=0.5)


@contextmanager
def deaf() -> Iterator[str]:
    """A port that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/voices?a=b"


@pytest.mark.timeout(20)
def test_a_service_that_says_nothing_is_not_waited_for() -> None:
    with deaf() as url, patched("ws://x/?", url):
        status = ENGINE.probe(IMPATIENT)
    assert (status.ready, status.reason) == (False, "the service does not answer")


@pytest.mark.timeout(20)  # or it would be the 60 s of the name server
def test_a_name_server_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: over.wait(60) and [])
    with patched("ws://x/?", "http://slow.example/voices?"):
        status = ENGINE.probe(IMPATIENT)
    over.set()
    assert not status.ready


@pytest.mark.parametrize("content", [[], {}, None, [1], [{"Locale": "en-US"}], {"a": {}}, [{"ShortName": "x"}]])
def test_what_is_no_list(content: object) -> None:
    with pytest.raises((ValueError, LookupError, TypeError, AttributeError)):
        voices.parsed(content)


def test_offline_the_voices_of_the_shipped_profiles_are_known() -> None:
    known = ENGINE.voice_list(ServiceSettings(), ask=False)
    assert "zh-CN-XiaoxiaoNeural" in {voice.name for voice in known.voices}
    assert known.note == "only those that the profiles name"
    assert known.has("sv-SE-SofieNeural")
    assert not known.has("Sofie")


def test_where_the_service_cannot_be_asked_it_says_so() -> None:
    with patched("ws://x/?", "http://127.0.0.1:9/voices?"):
        known = ENGINE.voice_list(QUICK, ask=True)
    assert known.note.startswith("only those that the profiles name, since the service cannot be reached")
    assert known.voices


def test_a_list_is_used_for_a_week(served: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    ENGINE.voice_list(QUICK, ask=True)
    today = voices.today()
    engine._probed.cache_clear()
    monkeypatch.setattr(voices, "today", lambda: today + timedelta(days=6))
    ENGINE.voice_list(QUICK, ask=True)
    assert served.voice_lists == 1
    monkeypatch.setattr(voices, "today", lambda: today + timedelta(days=8))
    assert ENGINE.voice_list(QUICK, ask=True).note.endswith((today + timedelta(days=8)).isoformat())
    assert served.voice_lists == 2


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"date": "x", "voices": []}', '{"date": "2026-01-01", "voices": [1]}']
)
def test_a_damaged_list_is_as_none(content: str) -> None:
    voices.path().parent.mkdir(parents=True)
    voices.path().write_text(content)
    assert voices.kept() is None


def test_a_profile_with_a_voice_that_is_none_is_refused_with_a_suggestion(
    served: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "en-US--mine.toml").write_text(
        'language = "en-US"\n[voices.edge]\nbody = "en-US-AiraNeural"\n'
    )
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"voices\.edge\.body is “en-US-AiraNeural”") as caught:
        cast(ENGINE, profiles.load("en-US--mine"), "", 1.0, QUICK)
    assert caught.value.remedy == "Did you mean “en-US-AriaNeural”?"
    assert served.voice_lists == 1


def test_a_voice_of_a_language_without_a_profile_is_found_in_the_list(served: Service) -> None:
    chosen = cast(ENGINE, profiles.for_language(LanguageTag("sw")), "", 1.0, QUICK)
    assert chosen._voice(LanguageTag("sw"), profiles.Role.BODY) == "sw-KE-ZuriNeural"
    assert served.voice_lists == 1


@pytest.mark.parametrize("name", [name for name in profiles.names() if name != profiles.GENERIC])
def test_every_shipped_profile_has_voices_of_its_language(name: str) -> None:
    profile = profiles.load(name)
    edge = profile.voices["edge"]
    assert {"body", "heading", "quote"} <= set(edge)
    assert edge["body"] != edge["heading"]
    assert all(voice.startswith(profile.language.split("-")[0] + "-") for voice in edge.values())
    espeak = VoiceList(engine_registry.load("espeak").voices())
    assert all(espeak.has(voice) for voice in profile.voices["espeak"].values())


def test_the_major_languages_have_profiles() -> None:
    wanted = [
        "zh-CN",
        "zh-TW",
        "zh-HK",
        "en-US",
        "en-GB",
        "de",
        "fr",
        "es",
        "ja",
        "ko",
        "pt-BR",
        "ru",
        "it",
        "hi",
        "ar",
    ]
    assert set(wanted) <= set(profiles.names())


def test_the_list_is_json_that_people_can_read(served: Service) -> None:
    ENGINE.probe(QUICK)
    content = json.loads(voices.path().read_text())
    assert content["date"] == voices.today().isoformat()
    assert served.voice_lists == 1
