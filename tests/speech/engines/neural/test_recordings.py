"""The whole way with tiny networks: what is in the finished MP3, heard by a decoder, and when."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.judges.decoding import decode
from tests.speech.engines.neural.models import (
    KOKORO_FRAME,
    KOKORO_RATE,
    KOKORO_SILENT,
    PIPER_FRAME,
    PIPER_IDS,
    PIPER_RATE,
    PIPER_SILENT,
    TONE_OF_NOTHING,
)
from tests.speech.engines.neural.packs import ENGLISH
from tests.speech.engines.neural.speeches import spelled

from chaptercast.audio.model import TimedWord
from chaptercast.audio.timed_text_file import TimedTextFile
from chaptercast.common.units import LanguageTag
from chaptercast.pipeline import Options, convert, prepare
from chaptercast.pipeline.recording import record
from chaptercast.speech.clips.encode import make_clip
from chaptercast.speech.engines.neural.kokoro.grapheme_to_phoneme import spell as spell_kokoro
from chaptercast.speech.engines.neural.kokoro.letters import TOKENS
from chaptercast.speech.engines.neural.phonemes.model import Spelling
from chaptercast.speech.engines.neural.piper.grapheme_to_phoneme import spell as spell_piper
from chaptercast.verify import verify

ARTICLES = {
    "english": "---\nlang: en-US\ntitle: The bee\n---\n\n## Work\n\nA bee left the hive. It found a field, and flew on. "
    "Then it came home.\n\n> Bees dance, says the keeper.\n\n## Rest\n\nNobody heard it.\n",
    "chinese": "---\nlang: zh-CN\ntitle: 蜜蜂\n---\n\n## 工作\n\n蜜蜂飞出去了。它找到了花，又飞走了。\n\n## 休息\n\n没有人听见。\n",
}
KINDS = [("kokoro", "english"), ("kokoro", "chinese"), ("piper", "english")]
Article = Callable[[str], Path]
TOLERANCE_MS = 10
"""A word that is one frame of the network off is 25 ms off, or 12."""


def ignore(*_: object) -> None:
    """Nobody watches."""


@pytest.fixture
def article(tmp_path: Path) -> Article:
    def written(name: str) -> Path:
        path = tmp_path / f"{name}.md"
        path.write_text(ARTICLES[name], encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize(("engine", "name"), KINDS)
def test_the_same_bytes_by_one_worker_and_two_and_after_a_run_that_was_cut_short(
    engine: str, name: str, article: Article, tmp_path: Path
) -> None:
    source = article(name)

    def made(folder: str, jobs: int, cache: Path | None = None) -> bytes:
        audio = convert(
            source, tmp_path / folder, Options(engine=engine, offline=True, jobs=jobs, cache=cache), ignore, ignore
        ).audio
        assert verify(audio.parent) == (1, ())
        return b"".join(audio.with_name(kind).read_bytes() for kind in (audio.name, "transcript.json", "index.html"))

    one = made("one", 1)
    assert made("two", 2) == one
    cache = tmp_path / "clips"
    assert made("kept", 2, cache) == one
    clips = sorted(path for path in cache.rglob("*") if path.is_file())
    for clip in clips[::2]:  # as if it had been ended in the middle
        clip.unlink()
    assert made("again", 1, cache) == one


def timed(source: Path, engine: str, folder: Path) -> tuple[Path, list[tuple[str, tuple[TimedWord, ...]]]]:
    """A recording, and the sentences in it with their words."""
    prepared = prepare(source, Options(engine=engine, offline=True, jobs=1))
    with prepared.cast.engine.open() as speaker, TimedTextFile(prepared.grid, folder / "spool") as timeline:  # type: ignore[union-attr]
        clips = (make_clip(speaker.speak(one), prepared.grid) for one in prepared.cast.utterances(prepared.script))
        record(prepared, clips, folder / "a.mp3", ignore, timeline.add, lambda joined: joined)
        return folder / "a.mp3", [
            (sentence.text, sentence.words) for passage in timeline for sentence in passage.sentences
        ]


def onset_ms(samples: np.ndarray, rate: int, frequency: float, near_ms: float) -> float:
    """When a tone of that frequency begins, within a tenth of a second of a time: where it has half its strength."""
    window = np.exp(-2j * np.pi * frequency * np.arange(rate // 50) / rate)
    times = np.arange(near_ms - 60, near_ms + 60, 1)
    places = [max(0, round((time - 10) * rate / 1000)) for time in times]
    strengths = np.array([abs(np.vdot(window, samples[place : place + len(window)])) for place in places])
    return float(times[np.flatnonzero(strengths > strengths.max() / 2)[0]])


@pytest.mark.parametrize(("engine", "name"), KINDS)
def test_words_are_heard_in_the_mp3_when_they_are_told(
    engine: str, name: str, article: Article, tmp_path: Path
) -> None:
    audio, sentences = timed(article(name), engine, tmp_path)
    pcm = decode(audio, "miniaudio")
    samples = np.array(pcm.samples, "f8")
    frame, rate, numbers, silent = (
        (KOKORO_FRAME, KOKORO_RATE, TOKENS, KOKORO_SILENT)
        if engine == "kokoro"
        else (PIPER_FRAME, PIPER_RATE, PIPER_IDS, PIPER_SILENT)
    )
    off = []
    for text, words in sentences:
        spelling = spelling_of(engine, name, text)
        assert [word.offset for word in words] == [word.offset for word in spelling.words]
        for word, told in zip(spelling.words, words, strict=True):
            first, before = spelling.symbols[word.at], spelling.symbols[: word.at].rstrip(silent)[-1:]
            if first not in silent and first != before:  # others begin with the silence of a mark of stress
                frequency = (numbers[first] + TONE_OF_NOTHING) * rate / frame
                off.append(abs(onset_ms(samples, pcm.rate, frequency, told.start) - told.start))
    assert len(off) >= 8
    assert max(off) <= TOLERANCE_MS


def spelling_of(engine: str, name: str, text: str) -> Spelling:
    if engine == "piper":
        return spelled(spell_piper, text, "en-us", PIPER_IDS)
    return spelled(spell_kokoro, text, LanguageTag("en-US" if name == "english" else "zh-CN"))


def test_what_a_voice_cannot_read_is_in_the_report(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("---\nlang: en-US\ntitle: Signs\n---\n\nThis ① is read, and ꡀꡁ is not.\n\n㐂\n", encoding="utf-8")
    episode = convert(source, tmp_path / "out", Options(engine="kokoro", offline=True, jobs=1), ignore, ignore).audio
    told = json.loads(episode.with_name("episode.json").read_text(encoding="utf-8"))["left_out"]
    assert [one["text"] for one in told] == ["ꡀꡁ", "㐂"]


def test_a_local_neural_voice_is_preferred_where_there_is_one(article: Article, tmp_path: Path) -> None:
    told: list[str] = []
    convert(article("english"), tmp_path / "out", Options(offline=True, jobs=1), ignore, told.append)
    assert "kokoro" in told[0]
    german = tmp_path / "german.md"
    german.write_text("---\nlang: de\ntitle: Der Turm\n---\n\nPeter blieb oben stehen.\n", encoding="utf-8")
    convert(german, tmp_path / "out", Options(offline=True, jobs=1), ignore, told.append)
    assert any("piper" in line for line in told[1:])


def test_a_voice_may_be_asked_for_by_name(article: Article, tmp_path: Path) -> None:
    told: list[str] = []
    options = Options(engine="piper", voice=ENGLISH, offline=True, jobs=1)
    audio = convert(article("english"), tmp_path / "out", options, ignore, told.append).audio
    assert verify(audio.parent) == (1, ())
