"""Paths as other systems have them, as far as this one can imitate it: reserved names, folders without case, long and foreign paths."""

import os
import shutil
import subprocess
import sys
import unicodedata
from itertools import groupby
from pathlib import Path, PurePath

import pytest
from tests.cli.test_commands import QUICK, chaptercast

import chaptercast as package
from chaptercast.verify import verify

ROOT = Path(__file__).parents[1]
RESERVED = {
    "CON",
    "PRN",
    "AUX",
    "NUL",
    "CONIN$",
    "CONOUT$",
    *(f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³"),
}
"""Microsoft, Naming Files, Paths, and Namespaces: with any extension, in any case."""
TITLES = [
    "CON",
    "nul",
    "aux.txt",
    "COM¹",
    "Ends in dots...",
    "Ends in spaces   ",
    "a\\b\\..\\c",
    "C:\\Windows",
    "a<b>c:d|e?f*g",
    "é" * 300,
]


def faults_on_windows(path: PurePath) -> list[str]:
    """What Windows would not take of a relative path."""
    found = []
    for name in path.parts:
        if name.split(".")[0].rstrip().upper() in RESERVED:
            found.append(f"{name}: reserved")
        if name[-1] in ". ":
            found.append(f"{name}: its end is cut off")
        if set(name) & set('<>:"/\\|?*') or any(ord(c) < 32 for c in name):
            found.append(f"{name}: a sign that is not allowed")
    if len(str(path).encode("utf-16-le")) // 2 > 220:  # of 260, for the folder it lies in and Windows' own needs
        found.append(f"{path}: too long")
    return found


@pytest.mark.parametrize("name", ["con.txt", "a/Lpt1", "b.", "c ", "a:b", "x\\y", "COM¹.mp3", "l" * 221])
def test_the_judge_knows_what_windows_refuses(name: str) -> None:
    assert faults_on_windows(PurePath(name))


def article(folder: Path, name: str, title: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {title!r}\nlang: en\n---\n\n## A part\n\nWords of {name}.\n", encoding="utf-8")
    return path


def files(folder: Path) -> list[Path]:
    return [path.relative_to(folder) for path in folder.rglob("*")]


def same_without_case(folder: Path) -> list[list[Path]]:
    """The files that would be one where case and composition do not count."""

    def folded(path: Path) -> str:
        return unicodedata.normalize("NFD", str(path)).casefold()

    return [found for _, paths in groupby(sorted(files(folder), key=folded), folded) if len(found := list(paths)) > 1]


def test_every_file_of_a_site_has_a_name_that_windows_takes(tmp_path: Path) -> None:
    articles = [article(tmp_path / "in", f"{number}.md", title) for number, title in enumerate(TITLES)]
    run = chaptercast("convert", *articles, *QUICK, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    made = files(tmp_path / "output")
    assert len([path for path in made if path.suffix == ".mp3"]) == len(TITLES)
    assert [fault for path in made for fault in faults_on_windows(path)] == []
    assert verify(tmp_path / "output") == (len(TITLES), ())


def test_titles_that_differ_in_case_or_composition_have_folders_that_differ_in_more(tmp_path: Path) -> None:
    titles = ["The Café", "THE CAFÉ", "the cafe\u0301"]
    articles = [article(tmp_path / "in", f"{number}.md", title) for number, title in enumerate(titles)]
    run = chaptercast("convert", *articles, *QUICK, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert sorted(path.parent.name for path in files(tmp_path / "output") if path.suffix == ".mp3") == [
        "the-café",
        "the-café-2",
        "the-café-3",
    ]
    assert same_without_case(tmp_path / "output") == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(
    "name", ["aux.txt", "NUL", "back\\slash.md", "dots...", " spaces ", "-dash.md", "港口 图书馆.md", "new\nline.md"]
)
def test_an_article_is_read_whatever_its_file_is_called(name: str, tmp_path: Path) -> None:
    article(tmp_path, name, "A title")
    run = chaptercast("convert", *QUICK, "--", name, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "output" / "a-title" / "a-title.mp3").stat().st_size > 0


def test_a_site_may_lie_deeper_than_the_paths_of_windows_reach(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a folder with a long name, and 港口"] * 12)
    run = chaptercast("convert", article(deep, "one.md", "A title"), *QUICK, "-o", deep / "output", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert len(str(deep)) > 400
    assert verify(deep / "output") == (1, ())


def test_the_program_may_lie_in_a_folder_with_spaces_and_chinese_signs(tmp_path: Path) -> None:
    root = tmp_path / "a clone 港口"
    shutil.copytree(
        Path(package.__file__).parent, root / "src" / "chaptercast", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "voices", root / "voices")
    shutil.copytree(ROOT / "examples", root / "examples")
    code = (
        "import sys; sys.path.insert(0, 'src'); import chaptercast.cli.main as main; print(main.__file__); main.run()"
    )
    command = [
        sys.executable,
        "-c",
        code,
        "convert",
        "examples/harbour-library-zh.txt",
        "--offline",
        "--engine",
        "espeak",
        "--no-cache",
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr.decode()
    assert str(root) in done.stdout.decode()
    assert verify(root / "output") == (1, ())
