"""`convert --cluster` as a user meets it: the bytes of one machine, Ctrl-C, clear errors."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

SENTENCE = "The quick brown fox jumps over the lazy dog, and then it goes home for its supper. "


def book(folder: Path, parts: int) -> Path:
    path = folder / "book.md"
    text = "".join(f"## Part {number} of it\n\nNumber {number}. {SENTENCE * 8}\n\n" for number in range(parts))
    path.write_text("---\ntitle: Book\nlang: en\n---\n\n" + text)
    return path


def command(article: Path, output: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "chaptercast", "convert", str(article), "-o", str(output), *options]


def test_the_recording_is_that_of_one_machine_and_a_second_run_speaks_nothing(tmp_path: Path) -> None:
    article, clips = book(tmp_path, 12), ("--cache", str(tmp_path / "clips"))
    runs = (
        command(article, tmp_path / "alone.mp3", "--no-cache"),
        command(article, tmp_path / "cluster.mp3", "--cluster", "local:2", *clips),
        command(article, tmp_path / "again.mp3", "--cluster", "tcp://127.0.0.1:9", *clips),  # nobody needs to be asked
    )
    for run in runs:
        subprocess.run(run, check=True, capture_output=True, timeout=60)
    assert len({(tmp_path / f"{name}.mp3").read_bytes() for name in ("alone", "cluster", "again")}) == 1


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_its_cluster(tmp_path: Path, number: int) -> None:
    run = command(book(tmp_path, 400), tmp_path / "out", "--cluster", "local:2", "--cache", str(tmp_path / "clips"))
    process = subprocess.Popen(run, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stderr is not None
    assert any(line.startswith("Speaking") for line in process.stderr)
    children = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    _, told = process.communicate(timeout=30)
    _, alive = psutil.wait_procs(children, timeout=10)
    assert process.returncode == 130
    assert told.strip() == "Interrupted. Finished speech is kept: the same command continues from there."
    assert not [child for child in alive if child.status() != psutil.STATUS_ZOMBIE]
    assert list((tmp_path / "clips").rglob("*.clip"))
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--cluster", "nonsense"), 2, "no cluster"),
        (("--cluster", "tcp://10.0.0.7:8786", "--offline"), 2, "--offline forbids it"),
        (("--cluster", "tcp://127.0.0.1:9"), 5, "does not answer"),
    ],
)
def test_errors_are_lines_and_codes(tmp_path: Path, options: tuple[str, ...], code: int, told: str) -> None:
    run = command(book(tmp_path, 1), tmp_path / "out", "--no-cache", *options)
    ended = subprocess.run(run, check=False, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, "Traceback" in ended.stderr) == (code, False)
    assert told in ended.stderr
    assert not (tmp_path / "out").exists()
