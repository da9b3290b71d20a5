"""The app's words: each language has all of them, with the same values in them."""

import re
import tomllib

import pytest
from tests.app.conftest import App

from chaptercast.app import words
from chaptercast.publication.pages.translations import languages

TEMPLATES = words._FOLDER.parent / "templates"


def table(language: str) -> dict[str, str]:
    return tomllib.loads((words._FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def test_the_app_speaks_the_languages_of_the_pages() -> None:
    assert set(words.languages()) == set(languages())


@pytest.mark.parametrize("language", words.languages())
def test_each_language_has_all_words(language: str) -> None:
    english = table("en")
    own = table(language)
    assert set(own) == set(english)
    for name, text in own.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", english[name])), name
        assert text.strip()


def test_no_word_is_without_use() -> None:
    package = words._FOLDER.parent
    source = "".join(path.read_text(encoding="utf-8") for path in [*package.glob("*.py"), *TEMPLATES.glob("*.html")])
    states = {"waiting", "running", "done", "failed", "cancelled"}
    assert [name for name in table("en") if name not in states and f'"{name}"' not in source] == []


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("tlh, fr;q=0.4", "fr"),
        ("fr;q=0.1, zh-CN", "zh"),
        ("", "en"),
        ("*", "en"),
        ("de;q=0", "en"),
    ],
)
def test_the_language_that_is_asked_for_is_spoken(asked: str, language: str) -> None:
    assert words.words_asked_for(asked).language == language


def test_pages_are_in_each_language(app: App) -> None:
    for language in words.languages():
        with app.client(**{"Accept-Language": language}) as client:
            assert f'<html lang="{language}"' in client.get("/app/").text
            assert client.get("/app/connect").status_code == 200
