"""Runs of the whole command against a stand-in, to be killed, repeated and counted."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from msgspec import Struct
from tests.ready_command import run_command
from tests.standin.server import Request, Service

_ROOT = Path(__file__).parents[2]
_SENTENCE = "It says what there is to say, and then the next one begins"


def article(path: Path, paragraphs: int) -> Path:
    """An article with that many paragraphs, each of its own, and a heading before every fifth."""
    parts = ["---\ntitle: All of it\nlang: en\n---"]
    for number in range(paragraphs):
        parts += [f"## Part {number}"] if number % 5 == 0 else []
        parts.append(f"This is number {number}. {_SENTENCE}.")
    path.write_text("\n\n".join(parts) + "\n")
    return path


class Case(Struct, frozen=True):
    """An article, and a folder for what comes of it."""

    article: Path
    folder: Path
    service: Service | None = None
    """Speaks; where there is none, eSpeak NG does."""

    @property
    def recording(self) -> Path:
        """Where the recording will be."""
        return self.folder / "out.mp3"

    @property
    def clips(self) -> int:
        """How many are kept."""
        return sum(1 for _ in (self.folder / "clips").rglob("*.clip"))

    def start(self, output: Path | None = None, run: str = "") -> "subprocess.Popen[str]":
        """Start the command in a session of its own; the service knows it as `run`."""
        module, *arguments = self.command(output or self.recording, run)
        self.folder.mkdir(parents=True, exist_ok=True)
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env=self.environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def command(self, output: Path, run: str) -> list[str]:
        """The module, and its arguments."""
        given = ["convert", self.article, "-o", output, "--cache", self.folder / "clips"]
        if self.service:
            module = ["tests.standin.command", f"{self.service.url}&run={run}", self.service.voices_url]
            given += ["--engine", "edge"]
        else:
            module = ["chaptercast"]
            given += ["--engine", "espeak", "--offline"]
        return [*module, *map(str, given)]

    def environment(self) -> dict[str, str]:
        """With a network, and a list of voices of its own."""
        kept = {name: value for name, value in os.environ.items() if name != "CHAPTERCAST_OFFLINE"}
        return {**kept, "PYTHONPATH": str(_ROOT), "CHAPTERCAST_CACHE": str(self.folder / "voices")}

    def finished(self, run: str = "") -> bytes:
        """The recording of a run to its end, by a process that has loaded its modules: nobody looks at it meanwhile."""
        module, *arguments = self.command(self.recording, run)
        online = {"CHAPTERCAST_OFFLINE": "", "CHAPTERCAST_CACHE": str(self.folder / "voices")}
        self.folder.mkdir(parents=True, exist_ok=True)
        done = run_command(arguments, None, online, timeout=300, module=module)
        assert done.returncode == 0, done.stderr
        return self.recording.read_bytes()


def ended(process: "subprocess.Popen[str]") -> None:
    """Wait for a run that ends well."""
    _, stderr = process.communicate(timeout=300)
    assert process.returncode == 0, stderr


def killed(case: Case, moment: int, run: str) -> None:
    """A run that is killed when it has asked the service so many times: by then all but four to eight utterances are spoken."""
    assert case.service is not None
    process = case.start(run=run)

    def began(request: Request) -> None:
        if request.run == run and case.service.asked(run) == moment:
            process.kill()

    case.service.began = began
    process.communicate(timeout=60)
    case.service.began = lambda _request: None
    assert process.returncode == -signal.SIGKILL


def shell(command: str, case: Case) -> None:
    """Run what a user would copy."""
    subprocess.run(command, shell=True, check=True, env=case.environment(), capture_output=True, timeout=300)
