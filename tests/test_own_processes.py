"""The suite itself, run as a background job: what its tests start handles signals, and ends with the test."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[1]
LONG = "import time; print('begun', flush=True); time.sleep(600)"
CONFTEST = """
from tests import processes
from tests.conftest import _default_signals, _ended_processes
processes._GRACE_SECONDS = 0.1
"""
IN_THE_BACKGROUND = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="jobs of a POSIX shell")


def suite(folder: Path, test: str) -> "subprocess.CompletedProcess[str]":
    """Run a test file with this suite's fixtures, as a shell runs a job in the background."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_it.py").write_text(f"import signal, subprocess, sys\nLONG = {LONG!r}\n{test}")
    command = [sys.executable, "-c", IN_THE_BACKGROUND, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    options = ["--rootdir", folder, "-o", f"pythonpath={ROOT}", folder]
    return subprocess.run([*command, *options], capture_output=True, text=True, check=False, timeout=100, cwd=folder)


def test_an_interrupt_reaches_what_a_test_starts(tmp_path: Path) -> None:
    test = """
def test_it():
    with subprocess.Popen([sys.executable, "-c", LONG], stdout=-1, stderr=-3) as process:
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
    assert process.returncode == -signal.SIGINT
"""
    done = suite(tmp_path, test)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("end", ["assert False, 'it failed'", "pass"])
def test_what_a_test_leaves_running_ends_with_it(end: str, tmp_path: Path) -> None:
    test = f"""
def test_it():
    parent = "import subprocess, sys; subprocess.run([sys.executable, '-c', *sys.argv[1:]])"
    process = subprocess.Popen([sys.executable, "-c", parent, LONG, {str(tmp_path)!r}], stdout=-1, start_new_session=True)
    process.stdout.readline()
    open("begun", "w").write(str(process.pid))
    globals()["kept"] = process
    {end}
"""
    done = suite(tmp_path, test)
    assert done.returncode == 1, done.stdout
    assert "left running, and killed now" in done.stdout
    assert ("it failed" in done.stdout) == (end != "pass")
    assert not psutil.pid_exists(int((tmp_path / "begun").read_text()))
    running = [process.info["cmdline"] for process in psutil.process_iter(["cmdline"])]
    assert [sys.executable, "-c", LONG, str(tmp_path)] not in running
