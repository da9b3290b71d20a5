"""The shapes in which servers list their voices, and what they tell of languages."""

import pytest
from tests.speech.engines.openai.conftest import JUMPING, QUICK
from tests.standin.openai.server import KOKORO, Service

from chaptercast import voice_profiles as profiles
from chaptercast.common.units import LanguageTag
from chaptercast.errors import ServiceError
from chaptercast.speech.engines.openai import ENGINE, engine, voices
from chaptercast.speech.engines.openai.server import configured
from chaptercast.speech.online import voice_list_cache
from chaptercast.speech.voice_casting import cast

SHAPES = {
    "Kokoro-FastAPI before 0.4": {"voices": ["af_heart", "zf_xiaoxiao"]},
    "Kokoro-FastAPI": {
        "voices": [{"id": "af_heart", "name": "af_heart"}, {"id": "zf_xiaoxiao", "name": "zf_xiaoxiao"}]
    },
    "speaches": {
        "voices": [
            {"name": "af_heart", "language": "en-us", "gender": "female", "id": "af_heart"},
            {"name": "zf_xiaoxiao", "language": "zh", "gender": "female", "id": "zf_xiaoxiao"},
        ],
        "object": "list",
    },
    "mlx-audio": {"object": "list", "data": [{"id": "af_heart", "name": "Heart"}, {"id": "zf_xiaoxiao"}]},
    "labels and values": {"voices": [{"label": "Heart", "value": "af_heart"}, {"label": "X", "value": "zf_xiaoxiao"}]},
    "a list alone": ["af_heart", "zf_xiaoxiao"],
    "by name": {"voices": {"af_heart": {"gender": "female"}, "zf_xiaoxiao": None}},
    "with what is none": {"voices": ["af_heart", 7, None, "", {"id": " "}, {"id": "a\nb"}, "zf_xiaoxiao", "af_heart"]},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_understood(shape: str) -> None:
    found = voices.parsed(SHAPES[shape])
    assert [(v.name, v.language, v.gender) for v in found] == [
        ("af_heart", "en-US", "Female"),
        ("zf_xiaoxiao", "zh", "Female"),
    ]


@pytest.mark.parametrize("content", [{}, [], None, 7, "voices", {"voices": []}, {"voices": 3}, {"detail": "Not Found"}])
def test_what_is_no_list(content: object) -> None:
    with pytest.raises(ValueError, match="no voices"):
        voices.parsed(content)


@pytest.mark.parametrize(
    ("entry", "language"),
    [
        ("bm_george", "en-GB"),
        ("ef_dora", "es"),
        ("ff_siwis", "fr"),
        ("hm_omega", "hi"),
        ("if_sara", "it"),
        ("jf_alpha", "ja"),
        ("pm_alex", "pt-BR"),
        ("zm_yunxi", "zh"),
        ("af_bella", "en-US"),
        ("alloy", "und"),
        ("xf_unknown", "und"),
        ("my_voice", "und"),
        ("en-US-AriaNeural", "en-US"),
        ("zh-CN-liaoning-XiaobeiNeural", "zh-CN"),
        ("de_DE-thorsten-medium", "de-DE"),
        ({"id": "a", "language": "German"}, "und"),
        ({"id": "a", "locale": "pt_BR"}, "pt-BR"),
        ({"id": "a", "languages": ["fr"]}, "fr"),
        ({"id": "a", "languages": ["fr", "de"]}, "und"),
        ({"id": "af_heart", "language": "multilingual"}, "en-US"),
    ],
)
def test_languages(entry: object, language: str) -> None:
    (voice,) = voices.parsed([entry])
    assert voice.language == language


def test_the_list_is_asked_for_once_in_a_run_and_kept(service: Service) -> None:
    for _ in range(3):
        known = ENGINE.voice_list(JUMPING, ask=True)
    assert {voice.name for voice in known.voices} == set(KOKORO)
    assert service.asked_voices == [""]
    assert ENGINE.voice_list(JUMPING, ask=False).voices == known.voices
    assert ENGINE.voice_list(JUMPING, ask=False).note == f"the server's list of {voice_list_cache.today().isoformat()}"
    assert ENGINE.voices() == known.voices


@pytest.mark.parametrize("answer", [404, 405, 422, "<html>Not here", {"detail": "none"}])
def test_where_there_is_no_list_the_usual_names_serve(service: Service, answer: object) -> None:
    service.voices = answer
    known = ENGINE.voice_list(JUMPING, ask=True)
    assert known.voices[0].name == "alloy"
    assert "does not list" in known.note
    assert known.has("en-US-AvaNeural")
    assert not known.has("")


def test_openai_is_not_asked_for_voices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1234567890")
    known = ENGINE.voice_list(QUICK, ask=True)
    assert {"alloy", "nova", "onyx", "shimmer", "marin"} <= {voice.name for voice in known.voices}


def test_a_server_that_was_never_asked_has_no_voices_that_we_would_know(served: Service) -> None:
    known = ENGINE.voice_list(QUICK, ask=False)
    assert (known.voices, known.note) == ((), "the server was not asked")
    assert served.asked_voices == []


def test_where_the_server_cannot_be_asked_the_kept_list_serves(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = ENGINE.voice_list(JUMPING, ask=True).voices
    engine._voices.cache_clear()
    service.voices = 503
    known = ENGINE.voice_list(JUMPING, ask=True)
    assert known.voices == listed
    assert "since the service is busy (503)" in known.note
    monkeypatch.setenv("CHAPTERCAST_OPENAI_MODEL", "another")  # whose list was never kept
    with pytest.raises(ServiceError, match="busy"):
        ENGINE.voice_list(JUMPING, ask=True)


def test_where_nothing_answers_and_no_list_was_kept_no_voice_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(ServiceError, match="cannot be reached"):
        ENGINE.voice_list(QUICK, ask=True)
    assert not ENGINE.probe(QUICK).ready


def test_a_server_that_is_busy_is_waited_for_but_not_for_long(service: Service) -> None:
    service.list_latency = 12.0
    assert ENGINE.voice_list(JUMPING, ask=True).voices
    engine._voices.cache_clear()
    service.list_latency = 600.0
    assert "since the service does not answer" in ENGINE.voice_list(JUMPING, ask=True).note
    assert service.clock() < 20


def test_a_damaged_list_is_as_none(service: Service) -> None:
    path = voices.path(configured())
    path.parent.mkdir(parents=True)
    path.write_text("{")
    assert ENGINE.voice_list(JUMPING, ask=False).voices == ()
    ENGINE.voice_list(JUMPING, ask=True)
    assert len(ENGINE.voice_list(JUMPING, ask=False).voices) == len(KOKORO)
    assert service.asked_voices == [""]


@pytest.mark.parametrize(
    ("language", "voice"),
    [("en-US", "af_heart"), ("en-GB", "bf_emma"), ("zh-CN", "zf_xiaoxiao"), ("es", "ef_dora"), ("en-AU", "bf_emma")],
)
def test_an_article_is_given_the_best_voice_of_its_language(service: Service, language: str, voice: str) -> None:
    chosen = cast(ENGINE, profiles.for_language(LanguageTag(language)), "", 1.0, JUMPING)
    assert chosen._voice(LanguageTag(language), profiles.Role.BODY) == voice
    assert len(service.asked_voices) == 1


def test_a_language_that_no_voice_speaks_is_refused_and_a_named_voice_is_tried(service: Service) -> None:
    german = profiles.for_language(LanguageTag("de"))
    assert cast(ENGINE, german, "", 1.0, JUMPING)._voice(LanguageTag("de"), profiles.Role.BODY) == ""
    assert cast(ENGINE, german, "my_own_voice", 1.0, JUMPING).voice == "my_own_voice"
    assert len(service.asked_voices) == 1


def test_voices_of_no_language_serve_for_all(service: Service) -> None:
    service.voices = 404
    german = cast(ENGINE, profiles.for_language(LanguageTag("de")), "", 1.0, JUMPING)
    assert german._voice(LanguageTag("de"), profiles.Role.BODY) == "alloy"
    assert len(german.serving(LanguageTag("de"))) == len(voices.OPENAI_NAMES)


def test_a_key_that_is_refused_is_told_when_voices_are_asked_for(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.key = "sk-right-1234567890"
    with pytest.raises(ServiceError, match="wants a key"):
        ENGINE.voice_list(JUMPING, ask=True)
    monkeypatch.setenv("CHAPTERCAST_OPENAI_KEY", service.key)
    assert ENGINE.voice_list(JUMPING, ask=True).voices
    assert service.asked_voices == ["", f"Bearer {service.key}"]
