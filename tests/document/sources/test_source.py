"""Where articles come from: files, the web, standard input; and what each is called."""

import io
import sys
from pathlib import Path

import pytest
from tests.serving import serving

from chaptercast.document.model import Paragraph, plain
from chaptercast.document.sources.source import obtain
from chaptercast.errors import InputError, UsageError

PAGE = b"<!doctype html><title>T</title><link rel=canonical href='https://example.org/x'><p>Hello from the web, at length.</p>"


def untold(_line: str) -> None:
    """Nobody listens."""


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes, *, terminal: bool = False) -> None:
    class Stream(io.TextIOWrapper):
        def isatty(self) -> bool:
            return terminal

    monkeypatch.setattr(sys, "stdin", Stream(io.BytesIO(data)))


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "my.notes.txt"
    path.write_text("Just a text of a few words.")
    source = obtain(path, untold)
    assert (source.name, source.stem, source.path) == (str(path), "my.notes", path)
    assert source.head(4) == b"Just"
    assert source.document().metadata.source == ""
    assert obtain(str(path), untold) == source


def test_a_file_that_is_not_there_is_told_by_its_reader(tmp_path: Path) -> None:
    for path in (tmp_path / "none.md", tmp_path):
        source = obtain(path, untold)
        assert source.head(10) == b""
        with pytest.raises(InputError):
            source.document()


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    stdin(monkeypatch, b"# T\n\nWords of it.\n")
    source = obtain("-", told.append)
    assert (source.name, source.stem, told) == ("standard input", "article", [])
    assert source.document().title == "T"


def test_who_types_is_told_how_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    stdin(monkeypatch, b"Words.", terminal=True)
    obtain("-", told.append)
    assert "end of file" in told[0]


def test_nothing_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b"")
    with pytest.raises(InputError, match="standard input is empty"):
        obtain("-", untold).document()


@pytest.mark.parametrize(
    ("path", "stem"),
    [("/posts/night-ferry.html?x=1", "night-ferry"), ("/a/%E4%B8%AD%E6%96%87/", "中文"), ("/", "127.0.0")],
)
def test_the_web(path: str, stem: str) -> None:
    with serving({path: PAGE}) as site:
        source = obtain(site.url(path), untold, private=True)
        document = source.document()
        assert source.stem == stem
        assert document.metadata.source == site.url(path)
        assert [plain(b.inlines) for b in document.blocks if isinstance(b, Paragraph)] == [
            "Hello from the web, at length."
        ]


def test_the_source_is_where_it_was_found_in_the_end() -> None:
    with serving({"/short": (301, {"Location": "/long/way"}, b""), "/long/way": PAGE}) as site:
        assert obtain(site.url("/short"), untold, private=True).document().metadata.source == site.url("/long/way")


def test_offline_nothing_is_asked() -> None:
    with serving({"/": PAGE}) as site:
        with pytest.raises(UsageError, match="--offline forbids it"):
            obtain(site.url("/"), untold, offline=True, private=True)
        assert not site.requests
