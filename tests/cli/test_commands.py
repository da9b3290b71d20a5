"""The command as its users run it: exit codes, messages, stdout and stderr."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.ready_command import run_command

from chaptercast import __version__
from chaptercast.common.packaged_files import shipped

ENGLISH = shipped("examples") / "night-ferry-en.md"
QUICK = ("--engine", "silence", "--jobs", "1")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def chaptercast(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return run_command([*map(str, arguments)], cwd, environment)


def failed(run: subprocess.CompletedProcess[str], code: int) -> str:
    """The message of a run that must have failed as users are promised: that code, one or two lines, no traceback."""
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr
    lines = [
        line for line in run.stderr.splitlines() if not line.startswith("Usage:") and "--help" not in line and line
    ]
    assert 1 <= len(lines) <= 3, run.stderr
    return run.stderr


def test_version() -> None:
    run = chaptercast("--version")
    assert (run.returncode, run.stdout) == (0, f"chaptercast {__version__}\n")


@pytest.mark.parametrize(
    "command",
    [
        "",
        "convert",
        "preview",
        "outline",
        "script",
        "voices",
        "engines",
        "check",
        "examples",
        "feed",
        "fetch",
        "follow",
        "serve",
        "worker",
    ],
)
def test_help_names_every_option(command: str) -> None:
    run = chaptercast(*command.split(), "--help")
    assert run.returncode == 0
    assert "Usage: chaptercast" in run.stdout


def test_converting_tells_people_on_stderr_and_programs_on_stdout(tmp_path: Path) -> None:
    run = chaptercast("convert", ENGLISH, "-o", tmp_path, "--json", *QUICK)
    assert run.returncode == 0, run.stderr
    made = json.loads(run.stdout)
    assert made["input"] == str(ENGLISH)
    assert Path(made["audio"]).is_file()
    assert made["episode"]["chapters"][0]["title"] == "The Night Ferry"
    last = run.stderr.splitlines()[-1]
    assert last == f"{made['audio']}: " + last.partition(": ")[2]
    assert re.search(r"\d+ min \d+ s, \d+ chapters\.$", last)
    assert "\x1b" not in run.stderr
    assert "\r" not in run.stderr


def test_it_says_what_speaks_and_why(tmp_path: Path) -> None:
    run = chaptercast("convert", ENGLISH, "-o", tmp_path / "a.mp3", "--jobs", "1", "--offline")
    assert "speaking with espeak: embedded, works offline." in run.stderr


ILL_FORMED = {
    "front-matter.md": b'---\ntitle: "A \\uD800 b"\n"k\\uDFFF": "\\uD800"\n---\n\nWords that are here.\n',
    "joined.md": b'---\ntitle: "A \\uD83D\\uDE00 b"\n---\n\nWords that are here.\n',
    "linked-data.html": b'<script type="application/ld+json">{"@type": "Article", "headline": "A \\ud800 b", "author": "Z\\udc00"}'
    b"</script><article><p>Words of an article that are here.</p></article>",
}


@pytest.mark.parametrize("name", [*ILL_FORMED, "titled.md"] + ["of \udcff.md"] * (sys.platform == "linux"))
def test_lone_surrogates_do_not_break_it(name: str, tmp_path: Path) -> None:
    article = tmp_path / name
    article.write_bytes(ILL_FORMED.get(name, b"Words that are here.\n"))
    title = ["--title", "A \udcff b"] if name == "titled.md" else []
    run = chaptercast("convert", article, *title, "-o", tmp_path / "out", "--json", *QUICK)
    assert run.returncode == 0, run.stderr
    made = json.loads(run.stdout)
    assert made["episode"]["title"] == {"joined.md": "A 😀 b", "of \udcff.md": "of �"}.get(name, "A � b")
    assert chaptercast("check", tmp_path / "out").returncode == 0


def test_several_files_and_one_is_bad(tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    run = chaptercast("convert", bad, ENGLISH, "-o", tmp_path / "out", "--json", *QUICK)
    assert run.returncode == 3
    first, second = map(json.loads, run.stdout.splitlines())
    assert (first["input"], first["exit_code"]) == (str(bad), 3)
    assert Path(second["audio"]).is_file()
    assert "2 articles: 1 converted, 0 unchanged, 1 failed." in run.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("frob",),
        ("convert",),
        ("convert", ENGLISH, "--rate", "9"),
        ("convert", ENGLISH, "--language", "klingon!"),
        ("convert", ENGLISH, "--engine", "esepak"),
        ("convert", ENGLISH, "--voice", "zh-CM"),
        ("convert", ENGLISH, ENGLISH, "-o", "x.mp3"),
        ("convert", ENGLISH, "--jobs", "0"),
        ("script", ENGLISH, "--format", "pdf"),
    ],
)
def test_wrong_use_is_2(arguments: tuple[object, ...], tmp_path: Path) -> None:
    failed(chaptercast(*arguments, cwd=tmp_path), 2)
    assert not list(tmp_path.iterdir())


CONTENTS = {
    "empty.md": b"",
    "blank.md": b" \n\n",
    "image.md": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8,
    "random.txt": bytes((n * n * 7919 >> 3) & 255 for n in range(200_000)),
    "only-script.html": b"<html><script>alert(1)</script></html>",
}


@pytest.mark.parametrize("name", CONTENTS)
def test_what_cannot_be_read_is_3(name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    source.write_bytes(CONTENTS[name])
    message = failed(chaptercast("convert", source, "-o", tmp_path / "out", *QUICK), 3)
    assert name in message
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["convert", "outline", "script"])
def test_missing_files_and_folders_are_3(command: str, tmp_path: Path) -> None:
    failed(chaptercast(command, tmp_path / "none.md", cwd=tmp_path), 3)
    failed(chaptercast(command, tmp_path, cwd=tmp_path), 3)
    assert not list(tmp_path.iterdir())


def test_output_that_cannot_be_written_is_6(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    message = failed(chaptercast("convert", ENGLISH, "-o", tmp_path / "file" / "inside", *QUICK), 6)
    assert "cannot be written" in message


@pytest.mark.skipif(ROOT or os.name != "posix", reason="nothing is forbidden to root")
def test_a_folder_without_rights_is_6(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    failed(chaptercast("convert", ENGLISH, "-o", tmp_path / "out", *QUICK), 6)


def test_a_profile_with_faults_is_2_and_all_are_told(tmp_path: Path) -> None:
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "en-US.toml").write_text('language = "en-US"\nlangauge = 1\n[pauses]\nheadding-2 = [1, 2]\n')
    message = failed(chaptercast("convert", ENGLISH, "--voice", "en-US", cwd=tmp_path), 2)
    assert "Did you mean “language”" in message
    assert "Did you mean “heading-2”" in message


def test_outline_for_people_and_programs() -> None:
    lines = chaptercast("outline", ENGLISH).stdout.splitlines()
    assert lines[0] == "1  The Night Ferry"
    described = json.loads(chaptercast("outline", ENGLISH, "--json").stdout)
    assert (described["title"], described["language"]) == ("The Night Ferry", "en-GB")
    assert [(h["level"], h["title"]) for h in described["headings"]][:2] == [
        (2, "Before the bell"),
        (2, "The crossing"),
    ]
    assert all({"confidence", "evidence"} <= set(h) for h in described["headings"])


def test_script_in_every_format(tmp_path: Path) -> None:
    spoken = chaptercast("script", ENGLISH, "--format", "spoken").stdout.splitlines()
    assert spoken[0] == "The Night Ferry"
    assert json.loads(chaptercast("script", ENGLISH, "--format", "json").stdout)["title"] == "The Night Ferry"
    run = chaptercast("script", ENGLISH, "-o", tmp_path / "x.ssml")
    assert (run.returncode, run.stdout) == (0, "")
    assert (tmp_path / "x.ssml").read_text().startswith("<?xml")


def test_the_variants_of_an_engines_voices_are_listed_where_it_is_asked_for() -> None:
    (note,) = json.loads(chaptercast("voices", "--engine", "espeak", "--language", "de", "--json").stdout)["notes"]
    assert {"clear", "f3"} <= set(note.partition("): ")[2].rstrip(".").split(", "))
    assert "variant" not in chaptercast("voices", "--language", "de").stderr


def test_voices_and_engines() -> None:
    voices = json.loads(chaptercast("voices", "--language", "de", "--json").stdout)
    assert [p["name"] for p in voices["profiles"]] == ["de"]
    assert {"engine": "espeak", "name": "de"} in [{k: v[k] for k in ("engine", "name")} for v in voices["voices"]]
    engines = {e["name"]: e for e in json.loads(chaptercast("engines", "--json").stdout)}
    assert engines["espeak"]["ready"]
    assert "espeak: ready" in chaptercast("engines").stdout


def test_check_tells_each_finding_in_a_line(tmp_path: Path) -> None:
    made = json.loads(chaptercast("convert", ENGLISH, "-o", tmp_path, "--json", *QUICK).stdout)
    audio = Path(made["audio"])
    good = chaptercast("check", tmp_path)
    assert (good.returncode, good.stdout) == (0, "")
    audio.write_bytes(audio.read_bytes()[:-100])
    damaged = chaptercast("check", tmp_path)
    assert damaged.returncode == 1
    assert len(damaged.stdout.splitlines()) == 1
    assert chaptercast("check", audio).returncode == 1
    failed(chaptercast("check", tmp_path / "nothing"), 3)


def test_examples_are_found() -> None:
    assert str(ENGLISH) in chaptercast("examples").stdout


def test_a_reader_of_stdout_that_leaves_is_no_error() -> None:
    command = f"{sys.executable} -m chaptercast voices | head -n 1"
    run = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert "Error" not in run.stderr
    assert "Traceback" not in run.stderr
