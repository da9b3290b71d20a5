"""A command of a process that waits does what that of a new Python does."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.ready_command import run_command

from chaptercast.common.processes import START_METHOD, may_fork

pytestmark = pytest.mark.skipif(not may_fork(), reason="nothing is forked here")
COMMANDS = [
    ["--version"],
    ["convert", "--help"],
    ["no-such-command"],
    ["outline", "article.md", "--json"],
    ["script", "article.md", "--format", "text"],
    ["convert", "article.md", "--engine", "silence", "--jobs", "2", "--json", "-o", "out"],
    ["--debug", "outline", "missing.md"],
    ["examples"],
    ["convert", "--files-from", "-", "-"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_it_prints_writes_and_ends_as_a_new_one_does(arguments: list[str], tmp_path: Path) -> None:
    results = []
    for name in ("ready", "new"):
        folder = tmp_path / name / "in"
        folder.mkdir(parents=True)
        (folder / "article.md").write_text("---\ntitle: Ünï\nlang: en\n---\n\n## A part\n\nWords of 12 €, “said”.\n")
        environment = {"CHAPTERCAST_CACHE": str(tmp_path / name / "cache"), "COLUMNS": "60"}
        if name == "ready":
            done = run_command(arguments, folder, environment)
        else:
            command = [sys.executable, "-m", "chaptercast", *arguments]
            whole = {**os.environ, **environment}
            done = subprocess.run(
                command, cwd=folder, env=whole, capture_output=True, encoding="utf-8", check=False, timeout=60
            )
        files = {
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.name not in ("episode.json", "index.html")
        }
        told = (done.stderr if "--debug" not in arguments else done.stderr.splitlines()[-1]).replace(str(folder), "")
        results.append((done.returncode, done.stdout.replace(str(folder), ""), told, files))
    assert results[0] == results[1]


def test_each_has_an_environment_and_a_state_of_its_own(tmp_path: Path) -> None:
    before = run_command(["voices", "--json"], tmp_path, {}).stdout
    other = run_command(["cache"], tmp_path, {"CHAPTERCAST_CACHE": str(tmp_path / "other")})
    assert str(tmp_path / "other") in other.stdout
    assert run_command(["voices", "--json"], tmp_path, {}).stdout == before
    assert str(tmp_path / "other") not in run_command(["cache"], tmp_path, {}).stdout


def test_it_reads_a_pipe(tmp_path: Path) -> None:
    environment = {"CHAPTERCAST_CACHE": str(tmp_path)}
    assert run_command(["outline", "-"], tmp_path, environment, stdin="# Ünï\n".encode()).stdout == "1  Ünï\n"
    assert run_command(["outline", "-"], tmp_path, environment).returncode == 3, "nothing was given"


def test_another_module_prepares_the_command(tmp_path: Path) -> None:
    done = run_command(["--version"], tmp_path, {}, module="tests.standin.openai.command")
    assert done.stdout.startswith("chaptercast ")
    missing = run_command(["--version"], tmp_path, {}, module="tests.standin.no_such_command")
    assert (missing.returncode, "ModuleNotFoundError" in missing.stderr) == (1, True)


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "never.md")
    with pytest.raises(TimeoutError):
        run_command(["outline", "never.md"], tmp_path, {}, timeout=0.5)
    assert run_command(["--version"], tmp_path, {}).returncode == 0


def test_it_may_be_told_to_start_a_new_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(START_METHOD, "spawn")
    assert run_command(["--version"], tmp_path, {}).stdout.startswith("chaptercast ")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
