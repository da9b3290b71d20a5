"""Killed or interrupted at any moment: nothing unfinished under a final name, no process left, no hang."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from chaptercast.verify import verify

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Long enough that a signal arrives while it is spoken."""
    sentence = "The quick brown fox jumps over the lazy dog, and then it goes home for its supper. "
    path = tmp_path / "book.md"
    parts = (f"## Part {number} of it\n\nNumber {number}. {sentence * 8}\n\n" for number in range(400))
    path.write_text("---\ntitle: Book\nlang: en\n---\n\n" + "".join(parts))
    return path


def started(book: Path, folder: Path) -> "subprocess.Popen[str]":
    command = [
        sys.executable,
        "-m",
        "chaptercast",
        "convert",
        str(book),
        "-o",
        str(folder),
        "--jobs",
        "2",
        "--cache",
        f"{folder}-clips",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stderr is not None
    told = []
    for line in process.stderr:
        told.append(line)
        if line.startswith("Speaking"):
            return process
    raise AssertionError(f"it ended with {process.wait()} before it spoke: {told}")


def workers(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def ended(process: "subprocess.Popen[str]", children: list[psutil.Process]) -> str:
    _, stderr = process.communicate(timeout=30)
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not [child for child in alive if child.status() != psutil.STATUS_ZOMBIE]  # one that only waits to be reaped
    return stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing_and_says_how_to_go_on(book: Path, tmp_path: Path, number: int) -> None:
    process = started(book, tmp_path / "out")
    children = workers(process)
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    stderr = ended(process, children)
    assert process.returncode == 130
    assert "same command" in stderr
    assert "Traceback" not in stderr
    assert not [p for p in (tmp_path / "out").rglob("*") if p.is_file()]
    assert list((tmp_path / "out-clips").rglob("*.clip"))


def test_a_killed_run_leaves_no_named_file_and_the_next_cleans_up(book: Path, tmp_path: Path) -> None:
    process = started(book, tmp_path / "out")
    children = workers(process)
    process.kill()
    ended(process, children)
    left = [p for p in (tmp_path / "out").rglob("*") if p.is_file()]
    assert all(p.name.startswith(".chaptercast-") for p in left)
    short = tmp_path / "short.md"
    short.write_text("---\ntitle: Book\n---\n\nShort now.\n")
    subprocess.run(
        [sys.executable, "-m", "chaptercast", "convert", short, "-o", tmp_path / "out", "--engine", "silence"],
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert not list((tmp_path / "out").rglob(".chaptercast-*"))
    assert verify(tmp_path / "out") == (1, ())


def test_a_killed_worker_is_an_error_and_not_a_hang(book: Path, tmp_path: Path) -> None:
    process = started(book, tmp_path / "out")
    children = workers(process)
    next(child for child in children if "resource_tracker" not in " ".join(child.cmdline())).kill()
    stderr = ended(process, children)
    assert process.returncode == 4
    assert "died" in stderr
    assert not [p for p in (tmp_path / "out").rglob("*") if p.is_file()]


def test_a_killed_run_goes_on_and_gives_the_same_bytes(book: Path, tmp_path: Path) -> None:
    text = book.read_text()
    book.write_text(text[: len(text) // 25].rpartition("\n\n")[0])
    command = [sys.executable, "-m", "chaptercast", "convert", str(book), "--jobs", "2"]
    subprocess.run([*command, "-o", tmp_path / "whole.mp3", "--no-cache"], check=True, capture_output=True, timeout=60)
    for _ in range(2):
        process = started(book, tmp_path / "out")
        children = workers(process)
        process.kill()
        ended(process, children)
    kept = list((tmp_path / "out-clips").rglob("*.clip"))
    resumed = [*command, "-o", tmp_path / "resumed.mp3", "--cache", tmp_path / "out-clips"]
    subprocess.run(resumed, check=True, capture_output=True, timeout=60)
    assert kept
    assert (tmp_path / "resumed.mp3").read_bytes() == (tmp_path / "whole.mp3").read_bytes()
