"""Which server the environment names: what is taken, what is refused, and who is told to get the text."""

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.speech import engine_registry
from chaptercast.speech.engines.openai import ENGINE
from chaptercast.speech.engines.openai.server import configured


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("http://127.0.0.1:8880", "http://127.0.0.1:8880/v1"),
        ("http://127.0.0.1:8880/", "http://127.0.0.1:8880/v1"),
        ("http://127.0.0.1:8880/v1", "http://127.0.0.1:8880/v1"),
        ("http://127.0.0.1:8880/v1/", "http://127.0.0.1:8880/v1"),
        (" http://LocalHost:8880/v1\n", "http://localhost:8880/v1"),
        ("http://localhost:80/", "http://localhost/v1"),
        ("https://api.openai.com:443", "https://api.openai.com/v1"),
        ("https://api.openai.com/v1/audio/speech", "https://api.openai.com/v1"),
        ("https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1"),
        ("https://gateway.example/team/tts", "https://gateway.example/team/tts/v1"),
        ("https://example.org/v1beta", "https://example.org/v1beta"),
        ("http://[::1]:8880", "http://[::1]:8880/v1"),
        ("http://192.168.1.20:8880", "http://192.168.1.20:8880/v1"),
        ("http://100.101.102.103:8880", "http://100.101.102.103:8880/v1"),
        ("http://[fd00::7]", "http://[fd00::7]/v1"),
        ("http://nas.local:8880", "http://nas.local:8880/v1"),
        ("http://tts.example.org", "http://tts.example.org/v1"),
    ],
)
def test_an_address_is_taken_with_or_without_version(monkeypatch: pytest.MonkeyPatch, given: str, url: str) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", given)
    assert configured().url == url
    assert ENGINE.status().ready


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("127.0.0.1:8880", "no address that can be used"),
        ("localhost:8880/v1", "no address that can be used"),
        ("ftp://localhost/v1", "no address that can be used"),
        ("http://", "no address that can be used"),
        ("http://localhost:99999", "no address that can be used"),
        ("http://[::1", "no address that can be used"),
        ("http://local host", "no address that can be used"),
        ("http://me:secret@localhost:8880", "more than host, port and path"),
        ("https://tts.example.org/v1?key=secret", "more than host, port and path"),
        ("https://tts.example.org/v1#secret", "more than host, port and path"),
        ("http://8.8.8.8:8880/v1", "open internet without encryption"),
        ("http://[2001:4860:4860::8888]/v1", "open internet without encryption"),
        ("http://[::ffff:8.8.8.8]/v1", "open internet without encryption"),
    ],
)
def test_what_cannot_be_used_is_refused_without_being_quoted(
    monkeypatch: pytest.MonkeyPatch, given: str, reason: str
) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", given)
    status = ENGINE.status()
    assert not status.ready
    assert reason in status.reason
    assert "CHAPTERCAST_OPENAI_URL" in status.reason
    assert status.remedy
    assert "secret" not in status.reason + status.remedy
    with pytest.raises(EngineError, match=reason):
        engine_registry.usable("openai")


def test_without_a_server_it_is_not_ready_and_says_what_to_set() -> None:
    status = ENGINE.status()
    assert (status.ready, status.reason) == (False, "no server is named: CHAPTERCAST_OPENAI_URL is not set")
    assert "CHAPTERCAST_OPENAI_URL" in status.remedy
    assert ENGINE.version == ""
    assert ENGINE.destination


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "CHAPTERCAST_OPENAI_KEY"])
def test_a_key_alone_means_openai(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "sk-1234567890")
    assert configured().url == "https://api.openai.com/v1"
    assert ENGINE.destination == "OpenAI"


def test_our_own_variable_goes_before_the_usual_one_and_empty_ones_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", "")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://usual.example/v1")
    assert configured().url == "https://usual.example/v1"
    monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", "https://ours.example/v1")
    assert configured().url == "https://ours.example/v1"


@pytest.mark.parametrize(
    ("url", "destination", "is_own"),
    [
        ("https://api.openai.com/v1", "OpenAI", False),
        ("https://tts.example.org/v1", "the server at tts.example.org", False),
        ("https://8.8.8.8/v1", "the server at 8.8.8.8", False),
        ("https://nas.local/v1", "the server at nas.local", True),
        ("http://kokoro:8880/v1", "the server at kokoro:8880", True),
        ("http://192.168.1.20:8880/v1", "the server at 192.168.1.20:8880", True),
        ("http://127.0.0.1:8880/v1", "the server at 127.0.0.1:8880, on this machine", True),
        ("http://localhost/v1", "the server at localhost, on this machine", True),
        ("https://[::1]:8443/v1", "the server at [::1]:8443, on this machine", True),
        ("http://0.0.0.0:8880/v1", "the server at 0.0.0.0:8880, on this machine", True),
    ],
)
def test_who_gets_the_text(monkeypatch: pytest.MonkeyPatch, url: str, destination: str, is_own: bool) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", url)
    assert ENGINE.destination == destination
    assert configured().is_own is is_own


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("CHAPTERCAST_OPENAI_REQUESTS", "0", "must be a number from 1 to 64"),
        ("CHAPTERCAST_OPENAI_REQUESTS", "65", "must be a number from 1 to 64"),
        ("CHAPTERCAST_OPENAI_REQUESTS", "many", "must be a number from 1 to 64"),
        ("CHAPTERCAST_OPENAI_MODEL", "x" * 201, "no name of a model"),
        ("CHAPTERCAST_OPENAI_MODEL", "tts\x07", "no name of a model"),
    ],
)
def test_other_variables_are_checked(monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", "http://127.0.0.1:8880")
    monkeypatch.setenv(name, value)
    assert reason in ENGINE.status().reason


def test_clips_are_those_of_a_server_and_a_model_and_of_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    def identity(**variables: str) -> str:
        with monkeypatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(f"CHAPTERCAST_OPENAI_{name}", value)
            return ENGINE.identity("alloy", LanguageTag("en"))

    here = identity(URL="http://127.0.0.1:8880")
    assert here == identity(URL="http://127.0.0.1:8880/v1/", KEY="sk-1234567890")
    assert here == identity(URL="http://127.0.0.1:8880", MODEL="tts-1", REQUESTS="7")
    assert (
        len({here, identity(URL="http://127.0.0.1:8881"), identity(URL="http://127.0.0.1:8880", MODEL="kokoro")}) == 3
    )
    assert "127.0.0.1" not in here
