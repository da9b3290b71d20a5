"""Articles from standard input and from the web, as the command takes them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.ready_command import run_command
from tests.serving import serving

QUICK = ("--engine", "silence")
PAGE = b"<!doctype html><html lang=en><title>A page</title><h1>A page</h1><p>Words of the page, and more of them.</p>"


def chaptercast(*arguments: object, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    done = run_command([*map(str, arguments)], cwd, {"CHAPTERCAST_OFFLINE": ""}, stdin=stdin)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.encode(), done.stderr.encode())


@pytest.mark.parametrize("title", [None, "From the pipe"])
def test_standard_input(tmp_path: Path, title: str | None) -> None:
    options = ["--title", title] if title else []
    run = chaptercast(
        "convert",
        "-",
        "-o",
        tmp_path,
        "--json",
        "--jobs",
        1,
        "--no-cache",
        *QUICK,
        *options,
        stdin=b"Only a text of some words.\n",
    )
    assert run.returncode == 0, run.stderr
    made = json.loads(run.stdout)
    assert made["input"] == "-"
    assert made["episode"]["title"] == (title or "article")
    assert Path(made["audio"]).is_file()


def test_outline_and_script_from_standard_input() -> None:
    assert chaptercast("outline", "-", stdin=b"# T\n\nText.\n\n## Part\n\nText.\n").stdout.decode().splitlines() == [
        "1  T",
        "2    Part",
    ]
    script = chaptercast("script", "-", *QUICK, stdin=b"# T\n\nText.\n").stdout
    assert chaptercast("script", "-", *QUICK, stdin=script).stdout == script
    run = chaptercast("script", "-", *QUICK)
    assert (run.returncode, run.stdout) == (3, b"")


def test_the_web(tmp_path: Path) -> None:
    with serving({"/posts/first": PAGE}) as site:
        url = site.url("/posts/first")
        run = chaptercast(
            "convert", url, "--allow-private-address", "-o", tmp_path, "--json", "--jobs", 1, "--no-cache", *QUICK
        )
        assert run.returncode == 0, run.stderr
        assert b"Fetching from 127.0.0.1." in run.stderr
        episode = json.loads(run.stdout)["episode"]
        assert (episode["title"], episode["source"]) == ("A page", url)
        outline = chaptercast("outline", url, "--allow-private-address")
        assert outline.stdout.decode().splitlines()[0] == "1  A page"


@pytest.mark.parametrize("command", ["convert", "outline", "script"])
@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ((), 2, "--allow-private-address"),
        (("--offline", "--allow-private-address"), 2, "--offline"),
        (("--allow-private-address",), 3, "404"),
    ],
)
def test_what_is_not_fetched(command: str, options: tuple[str, ...], code: int, words: str, tmp_path: Path) -> None:
    with serving({}) as site:
        run = chaptercast(command, site.url("/none"), *options, cwd=tmp_path)
        assert run.returncode == code
        assert words in run.stderr.decode()
        assert b"Traceback" not in run.stderr
        assert len(site.requests) == (1 if code == 3 else 0)
    assert not list(tmp_path.iterdir())


def test_other_schemes_are_no_files(tmp_path: Path) -> None:
    run = chaptercast("convert", "ftp://example.org/a.md", cwd=tmp_path)
    assert run.returncode == 2
    assert b"neither http nor https" in run.stderr


def test_one_bad_address_does_not_stop_the_others(tmp_path: Path) -> None:
    with serving({"/good": PAGE}) as site:
        run = chaptercast(
            "convert",
            site.url("/bad"),
            site.url("/good"),
            "--allow-private-address",
            "-o",
            tmp_path,
            "--jobs",
            1,
            "--no-cache",
            *QUICK,
        )
        assert run.returncode == 3
        assert b"2 articles: 1 converted, 0 unchanged, 1 failed." in run.stderr


@pytest.mark.skipif(os.name != "posix", reason="there are no named pipes")
def test_a_pipe_is_read_once() -> None:
    command = f"{sys.executable} -m chaptercast outline /dev/stdin"
    run = subprocess.run(
        ["sh", "-c", f"printf '# T\\n\\nText.\\n' | {command}"], capture_output=True, text=True, check=False, timeout=60
    )
    assert (run.stdout, run.stderr) == ("1  T\n", "")
