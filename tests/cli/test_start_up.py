"""What is loaded before there is anything to do: `--version`, `--help`, completion, and a look at what is unchanged."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.test_commands import QUICK, chaptercast

from chaptercast.common.packaged_files import shipped

OURS = {"", "cli", "cli.main", "errors"}
"""Our modules that the command itself needs."""
OF_CONVERT = {
    *(
        "cli.convert",
        "cli.completion",
        "cli.options",
        "cli.results",
        "cli.running",
        "cli.watching",
        "convert",
        "convert.inputs",
        "convert.journal",
        "convert.options",
        "convert.remote",
    ),
    *(
        "document",
        "devices",
        "document.choices",
        "document.url",
        "fingerprint",
        "folders",
        "languages",
        "publication",
        "publication.names",
        "remote",
        "resources",
        "text",
        "units",
    ),
    *("script", "script.narration", "script.narration.choices"),
}
"""Those that are enough to know that an article is unchanged."""
FROM_ELSEWHERE = {"click", "msgspec", "platformdirs", "typing_extensions"}

_LOADED = """
import atexit, os, sys
atexit.register(lambda: print(*sys.modules, file=open(os.environ["LISTING"], "w")))
from chaptercast.cli.main import run
run()
"""


def loaded(tmp_path: Path, *arguments: object, **environment: str) -> tuple[set[str], set[str]]:
    """Our own modules, and the packages of others, that a run of the command loads."""
    listing = tmp_path / "modules.txt"
    command = [sys.executable, "-c", _LOADED, *map(str, arguments)]
    environment = {**os.environ, **environment, "LISTING": str(listing)}
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, timeout=60, env=environment)
    names = listing.read_text().split()
    packages = {name.partition(".")[0] for name in names}
    ours = {name.removeprefix("chaptercast").removeprefix(".") for name in names if name.startswith("chaptercast")}
    return ours, packages - sys.stdlib_module_names - {"chaptercast"} - _of_python(tmp_path)


def _of_python(tmp_path: Path) -> set[str]:
    """What this Python loads by itself: hooks of editable installations and the like."""
    code = "import sys; print(*sys.modules)"
    bare = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=tmp_path)
    return {name.partition(".")[0] for name in bare.stdout.split()}


@pytest.mark.parametrize("arguments", [("--version",), ("--help",)])
def test_to_say_what_it_is(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert loaded(tmp_path, *arguments) == (OURS, {"click"})


def test_help_of_convert(tmp_path: Path) -> None:
    ours, others = loaded(tmp_path, "convert", "--help")
    assert ours == OURS | OF_CONVERT
    assert others <= FROM_ELSEWHERE


def test_an_unchanged_article(tmp_path: Path) -> None:
    convert = ("convert", shipped("examples") / "night-ferry-en.md", *QUICK, "--json")
    assert chaptercast(*convert, cwd=tmp_path).returncode == 0
    ours, others = loaded(tmp_path, *convert)
    assert ours == OURS | OF_CONVERT
    assert others <= FROM_ELSEWHERE
    changed, _ = loaded(tmp_path, *convert, "--again")
    assert "convert.run" in changed  # and so it is seen here when more is loaded


COMPLETION = {"COMP_CWORD": "1", "_CHAPTERCAST_COMPLETE": "bash_complete"}


def completed(words: str, number: int, **environment: str) -> list[str]:
    run = chaptercast(**{**COMPLETION, "COMP_WORDS": words, "COMP_CWORD": str(number), **environment})
    return [line.partition(",")[2] for line in run.stdout.splitlines()]


def test_completion() -> None:
    assert completed("chaptercast co", 1) == ["convert"]
    assert completed("chaptercast convert --files", 2) == ["--files-from"]
    assert completed("chaptercast convert --verbosity ", 3) == ["none", "brief", "full"]
    assert "complete" in chaptercast(_CHAPTERCAST_COMPLETE="bash_source").stdout
    assert "_CHAPTERCAST_COMPLETE" in chaptercast(_CHAPTERCAST_COMPLETE="zsh_source").stdout


def test_completion_loads_nothing_heavy(tmp_path: Path) -> None:
    environment = {**COMPLETION, "COMP_WORDS": "chaptercast convert --n"}
    ours, others = loaded(tmp_path, **{**environment, "COMP_CWORD": "2"})
    assert ours <= OURS | OF_CONVERT
    assert others <= FROM_ELSEWHERE
