"""Work beside this process: its result, its errors, and its end."""

import ctypes
import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from chaptercast.common import processes
from chaptercast.common.processes import beside, give_back, may_fork
from chaptercast.errors import OutputError


@pytest.fixture(params=["here", "beside"])
def apart(request: pytest.FixtureRequest) -> bool:
    if request.param == "beside" and not may_fork():
        pytest.skip("processes are not forked here")
    return bool(request.param == "beside")


def test_the_result_comes_when_it_is_asked_for(apart: bool) -> None:
    with beside(lambda: (os.getpid(), "done"), apart=apart) as result:
        process, text = result()
    assert text == "done"
    assert (process != os.getpid()) == apart


def test_an_error_is_raised_where_it_is_asked_for(apart: bool) -> None:
    def fail() -> None:
        raise OutputError("It is full.", "Make room.")

    with beside(fail, apart=apart) as result, pytest.raises(OutputError, match="It is full") as raised:
        result()
    assert raised.value.remedy == "Make room."


def test_it_ends_with_the_body() -> None:
    if not may_fork():
        pytest.skip("processes are not forked here")
    reader, writer = os.pipe()

    def forever() -> None:
        os.write(writer, str(os.getpid()).encode())
        threading.Event().wait()

    begun: list[int] = []

    def interrupted() -> None:
        with beside(forever):
            begun.append(int(os.read(reader, 20)))
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    with pytest.raises(ProcessLookupError):
        os.kill(begun[0], 0)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals cannot be held here")
def test_an_interrupt_of_all_processes_is_this_ones_alone() -> None:
    def blocked() -> bool:
        return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])

    if not may_fork():
        pytest.skip("processes are not forked here")
    with beside(blocked) as there:
        assert not blocked()
        assert there()


def test_one_that_is_killed_is_made_good_here() -> None:
    if not may_fork():
        pytest.skip("processes are not forked here")
    original = os.getpid()

    def work() -> int:
        if os.getpid() != original:
            os._exit(9)
        return 7

    with beside(work) as result:
        assert result() == 7


def test_where_nothing_may_be_forked_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "may_fork", lambda: False)
    with beside(os.getpid) as process:
        assert process() == os.getpid()


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="this allocator cannot be told to"
)
def test_what_is_free_is_given_back() -> None:
    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    held = [bytes([1]) * 100_000 for _ in range(500)]
    last = held.pop()  # above the others, so that they are not given back as they go
    before = resident()
    held.clear()
    give_back()
    assert before - resident() > 30_000_000
    assert last
