"""A Dask cluster gives the clips of the local pool, whatever becomes of its workers; trouble is an error, never a hang."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest
from distributed import Client, LocalCluster
from tests.processes import KEPT

import chaptercast
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError, ServiceError, UsageError
from chaptercast.speech import engine_registry
from chaptercast.speech.cluster.address import Cluster
from chaptercast.speech.cluster.runner import speak_all_on
from chaptercast.speech.local.pool import speak_all
from chaptercast.speech.model import Clip, Utterance

GRID = Grid(22_050, 48_000)
EN = LanguageTag("en")
ESPEAK = engine_registry.load("espeak")
SAID = [Utterance(f"Sentence number {n}, {'and so on ' * (n % 7)}.", "en-us", EN) for n in range(60)]


def ignore(*_: object) -> None:
    """Nothing is kept."""


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chaptercast.speech.cluster.runner._BATCH_CHARACTERS", 60)


@pytest.fixture(scope="module")
def pooled() -> list[Clip]:
    return list(speak_all(SAID, ESPEAK, GRID, 1, ignore))


@pytest.fixture(scope="module")
def dask() -> Iterator[LocalCluster]:
    """Two workers; each has two threads, which an engine's library must survive."""
    with LocalCluster(
        n_workers=2, threads_per_worker=2, host="127.0.0.1", dashboard_address="127.0.0.1:0", silence_logs=50
    ) as running:
        yield running


@pytest.fixture
def cluster(dask: LocalCluster) -> Cluster:
    return Cluster(dask.scheduler_address)


def settle(dask: LocalCluster) -> None:
    """Wait until Dask has started killed workers again. They are kept until the cluster ends."""
    with Client(dask) as client:
        client.wait_for_workers(2, timeout=60)
        KEPT.update(client.run(os.getpid).values())
    KEPT.update(process.pid for process in psutil.Process().children())


def test_a_cluster_gives_the_clips_of_the_pool(cluster: Cluster, pooled: list[Clip]) -> None:
    kept: list[tuple[Utterance, Clip]] = []
    clips = []
    for clip in speak_all_on(cluster, SAID, ESPEAK, GRID, lambda *pair: kept.append(pair)):
        clips.append(clip)
        assert kept[-1][1] is clip
    assert clips == pooled
    assert [utterance for utterance, _ in kept] == SAID


def test_workers_of_a_run_of_its_own_give_them_too(pooled: list[Clip]) -> None:
    assert list(speak_all_on(Cluster("", 1), SAID[:5], ESPEAK, GRID, ignore)) == pooled[:5]


def test_nothing_to_say_needs_no_cluster() -> None:
    assert list(speak_all_on(Cluster("tcp://127.0.0.1:9"), [], ESPEAK, GRID, ignore)) == []


def test_utterances_are_taken_only_as_they_are_needed(cluster: Cluster) -> None:
    taken = []

    def counted() -> Iterator[Utterance]:
        for utterance in SAID * 100:
            taken.append(utterance)
            yield utterance

    with closing(speak_all_on(cluster, counted(), ESPEAK, GRID, ignore)) as clips:
        for _ in range(10):
            next(clips)
    assert len(taken) < 60


def test_what_is_under_way_is_called_off_with_the_iterator(cluster: Cluster, dask: LocalCluster) -> None:
    with closing(speak_all_on(cluster, SAID * 10, ESPEAK, GRID, ignore)) as clips:
        next(clips)
    with Client(dask) as client:
        _until(lambda: not client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)))


def test_killing_a_worker_in_mid_run_changes_nothing(cluster: Cluster, dask: LocalCluster, pooled: list[Clip]) -> None:
    kept = 0

    def kill_some(_utterance: Utterance, _clip: Clip) -> None:
        nonlocal kept
        kept += 1
        if kept in {5, 30}:
            with Client(dask) as client:
                os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)

    assert list(speak_all_on(cluster, SAID, ESPEAK, GRID, kill_some)) == pooled
    settle(dask)


def test_an_engines_own_error_arrives_as_it_was_raised(cluster: Cluster) -> None:
    said = [*SAID[:5], Utterance("Who says this?", "nobody", EN)]
    with pytest.raises(EngineError, match="no voice") as caught:
        list(speak_all_on(cluster, said, ESPEAK, GRID, ignore))
    assert "chaptercast voices" in caught.value.remedy


def test_work_that_kills_every_worker_is_an_error(
    cluster: Cluster, dask: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chaptercast.speech.cluster.runner.speak_batch", _die)
    with Client(dask) as client:
        client.run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", 0))
        with pytest.raises(EngineError, match="died again and again"):
            list(speak_all_on(cluster, SAID[:1], ESPEAK, GRID, ignore))
        client.run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", 3))
    settle(dask)


def _die(utterances: tuple[Utterance, ...], _wanted: object, _voices: object = ()) -> None:
    if utterances:  # none are given to prove a worker
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_cluster_that_is_not_there_is_an_error_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chaptercast.speech.cluster.runner._CONNECT_SECONDS", 1)
    with pytest.raises(ServiceError, match=r"The cluster at tcp://127\.0\.0\.1:9 does not answer"):
        list(speak_all_on(Cluster("tcp://127.0.0.1:9"), SAID, ESPEAK, GRID, ignore))


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match="needs Dask") as caught:
        list(speak_all_on(Cluster("", 2), SAID, ESPEAK, GRID, ignore))
    assert "chaptercast[cluster]" in caught.value.remedy


Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts Dask's own commands; they end with the test."""
    running = []

    def started(command: str, *options: str, path: Path | None = None) -> Any:
        environment = {**os.environ, **({"PYTHONPATH": str(path)} if path else {})}
        arguments = [sys.executable, "-m", "distributed.cli." + command, *options, "--host", "127.0.0.1"]
        process = subprocess.Popen(
            arguments, env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL, start_new_session=True
        )
        running.append(process)
        return process

    yield started
    for process in running:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def scheduler(start: Start, tmp_path: Path) -> tuple["subprocess.Popen[bytes]", Cluster]:
    """A scheduler without workers, in a process of its own."""
    facts = tmp_path / "scheduler.json"
    process = start("dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(facts))
    _until(lambda: facts.exists() and facts.read_text().rstrip().endswith("}"))
    with Client(scheduler_file=str(facts)) as client:
        return process, Cluster(client.scheduler.address)


def test_a_cluster_without_workers_is_an_error(scheduler: tuple[Any, Cluster], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chaptercast.speech.cluster.runner._WORKERS_SECONDS", 0.5)
    with pytest.raises(ServiceError, match="No worker"):
        list(speak_all_on(scheduler[1], SAID, ESPEAK, GRID, ignore))


def test_a_scheduler_that_dies_is_an_error_and_what_was_spoken_is_kept(
    scheduler: tuple[Any, Cluster], start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chaptercast.speech.cluster.runner._CONNECT_SECONDS", 2)
    process, cluster = scheduler
    start("dask_worker", cluster.address, "--nthreads", "1", "--no-dashboard")
    kept: list[Utterance] = []

    def keep(utterance: Utterance, _clip: Clip) -> None:
        kept.append(utterance)
        if len(kept) == 5:
            process.kill()

    with pytest.raises(ServiceError, match="was lost") as caught:
        list(speak_all_on(cluster, SAID * 100, ESPEAK, GRID, keep))
    assert "same command" in caught.value.remedy
    assert len(kept) >= 5


def _copied(folder: Path, version: str) -> Path:
    shutil.copytree(Path(chaptercast.__file__).parent, folder / "chaptercast")
    (folder / "chaptercast" / "__init__.py").write_text(f'"""Another."""\n__version__ = "{version}"\n')
    return folder


def _gutted(folder: Path) -> Path:
    (folder / "chaptercast").mkdir(parents=True)
    (folder / "chaptercast" / "__init__.py").write_text("")
    return folder


@pytest.mark.parametrize(
    ("other", "said"),
    [(lambda f: _copied(f, "0.0.7"), "has chaptercast 0.0.7, not"), (_gutted, "cannot take the work")],
    ids=["of another version", "without it"],
)
def test_a_worker_that_has_another_wheel_is_refused(
    scheduler: tuple[Any, Cluster], start: Start, tmp_path: Path, other: Callable[[Path], Path], said: str
) -> None:
    start("dask_worker", scheduler[1].address, "--nthreads", "1", "--no-dashboard", path=other(tmp_path / "other"))
    with Client(scheduler[1].address) as client:
        client.wait_for_workers(1)
    with pytest.raises(EngineError, match=said) as caught:
        list(speak_all_on(scheduler[1], SAID, ESPEAK, GRID, ignore))
    assert "same wheel" in caught.value.remedy


def _until(there: Callable[[], bool]) -> None:
    """Waits for another process; the test's own timeout ends what never comes."""
    while not there():
        time.sleep(0.02)
