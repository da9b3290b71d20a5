"""The whole way with the engine `openai`: articles become recordings by way of the stand-in, nothing is asked for twice, no key is told."""

import json
import os
import signal
import subprocess
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.judges.decoding import decode
from tests.judges.measuring import onset_after, silences
from tests.judges.probing import mutagen_chapters
from tests.judges.requirement import require
from tests.judges.stream import ffmpeg_errors, mp3val
from tests.ready_command import run_command
from tests.standin import proxy as proxies
from tests.standin import runs
from tests.standin.openai.faults import RANDOM_FAULTS, Fault
from tests.standin.openai.forms import ALL, as_mp3, as_wav
from tests.standin.openai.server import Request, Service, running
from tests.standin.patching import impatient

from chaptercast.common.packaged_files import shipped
from chaptercast.errors import EngineError, ServiceError, UsageError
from chaptercast.pipeline import Options, convert
from chaptercast.speech.engines.openai import engine
from chaptercast.verify import verify

CHINESE = shipped("examples") / "harbour-library-zh.txt"
OPENAI = Options(engine="openai")
KEY = "sk-proj-Zq7Xw2Lm9Kd4Rt6Yb1Nc8Vf3"
ARTICLE = """# The lamp

First of all a paragraph that says what there is to say. It has two sentences, with a clause.

## A heading

Second of all another one, which says the rest of it.

### And one below

Third and last, the end of the matter.
"""


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    for name in [name for name in os.environ if name.startswith(("CHAPTERCAST_OPENAI_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    engine._voices.cache_clear()
    with running() as service:
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


def converted(source: Path, output: Path, options: Options = OPENAI) -> tuple[Path, list[str]]:
    told: list[str] = []
    published = convert(source, output, options, lambda *_: None, told.append)
    return published.audio, told


def test_an_article_is_spoken_joined_and_sound(service: Service, tmp_path: Path) -> None:
    audio, told = converted(CHINESE, tmp_path / "out")
    manifest = json.loads(audio.with_name("episode.json").read_text())
    assert [c["title"] for c in manifest["chapters"]] == [c.title for c in mutagen_chapters(audio)]
    assert len(manifest["chapters"]) == 8
    assert (manifest["speech"]["engine"], manifest["speech"]["voices"][0]) == ("openai", "zf_xiaoxiao")
    assert {omission["reason"] for omission in manifest["left_out"]} == {"image without alternative text"}
    assert verify(audio.parent) == (1, ())
    assert f"the text goes to the server at {service.url[7:-3]}, on this machine" in told[0]
    assert {request.voice for request in service.requests} == {"zf_xiaoxiao"}


@pytest.mark.parametrize(
    "form", ["a WAV of unknown length", "a WAV at 22.05 kHz", "an MP3 in stereo at 44.1 kHz", "an MP3 on the grid"]
)
def test_outside_judges_find_nothing_wrong(service: Service, tmp_path: Path, form: str) -> None:
    service.forms["wav"] = ALL[form]
    audio, _ = converted(CHINESE, tmp_path / "out")
    for judge in ("mp3val", "ffmpeg"):
        require(judge)
    assert mp3val(audio) == []
    assert ffmpeg_errors(audio) == []


@pytest.mark.parametrize("form", ["a WAV", "a WAV at 16 kHz", "an MP3"])
def test_pauses_are_the_profiles_whatever_silence_is_built_in(
    service: Service, article: Path, tmp_path: Path, form: str
) -> None:
    service.forms["wav"] = ALL[form]
    audio, _ = converted(article, tmp_path / "out")
    pcm = decode(audio, "miniaudio")
    heard = [end - start for start, end in silences(pcm.samples, pcm.rate, min_ms=200)][1:-1]
    assert heard == pytest.approx([1200, 1500, 800, 1200, 700], abs=40)


def test_sentences_are_shown_when_they_are_heard(service: Service, article: Path, tmp_path: Path) -> None:
    service.forms["wav"] = as_wav(between_ms=350)
    audio, _ = converted(article, tmp_path / "out")
    shown = json.loads(audio.with_name("transcript.json").read_text())["segments"]
    assert "It has two sentences, with a clause." in [segment["body"] for segment in shown]
    pcm = decode(audio, "miniaudio")
    for segment in shown:
        begins = 1000 * segment["startTime"]
        heard = onset_after(pcm.samples, pcm.rate, max(0, begins - 60))
        assert heard == pytest.approx(begins, abs=40)


def test_what_was_spoken_is_not_asked_for_again(service: Service, article: Path, tmp_path: Path) -> None:
    options = Options(engine="openai", cache=tmp_path / "clips")
    first, _ = converted(article, tmp_path / "1.mp3", options)
    asked = len(service.requests)
    again, _ = converted(article, tmp_path / "2.mp3", options)
    assert (len(service.requests), first.read_bytes()) == (asked, again.read_bytes())
    article.write_text(ARTICLE.replace("Third and last", "Last but not least"))
    converted(article, tmp_path / "3.mp3", options)
    assert len(service.requests) == asked + 1


def test_another_model_is_asked_anew_another_key_is_not(
    service: Service, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = Options(engine="openai", cache=tmp_path / "clips")
    converted(article, tmp_path / "1.mp3", options)
    asked = len(service.requests)
    monkeypatch.setenv("CHAPTERCAST_OPENAI_KEY", KEY)
    converted(article, tmp_path / "2.mp3", options)
    assert len(service.requests) == asked
    monkeypatch.setenv("CHAPTERCAST_OPENAI_MODEL", "kokoro")
    converted(article, tmp_path / "3.mp3", options)
    assert len(service.requests) == 2 * asked


@pytest.mark.usefixtures("quick")
def test_what_fails_for_good_is_resumed_to_the_same_bytes(service: Service, article: Path, tmp_path: Path) -> None:
    undisturbed, _ = converted(article, tmp_path / "0.mp3")
    service.fault_of_text = lambda text: Fault.EMPTY if text.startswith("Third") else Fault.NONE
    options = Options(engine="openai", cache=tmp_path / "clips")
    with pytest.raises(ServiceError, match="at: “Third"):
        converted(article, tmp_path / "1.mp3", options)
    assert not (tmp_path / "1.mp3").exists()
    asked = len(service.requests)
    service.fault_of_text = lambda _text: Fault.NONE
    resumed, _ = converted(article, tmp_path / "1.mp3", options)
    assert [request.text for request in service.requests[asked:]] == ["Third and last, the end of the matter."]
    assert resumed.read_bytes() == undisturbed.read_bytes()


@pytest.mark.usefixtures("quick")
def test_whatever_goes_wrong_the_bytes_are_the_same(service: Service, tmp_path: Path) -> None:
    long = runs.article(tmp_path / "long.md", 30)
    undisturbed, _ = converted(long, tmp_path / "0.mp3")
    faults = [RANDOM_FAULTS[number % len(RANDOM_FAULTS)] for number in range(len(RANDOM_FAULTS))]
    faults.remove(Fault.HANG_IN_SOUND)  # it takes its time
    service.fault = lambda number: faults[number // 5 % len(faults)] if number % 5 == 0 else Fault.NONE
    disturbed, _ = converted(long, tmp_path / "1.mp3")
    assert disturbed.read_bytes() == undisturbed.read_bytes()


def test_a_profile_names_the_engine_and_its_voices(
    service: Service, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "en-US--mine.toml").write_text(
        'language = "en-US"\nengines = ["openai", "espeak"]\n'
        '[voices.openai]\nbody = "af_bella(2)+af_sky"\nheading = "am_michael"\n'
    )
    monkeypatch.chdir(tmp_path)
    _, told = converted(article, tmp_path / "out", Options(voice="en-US--mine"))
    assert "speaking with openai: the model “tts-1”, and the server answers; the text goes to" in told[0]
    voices = {request.text: request.voice for request in service.requests}
    assert voices["A heading"] == "am_michael"
    assert voices["Third and last, the end of the matter."] == "af_bella(2)+af_sky"


def test_it_is_forbidden_offline(service: Service, article: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--offline forbids"):
        converted(article, tmp_path, Options(engine="openai", offline=True))
    assert (service.requests, service.asked_voices) == ([], [])


def test_without_a_server_nothing_is_sent_anywhere(article: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no server is named: CHAPTERCAST_OPENAI_URL is not set") as caught:
        converted(article, tmp_path)
    assert "http://127.0.0.1:8880/v1" in caught.value.remedy


def test_a_dry_run_asks_for_voices_and_for_no_speech(service: Service, article: Path, tmp_path: Path) -> None:
    done = command(tmp_path, "convert", article, "--engine", "openai", "--dry-run", "--json", url=service.url)
    estimate = json.loads(done.stdout)["estimate"]
    assert estimate["text_goes_to"] == f"the server at {service.url[7:-3]}, on this machine"
    assert estimate["voices"] == ["af_heart"]
    assert (service.requests, service.asked_voices) == ([], [""])


def environment(folder: Path, url: str = "", key: str = "") -> dict[str, str]:
    return {
        "CHAPTERCAST_OFFLINE": "",
        "CHAPTERCAST_CACHE": str(folder / "cache"),
        "CHAPTERCAST_OPENAI_URL": url,
        "CHAPTERCAST_OPENAI_KEY": key,
        "HOME": str(folder / "home"),
    }


def command(
    folder: Path, *arguments: object, url: str = "", key: str = "", code: int = 0
) -> "subprocess.CompletedProcess[str]":
    done = run_command(
        [*map(str, arguments)], folder, environment(folder, url, key), module="tests.standin.openai.command"
    )
    assert done.returncode == code, done.stderr
    return done


def test_a_failure_is_exit_code_5_in_three_lines(service: Service, article: Path, tmp_path: Path) -> None:
    service.fault = lambda _number: Fault.UNAUTHORIZED
    done = command(tmp_path, "convert", article, "--engine", "openai", url=service.url, key=KEY, code=5)
    error, remedy, again = done.stderr.splitlines()[-3:]
    assert error.startswith(
        "Error: The engine “openai” failed: the service refuses the key from CHAPTERCAST_OPENAI_KEY"
    )
    assert remedy == "Is it the right one? Finished speech is kept: run the same command again to continue."
    assert again.startswith("To go on: ")
    assert again.endswith(f"convert {article} --engine openai")


def test_not_set_up_is_exit_code_4_and_says_what_to_do(article: Path, tmp_path: Path) -> None:
    done = command(tmp_path, "convert", article, "--engine", "openai", code=4)
    assert "no server is named: CHAPTERCAST_OPENAI_URL is not set" in done.stderr
    assert "Set CHAPTERCAST_OPENAI_URL to the server's address" in done.stderr
    assert "openai: not ready" in command(tmp_path, "engines").stdout


def test_a_given_proxy_is_used(service: Service, article: Path, tmp_path: Path) -> None:
    with proxies.running() as proxy:
        command(tmp_path, "convert", article, "--engine", "openai", "--proxy", proxy.url, url=service.url)
    assert {target.rpartition("/")[2].partition("?")[0] for target in proxy.targets} == {"voices", "speech"}


def test_an_unchanged_article_is_not_converted_again_unless_the_server_is_another(
    service: Service, article: Path, tmp_path: Path
) -> None:
    asked = ["convert", article, "-o", tmp_path / "out", "--engine", "openai"]
    command(tmp_path, *asked, url=service.url)
    count = len(service.requests)
    assert "unchanged" in command(tmp_path, *asked, url=service.url, key=KEY).stderr.lower()
    assert len(service.requests) == count
    with running() as other:
        command(tmp_path, *asked, url=other.url)
        assert len(other.requests) == count


def test_voices_are_listed(service: Service, tmp_path: Path) -> None:
    listed = json.loads(command(tmp_path, "voices", "--engine", "openai", "--json", url=service.url).stdout)
    assert [v["name"] for v in listed["voices"] if v["language"] == "en-US"] == ["af_heart", "af_alloy"]
    english = command(tmp_path, "voices", "--engine", "openai", "--language", "zh", url=service.url)
    assert "zf_xiaoxiao" in english.stdout
    assert "af_heart" not in english.stdout
    assert "the server's list of" in english.stderr


SITUATIONS = [
    (Fault.NONE, ("convert", "lamp.md", "--engine", "openai", "-o", "out"), 0),
    (Fault.NONE, ("--debug", "convert", "lamp.md", "--engine", "openai", "-o", "debug"), 0),
    (Fault.NONE, ("preview", "lamp.md", "--engine", "openai", "--voices", "all"), 0),
    (Fault.NONE, ("convert", "lamp.md", "--engine", "openai", "--dry-run", "--json"), 0),
    (Fault.NONE, ("voices", "--engine", "openai", "--json"), 0),
    (Fault.NONE, ("engines", "--json"), 0),
    *(
        (fault, (*debug, "convert", "lamp.md", "--engine", "openai", "-o", "failed"), code)
        for fault in (Fault.UNAUTHORIZED, Fault.FAILING, Fault.MOVED, Fault.RESET, Fault.HTML, Fault.INVALID)
        for debug, code in (((), 5), (("--debug",), 1))
    ),
]


@pytest.mark.parametrize(("fault", "arguments", "code"), SITUATIONS)
@pytest.mark.usefixtures("article")
def test_the_key_is_in_nothing_that_is_printed_or_written(
    service: Service, tmp_path: Path, fault: Fault, arguments: tuple[str, ...], code: int
) -> None:
    service.key, service.fault = KEY, lambda _number: fault
    done = command(tmp_path, *arguments, url=service.url, key=KEY, code=code)
    assert f"Bearer {KEY}" in {*service.asked_voices, *(r.authorization for r in service.requests)} or code == 0
    places = {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert tmp_path.joinpath("cache").exists() or fault is Fault.NONE
    told = [done.stdout.encode(), done.stderr.encode(), *(name.encode() for name in places), *places.values()]
    parts = [KEY[at : at + 8].encode() for at in range(len(KEY) - 7)]
    assert not [part for part in parts if any(part in one for one in told)]
    if "--debug" in arguments and code:
        assert "Traceback" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("form", ["a WAV of unknown length", "an MP3"])
def test_a_run_that_is_killed_goes_on_to_the_same_bytes_and_asks_for_nothing_twice(
    service: Service, tmp_path: Path, form: str
) -> None:
    service.forms["wav"] = ALL[form]
    long = runs.article(tmp_path / "long.md", 16)
    command(tmp_path, "convert", long, "-o", tmp_path / "0.mp3", "--no-cache", "--engine", "openai", url=service.url)
    texts = sorted(request.text for request in service.requests)
    service.requests.clear()
    for moment in (6, 13):
        process = subprocess.Popen(
            [sys.executable, "-m", "chaptercast", "convert", long, "-o", tmp_path / "1.mp3", "--engine", "openai"],
            env={**os.environ, **environment(tmp_path, service.url)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

        def began(_request: Request, process: "subprocess.Popen[str]" = process, moment: int = moment) -> None:
            if len(service.requests) == moment:
                process.kill()

        service.began = began
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
    service.began = lambda _request: None
    command(tmp_path, "convert", long, "-o", tmp_path / "1.mp3", "--engine", "openai", url=service.url)
    assert (tmp_path / "1.mp3").read_bytes() == (tmp_path / "0.mp3").read_bytes()
    asked = sorted(request.text for request in service.requests)
    assert set(asked) == set(texts)
    assert len(asked) <= len(texts) + 2 * 2  # what was under way at each kill, two at a time


def test_the_decoded_recording_is_the_tone_that_was_sent(service: Service, article: Path, tmp_path: Path) -> None:
    service.forms["wav"] = as_mp3(44_100, 192, 2)
    audio, _ = converted(article, tmp_path / "out", Options(engine="openai", loudness="none"))
    pcm = decode(audio, "miniaudio")
    samples = array("h", pcm.samples)
    start = round(onset_after(samples, pcm.rate, 0) * pcm.rate / 1000) + 240
    crossings = sum(a < 0 <= b for a, b in zip(samples[start:], samples[start + 1 : start + 1200], strict=False))
    assert crossings == pytest.approx(440 * 1200 / pcm.rate, abs=2)
    assert max(map(abs, samples)) == pytest.approx(4000, rel=0.25)  # the mean of a channel and of silence
