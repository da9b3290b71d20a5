"""Voice profiles: what is wrong in one is told, all at once, with what was probably meant."""

from pathlib import Path

import pytest

from chaptercast import profile as profiles
from chaptercast.errors import UsageError
from chaptercast.profile import Role
from chaptercast.units import LanguageTag


def written(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (folder / "voices").mkdir()
    (folder / "voices" / "en-GB--mine.toml").write_text(text)
    monkeypatch.chdir(folder)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('engines = ["edeg"]', "unknown engine “edeg” (Did you mean “edge”?)"),
        ('[voices.espaek]\nbody = "en"', "unknown engine of voices “espaek” (Did you mean “espeak”?)"),
        (
            '[voices.edge]\nhaeding = "en-GB-RyanNeural"',
            "unknown role of voices.edge “haeding” (Did you mean “heading”?)",
        ),
        ("[voices.edge]\nbody = 7", "voices.edge.body must be a name"),
        ("[manners.heading]\nrte = 1.0", "unknown key of manners.heading “rte” (Did you mean “rate”?)"),
        ("engines = [1]", "“engines” must be a list of names"),
        ("pauzes = 1", "unknown key “pauzes” (Did you mean “pauses”?)"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, told: str) -> None:
    written(tmp_path, monkeypatch, f'language = "en-GB"\n{text}\n')
    with pytest.raises(UsageError) as caught:
        profiles.load("en-GB--mine")
    assert told in caught.value.message


def test_all_faults_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, monkeypatch, 'engines = ["edeg"]\n[voices.espaek]\n[pauses]\nheading-2 = 5\n')
    with pytest.raises(UsageError) as caught:
        profiles.load("en-GB--mine")
    assert all(word in caught.value.message for word in ("edeg", "espaek", "heading-2", "“language” is missing"))


def test_what_is_left_out_is_the_generic_profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, monkeypatch, 'language = "en-GB"\n[voices.edge]\nbody = "en-GB-RyanNeural"\n')
    profile = profiles.load("en-GB--mine")
    assert profile.engines == ("edge", "espeak")
    assert profile.voice("edge", Role.HEADING) == "en-GB-RyanNeural"
    assert profile.voice("espeak", Role.BODY) == ""


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("zh", "zh-CN"), ("zh-Hans", "zh-CN"), ("zh-SG", "zh-CN"), ("zh-Hant", "zh-TW"), ("zh-TW", "zh-TW"), ("zh-HK", "zh-HK"),
        ("en", "en-US"), ("en-AU", "en-GB"), ("pt", "pt-BR"), ("de-AT", "de"), ("fr-CA", "fr"), ("es-MX", "es"), ("ar-EG", "ar"),
        ("ko-KR", "ko"), ("hi-IN", "hi"), ("sw", "generic"), ("tlh", "generic"), ("und", "generic"),
    ],
)  # fmt: skip
def test_readers_get_the_profile_that_is_nearest(language: str, name: str) -> None:
    assert profiles.for_language(LanguageTag(language)).name == name
