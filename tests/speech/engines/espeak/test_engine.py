"""eSpeak NG in this process."""

from pathlib import Path

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.speech.engines.espeak import ENGINE, EspeakEngine
from chaptercast.speech.model import Prosody, Speech, Utterance

AS_IS = Prosody()


def speak(text: str, voice: str = "en-us", prosody: Prosody = AS_IS) -> Speech:
    with ENGINE.open() as speaker:
        return speaker.speak(Utterance(text, voice, LanguageTag("en"), prosody))


def test_words_and_sentences_are_where_they_are_in_the_text() -> None:
    text = "Good evening. How are you?"
    speech = speak(text)
    assert [text[t.offset : t.offset + t.length] for t in speech.words] == ["Good", "evening", "How", "are", "you"]
    assert [text[t.offset : t.offset + t.length].strip() for t in speech.sentences] == ["Good evening.", "How are you?"]


def test_a_small_letter_after_the_end_of_a_sentence_begins_a_word_all_the_same() -> None:
    text = "All is kept. speech is. ends."
    assert [text[t.offset] for t in speak(text).words] == ["A", "i", "k", "s", "i", "e"]


def test_positions_count_characters_not_bytes() -> None:
    text = "你好，世界。再见！"
    speech = speak(text, "cmn")
    assert [text[t.offset] for t in speech.words] == list("你世界再见")  # 你好 is one word of its dictionary


@pytest.mark.parametrize("text", ["<speak>5 < 6</speak> & co", "[[h@l'oU]] says he", "a\0b", "\ud800 x", ""])
def test_text_is_never_markup(text: str) -> None:
    speech = speak(text)
    assert speech.sample_rate == 22_050


def test_marked_up_text_is_spoken_and_not_obeyed() -> None:
    plain_length = len(speak("<break time='9s'/>").pcm)
    assert plain_length > 22_050  # the signs or words are said; a pause of nine seconds is not made
    assert plain_length < 2 * 9 * 22_050


def test_every_voice_that_is_listed_speaks() -> None:
    voices = ENGINE.voices()
    assert len(voices) > 100
    silent = [voice.name for voice in voices if not any(speak("1 a", voice.name).pcm)]
    assert silent == []


def test_an_unknown_voice_is_one_clear_error() -> None:
    with pytest.raises(EngineError, match="no voice “nn-xx”") as caught:
        speak("Hello.", "nn-xx")
    assert "chaptercast voices" in caught.value.remedy


def test_damaged_data_is_one_clear_error(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    import espeakng_loader

    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(tmp_path))
    with pytest.raises(EngineError, match="data"):
        speak("Hello.")
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: str(tmp_path / "none.so"))
    assert not EspeakEngine().status().ready


def test_pitch_changes_the_sound_and_volume_its_strength() -> None:
    plain = speak("Hello.")
    assert speak("Hello.", prosody=Prosody(pitch=1.3)).pcm != plain.pcm
    quiet = speak("Hello.", prosody=Prosody(volume=0.5))
    assert max(memoryview(quiet.pcm).cast("h")) < 0.7 * max(memoryview(plain.pcm).cast("h"))


def test_voices_found_at_once_sound_as_those_that_are_looked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "The ferry leaves at nine."
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path))
    quick = {name: speak(text, name).pcm for name in ("en-US", "cmn", "pt-BR", "en+f3")}
    (links,) = tmp_path.iterdir()
    assert all((links / "lang" / voice.name.lower()).is_file() for voice in ENGINE.voices())
    monkeypatch.setenv("CHAPTERCAST_CACHE", "/dev/null/nowhere")  # nothing can be kept there
    assert {name: speak(text, name).pcm for name in quick} == quick


def test_a_dry_opening_writes_nothing_and_sounds_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHAPTERCAST_CACHE", str(tmp_path))
    utterance = Utterance("The ferry leaves at nine.", "en-US", LanguageTag("en-US"))
    with ENGINE.open(dry=True) as speaker:
        dry = speaker.speak(utterance).pcm
    assert not list(tmp_path.iterdir())
    with ENGINE.open() as speaker:
        assert speaker.speak(utterance).pcm == dry
