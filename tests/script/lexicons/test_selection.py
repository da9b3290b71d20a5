"""Which lexicons count: the article's before the profile's before the languages', and where each is found."""

from pathlib import Path

import pytest

from chaptercast import voice_profiles as profiles
from chaptercast.common.units import LanguageTag
from chaptercast.errors import UsageError
from chaptercast.script.lexicons import selection as finding
from chaptercast.script.lexicons.selection import Lexicons, lexicons_of

EN, GB, DE = LanguageTag("en"), LanguageTag("en-GB"), LanguageTag("de")
PLS = (
    '<lexicon xml:lang="de"><lexeme><grapheme>GIF</grapheme><alias>Giff</alias></lexeme>'
    "<lexeme><grapheme>x</grapheme><phoneme>y</phoneme></lexeme></lexicon>"
)


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    mine, shipped = tmp_path / "mine", tmp_path / "shipped"
    for module in (profiles, finding):
        monkeypatch.setattr(module, "voice_folders", lambda: (mine, shipped))
    for folder in (mine, shipped):
        (folder / "lexicons").mkdir(parents=True)
    return mine / "lexicons", shipped / "lexicons"


def said(lexicons: Lexicons, text: str, language: LanguageTag = EN) -> str:
    return lexicons.of(language).respell(text)[0]


def test_by_language_mine_before_the_shipped_ones(folders: tuple[Path, Path]) -> None:
    mine, shipped = folders
    (mine / "en.toml").write_text('GIF = "mine"')
    (shipped / "en-GB.csv").write_text("GIF,shipped for britain\nPNG,british ping\n")
    (shipped / "en.toml").write_text('GIF = "shipped"\nPNG = "ping"\nJPG = "jaypeg"')
    assert said(Lexicons(GB), "GIF PNG JPG", GB) == "mine british ping jaypeg"
    assert said(Lexicons(EN), "GIF PNG JPG", EN) == "mine ping jaypeg"
    assert said(Lexicons(EN), "GIF", DE) == "GIF"


def test_by_profile_and_by_article(folders: tuple[Path, Path], tmp_path: Path) -> None:
    mine, shipped = folders
    (mine / "en.toml").write_text('GIF = "language"\nPNG = "language"\nJPG = "language"')
    (shipped / "trade.csv").write_text("GIF,profile\nPNG,profile\n")
    (tmp_path / "words.toml").write_text('GIF = "article"')
    found = lexicons_of(EN, ["trade"], [("draft", "true"), ("lexicon", "words.toml")], tmp_path)
    assert said(found, "GIF PNG JPG") == "article profile language"
    assert (
        said(found, "GIF PNG JPG", DE) == "GIF PNG JPG"
    )  # words of an English article are not for its German passages
    assert said(lexicons_of(EN, ["trade.csv"], [], None), "GIF") == "profile"


def test_a_lexicon_that_says_its_language_is_for_that_one(tmp_path: Path) -> None:
    (tmp_path / "words.pls").write_text(PLS)
    found = lexicons_of(EN, [], [("Lexicon", "words.pls")], tmp_path)
    assert (said(found, "GIF"), said(found, "GIF", DE)) == ("GIF", "Giff")
    assert found.notes() == (f"{tmp_path / 'words.pls'}: phonemes cannot be given to an engine here; no alias for: x.",)


def test_inline_in_front_matter(tmp_path: Path) -> None:
    found = lexicons_of(EN, [], [("lexicon", "GIF: jif, soft g, PNG: ping")], tmp_path)
    assert said(found, "GIF or PNG") == "jif, soft g or ping"
    ((_, respellings),) = [found.of(EN).respell("GIF")]
    assert respellings[0].lexicon == "front matter"


def test_several_files_in_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('GIF = "a"')
    (tmp_path / "b.toml").write_text('GIF = "b"\nPNG = "b"')
    assert said(lexicons_of(EN, [], [("lexicon", "a.toml, b.toml")], tmp_path), "GIF PNG") == "a b"


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "\\\\server\\share\\x.toml", "C:\\x.toml", "none.toml", "words.txt", "\0.toml"]
)
def test_files_that_an_article_cannot_have(name: str, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("a")
    with pytest.raises(UsageError):
        lexicons_of(EN, [], [("lexicon", name)], tmp_path)


def test_an_article_from_the_web_is_spoken_without_the_files_that_it_names() -> None:
    found = lexicons_of(EN, [], [("lexicon", "words.toml, /etc/passwd")], None)
    assert said(found, "GIF") == "GIF"
    assert [note.partition(" that")[0] for note in found.notes()] == [
        "the lexicon “words.toml”",
        "the lexicon “/etc/passwd”",
    ]
    assert said(lexicons_of(EN, [], [("lexicon", "GIF: jif")], None), "GIF") == "jif"


@pytest.mark.parametrize("name", ["trade", "../trade", "/trade", "", "x" * 300])
def test_a_lexicon_that_a_profile_cannot_have(name: str, folders: tuple[Path, Path]) -> None:
    (folders[0] / "trades.csv").write_text("a,b")
    with pytest.raises(UsageError, match="no lexicon called") as raised:
        lexicons_of(EN, [name], [], None)
    assert name != "trade" or "Did you mean “trades”" in raised.value.remedy


@pytest.mark.parametrize("language", ["../en", "x" * 400, "en-" + "-".join(["abcdefgh"] * 60), "e\0n"])
def test_a_strange_language_has_no_lexicon(language: str) -> None:
    assert said(Lexicons(EN), "GIF", LanguageTag(language)) == "GIF"


def test_a_profile_names_its_lexicons(folders: tuple[Path, Path]) -> None:
    shipped = folders[1].parent
    (shipped / "generic.toml").write_text('language = "und"\nengines = []\n[pauses]\n')
    (shipped / "en--trade.toml").write_text('language = "en"\nlexicons = ["trade"]\n')
    (shipped / "en--wrong.toml").write_text('language = "en"\nlexicons = "trade"\n')
    assert profiles.load("en--trade").lexicons == ("trade",)
    with pytest.raises(UsageError, match="“lexicons” must be a list of names"):
        profiles.load("en--wrong")
