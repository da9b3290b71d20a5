"""What is unchanged is known to be; whatever decides a result makes it changed."""

import json
import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from chaptercast.common.units import LanguageTag
from chaptercast.common.user_folders import voice_shelf
from chaptercast.document.reading_options import Ocr, PageScope
from chaptercast.pipeline import convert
from chaptercast.pipeline.journal import Journal, entries, prune
from chaptercast.pipeline.options import Options
from chaptercast.script.narration.options import Verbosity
from chaptercast.speech.cluster.address import Cluster

QUICK = Options(engine="silence", jobs=1)
ARTICLE = "---\ntitle: Ferry\nlang: en\nlexicon: words.toml\n---\n\nTwo words.\n"


def ignore(*_: object) -> None:
    """Nobody watches."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "words.toml").write_text('words = "wordes"\n')
    (tmp_path / "ferry.md").write_text(ARTICLE)
    (tmp_path / "voices" / "lexicons").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHAPTERCAST_VOICES", str(tmp_path / "installed"))
    return tmp_path


def journal(options: Options = QUICK, output: Path = Path("out")) -> Journal:
    return Journal(Path("cache/journal"), output, options)


def kept(options: Options = QUICK, output: Path = Path("out")) -> Path:
    """Convert the article and note it; the recording."""
    article = Path("ferry.md")
    state = journal(options).state(article)
    assert state is not None
    published = convert(article, output, options, ignore, ignore)
    journal(options, output).keep(article, state, published.audio, published.read)
    return published.audio


def known(options: Options = QUICK, output: Path = Path("out")) -> Path | None:
    found = journal(options, output)
    state = found.state(Path("ferry.md"))
    return found.made(Path("ferry.md"), state) if state else None


@pytest.mark.parametrize("output", [Path("out"), Path("one.mp3")])
def test_what_was_made_is_known_and_where(output: Path) -> None:
    assert known(output=output) is None
    audio = kept(output=output)
    assert known(output=output) == audio
    Path("ferry.md").write_text(ARTICLE)  # another time, the same content
    assert known(output=output) == audio
    assert known(output=Path("elsewhere")) is None


@pytest.mark.parametrize(
    "options",
    [
        replace(QUICK, rate=1.2),
        replace(QUICK, engine="espeak"),
        replace(QUICK, title="Other"),
        replace(QUICK, language=LanguageTag("de")),
        replace(QUICK, verbosity=Verbosity.FULL),
        replace(QUICK, headings="marked"),
        replace(QUICK, link_addresses=True),
        replace(QUICK, page=PageScope.ALL),
        replace(QUICK, listen=True),
        replace(QUICK, pages=(2, 3)),
        replace(QUICK, ocr=Ocr.ALWAYS),
    ],
)
def test_other_options_another_result(options: Options) -> None:
    kept()
    assert known(options) is None


def test_options_that_decide_nothing() -> None:
    audio = kept()
    assert known(replace(QUICK, cluster=Cluster("", 2), articles_from=Path("x"), growing=Path("y"))) == audio
    assert known(replace(QUICK, jobs=7, cache=Path("x"), proxy="http://127.0.0.1:1", private_addresses=True)) == audio


def test_each_option_has_been_thought_of() -> None:
    decides = {"engine", "voice", "rate", "language", "title", "headings", "page", "verbosity", "code", "notes"}
    decides |= {"link_addresses", "offline", "device", "pages", "ocr", "exports", "loudness", "listen"}
    decides_nothing = {"jobs", "cache", "proxy", "private_addresses", "dry", "cluster", "articles_from"}
    decides_nothing |= {"password", "ask_password", "growing"}
    assert set(Options.__struct_fields__) == decides | decides_nothing


def installed(name: str) -> None:
    """A voice that nobody can use is one all the same."""
    folder = voice_shelf() / name
    folder.mkdir(parents=True)
    (folder / "manifest.toml").touch()


CHANGES = {
    "the article": lambda: Path("ferry.md").write_text(ARTICLE + "More.\n"),
    "its lexicon": lambda: Path("words.toml").write_text('words = "vords"\n'),
    "its lexicon is gone": lambda: Path("words.toml").unlink(),
    "a profile of the user's": lambda: Path("voices/en.toml").write_text('language = "en"\n'),
    "a lexicon of the language": lambda: Path("voices/lexicons/en.toml").write_text('Two = "too"\n'),
    "a voice is installed": lambda: installed("kokoro-v1.0-int8"),
    "the recording is gone": lambda: Path("out/ferry/ferry.mp3").unlink(),
    "the recording is shorter": lambda: os.truncate("out/ferry/ferry.mp3", 100),
    "the manifest was written to": lambda: os.utime("out/ferry/episode.json", ns=(1, 1)),
    "the chapters are gone": lambda: Path("out/ferry/chapters.json").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_converted_again(change: str) -> None:
    kept()
    CHANGES[change]()
    assert known() is None


def test_an_outline_file_that_changed(tmp_path: Path) -> None:
    outline = tmp_path / "outline.txt"
    outline.write_text("1  Ferry\n")
    options = replace(QUICK, headings=str(outline))
    before = journal(options).state(Path("ferry.md"))
    outline.write_text("1  Ferries\n")
    assert journal(options).state(Path("ferry.md")) != before


def test_another_version_of_the_program_or_of_a_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from chaptercast.common import fingerprint as module

    before = journal().state(Path("ferry.md"))
    (tmp_path / "espeak-9.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    installed = journal().state(Path("ferry.md"))
    monkeypatch.setattr(module, "__version__", "99")
    assert len({before, installed, journal().state(Path("ferry.md"))}) == 3


@pytest.mark.parametrize("article", ["https://example.org/a", "-", Path("missing.md"), Path("voices")])
def test_what_is_no_file_is_never_known(article: Path | str) -> None:
    assert journal().state(article) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_not_opened() -> None:
    os.mkfifo("pipe")
    assert journal().state(Path("pipe")) is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b'{"state": 1}', b"\xff\xfe", b'{"made": [[]]}'])
def test_a_damaged_entry_is_none(damage: bytes) -> None:
    kept()
    (entry,) = Path("cache/journal").glob("*/*.json")
    entry.write_bytes(damage)
    assert known() is None
    assert kept() == known()


def test_a_journal_that_cannot_be_written_stops_nothing() -> None:
    Path("cache").write_text("a file")
    kept()
    assert known() is None


def test_what_was_used_longest_ago_is_forgotten_first() -> None:
    kept()
    (used,) = Path("cache/journal").glob("*/*.json")
    for number in range(5):
        old = used.with_name(f"{number}.json")
        old.write_text("{}")
        os.utime(old, (number, number))
    os.utime(used, (0, 0))
    assert known() is not None  # and so it is used
    assert prune(Path("cache/journal"), 2) == 4
    assert {path.name for path in entries(Path("cache/journal"))} == {"4.json", used.name}


def test_names_in_an_entry_lead_nowhere_else() -> None:
    kept()
    (entry,) = Path("cache/journal").glob("*/*.json")
    content = json.loads(entry.read_text())
    entry.write_text(json.dumps({**content, "made": [["../../ferry.md", 1, 1]]}))
    assert known() is None
