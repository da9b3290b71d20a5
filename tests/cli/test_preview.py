"""`chaptercast preview` and `convert --dry-run` as their users run them."""

import json
from pathlib import Path

import pytest
from tests.cli.test_commands import chaptercast, failed
from tests.judges.probing import mutagen_chapters

from chaptercast.common.packaged_files import shipped

ENGLISH = shipped("examples") / "night-ferry-en.md"
QUICK = ("--engine", "silence", "--jobs", "1", "--no-cache")


def test_a_preview_is_one_file_and_where_it_lies_is_told_last(tmp_path: Path) -> None:
    run = chaptercast("preview", ENGLISH, *QUICK, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["preview.mp3"]
    assert [chapter.title for chapter in mutagen_chapters(tmp_path / "preview.mp3")] == [
        "The Night Ferry",
        "Before the bell",
    ]
    assert "speaking with silence" in run.stderr
    assert run.stderr.splitlines()[-1].startswith("preview.mp3: 0:")
    assert run.stdout == ""


def test_voices_are_told_with_the_time_at_which_they_speak(tmp_path: Path) -> None:
    run = chaptercast(
        "preview", ENGLISH, "--engine", "espeak", "--voices", "en,en-US", "-o", "v.mp3", "--json", cwd=tmp_path
    )
    assert run.returncode == 0, run.stderr
    *_, first, second, last = run.stderr.splitlines()
    assert (first, second[-6:], last[:6]) == ("0:00 en", " en-US", "v.mp3:")
    made = json.loads(run.stdout)
    assert [chapter["title"] for chapter in made["episode"]["chapters"]] == ["en", "en-US"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("-o", "preview.wav"),
        ("-o", "folder"),
        ("--text", "One sentence."),
        ("--voices", "silense"),
        ("--voices", ""),
        ("--voices", "silence", "--text", "…"),
    ],
)
def test_wrong_use_is_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    failed(chaptercast("preview", ENGLISH, *arguments, *QUICK, cwd=tmp_path), 2)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_read_is_3_and_what_cannot_be_written_6(tmp_path: Path) -> None:
    failed(chaptercast("preview", tmp_path / "none.md", *QUICK, cwd=tmp_path), 3)
    (tmp_path / "file").touch()
    assert chaptercast("preview", ENGLISH, *QUICK, "-o", "file/x.mp3", cwd=tmp_path).returncode == 6


def test_a_dry_run_writes_nothing_and_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    run = chaptercast(
        "convert",
        "none.md",
        ENGLISH,
        "--dry-run",
        cwd=tmp_path,
        HOME=str(tmp_path),
        CHAPTERCAST_CACHE=str(tmp_path / "kept"),
    )
    assert run.returncode == 3
    assert "The Night Ferry (en-GB)" in run.stdout
    assert "6 sections, 18 utterances" in run.stdout
    assert "the text would stay on this machine" in run.stdout
    assert not list(tmp_path.iterdir())


def test_a_dry_run_prints_a_document_for_each_file(tmp_path: Path) -> None:
    run = chaptercast("convert", ENGLISH, "none.md", "--dry-run", "--json", *QUICK, cwd=tmp_path)
    first, second = map(json.loads, run.stdout.splitlines())
    assert first["estimate"]["utterances"] == 18
    assert first["estimate"]["kept"] == {"utterances": 0, "share": 0.0}
    assert first["estimate"]["text_goes_to"] is None
    assert (second["input"], second["exit_code"]) == ("none.md", 3)
