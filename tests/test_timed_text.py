"""Timed text against the sound, measured in the finished MP3: what is shown starts when it is heard."""

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from tests.judges.captions import webvtt_parser
from tests.judges.decoding import decode
from tests.judges.measuring import silences
from tests.standin.patching import patched
from tests.standin.server import running

from chaptercast.audio.timed_text_file import TimedTextFile
from chaptercast.common.packaged_files import shipped
from chaptercast.pipeline import Options, convert, prepare
from chaptercast.pipeline.recording import record
from chaptercast.speech.clips.encode import make_clip
from chaptercast.speech.engines.espeak import ENGINE
from chaptercast.verify import verify

TOLERANCE_MS = 60
ESPEAK = Options(engine="espeak", offline=True, jobs=2)
ARTICLES = {
    "english": shipped("examples") / "night-ferry-en.md",
    "chinese": shipped("examples") / "harbour-library-zh.txt",
    "four languages": shipped("examples") / "four-languages.md",
    "german": (
        "---\nlang: de\ntitle: Der Turm\n---\n\n## Die Treppe\n\nPeter zählte 128 Stufen. Oben blieb er stehen; kein Wind ging. "
        "Kam jemand? Tief unten klappte eine Tür. „Guten Abend“, sagte er.\n\nDann wurde es dunkel. Punkt neun Uhr.\n"
    ),
    "french": (
        "---\nlang: fr\ntitle: Le phare\n---\n\n## Le soir\n\nPersonne ne parle. Tout est calme, et la mer aussi. "
        "Qui vient ? C’est le gardien.\n\nPuis la lampe s’allume. Trois éclats, quatre secondes.\n"
    ),
}


def ignore(*_: object) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("timed")


def recorded(name: str, folder: Path, options: Options) -> Path:
    given = ARTICLES[name]
    if isinstance(given, str):
        source = folder / "article.md"
        source.write_text(given, encoding="utf-8")
    else:
        source = given
    return convert(source, folder / "out", options, ignore, ignore).audio


def cue_starts(audio: Path) -> list[int]:
    """Of every sentence, in ms."""
    transcript = json.loads(audio.with_name("transcript.json").read_text(encoding="utf-8"))
    return [round(segment["startTime"] * 1000) for segment in transcript["segments"]]


def quiet(audio: Path, min_ms: int, threshold_dbfs: float = -50) -> list[tuple[int, int]]:
    pcm = decode(audio, "miniaudio")
    return silences(pcm.samples, pcm.rate, threshold_dbfs, min_ms)[:-1]  # after the last no sound follows


@pytest.mark.parametrize("name", ARTICLES)
def test_sentences_start_with_their_sound(name: str, folder: Path) -> None:
    audio = recorded(name, folder, ESPEAK)
    starts, pauses = cue_starts(audio), quiet(audio, 100)
    late = [abs(start - onset) for start in starts for silent, onset in pauses if silent <= start < onset + 200]
    assert len(late) >= 0.8 * len(starts)  # some follow without a pause; were all off by more, none would be here
    assert max(late) <= TOLERANCE_MS
    assert median(late) <= 10


@pytest.fixture
def service() -> Iterator[None]:
    with running() as service, patched(service.url, service.voices_url):
        yield


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize("name", ["english", "chinese"])
def test_a_services_sentences_start_with_their_sound(name: str, folder: Path) -> None:
    audio = recorded(name, folder, Options(engine="edge"))
    onsets = [onset for _, onset in quiet(audio, 15, -30)]  # it pauses for 30 ms after each word
    late = [min(abs(start - onset) for onset in onsets) for start in cue_starts(audio)]
    assert max(late) <= TOLERANCE_MS
    assert median(late) <= 10


def test_the_waveform_is_that_of_the_recording(tmp_path: Path) -> None:
    prepared = prepare(ARTICLES["english"], ESPEAK)
    utterances = prepared.cast.utterances(prepared.script)
    with ENGINE.open() as speaker, TimedTextFile(prepared.grid, tmp_path / "spool") as timeline:
        clips = (make_clip(speaker.speak(utterance), prepared.grid) for utterance in utterances)
        _, recording = record(
            prepared, clips, tmp_path / "a.mp3", ignore, timeline.add, lambda joined: joined.recording
        )
        levels = timeline.waveform.levels(recording.duration)
    samples, rate = decode(tmp_path / "a.mp3", "miniaudio")
    tenth = rate // 10
    heard = [max(map(abs, samples[at : at + tenth])) >> 7 for at in range(0, len(samples), tenth)]
    assert len(levels) == len(heard)
    for one, other in ((levels, heard), (heard, levels)):  # within a tenth of a second; encoding changes them a little
        assert all(level <= max(other[max(0, at - 1) : at + 2]) + 20 for at, level in enumerate(one))


@pytest.mark.parametrize("name", ["english", "four languages"])
def test_transcripts_are_valid_and_hold_the_written_text(name: str, folder: Path) -> None:
    audio = recorded(name, folder, ESPEAK)
    texts = {kind: audio.with_name(kind).read_text(encoding="utf-8") for kind in ("transcript.vtt", "chapters.vtt")}
    transcript, chapters = webvtt_parser([(texts["transcript.vtt"], "subtitles"), (texts["chapters.vtt"], "chapters")])
    assert transcript["faults"] == chapters["faults"] == []
    manifest = json.loads(audio.with_name("episode.json").read_text(encoding="utf-8"))
    assert [cue["text"] for cue in chapters["cues"]] == [chapter["title"] for chapter in manifest["chapters"]]
    shown = " ".join(cue["text"].replace("\n", " ") for cue in transcript["cues"])
    if name == "english":
        assert "The last ferry leaves at 11.40 pm." in shown
    else:
        assert {cue["languages"][0] for cue in transcript["cues"] if cue["languages"]} == {"en", "de", "ja"}
    assert verify(audio.parent) == (1, ())


def test_the_same_input_gives_the_same_transcripts(tmp_path: Path) -> None:
    kinds = ("transcript.vtt", "transcript.srt", "transcript.json", "chapters.vtt")
    first, second = (
        recorded("english", tmp_path / folder, Options(engine="espeak", offline=True, jobs=jobs))
        for folder, jobs in (("a", 1), ("b", 2))
    )
    assert all(first.with_name(kind).read_bytes() == second.with_name(kind).read_bytes() for kind in kinds)
