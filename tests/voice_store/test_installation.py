"""Packs that come whole or not at all: from their makers' places, and from files."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections import namedtuple
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.serving import Site, serving
from tests.speech.engines.neural.models import kokoro_model, piper_configuration, piper_model
from tests.voice_store.makers import giving, in_turn, saying, tearing
from tests.voice_store.packs import (
    CARD,
    KOKORO,
    PIPER,
    catalogue_text,
    laid_out,
    names_in,
    pack_of,
)

from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError, OutputError, ServiceError
from chaptercast.voice_store import installation, installed, maintenance
from chaptercast.voice_store.disk import Piece
from chaptercast.voice_store.http_request import RetryPolicy
from chaptercast.voice_store.model import InstalledPack, Pack, PackVoice

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
HASTY = RetryPolicy(silence_s=5.0, sleep=lambda _seconds: None)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({f"/{name}": giving(content) for name, content in {**PIPER, **KOKORO}.items()}) as site:
        site.answers["/model.onnx"] = giving(PIPER["model.onnx"])
        site.answers["/k/model.onnx"] = giving(KOKORO["model.onnx"])
        site.answers["/k/voices-v1.0.bin"] = giving(KOKORO["voices-v1.0.bin"])
        yield site


def download(pack: Pack, told: list[str], progress: Any = lambda *_: None) -> InstalledPack:
    return installation.download(pack, told.append, progress, patience=HASTY)


def copy(pack: Pack, folder: Path, told: list[str]) -> InstalledPack:
    pieces = {path.name: Piece(path, path.stat().st_size) for path in folder.iterdir()}
    return installation.copy(pack, pieces, told.append, lambda *_: None)


def test_a_pack_comes_from_its_makers(site: Site, store: Path, told: list[str]) -> None:
    counted: list[tuple[int, int, str]] = []
    pack = pack_of(PIPER, site.url("/"), licence_note="Free for any use.")
    done = download(pack, told, lambda *step: counted.append(step))
    assert done.folder == store / pack.id
    assert names_in(store) == [
        f"{pack.id}/{name}" for name in ("MODEL_CARD", "manifest.toml", "model.onnx", "model.onnx.json")
    ]
    assert all(done.path(name).read_bytes() == content for name, content in PIPER.items())
    assert installed() == (done,)
    assert done.voices == (PackVoice("test", LanguageTag("en-US"), "female"),)
    assert (done.sample_rate, done.licence_note) == (22_050, "Free for any use.")
    assert counted[-1] == (pack.size, pack.size, "model.onnx")
    assert told == []
    assert [path for path, _ in site.requests] == ["/MODEL_CARD", "/model.onnx.json", "/model.onnx"]


def test_one_without_a_text_about_its_licence_gets_one(site: Site, told: list[str]) -> None:
    done = download(pack_of(KOKORO, site.url("/k/"), licence="Apache-2.0"), told)
    assert "Licence: Apache-2.0" in done.path("LICENCE").read_text()
    assert [voice.name for voice in done.voices] == ["af_heart", "zf_xiaoxiao"]
    assert maintenance.faults_of(done) == ()


def test_the_sum_that_was_found_is_kept_where_none_was_known(site: Site, told: list[str]) -> None:
    pack = pack_of(PIPER, site.url("/"))
    weak = replace(pack, files=tuple(replace(file, sha256="") for file in pack.files))
    assert [file.sha256 for file in download(weak, told).files] == sorted_sums(pack)


def sorted_sums(pack: Pack) -> list[str]:
    return [file.sha256 for file in sorted(pack.files, key=lambda file: file.name)]


def test_one_that_is_there_is_left_alone(site: Site, told: list[str]) -> None:
    pack = pack_of(PIPER, site.url("/"))
    first = download(pack, told)
    count = len(site.requests)
    assert download(pack, told) == first
    assert len(site.requests) == count


def test_another_version_takes_its_place(site: Site, store: Path, tmp_path: Path, told: list[str]) -> None:
    download(pack_of(PIPER, site.url("/")), told)
    newer = {**PIPER, "model.onnx": piper_model("two")}
    site.answers |= {f"/new/{name}": giving(content) for name, content in newer.items()}
    pack = pack_of(newer, site.url("/new/"))
    assert installation.current(pack) is None
    assert download(pack, told).path("model.onnx").read_bytes() == newer["model.onnx"]
    mine = pack_of({**PIPER, "model.onnx": piper_model("six")})
    laid_out(tmp_path / "given", {**PIPER, "model.onnx": piper_model("six")})
    unknown = replace(mine, files=tuple(replace(file, sha256="") for file in mine.files))
    assert copy(unknown, tmp_path / "given", told).path("model.onnx").read_bytes() == piper_model("six")
    assert [path.name for path in store.iterdir()] == [pack.id]


def test_a_damaged_one_is_made_whole(site: Site, store: Path, told: list[str]) -> None:
    pack = pack_of(PIPER, site.url("/"))
    done = download(pack, told)
    for damage in (b"", PIPER["model.onnx"][:-1] + b"x"):
        done.path("model.onnx").write_bytes(damage)
        assert installation.whole(pack.id) is None
        assert maintenance.faults_of(download(pack, told)) == ()
    (store / pack.id / "manifest.toml").write_text("?")
    assert maintenance.faults_of(download(pack, told)) == ()
    assert len(list(store.iterdir())) == 1


def test_a_damaged_one_of_the_system_is_not_ours_to_mend(
    site: Site, store: Path, tmp_path: Path, told: list[str]
) -> None:
    pack = pack_of(PIPER, site.url("/"))
    download(pack, told)
    shutil.move(store / pack.id, tmp_path / "system/chaptercast/voices" / pack.id)
    assert installation.whole(pack.id) is not None
    (tmp_path / "system/chaptercast/voices" / pack.id / "model.onnx").write_bytes(b"")
    with pytest.raises(OutputError, match="where this program writes nothing"):
        download(pack, told)


def test_an_interrupted_download_goes_on(site: Site, store: Path, told: list[str]) -> None:
    model = PIPER["model.onnx"]
    site.answers["/model.onnx"] = in_turn(tearing(model, 1000), saying(404))
    pack = pack_of(PIPER, site.url("/"))
    with pytest.raises(ServiceError) as caught:
        download(pack, told)
    assert "same command" in caught.value.remedy
    assert installed() == ()
    assert list(maintenance.unfinished()) == [pack.id]
    before = len(site.requests)
    site.answers["/model.onnx"] = giving(model)
    done = download(pack, told)
    assert done.path("model.onnx").read_bytes() == model
    later = site.requests[before:]
    assert [(path, headers["Range"]) for path, headers in later] == [("/model.onnx", "bytes=1000-")]
    assert len(list(store.iterdir())) == 1


def test_what_was_finished_is_looked_at_again(site: Site, store: Path, told: list[str]) -> None:
    site.answers["/model.onnx"] = saying(404)
    pack = pack_of(PIPER, site.url("/"))
    with pytest.raises(ServiceError):
        download(pack, told)
    (store / f".part-{pack.id}" / "model.onnx.json").write_bytes(b"x" * len(PIPER["model.onnx.json"]))
    site.answers["/model.onnx"] = giving(PIPER["model.onnx"])
    assert download(pack, told).path("model.onnx.json").read_bytes() == PIPER["model.onnx.json"]


def test_a_place_that_has_nothing_leaves_nothing(store: Path, told: list[str]) -> None:
    with serving({}) as site, pytest.raises(ServiceError):
        download(pack_of(KOKORO, site.url("/")), told)
    assert names_in(store) == []
    assert list(store.iterdir()) == []


def test_a_text_that_has_changed_is_left_out(site: Site, told: list[str]) -> None:
    pack = pack_of(PIPER, site.url("/"))
    for answer in (giving(CARD + b"more"), saying(404)):
        site.answers["/MODEL_CARD"] = answer
        done = download(pack, told)
        assert "It is left out" in told[-1]
        assert sorted(file.name for file in done.files) == ["LICENCE", "model.onnx", "model.onnx.json"]
        maintenance.remove(pack.id, told.append)


def test_what_another_pack_has_is_not_fetched(site: Site, told: list[str]) -> None:
    download(pack_of(KOKORO, site.url("/k/"), id="first"), told)
    again = pack_of({**KOKORO, "model.onnx": kokoro_model("other")}, site.url("/2/"), id="second")
    site.answers["/2/model.onnx"] = giving(kokoro_model("other"))
    assert maintenance.faults_of(download(again, told)) == ()
    assert [path for path, _ in site.requests].count("/2/voices-v1.0.bin") == 0


def test_what_another_pack_has_damaged_is_fetched(site: Site, told: list[str]) -> None:
    first = download(pack_of(KOKORO, site.url("/k/"), id="first"), told)
    first.path("voices-v1.0.bin").write_bytes(b"x" * len(KOKORO["voices-v1.0.bin"]))
    assert maintenance.faults_of(download(pack_of(KOKORO, site.url("/k/"), id="second"), told)) == ()


HOSTILE: Mapping[str, Mapping[str, bytes]] = {
    "a model that was cut off": {**PIPER, "model.onnx": PIPER["model.onnx"][:-10]},
    "a model that is something else": {**PIPER, "model.onnx": b"MZ" + bytes(500)},
    "a configuration that is none": {**PIPER, "model.onnx.json": b"{}"},
    "a configuration of another kind": {**PIPER, "model.onnx.json": piper_configuration(phoneme_type="runes")},
    "a configuration with names that are none": {
        **PIPER,
        "model.onnx.json": piper_configuration(speaker_id_map={"a\nb": 0}),
    },
    "no configuration": {"model.onnx": PIPER["model.onnx"]},
    "no voices": {**KOKORO, "voices-v1.0.bin": b"PK"},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_voice_is_one_error_and_nothing_is_left(
    what: str, store: Path, tmp_path: Path, told: list[str]
) -> None:
    contents = HOSTILE[what]
    pack = pack_of(contents, family="kokoro" if "voices-v1.0.bin" in contents else "piper")
    laid_out(tmp_path / "given", contents)
    with pytest.raises(EngineError, match=f"{pack.id} cannot be installed"):
        copy(pack, tmp_path / "given", told)
    with serving({f"/{name}": giving(content) for name, content in contents.items()}) as site:
        fetched = pack_of(contents, site.url("/"), family=pack.family)
        with pytest.raises(EngineError, match=f"{pack.id} cannot be installed"):
            download(fetched, told)
    assert list(store.iterdir()) == []


@pytest.mark.parametrize("damaged", ["model.onnx", "model.onnx.json"])
def test_what_is_not_what_the_catalogue_says_leaves_nothing(
    damaged: str, site: Site, store: Path, tmp_path: Path, told: list[str]
) -> None:
    content = bytes(len(PIPER[damaged]))
    site.answers[f"/{damaged}"] = giving(content)
    with pytest.raises(EngineError, match="not what the catalogue says"):
        download(pack_of(PIPER, site.url("/")), told)
    laid_out(tmp_path / "given", {**PIPER, damaged: content})
    with pytest.raises(EngineError, match="damaged or another one"):
        copy(pack_of(PIPER), tmp_path / "given", told)
    laid_out(tmp_path / "given", {damaged: PIPER[damaged][:-1]})
    with pytest.raises(EngineError, match="bytes instead of"):
        copy(pack_of(PIPER), tmp_path / "given", told)
    assert list(store.iterdir()) == []


def test_a_pack_comes_from_files(store: Path, tmp_path: Path, told: list[str]) -> None:
    done = copy(pack_of(PIPER), laid_out(tmp_path / "given", PIPER), told)
    assert maintenance.faults_of(done) == ()
    assert len(list(store.iterdir())) == 1
    assert copy(pack_of(PIPER), tmp_path / "given", told) == done


def test_files_that_are_missing_are_named(store: Path, tmp_path: Path, told: list[str]) -> None:
    laid_out(tmp_path / "given", {"model.onnx": PIPER["model.onnx"]})
    with pytest.raises(EngineError, match=r"model\.onnx\.json is missing"):
        copy(pack_of({name: PIPER[name] for name in ("model.onnx", "model.onnx.json")}), tmp_path / "given", told)
    assert list(store.iterdir()) == []


def test_a_copy_ends_what_a_download_began(site: Site, store: Path, tmp_path: Path, told: list[str]) -> None:
    site.answers["/model.onnx"] = in_turn(tearing(PIPER["model.onnx"], 1000), saying(404))
    with pytest.raises(ServiceError):
        download(pack_of(PIPER, site.url("/")), told)
    copy(pack_of(PIPER), laid_out(tmp_path / "given", PIPER), told)
    assert [path.name for path in store.iterdir()] == ["en_US-test-medium"]


def test_something_else_in_its_place_is_not_touched(store: Path, tmp_path: Path, told: list[str]) -> None:
    laid_out(store / "en_US-test-medium", {"precious": b"x"})
    with pytest.raises(OutputError, match="in the way"):
        copy(pack_of(PIPER), laid_out(tmp_path / "given", PIPER), told)
    assert names_in(store) == ["en_US-test-medium/precious"]


def test_a_disk_without_room_is_told_before_anything_comes(
    site: Site, store: Path, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 -- as shutil has it
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(0, 0, 1000))
    with pytest.raises(OutputError, match="MB free"):
        download(pack_of(PIPER, site.url("/")), told)
    with pytest.raises(OutputError, match="MB free"):
        copy(pack_of(PIPER), laid_out(tmp_path / "given", PIPER), told)
    assert site.requests == []
    assert names_in(store) == []


def test_a_store_that_cannot_be_is_told(
    site: Site, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CHAPTERCAST_VOICES", str(tmp_path / "file" / "store"))
    with pytest.raises(OutputError, match="cannot be written"):
        download(pack_of(PIPER, site.url("/")), told)


@pytest.mark.skipif(ROOT or os.name != "posix", reason="nothing is forbidden to root")
def test_a_store_that_may_not_be_written_to_is_told(site: Site, store: Path, told: list[str]) -> None:
    store.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        download(pack_of(PIPER, site.url("/")), told)


def test_those_who_come_at_once_do_not_destroy_each_others_work(site: Site, store: Path, told: list[str]) -> None:
    """The first waits in the middle of a transfer until the others wait for it."""
    waiting = threading.Semaphore(0)
    good = giving(PIPER["model.onnx"])

    def answer(handler: Any) -> None:
        for _ in range(3):
            assert waiting.acquire(timeout=30)
        good(handler)

    site.answers["/model.onnx"] = answer
    pack = pack_of(PIPER, site.url("/"))

    def tell(line: str) -> None:
        told.append(line)
        waiting.release()

    done: list[InstalledPack] = []
    work = [
        threading.Thread(target=lambda: done.append(installation.download(pack, tell, lambda *_: None, patience=HASTY)))
        for _ in range(4)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert len(done) == 4
    assert set(map(type, done)) == {InstalledPack}
    assert told == [f"Another run is at work on {pack.id}: it is waited for."] * 3
    assert [path for path, _ in site.requests].count("/model.onnx") == 1
    assert [path.name for path in store.iterdir()] == [pack.id]
    assert maintenance.faults_of(done[0]) == ()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes end in another way there")
@pytest.mark.parametrize("number", ["SIGKILL", "SIGINT", "SIGTERM"])
def test_a_run_that_was_ended_leaves_what_the_next_goes_on_with(
    number: str, site: Site, store: Path, tmp_path: Path, told: list[str]
) -> None:
    model = piper_model("x" * 200_000)
    arrived = threading.Event()

    def stuck(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(model)))
        handler.send_header("ETag", '"1"')
        handler.end_headers()
        handler.wfile.write(model[:150_000])
        handler.wfile.flush()
        arrived.set()
        site.over.wait()

    site.answers["/model.onnx"] = stuck
    pack = pack_of({**PIPER, "model.onnx": model}, site.url("/"))
    (tmp_path / "ours.toml").write_text(catalogue_text(pack))
    command = [sys.executable, "-m", "chaptercast", "voices", "--install", pack.id, "--yes"]
    environment = {name: value for name, value in os.environ.items() if name != "CHAPTERCAST_OFFLINE"}
    part = store / f".part-{pack.id}" / "model.onnx.part"
    with subprocess.Popen(
        [*command, "--catalogue", tmp_path / "ours.toml"],
        cwd=Path(__file__).parents[2],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert arrived.wait(30)
        assert process.stderr is not None
        for line in process.stderr:  # so much is on the disk, or on its way there
            if "70 percent" in line:
                break
        process.send_signal(signal.Signals[number])
        rest = process.stderr.read()
    assert installed() == ()
    assert process.returncode == (-signal.SIGKILL if number == "SIGKILL" else 130)
    assert ("is kept: the same command goes on from there" in rest) is (number != "SIGKILL")
    assert number == "SIGKILL" or part.stat().st_size == 150_000
    left = part.stat().st_size
    site.answers["/model.onnx"] = giving(model)
    done = download(pack, told)
    assert maintenance.faults_of(done) == ()
    assert left == 0 or site.requests[-1][1]["Range"] == f"bytes={left}-"
    assert [path.name for path in store.iterdir()] == [pack.id]


def test_processes_that_copy_at_once(store: Path, tmp_path: Path) -> None:
    laid_out(tmp_path / "given", PIPER)
    context = multiprocessing.get_context("spawn")
    with context.Pool(3) as pool:
        done = pool.starmap(_copied, [(str(store), str(tmp_path / "given"))] * 3)
    assert done == ["en_US-test-medium"] * 3
    assert [path.name for path in store.iterdir()] == ["en_US-test-medium"]


def _copied(store: str, given: str) -> str:
    os.environ["CHAPTERCAST_VOICES"] = store
    return copy(pack_of(PIPER), Path(given), []).id
