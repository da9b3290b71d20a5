"""How loud recordings with a service's voices are, by FFmpeg: frames by Edge's stand-in, WAVs by that of OpenAI's."""

import json
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydub.utils import audioop
from tests.judges import ffmpeg_loudness, mp3val
from tests.standin import server as edge
from tests.standin.openai import server as openai
from tests.standin.openai.forms import wav
from tests.standin.patching import patched
from tests.standin.sound import encoded, sampled

from chaptercast.pipeline import Options, convert
from chaptercast.speech.engines.espeak import ENGINE
from chaptercast.speech.model import Utterance

MIXED = """---
lang: en
title: The towers
---

Nobody speaks, and everything is calm by the sea tonight. Then the lamp lights up again.

„Guten Abend“, sagte der alte Wärter. Niemand gab ihm eine Antwort, und die Uhr schlug neun.
"""
ENGLISH = (
    "# The tower\n\nNobody speaks. Everything is calm, and so is the sea. The boats return slowly to the harbour.\n"
)


@pytest.fixture(autouse=True)
def _kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "kept"))


@pytest.fixture
def frames() -> Iterator[edge.Service]:
    with edge.running() as service, patched(service.url, service.voices_url):
        yield service


@pytest.fixture
def waves(monkeypatch: pytest.MonkeyPatch) -> Iterator[openai.Service]:
    with openai.running() as service:
        monkeypatch.setenv("CHAPTERCAST_OPENAI_URL", service.url)
        yield service


def recorded(text: str, folder: Path, engine: str, loudness: str = "podcast") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "article.md").write_text(text, encoding="utf-8")
    options = Options(engine=engine, loudness=loudness, cache=folder.parent / "clips")
    return convert(folder / "article.md", folder, options, lambda *_: None, lambda _: None).audio


def by_voice(monkeypatch: pytest.MonkeyPatch, **factors: float) -> None:
    """Let the stand-in's voices differ: by how much, for names that begin so."""

    def sound(_self: edge.Service, request: edge.Request, _fault: object) -> object:
        samples = sampled(request.text)
        factor = next(each for name, each in factors.items() if request.voice.startswith(name))
        pcm = audioop.mul(samples.pcm, 2, factor)
        return edge.Sound(encoded(pcm), samples.words, samples.sentences)

    monkeypatch.setattr(edge.Service, "_sound", sound)


def test_voices_of_frames_match_and_nothing_is_asked_for_twice(
    frames: edge.Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_voice(monkeypatch, en=0.15, de=1.3)
    audio = recorded(MIXED, tmp_path / "one", "edge")
    asked = len(frames.requests)
    lufs, peak = ffmpeg_loudness(audio)
    told = json.loads(audio.with_name("episode.json").read_text(encoding="utf-8"))
    assert lufs == pytest.approx(-19, abs=1)
    assert peak <= -1.5
    assert told["audio"]["lufs"] == pytest.approx(lufs, abs=0.5)
    assert mp3val(audio) == []
    segments = json.loads(audio.with_name("transcript.json").read_text(encoding="utf-8"))["segments"]
    ends = [segments[0]["startTime"], segments[-1]["startTime"], segments[-1]["endTime"]]
    english, german = (ffmpeg_loudness(audio, *span)[0] for span in ((ends[0], ends[1]), (ends[1], ends[2])))
    assert english == pytest.approx(german, abs=1)
    again = recorded(MIXED, tmp_path / "two", "edge")
    assert again.read_bytes() == audio.read_bytes()
    plain = recorded(MIXED, tmp_path / "three", "edge", "none")
    assert ffmpeg_loudness(plain)[0] == pytest.approx(-13, abs=3)
    assert len(frames.requests) == asked


def test_peaks_of_frames_are_lowered(frames: edge.Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    click = [30_000, -30_000] * 20
    del frames

    def sound(_self: edge.Service, request: edge.Request, _fault: object) -> object:
        samples = sampled(request.text)
        pcm = audioop.mul(samples.pcm, 2, 0.1)
        return edge.Sound(encoded(array("h", click).tobytes() + pcm), samples.words, samples.sentences)

    monkeypatch.setattr(edge.Service, "_sound", sound)
    audio = recorded(ENGLISH, tmp_path / "one", "edge")
    assert ffmpeg_loudness(audio)[1] <= -1  # more than a meter of speech is told of such a click
    assert mp3val(audio) == []


def test_waves_have_their_peaks_lowered_and_then_the_gain(waves: openai.Service, tmp_path: Path) -> None:
    def form(text: str, _speed: float) -> tuple[bytes, str]:
        with ENGINE.open() as speaker:
            speech = speaker.speak(Utterance(text, "en-US", "en"))
        return wav(audioop.mul(speech.pcm, 2, 0.3), speech.sample_rate), "audio/wav"

    waves.forms = {"wav": form}
    audio = recorded(ENGLISH, tmp_path / "one", "openai")
    lufs, peak = ffmpeg_loudness(audio)
    assert lufs == pytest.approx(-19, abs=1)
    assert peak <= -1
    asked = len(waves.requests)
    quiet = recorded(ENGLISH, tmp_path / "two", "openai", "-24")
    assert ffmpeg_loudness(quiet)[0] == pytest.approx(-24, abs=1)
    assert len(waves.requests) == asked
