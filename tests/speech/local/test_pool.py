"""Many workers: the order and the bytes of one; trouble is an error, never a hang."""

import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager

import pytest

from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.processes import may_fork
from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.speech import engine_registry
from chaptercast.speech.engines.silence import SilenceEngine
from chaptercast.speech.local.pool import speak_all
from chaptercast.speech.model import Speech, Utterance

GRID = Grid(22_050, 48_000)
EN = LanguageTag("en")


def ignore(*_: object) -> None:
    """Nothing is kept."""


def utterances(count: int) -> list[Utterance]:
    return [Utterance(f"Sentence number {n}, {'and so on ' * (n % 5)}.", "en-us", EN) for n in range(count)]


def test_the_number_of_workers_changes_nothing() -> None:
    said = utterances(12)
    one, many = (list(speak_all(said, engine_registry.load("espeak"), GRID, jobs, ignore)) for jobs in (1, 3))
    assert one == many
    assert len({clip.frames for clip in one}) == len(said)


def test_utterances_are_taken_only_as_they_are_needed() -> None:
    taken = []

    def counted():
        for utterance in utterances(1000):
            taken.append(utterance)
            yield utterance

    with closing(speak_all(counted(), SilenceEngine(), GRID, 2, ignore)) as clips:
        for _ in range(10):
            next(clips)
    assert len(taken) < 40


def test_the_workers_are_at_work_before_a_clip_is_asked_for() -> None:
    remaining = iter(utterances(9))
    with closing(speak_all(remaining, SilenceEngine(), GRID, 1, ignore)):
        assert len(list(remaining)) < 9
    assert list(speak_all([], SilenceEngine(), GRID, 1, ignore)) == []


class BadEngine(SilenceEngine):
    """An engine that fails in the way that the utterance says."""

    @contextmanager
    def open(self, **_):
        yield self

    def speak(self, utterance: Utterance) -> Speech:
        match utterance.text:
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "raise":
                raise EngineError("It has lost its voice.", "Give it tea.")
        return Speech(bytes(4410), 22_050)


class BrokenEngine(BadEngine):
    def open(self, **_):
        raise EngineError("It cannot be opened.", "Try another.")


class HeldEngine(SilenceEngine):
    """One that cannot be opened where an interrupt would reach it."""

    @contextmanager
    def open(self, **_):
        if signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, []):
            raise EngineError("It would be interrupted.")
        yield self

    def speak(self, _utterance: Utterance) -> Speech:
        return Speech(bytes(4410), 22_050)


@pytest.mark.skipif(not may_fork() or not hasattr(signal, "pthread_sigmask"), reason="nothing is forked here")
def test_an_interrupt_never_reaches_a_worker() -> None:
    assert len(list(speak_all(utterances(3), HeldEngine(), GRID, 2, ignore))) == 3
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


@pytest.mark.parametrize("place", [0, 3, 30])
def test_a_worker_that_dies_is_an_error_with_a_remedy(place: int) -> None:
    said = [Utterance("fine", "v", EN)] * place + [Utterance("die", "v", EN)] + [Utterance("fine", "v", EN)] * 20
    with pytest.raises(EngineError, match="died") as caught:
        list(speak_all(said, BadEngine(name="bad"), GRID, 2, ignore))
    assert "--jobs 1" in caught.value.remedy


def test_an_engines_own_error_arrives_as_it_was_raised() -> None:
    with pytest.raises(EngineError, match="lost its voice") as caught:
        list(speak_all([Utterance("raise", "v", EN)], BadEngine(name="bad"), GRID, 2, ignore))
    assert caught.value.remedy == "Give it tea."


def test_an_engine_that_cannot_be_opened_says_why() -> None:
    with pytest.raises(EngineError, match="cannot be opened"):
        list(speak_all(utterances(3), BrokenEngine(), GRID, 2, ignore))


def test_workers_are_replaced_in_a_long_run_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chaptercast.speech.local.pool._UTTERANCES_PER_WORKER", 3)
    said = utterances(20)
    replaced = list(speak_all(said, SilenceEngine(), GRID, 2, ignore))
    assert [clip.end - clip.onset for clip in replaced] == [
        clip.end - clip.onset for clip in speak_all(said, SilenceEngine(), GRID, 1, ignore)
    ]
    assert len(replaced) == 20


def test_each_clip_is_told_of_before_it_is_given() -> None:
    kept = []
    clips = []
    for clip in speak_all(utterances(5), SilenceEngine(), GRID, 1, lambda *pair: kept.append(pair)):
        clips.append(clip)
        assert kept[-1][1] is clip
    assert kept == list(zip(utterances(5), clips, strict=True))


def test_an_interrupt_that_meets_the_workers_end_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    end = ProcessPoolExecutor.shutdown

    def interrupted(*args, **options) -> None:
        end(*args, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(ProcessPoolExecutor, "shutdown", interrupted)
    clips = speak_all(utterances(5), SilenceEngine(), GRID, 1, ignore)
    next(clips)
    with pytest.raises(KeyboardInterrupt):
        clips.close()


def test_beside_the_thread_of_a_store_nothing_is_forked() -> None:
    leave = threading.Event()
    thread = threading.Thread(target=leave.wait, name="fsspecIO")
    assert may_fork() == (sys.platform == "linux")
    thread.start()
    try:
        assert not may_fork()
        said = utterances(3)
        assert list(speak_all(said, engine_registry.load("espeak"), GRID, 2, ignore)) == list(
            speak_all(said, engine_registry.load("espeak"), GRID, 1, ignore)
        )
    finally:
        leave.set()
        thread.join()
    assert may_fork() == (sys.platform == "linux")
