"""An episode's folder is its own, whatever other runs do at the same time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chaptercast.publication import atomic_files
from chaptercast.publication.episode_folder import claimed_place, origin
from chaptercast.publication.file_names import MANIFEST

IDLE = [sys.executable, "-c", "import sys; sys.stdin.read()"]
"""A process that is there until its standard input ends."""


@contextmanager
def other_run(folder: Path, owner: str) -> Iterator[Path]:
    """A claim of another process that lives."""
    with subprocess.Popen(IDLE, stdin=subprocess.PIPE) as process:
        folder.mkdir(parents=True, exist_ok=True)
        claim = folder / f".chaptercast-{process.pid}-{owner}.claim"
        claim.touch()
        yield claim
        process.communicate()


def place(output: Path, owner: str) -> str:
    with claimed_place(output, "notes", owner) as found:
        return found.slug


def test_a_folder_that_another_run_makes_for_another_article_is_left_to_it(tmp_path: Path) -> None:
    with other_run(tmp_path / "notes", "one") as claim:
        assert place(tmp_path, "other") == "notes-2"
        assert place(tmp_path, "one") == "notes"
        assert list(tmp_path.rglob("*")) == [tmp_path / "notes", claim]
    assert place(tmp_path, "other") == "notes"


def test_what_has_no_origin_shares_with_nobody(tmp_path: Path) -> None:
    with other_run(tmp_path / "notes", ""):
        assert place(tmp_path, "") == "notes-2"


def test_it_is_claimed_until_the_end_and_not_longer(tmp_path: Path) -> None:
    with claimed_place(tmp_path, "notes", "one"), claimed_place(tmp_path, "notes", "other") as second:
        assert second.slug == "notes-2"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a process cannot be asked about harmlessly")
def test_the_claim_of_a_killed_run_is_void_and_removed(tmp_path: Path) -> None:
    with other_run(tmp_path / "notes", "one") as claim:
        pass
    assert place(tmp_path, "other") == "notes"
    atomic_files.write(tmp_path / "notes" / "a", b"")
    assert not claim.exists()


def test_a_damaged_manifest_takes_no_place(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / MANIFEST).write_text("{")
    assert place(tmp_path, "one") == "notes"


_CLAIM = """
import sys; from pathlib import Path; from chaptercast.publication.episode_folder import claimed_place
sys.stdin.readline()
for number in range(60):
    with claimed_place(Path(sys.argv[1]), f"title-{number % 2}", sys.argv[2]) as place:
        busy = place.folder / "busy"
        busy.touch(exist_ok=False)
        for _ in range(100):
            assert [path.name for path in place.folder.iterdir() if path.name[0] != "."] == ["busy"]
        busy.unlink()
"""


def test_processes_that_race_for_one_title_never_share_a_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _CLAIM, str(tmp_path)]
    running = [
        subprocess.Popen([*command, str(n)], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for n in range(4)
    ]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[1] for process in running] == [""] * 4


def test_an_origin_is_seen_from_the_output_so_that_both_can_be_moved(tmp_path: Path) -> None:
    before = origin(tmp_path / "a" / "x.md", tmp_path / "a" / "out")
    assert before == origin(tmp_path / "b" / "x.md", tmp_path / "b" / "out")
    assert before != origin(tmp_path / "a" / "y.md", tmp_path / "a" / "out")
    assert origin("", tmp_path) == ""
