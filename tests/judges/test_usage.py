"""Time, processor and memory of a tree of processes are measured, not guessed."""

import sys

import pytest
from tests.judges import peak_pss

MEGABYTE = 1 << 20

HOLD = "import time; block = bytearray(b'x') * (64 << 20); time.sleep(0.3)"
"""Touches 64 MiB and holds them long enough to be seen."""

HOLD_IN_CHILDREN = """
import subprocess, sys, time
hold = "import sys; block = bytearray(b'x') * (64 << 20); print('held', flush=True); sys.stdin.read()"
children = [subprocess.Popen([sys.executable, "-c", hold], stdin=-1, stdout=-1) for _ in range(2)]
for child in children:
    child.stdout.readline()
time.sleep(0.3)
for child in children:
    child.communicate()
"""


def test_memory_of_the_command_itself_is_seen() -> None:
    usage = peak_pss([sys.executable, "-c", HOLD])
    assert usage.exit == 0
    assert 64 * MEGABYTE < usage.peak_pss < 110 * MEGABYTE
    assert usage.wall_s > 0.3


def test_memory_of_its_children_counts() -> None:
    usage = peak_pss([sys.executable, "-c", HOLD_IN_CHILDREN])
    assert usage.exit == 0
    assert 128 * MEGABYTE < usage.peak_pss < 200 * MEGABYTE


def test_processor_time_output_and_exit_status_are_told() -> None:
    busy = "import sys, time\nwhile time.process_time() < 0.3: pass\nprint('done'); sys.exit(3)"
    usage = peak_pss([sys.executable, "-c", busy])
    assert usage.cpu_s >= 0.3
    assert (usage.exit, usage.output) == (3, "done\n")


def test_a_command_that_takes_too_long_is_ended() -> None:
    with pytest.raises(TimeoutError):
        peak_pss(["sh", "-c", "sleep 60 & wait"], timeout_s=0.2)
