"""`--watch`, as its users see it: the lines that it says, and the files that it makes."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from tests.cli.test_commands import QUICK

from chaptercast.verify import verify

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
_PATIENCE_S = 60


class Watching:
    """A run that watches."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self._lines: Queue[str] = Queue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.put(line)

    def until(self, words: str) -> str:
        """The next line with `words` in it."""
        while words not in (line := self._lines.get(timeout=_PATIENCE_S)):
            pass
        return line

    def outcome(self) -> dict[str, Any]:
        """What became of the next article."""
        assert self.process.stdout is not None
        described: dict[str, Any] = json.loads(self.process.stdout.readline())
        return described


@contextmanager
def watching(cwd: Path, *arguments: str) -> Iterator[Watching]:
    command = [sys.executable, "-m", "chaptercast", "convert", "--watch", *arguments, "--json", *QUICK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd) as process:
        try:
            run = Watching(process)
            run.until("Watching ")
            yield run
        finally:
            process.kill()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {path.stem}\nlang: en\n---\n\n{text}\n")


def recordings(output: Path) -> tuple[int, tuple[str, ...]]:
    """How many there are, and what is wrong with them; not with the page over all, which is written after an outcome is told."""
    found = [verify(folder) for folder in sorted(output.iterdir()) if folder.is_dir()]
    return len(found), tuple(finding for _, findings in found for finding in findings)


def test_what_changes_is_converted_until_it_is_interrupted(tmp_path: Path) -> None:
    write(tmp_path / "first.md", "Words.")
    with watching(tmp_path, ".") as run:
        assert (run.outcome()["input"], recordings(tmp_path / "output")) == ("first.md", (1, ()))

        write(tmp_path / "first.md", "Other words.")
        assert (run.outcome()["input"], recordings(tmp_path / "output")) == ("first.md", (1, ()))

        write(tmp_path / ".hidden.md", "Not seen.")
        (tmp_path / "broken.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
        described = run.outcome()
        assert (described["input"], described["exit_code"]) == ("broken.md", 3)

        (tmp_path / "aside").mkdir()
        write(tmp_path / "aside" / "sub" / "deep.md", "Deep words.")
        assert run.outcome()["input"] == "aside/sub/deep.md"

        (tmp_path / "first.md").unlink()  # is no news
        write(tmp_path / "written.part", "Late words.")
        (tmp_path / "written.part").rename(tmp_path / "late.md")
        assert run.outcome()["input"] == "late.md"

        run.process.send_signal(signal.SIGINT)
        assert run.process.wait(_PATIENCE_S) == 130
        assert run.process.stdout is not None
        assert run.process.stdout.read() == ""  # what is made is no news either
    assert recordings(tmp_path / "output") == (3, ())


def test_a_service_manager_may_end_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with watching(tmp_path, "in") as run:
        run.process.send_signal(signal.SIGTERM)
        assert run.process.wait(_PATIENCE_S) == 130
        assert "Interrupted" in run.until("Interrupted")


def test_without_its_library_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "watchfiles.py").write_text("raise ImportError")
    (tmp_path / "in").mkdir()
    run = subprocess.run(
        [sys.executable, "-m", "chaptercast", "convert", "--watch", "in"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert run.returncode == 2
    assert "chaptercast[watch]" in run.stderr
