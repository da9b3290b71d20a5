"""What the packages hold besides the program: completion files, manual pages, extras, and that all of it is up to date."""

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from chaptercast.cli.main import cli

ROOT = Path(__file__).parents[1]
SHARE = ROOT / "share"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def made_with_this_click(text: str) -> bool:
    """Whether a file was made with the version of click that is here: another one may word things in another way."""
    found = re.search(r"with click ([\w.]+)\.$", text, re.MULTILINE)
    return found is not None and found[1] == version("click")


def files_below(folder: Path) -> dict[str, str]:
    """Every file's place below a folder, and its text."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_completion_and_manual_are_up_to_date(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "distribution", tmp_path], check=True, cwd=ROOT, timeout=60)
    made, kept = files_below(tmp_path), files_below(SHARE)
    assert set(kept) == set(made), "run: make share"
    for place, text in made.items():
        assert kept[place] == text or not made_with_this_click(kept[place]), f"{place} is old; run: make share"


def test_each_command_has_a_manual_page() -> None:
    pages = {path.name for path in (SHARE / "man" / "man1").iterdir()}
    assert pages == {"chaptercast.1", *(f"chaptercast-{name}.1" for name in cli.list_commands(None))}


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not here")
@pytest.mark.parametrize("page", sorted((SHARE / "man" / "man1").iterdir()), ids=lambda page: page.name)
def test_groff_finds_nothing_wrong_with_a_manual_page(page: Path) -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z", page], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not here")
@pytest.mark.parametrize(
    ("words", "offered"), [("chaptercast con", "convert"), ("chaptercast convert --engine esp", "espeak")]
)
def test_bash_offers_what_the_program_knows(words: str, offered: str, tmp_path: Path) -> None:
    program = tmp_path / "chaptercast"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m chaptercast "$@"\n')
    program.chmod(0o755)
    script = f"""
        PATH="{tmp_path}:$PATH"
        source '{SHARE}/bash-completion/completions/chaptercast'
        COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _chaptercast_completion chaptercast
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    assert done.stdout.split() == [offered]


def test_the_extra_all_has_every_other() -> None:
    extras = dict(PROJECT["optional-dependencies"])
    (everything,) = extras.pop("all")
    assert everything == f"chaptercast[{','.join(sorted(extras))}]"
