"""Many articles in one command: folders, lists, failures, and what is unchanged."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_commands import QUICK, chaptercast, failed

from chaptercast.verify import verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one.md", "two.md", "sub/three.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {path.stem}\nlang: en\n---\n\nWords of {name}.\n")
    return tmp_path / "in"


def outcomes(stdout: str) -> dict[str, str]:
    """What became of each article, by its file's name."""
    return {Path(line["input"]).name: line["outcome"] for line in map(json.loads, stdout.splitlines())}


def converted(*arguments: object, cwd: Path, **environment: str) -> dict[str, str]:
    run = chaptercast("convert", *arguments, "--json", *QUICK, cwd=cwd, **environment)
    assert run.returncode == 0, run.stderr
    return outcomes(run.stdout)


def test_a_folder_and_then_only_what_changed(folder: Path, tmp_path: Path) -> None:
    assert converted("-r", folder, cwd=tmp_path) == dict.fromkeys(("one.md", "three.txt", "two.md"), "converted")
    assert converted("-r", folder, cwd=tmp_path) == dict.fromkeys(("one.md", "three.txt", "two.md"), "unchanged")
    (folder / "one.md").write_text("# one\n\nOther words.\n")
    (folder / "new.md").write_text("# new\n\nNew words.\n")
    expected = {"new.md": "converted", "one.md": "converted", "three.txt": "unchanged", "two.md": "unchanged"}
    assert converted("-r", folder, cwd=tmp_path) == expected
    assert set(converted("-r", folder, "--again", cwd=tmp_path).values()) == {"converted"}
    assert set(converted("-r", folder, "--no-cache", cwd=tmp_path).values()) == {"converted"}
    assert verify(tmp_path / "output") == (4, ())


def test_the_output_in_the_folder_is_not_converted(folder: Path) -> None:
    first = converted("-r", ".", cwd=folder)
    (folder / "output" / "index.html").write_text("<h1>A site</h1><p>Its words.</p>")
    assert converted("-r", ".", cwd=folder) == dict.fromkeys(first, "unchanged")


def test_unchanged_articles_are_told_and_the_cache_forgets_them(folder: Path, tmp_path: Path) -> None:
    cache = {"CHAPTERCAST_CACHE": str(tmp_path / "cache")}
    converted("-r", folder, cwd=tmp_path, **cache)
    run = chaptercast("convert", "-r", folder, *QUICK, cwd=tmp_path, **cache)
    assert f"{folder / 'one.md'}: unchanged, output/one/one.mp3." in run.stderr
    assert run.stderr.splitlines()[-1] == "3 articles: 0 converted, 3 unchanged, 0 failed."
    assert "3 articles known," in chaptercast("cache", **cache).stdout
    assert "3 articles forgotten" in chaptercast("cache", "--prune", **cache).stdout
    assert set(converted("-r", folder, cwd=tmp_path, **cache).values()) == {"converted"}


@pytest.mark.parametrize(("options", "end"), [((), "\n"), (("-0",), "\0")])
def test_a_list_on_standard_input(folder: Path, tmp_path: Path, options: tuple[str, ...], end: str) -> None:
    names = end.join(str(path.relative_to(tmp_path)) for path in (folder / "two.md", folder / "one.md"))
    command = [sys.executable, "-m", "chaptercast", "convert", "--files-from", "-", *options, "--json", *QUICK]
    run = subprocess.run(
        command, input=names, capture_output=True, text=True, cwd=tmp_path, check=False, timeout=60, env=os.environ
    )
    assert (run.returncode, list(outcomes(run.stdout))) == (0, ["two.md", "one.md"]), run.stderr


def test_failures_are_named_and_stop_nothing(folder: Path, tmp_path: Path) -> None:
    for number in range(25):
        (folder / f"bad-{number:02}.md").write_text("")
    run = chaptercast("convert", tmp_path / "missing.md", "-r", folder, "--json", *QUICK, cwd=tmp_path)
    assert run.returncode == 3
    assert list(outcomes(run.stdout).values()).count("converted") == 3
    lines = run.stderr.splitlines()
    summary = lines.index("29 articles: 3 converted, 0 unchanged, 26 failed.")
    assert lines[summary + 1] == f"Failed: {tmp_path / 'missing.md'}"
    assert lines[-1] == "And 6 more failed."
    assert len(lines) - summary == 22
    assert verify(tmp_path / "output") == (3, ())


def test_each_line_of_json_is_there_as_soon_as_its_article_is_done(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "chaptercast", "convert", "--files-from", "-", "-0", "--json", *QUICK]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=tmp_path
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        refused, first, second = folder, folder / "one.md", folder / "two.md"
        process.stdin.write(f"{refused}\0")
        process.stdin.flush()
        assert outcomes(process.stdout.readline()) == {refused.name: "failed"}  # and the list goes on
        process.stdin.write(f"{first}\0{second}")
        process.stdin.close()
        assert outcomes(process.stdout.read()) == {"one.md": "converted", "two.md": "converted"}
        assert process.wait(60) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("-r", "in", "-o", "x.mp3"),
        ("--files-from", "missing.txt"),
        ("--files-from", "-", "-"),
        ("--watch", "in/one.md"),
        ("--watch", "--files-from", "-"),
        ("--watch", "in", "-o", "x.mp3"),
    ],
)
def test_what_does_not_go_together_is_2(arguments: tuple[str, ...], folder: Path) -> None:
    failed(chaptercast("convert", *arguments, cwd=folder.parent), 2)


def test_a_folder_needs_r(folder: Path, tmp_path: Path) -> None:
    assert "-r" in failed(chaptercast("convert", folder, cwd=tmp_path), 3)


def test_a_folder_without_articles_is_no_failure(tmp_path: Path) -> None:
    run = chaptercast("convert", "-r", tmp_path, *QUICK, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (0, "")
    assert run.stderr == "0 articles: 0 converted, 0 unchanged, 0 failed.\n"


def test_two_runs_at_once_over_articles_of_one_title(tmp_path: Path) -> None:
    text = "---\ntitle: Notes\nlang: en\n---\n\n" + "A paragraph of some words.\n\n" * 200
    running = []
    for name in ("first", "second", "third"):
        (tmp_path / f"{name}.md").write_text(text.replace("some", name))
        command = [sys.executable, "-m", "chaptercast", "convert", f"{name}.md", *QUICK]
        running.append(subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True))
    assert [process.communicate(timeout=60)[1] and process.returncode for process in running] == [0, 0, 0]
    assert verify(tmp_path / "output") == (3, ())
    said: dict[str, Any] = {path.parent.name: path.read_text() for path in (tmp_path / "output").glob("*/script.ssml")}
    assert len({name in script for script in said.values() for name in ("first", "second", "third")}) == 2
    assert len(set(said.values())) == 3
