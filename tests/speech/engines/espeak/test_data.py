"""The data folder that eSpeak NG is given, and the variants of ours in it."""

from pathlib import Path
from typing import Any

import pytest

from chaptercast import voice_profiles as profiles
from chaptercast.common.mpeg_frames import Grid
from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.speech.clips.cache import key
from chaptercast.speech.engines.espeak import ENGINE, data
from chaptercast.speech.engines.espeak.installation import paths
from chaptercast.speech.model import Prosody, Speech, Utterance, VoiceList
from chaptercast.speech.voice_casting import cast
from chaptercast.voice_profiles import Role

OWN = sorted(path.name for path in data.OWN_VARIANTS.iterdir())
MANDARIN = "今天天气很好我们去公园"
PROFILES = [name for name in profiles.names() if profiles.load(name).voices.get("espeak")]


def speak(text: str, voice: str, prosody: Prosody | None = None, *, dry: bool = False) -> Speech:
    with ENGINE.open(dry=dry) as speaker:
        return speaker.speak(Utterance(text, voice, LanguageTag("en"), prosody or Prosody()))


def samples(speech: Speech) -> memoryview:
    return memoryview(speech.pcm).cast("h")


def hertz(speech: Speech) -> float:
    """How high a long vowel is spoken: by the distance at which half a second of it is most like itself."""
    heard = samples(speech)[4_000:15_000:4]

    def likeness(lag: int) -> int:
        return sum(a * b for a, b in zip(heard, heard[lag:], strict=False))

    return speech.sample_rate / 4 / max(range(28, 110), key=likeness)


def test_our_variants_are_beside_those_of_the_wheel_and_take_the_place_of_none() -> None:
    theirs = {path.name for path in Path(paths()[1], "voices", "!v").iterdir()}
    assert OWN
    assert not theirs & set(OWN)
    assert all(set(voice.variants) == theirs | set(OWN) for voice in ENGINE.voices())


@pytest.mark.parametrize("variant", OWN)
def test_a_variant_of_ours_is_understood_by_the_library_and_heard(variant: str, capfd: pytest.CaptureFixture) -> None:
    own = speak("The ferry leaves at nine.", f"en-US+{variant}")
    assert own.pcm != speak("The ferry leaves at nine.", "en-US").pcm
    assert capfd.readouterr() == ("", "")  # it names there what it does not know


@pytest.mark.parametrize("name", PROFILES)
def test_the_voices_of_a_profile_are_there_and_its_variants_are_heard(name: str) -> None:
    profile = profiles.load(name)
    text = "1, 2, 3."
    for voice in set(profile.voices["espeak"].values()):
        assert VoiceList(ENGINE.voices()).has(voice)
        plain, plus, _ = voice.partition("+")
        assert any(speak(text, voice).pcm)
        assert (speak(text, voice).pcm != speak(text, plain).pcm) == bool(plus)


@pytest.mark.parametrize(("name", "vowel"), [("en-US", "Ah!"), ("de", "Ah!"), ("zh-CN", "啊")])
def test_a_heading_is_heard_as_one_slower_and_higher(name: str, vowel: str) -> None:
    profile = profiles.load(name)
    heading = profile.manner(Role.HEADING)
    voice = profile.voice("espeak", Role.BODY)
    slow = Prosody(rate=0.5)  # for a vowel that is long enough to be judged
    higher = Prosody(rate=0.5, pitch=heading.pitch)
    assert hertz(speak(vowel, voice, higher)) > 1.05 * hertz(speak(vowel, voice, slow))
    body, slower = speak(vowel, voice), speak(vowel, voice, Prosody(rate=heading.rate))
    assert len(slower.pcm) > len(body.pcm)


def test_words_are_timed_with_a_variant_as_they_are_without() -> None:
    voice = profiles.load("zh-CN").voice("espeak", Role.BODY)
    plain, own = speak(MANDARIN, "cmn"), speak(MANDARIN, voice)
    assert [(word.offset, word.length) for word in own.words] == [(word.offset, word.length) for word in plain.words]
    starts = [word.start for word in own.words]
    assert starts == sorted(set(starts))
    assert abs(starts[-1] / len(own.pcm) - plain.words[-1].start / len(plain.pcm)) < 0.03


def test_a_voice_with_a_variant_says_the_same_whatever_it_said_before() -> None:
    with ENGINE.open() as speaker:
        said = [
            speaker.speak(Utterance(text, voice, LanguageTag("en"))).pcm
            for text, voice in [
                ("One.", "en+clear"),
                (MANDARIN, "cmn+clear-cmn"),
                ("Deux amis.", "fr+clear-fr"),
                ("One.", "en+clear"),
            ]
        ]
    assert said[0] == said[-1] == speak("One.", "en+clear", dry=True).pcm


def refuse(*_args: Any, **_options: Any) -> None:
    raise OSError("not permitted")


def test_without_links_the_files_are_copied(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    linked = speak("The ferry leaves at nine.", "en+clear").pcm
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path))
    monkeypatch.setattr(Path, "symlink_to", refuse)
    assert speak("The ferry leaves at nine.", "en+clear").pcm == linked
    assert not [path for path in tmp_path.rglob("*") if path.is_symlink()]


def test_a_folder_for_the_time_being_is_removed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with ENGINE.open(dry=True):
        assert len(list(tmp_path.iterdir())) == 1
    assert not list(tmp_path.iterdir())


def test_no_place_for_the_data_is_one_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHAPTERCAST_CACHE", "/dev/null/nowhere")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    with pytest.raises(EngineError, match="cannot be laid out") as caught, ENGINE.open():
        pass
    assert "CHAPTERCAST_CACHE" in caught.value.remedy


def test_another_edition_of_a_variant_has_a_folder_and_clips_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path / "cache"))
    utterance, grid = Utterance("One.", "en+clear", LanguageTag("en")), Grid(22_050, 48_000)
    before, name = speak("One.", "en+clear").pcm, key(ENGINE, utterance, grid)
    (tmp_path / "variants").mkdir()
    (tmp_path / "variants" / "clear").write_text("language variant\nname clear\npitch 120 160\n")
    monkeypatch.setattr(data, "OWN_VARIANTS", tmp_path / "variants")
    data.edition.cache_clear()
    try:
        assert key(ENGINE, utterance, grid) != name
        assert speak("One.", "en+clear").pcm != before
        assert len(list((tmp_path / "cache").glob("espeak-*"))) == 2
    finally:
        data.edition.cache_clear()


def test_a_variant_that_is_none_is_refused_with_the_one_that_was_meant() -> None:
    from chaptercast.errors import UsageError

    with pytest.raises(UsageError, match=r"“en\+claer” is neither") as caught:
        cast(ENGINE, profiles.load("en-GB"), "en+claer", 1.0)
    assert "“en+clear”" in caught.value.remedy
    assert cast(ENGINE, profiles.load("en-GB"), "en+f3", 1.0).voice == "en+f3"


def test_the_profiles_own_variant_is_the_first_that_serves_its_language() -> None:
    chosen = cast(ENGINE, profiles.load("de"), "", 1.0)
    assert chosen.serving(LanguageTag("de"))[:2] == ("de+clear", "de")
