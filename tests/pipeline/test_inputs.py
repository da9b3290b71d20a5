"""Which articles folders and lists stand for."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from chaptercast.document.formats import recognition
from chaptercast.errors import InputError
from chaptercast.pipeline.inputs import SUFFIXES, Folder, Refused, expanded, listed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        *("b.md", "a.TXT", "sub/c.html", "sub/deep/d.epub", "talk.xml", "style.css", "LICENSE"),
        *("sub/deep/e.FB2.zip", "sub/deep/f.odt", "sub/deep/g.eml", "sub/deep/pictures.zip"),
        *(".hidden.md", ".git/e.md", "~$letter.docx", "output/site/index.html", "other/talk/index.html"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Words.")
    (tmp_path / "script.xml").write_text('<?xml version="1.0"?>\n<speak version="1.1">Words.</speak>')
    (tmp_path / "other" / "talk" / "episode.json").write_text("{}")
    return tmp_path


def names(found: Iterator[Path | str | Refused], folder: Path) -> list[str]:
    return [one.relative_to(folder).as_posix() for one in found if isinstance(one, Path)]


def test_articles_are_found_in_order_and_nothing_else(folder: Path) -> None:
    told: list[str] = []
    found = expanded([folder], folder / "output", told.append, recursive=True)
    deep = [f"sub/deep/{name}" for name in ("d.epub", "e.FB2.zip", "f.odt", "g.eml")]
    assert names(found, folder) == ["a.TXT", "b.md", "script.xml", "sub/c.html", *deep]
    assert told == [f"{folder}: passed over as no articles: 1 without a suffix, 1 .css, 1 .zip, 1 .xml."]


def test_what_is_found_is_what_counts_when_it_changes(folder: Path) -> None:
    watched = Folder(folder, folder / "output", lambda _line: None)
    found = set(watched.articles())
    assert {path for path in folder.rglob("*") if path.is_file() and watched.has(path)} == found
    assert watched.has(folder / "sub" / "deep")
    assert not watched.has(folder / "output")
    assert not watched.has(folder.parent / "b.md")


@pytest.mark.skipif(os.name != "posix", reason="links to folders need rights elsewhere")
def test_loops_of_links_are_harmless_and_links_to_articles_are_articles(folder: Path) -> None:
    (folder / "sub" / "loop").symlink_to(folder)
    (folder / "linked.md").symlink_to(folder / "b.md")
    (folder / "broken.md").symlink_to(folder / "nothing.md")
    found = names(expanded([folder], folder / "output", lambda _line: None, recursive=True), folder)
    assert found[:4] == ["a.TXT", "b.md", "broken.md", "linked.md"]
    assert len(found) == 10


def test_without_recursion_a_folder_is_refused_and_the_way_is_named(folder: Path) -> None:
    given = [folder / "b.md", folder, "https://example.org/a", folder / "missing.md"]
    found = list(expanded(given, folder / "output", lambda _line: None, recursive=False))
    assert [one for one in found if not isinstance(one, Refused)] == [given[0], *given[2:]]
    refused = found[1]
    assert isinstance(refused, Refused)
    assert isinstance(refused.error, InputError)
    assert "-r" in refused.error.remedy


def test_every_suffix_that_says_something_to_the_reader_is_that_of_an_article() -> None:
    assert SUFFIXES >= recognition._HTML_SUFFIXES | recognition._MARKDOWN_SUFFIXES


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        (b"a b.md\nhttps://example.org/x\r\n\n -\n\xff.md", b"\n"),
        (b"a b.md\0https://example.org/x\0\0 -\0\xff.md\0", b"\0"),
    ],
)
def test_a_list_has_a_name_in_each_line_or_before_each_null(content: bytes, separator: bytes) -> None:
    expected = [Path("a b.md"), "https://example.org/x", Path(" -"), Path(os.fsdecode(b"\xff.md"))]
    assert list(listed(io.BytesIO(content), separator)) == expected


def test_names_with_line_breaks_and_a_name_that_is_a_hyphen() -> None:
    assert list(listed(io.BytesIO(b"a\nb.md\0-\0"), b"\0")) == [Path("a\nb.md"), Path("-")]


def test_a_list_is_read_as_it_is_asked_for() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            line = b"article.md\n" * (len(buffer) // 11)
            buffer[: len(line)] = line
            return len(line)

    found = listed(io.BufferedReader(Endless()), b"\n")
    assert [next(found) for _ in range(100_000)] == [Path("article.md")] * 100_000
