"""Voice profiles: what is wrong in one is told, all at once, with what was probably meant."""

from pathlib import Path

import pytest

from chaptercast import voice_profiles as profiles
from chaptercast.common.packaged_files import shipped
from chaptercast.common.units import LanguageTag
from chaptercast.errors import UsageError
from chaptercast.script.model import Say, Sentence
from chaptercast.speech import engine_registry
from chaptercast.speech.voice_casting import cast
from chaptercast.voice_profiles import Profile, Role


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
        ("description = 5", "“description” must be a text"),
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


@pytest.mark.parametrize("language", ["english!!", ""])
def test_a_language_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    written(tmp_path, monkeypatch, f'language = "{language}"\n')
    with pytest.raises(UsageError, match="is no language tag"):
        profiles.load("en-GB--mine")


@pytest.mark.parametrize("wrong", ["pauses = 5", "[manners.heading]\nrte = 1", 'engines = ["edeg"]'])
def test_a_generic_profile_of_the_users_own_is_checked_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    written(tmp_path, monkeypatch, 'language = "en-GB"\n')
    (tmp_path / "voices" / "generic.toml").write_text(f'language = "und"\n{wrong}\n')
    with pytest.raises(UsageError, match=r"generic\.toml is wrong"):
        profiles.load("en-GB--mine")


def test_what_a_users_generic_profile_leaves_out_is_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, monkeypatch, 'language = "en-GB"\n')
    (tmp_path / "voices" / "generic.toml").write_text('language = "und"\n[pauses]\nparagraph = [700, 700]\n')
    profile = profiles.load("en-GB--mine")
    assert profile.engines == ("kokoro", "piper", "edge", "espeak")
    assert (profile.pauses.before["paragraph"], profile.pauses.before["heading-2"]) == (700, 1500)


def test_what_is_left_out_is_the_generic_profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, monkeypatch, 'language = "en-GB"\n[voices.edge]\nbody = "en-GB-RyanNeural"\n')
    profile = profiles.load("en-GB--mine")
    assert profile.engines == ("kokoro", "piper", "edge", "espeak")
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


MAJOR = ("zh-CN", "zh-TW", "zh-HK", "en-US", "en-GB", "de", "fr", "es", "ja", "ko", "pt-BR", "ru", "it", "hi", "ar")
PUBLISHED = """
ar-SA: Hamed Zariyah
de-DE: Amala Conrad FlorianMultilingual Katja Killian SeraphinaMultilingual
en-GB: Libby Maisie Ryan Sonia Thomas
en-US: Ana AndrewMultilingual Andrew Aria AvaMultilingual Ava BrianMultilingual Brian Christopher EmmaMultilingual Emma Eric Guy Jenny
    Michelle Roger Steffan
es-ES: Alvaro Elvira Ximena
fr-FR: Denise Eloise Henri RemyMultilingual VivienneMultilingual
hi-IN: Madhur Swara
it-IT: Diego Elsa GiuseppeMultilingual Isabella
ja-JP: Keita Nanami
ko-KR: HyunsuMultilingual InJoon SunHi
nl-NL: Colette Fenna Maarten
pt-BR: Antonio Francisca ThalitaMultilingual
ru-RU: Dmitry Svetlana
zh-CN: Xiaoxiao Xiaoyi Yunjian Yunxi Yunxia Yunyang
zh-HK: HiuGaai HiuMaan WanLung
zh-TW: HsiaoChen HsiaoYu YunJhe
"""
"""What the service offered in 2026, of the regions that the profiles speak for, by lists that others published. It retires voices: a
name that is not here was known once and is refused today (`it-IT-GiuseppeNeural`, `ko-KR-HyunsuNeural`, `pt-BR-ThalitaNeural`)."""


def published() -> set[str]:
    lines = " ".join(PUBLISHED.split()).split(" ")
    names, region = set(), ""
    for word in lines:
        if word.endswith(":"):
            region = word.removesuffix(":")
        else:
            names.add(f"{region}-{word}Neural")
    return names


def the_shipped() -> list[Profile]:
    return [profiles.load(path.stem) for path in sorted(shipped("voices").glob("*.toml"))]


def test_the_major_languages_have_voices_for_body_heading_and_quote() -> None:
    for name in MAJOR:
        profile = profiles.load(name)
        assert profile.language == name
        assert {Role.BODY, Role.HEADING, Role.QUOTE} <= set(profile.voices["edge"])
        assert (
            profile.voice("edge", Role.HEADING) != profile.voice("edge", Role.BODY) != profile.voice("edge", Role.QUOTE)
        )
        assert profile.voice("espeak", Role.BODY)


def test_the_services_voices_are_those_that_it_offers() -> None:
    named = {voice for profile in the_shipped() for voice in profile.voices.get("edge", {}).values()}
    assert named
    assert named <= published()


def test_the_embedded_engine_has_the_voices_of_all_profiles() -> None:
    engine = engine_registry.load("espeak")
    for profile in the_shipped():
        cast(engine, profile, "", 1.0)


def test_headings_are_heard_as_such_in_every_language() -> None:
    for profile in the_shipped():
        heading = profile.manner(Role.HEADING)
        assert heading.rate < 1 < heading.pitch
        before = [profile.pauses.before[kind] for kind in ("heading-2", "heading-3", "heading-4", "paragraph")]
        assert before == sorted(before, reverse=True)
        assert all(profile.pauses.before[f"heading-{n}"] > profile.pauses.after[f"heading-{n}"] for n in (2, 3, 4))


@pytest.mark.parametrize("language", ["sw", "pl", "tr", "vi", "fi", "sr", "cy", "eo"])
def test_a_language_without_a_profile_is_spoken_by_a_voice_of_its_own(language: str) -> None:
    tag = LanguageTag(language)
    engine = engine_registry.load("espeak")
    say = Say((Sentence("1", "1"),), tag)
    voice = cast(engine, profiles.for_language(tag), "", 1.0).utterance(say, tag).voice
    assert voice.partition("-")[0] == language


@pytest.mark.parametrize(
    ("engine", "voice", "meant"), [("espeak", "en-UK", "en-US"), ("edge", "en-US-AriaNeurl", "en-US-AriaNeural")]
)
def test_a_voice_that_is_none_is_refused_with_what_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, voice: str, meant: str
) -> None:
    written(tmp_path, monkeypatch, f'language = "en-GB"\n[voices.{engine}]\nbody = "{voice}"\n')
    with pytest.raises(UsageError, match=f"voices.{engine}.body is “{voice}”, which is none") as caught:
        cast(engine_registry.load(engine), profiles.load("en-GB--mine"), "", 1.0)
    assert caught.value.remedy == f"Did you mean “{meant}”?"
