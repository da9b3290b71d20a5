"""The command to give again is the one that was given, whatever is in its arguments."""

import shlex
import sys
from pathlib import Path

import pytest

from chaptercast.cli.repeat_command import command_line

ARGUMENTS = ["convert", "it's a file.md", "-o", "$HOME/`out`", "--title", "a\\b “c”"]


@pytest.mark.skipif(sys.platform == "win32", reason="quoting is a shell's")
@pytest.mark.parametrize(
    "called",
    [["/usr/bin/python3", "-m", "chaptercast"], ["/usr/bin/python3", "-X", "dev", "/else where/chaptercast"]],
    ids=" ".join,
)
def test_the_program_is_called_as_it_was(monkeypatch: pytest.MonkeyPatch, called: list[str]) -> None:
    monkeypatch.setattr(sys, "orig_argv", [*called, *ARGUMENTS])
    assert shlex.split(command_line(ARGUMENTS)) == [*called, *ARGUMENTS]


def test_a_program_on_the_path_is_called_by_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "chaptercast"
    program.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "orig_argv", [sys.executable, str(program), "convert", "a.md"])
    assert command_line(["convert", "a.md"]) == "chaptercast convert a.md"


def test_without_a_command_line_the_name_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "orig_argv", ["something", "else"])
    assert command_line(["convert", "a.md"]) == "chaptercast convert a.md"
