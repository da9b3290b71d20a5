"""The user's lexicon as the app changes it, and as every command reads it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.app import pronunciation
from chaptercast.app.pronunciation import Word, lexicon_path, put_word, remove_word, words_of_language
from chaptercast.common.units import LanguageTag
from chaptercast.errors import UsageError
from chaptercast.script.lexicons.selection import lexicons_of

EN = LanguageTag("en-GB")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pronunciation, "voice_folders", lambda: (tmp_path / "here", tmp_path / "own", tmp_path / "its"))


def test_a_word_is_kept_for_all_regions_and_changed_in_its_place() -> None:
    put_word(EN, Word("nginx", "engine x"))
    put_word(LanguageTag("en"), Word("US", "U S", case_sensitive=True))
    assert words_of_language(EN) == (Word("nginx", "engine x"), Word("US", "U S", case_sensitive=True))
    put_word(EN, Word("US", "the States"))
    assert words_of_language(EN)[1] == Word("US", "the States")
    assert remove_word(EN, "US")
    assert not remove_word(EN, "US")
    assert words_of_language(EN) == (Word("nginx", "engine x"),)


def test_what_somebody_wrote_stays() -> None:
    path = lexicon_path(EN)
    path.parent.mkdir(parents=True)
    path.write_text(
        '# Mine.\nware = { spoken = "wear", whole-word = false }  # part of words\n"C++" = "see plus plus"\n'
    )
    put_word(EN, Word("ware", "where"))
    put_word(EN, Word("nginx", "engine x"))
    text = path.read_text()
    assert text.startswith("# Mine.\n")
    assert "whole-word = false" in text
    assert 'spoken = "where"' in text
    assert '"C++" = "see plus plus"' in text


def test_the_commands_use_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chaptercast.script.lexicons.selection.voice_folders", lambda: (tmp_path / "own",))
    put_word(EN, Word("nginx", "engine x"))
    said, respellings = lexicons_of(EN, (), (), None).of(EN).respell("We run Nginx.")
    assert said == "We run engine x."
    assert respellings[0].written == "Nginx"


def test_a_broken_file_is_told_and_left_alone() -> None:
    path = lexicon_path(EN)
    path.parent.mkdir(parents=True)
    path.write_text("nginx = engine x")
    for attempt in (lambda: words_of_language(EN), lambda: put_word(EN, Word("a", "b")), lambda: remove_word(EN, "a")):
        with pytest.raises(UsageError):
            attempt()
    assert path.read_text() == "nginx = engine x"


@pytest.mark.parametrize("word", [Word("", "a"), Word("a", ""), Word("a" * 201, "b"), Word("a", "b" * 1001)])
def test_words_without_measure_are_refused(word: Word) -> None:
    with pytest.raises(UsageError):
        put_word(EN, word)
    assert words_of_language(EN) == ()


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cf", "Mn")), min_size=1, max_size=20)


@given(TEXT, TEXT)
def test_any_word_can_be_kept(written: str, spoken: str) -> None:
    lexicon_path(EN).unlink(missing_ok=True)
    put_word(EN, Word(written, spoken))
    assert len(words_of_language(EN)) == 1
    assert remove_word(EN, written)
    assert words_of_language(EN) == ()
