"""What every registered engine must do, a stranger's too: found by the registry, not listed here."""

from pathlib import Path

import pytest

from chaptercast.speech import registry
from chaptercast.speech.model import Engine, Utterance
from chaptercast.units import LanguageTag

ENGINES = [r.engine for r in registry.registrations() if r.engine is not None and not r.engine.online]
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
    assert registry.load(engine.name) is engine
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
    from msgspec.structs import replace

    from chaptercast.speech.model import Prosody

    with engine.open() as speaker:
        normal = speaker.speak(first_words(engine))
        slow = speaker.speak(replace(first_words(engine), prosody=Prosody(rate=0.5)))
    assert len(slow.pcm) > 1.4 * len(normal.pcm)
