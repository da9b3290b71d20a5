"""The whole way with the engine `edge`: articles become recordings by way of the stand-in, and nothing is asked for twice."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.judges.decoding import decode
from tests.judges.measuring import silences
from tests.judges.probing import mutagen_chapters
from tests.judges.requirement import require
from tests.judges.stream import ffmpeg_errors, mp3val
from tests.ready_command import run_command
from tests.standin.faults import Fault
from tests.standin.patching import impatient, patched
from tests.standin.server import Service, running

from chaptercast.common.packaged_files import shipped
from chaptercast.errors import ServiceError, UsageError
from chaptercast.pipeline import Options, convert
from chaptercast.verify import verify

CHINESE = shipped("examples") / "harbour-library-zh.txt"
EDGE = Options(engine="edge")
ARTICLE = """# The lamp

First of all a paragraph that says what there is to say.

## A heading

Second of all another one, which says the rest of it.

### And one below

Third and last, the end of the matter.
"""


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "kept"))
    with running() as service, patched(service.url, service.voices_url):
        yield service


@pytest.fixture
def quick() -> Iterator[None]:
    with impatient():
        yield


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.md"
    path.write_text(ARTICLE)
    return path


def converted(source: Path, output: Path, options: Options = EDGE) -> tuple[Path, list[str]]:
    told: list[str] = []
    published = convert(source, output, options, lambda *_: None, told.append)
    return published.audio, told


def test_an_article_is_spoken_joined_and_sound(service: Service, tmp_path: Path) -> None:
    audio, told = converted(CHINESE, tmp_path / "out")
    manifest = json.loads(audio.with_name("episode.json").read_text())
    assert [c["title"] for c in manifest["chapters"]] == [c.title for c in mutagen_chapters(audio)]
    assert len(manifest["chapters"]) == 8
    assert manifest["speech"]["engine"] == "edge"
    assert verify(audio.parent) == (1, ())
    assert any("the text goes to Microsoft" in line for line in told)
    voices = {request.voice for request in service.requests}
    assert {"zh-CN-XiaoxiaoNeural", "zh-CN-YunyangNeural"} <= voices


def test_outside_judges_find_nothing_wrong(service: Service, tmp_path: Path) -> None:
    service.lead_ms, service.tail_ms = 700, 800
    audio, _ = converted(CHINESE, tmp_path / "out")
    for judge in ("mp3val", "ffmpeg"):
        require(judge)
    assert mp3val(audio) == []
    assert ffmpeg_errors(audio) == []


@pytest.mark.parametrize(("lead_ms", "tail_ms"), [(0, 0), (100, 800), (320, 10), (900, 900)])
def test_pauses_are_the_profiles_whatever_silence_is_built_in(
    service: Service, article: Path, tmp_path: Path, lead_ms: int, tail_ms: int
) -> None:
    service.lead_ms, service.tail_ms = lead_ms, tail_ms
    audio, _ = converted(article, tmp_path / "out")
    pcm = decode(audio, "miniaudio")
    heard = [end - start for start, end in silences(pcm.samples, pcm.rate)][1:-1]
    assert heard == pytest.approx([1200, 1500, 800, 1200, 700], abs=40)


def test_what_was_spoken_is_not_asked_for_again(service: Service, article: Path, tmp_path: Path) -> None:
    options = Options(engine="edge", cache=tmp_path / "clips")
    first, _ = converted(article, tmp_path / "1.mp3", options)
    asked = service.connections
    again, _ = converted(article, tmp_path / "2.mp3", options)
    assert (service.connections, first.read_bytes()) == (asked, again.read_bytes())
    article.write_text(ARTICLE.replace("Third and last", "Last but not least"))
    converted(article, tmp_path / "3.mp3", options)
    assert service.connections == asked + 1


@pytest.mark.usefixtures("quick")
def test_what_fails_for_good_is_resumed_to_the_same_bytes(service: Service, article: Path, tmp_path: Path) -> None:
    undisturbed, _ = converted(article, tmp_path / "0.mp3")
    service.fault_of_text = lambda text: Fault.NO_AUDIO if text.startswith("Third") else Fault.NONE
    options = Options(engine="edge", cache=tmp_path / "clips")
    with pytest.raises(ServiceError, match="at: “Third"):
        converted(article, tmp_path / "1.mp3", options)
    assert not (tmp_path / "1.mp3").exists()
    asked = len(service.requests)
    service.fault_of_text = lambda _text: Fault.NONE
    resumed, _ = converted(article, tmp_path / "1.mp3", options)
    assert [request.text for request in service.requests[asked:]] == ["Third and last, the end of the matter."]
    assert resumed.read_bytes() == undisturbed.read_bytes()


def test_auto_takes_edge_where_it_answers_and_says_who_gets_the_text(
    service: Service, article: Path, tmp_path: Path
) -> None:
    audio, told = converted(article, tmp_path / "out", Options())
    assert json.loads(audio.with_name("episode.json").read_text())["speech"]["engine"] == "edge"
    assert told == [
        f"{article}: speaking with edge: natural voices, and the service answers; the text goes to Microsoft."
    ]
    assert service.voice_lists == 1


def test_auto_falls_back_before_the_first_word_and_says_why(article: Path, tmp_path: Path) -> None:
    with patched("ws://127.0.0.1:9/?", "http://127.0.0.1:9/?"):
        audio, told = converted(article, tmp_path / "out", Options(jobs=1))
    assert json.loads(audio.with_name("episode.json").read_text())["speech"]["engine"] == "espeak"
    assert len(told) == 1
    assert "espeak: embedded, works offline (not with edge: the service cannot be reached" in told[0]


@pytest.mark.usefixtures("quick")
def test_auto_never_changes_the_engine_in_the_middle(service: Service, article: Path, tmp_path: Path) -> None:
    service.fault = lambda number: Fault.FORBIDDEN if number > 2 else Fault.NONE
    with pytest.raises(ServiceError):
        converted(article, tmp_path / "out", Options())
    assert not (tmp_path / "out").exists()


def test_edge_is_forbidden_offline(service: Service, article: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--offline forbids"):
        converted(article, tmp_path, Options(engine="edge", offline=True))
    assert (service.connections, service.voice_lists) == (0, 0)


def command(service: Service, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "tests.standin.command", service.url, service.voices_url, *map(str, arguments)]


def environment(cwd: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "CHAPTERCAST_OFFLINE"}
    return {**kept, "PYTHONPATH": str(Path(__file__).parents[1]), "CHAPTERCAST_CACHE": str(cwd / "clips")}


def test_a_failure_is_exit_code_5_in_three_lines(service: Service, article: Path, tmp_path: Path) -> None:
    service.fault = lambda _number: Fault.FORBIDDEN
    run = subprocess.run(
        command(service, "convert", article, "-o", tmp_path / "out", "--engine", "edge"),
        env=environment(tmp_path), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert run.returncode == 5
    assert "Traceback" not in run.stderr
    assert "Error: The engine “edge” failed: the service refuses requests (403)" in run.stderr
    assert "run the same command again" in run.stderr
    assert (
        f"To go on: {shlex.join(command(service, 'convert', article, '-o', tmp_path / 'out', '--engine', 'edge'))}"
        in run.stderr
    )


def listed(service: Service, tmp_path: Path, *arguments: str) -> tuple[dict, str]:
    run = run_command(
        [service.url, service.voices_url, "voices", "--json", *arguments],
        None,
        {"CHAPTERCAST_OFFLINE": "", "CHAPTERCAST_CACHE": str(tmp_path / "clips")},
        module="tests.standin.command",
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout), run.stderr


def test_the_services_voices_are_listed_asked_for_once(service: Service, tmp_path: Path) -> None:
    known, _ = listed(service, tmp_path, "--language", "sw")
    assert (service.voice_lists, known["voices"]) == (0, [v for v in known["voices"] if v["engine"] != "edge"])
    for _ in range(2):
        known, _ = listed(service, tmp_path, "--engine", "edge", "--language", "sw")
        assert [(v["name"], v["language"], v["gender"]) for v in known["voices"]] == [
            ("sw-KE-ZuriNeural", "sw-KE", "Female")
        ]
        assert known["notes"][0].startswith("edge: the service's list of 20")
    assert service.voice_lists == 1


def test_where_the_service_cannot_be_asked_a_note_says_so(service: Service, tmp_path: Path) -> None:
    service.voices_url = "http://127.0.0.1:9/voices?"
    known, _ = listed(service, tmp_path, "--engine", "edge", "--language", "zh")
    assert "zh-CN-XiaoxiaoNeural" in {voice["name"] for voice in known["voices"]}
    assert "since the service cannot be reached" in known["notes"][0]


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_at_once_and_keeps_what_was_spoken(
    service: Service, article: Path, tmp_path: Path, number: int
) -> None:
    service.fault_of_text = lambda text: Fault.HANG_IN_AUDIO if text.startswith("Third") else Fault.NONE
    process = subprocess.Popen(
        command(service, "convert", article, "-o", tmp_path / "out", "--engine", "edge"),
        env=environment(tmp_path), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    latest = time.monotonic() + 30
    while len(list((tmp_path / "clips").rglob("*.clip"))) < 5 and time.monotonic() < latest:
        time.sleep(0.01)
    process.send_signal(number)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in stderr
    assert len(list((tmp_path / "clips").rglob("*.clip"))) == 5
    assert not list((tmp_path / "out").rglob("*.mp3"))
