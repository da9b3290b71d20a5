"""Piper's engine with tiny networks, whose tones tell which symbols they were given, and which speaker."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.speech.engines.neural.models import (
    LEVEL,
    PIPER_FRAME,
    PIPER_IDS,
    PIPER_RATE,
    PIPER_SILENT,
    heard,
    piper_configuration,
    piper_model,
    piper_numbers,
)
from tests.speech.engines.neural.packs import ENGLISH, GERMAN, LETTERS, MANY, install
from tests.speech.engines.neural.speeches import firsts, loudest, said, sounding, speak, spelled
from tests.voice_store.packs import CARD

from chaptercast.errors import EngineError
from chaptercast.speech.engines.neural.phonemes.model import Spelling
from chaptercast.speech.engines.neural.piper import ENGINE
from chaptercast.speech.engines.neural.piper.grapheme_to_phoneme import spell, spell_letters
from chaptercast.speech.model import Prosody

SENTENCES = [
    (ENGLISH, "en-us", "In the year 1987, Dr. Smith — an old man — went home."),
    (ENGLISH, "en-us", "“Really (not)?”"),
    (GERMAN, "de", "Ich höre schöne Musik, und du?"),
    (f"{MANY}#zoe", "en-us", "One of many."),
    (LETTERS, "", "Un bon vin a table."),
]


def spelling_of(text: str, espeak_voice: str) -> Spelling:
    letters = {one for one in PIPER_IDS if one.isascii()} | {"\u0301"}
    return spelled(spell, text, espeak_voice, PIPER_IDS) if espeak_voice else spell_letters(text, letters)


@pytest.mark.parametrize(("voice", "espeak_voice", "text"), SENTENCES)
def test_every_symbol_is_heard_in_its_place(voice: str, espeak_voice: str, text: str) -> None:
    symbols = spelling_of(text, espeak_voice).symbols
    speech = speak(ENGINE, text, voice)
    assert sounding(heard(speech.pcm, PIPER_FRAME)) == piper_numbers(symbols)
    assert speech.unread == ()


@pytest.mark.parametrize(("voice", "espeak_voice", "text"), SENTENCES)
@pytest.mark.parametrize("rate", [0.6, 1.0, 2.0])
def test_every_word_begins_with_its_sound(voice: str, espeak_voice: str, text: str, rate: float) -> None:
    spelling = spelling_of(text, espeak_voice)
    speech = speak(ENGINE, text, voice, prosody=Prosody(rate=rate))
    assert said(text, speech) == [text[word.offset : word.offset + word.length] for word in spelling.words]
    expected = [next(one for one in spelling.symbols[word.at :] if one not in PIPER_SILENT) for word in spelling.words]
    assert list(firsts(heard(speech.pcm, PIPER_FRAME), speech)) == [PIPER_IDS[one] for one in expected]


def test_each_speaker_is_one_voice_with_the_packs_rate() -> None:
    zoe, adam = (speak(ENGINE, "One of many.", f"{MANY}#{name}") for name in ("zoe", "adam"))
    assert zoe.sample_rate == adam.sample_rate == 16_000
    assert loudest(zoe) == pytest.approx(LEVEL * 32_767, rel=0.05)
    assert loudest(adam) == pytest.approx(0.8 * LEVEL * 32_767, rel=0.05)
    assert speak(ENGINE, "One.", ENGLISH).sample_rate == PIPER_RATE


def test_voices_are_named_for_their_pack() -> None:
    voices = {voice.name: voice for voice in ENGINE.voices()}
    assert sorted(voices) == sorted([ENGLISH, GERMAN, LETTERS, f"{MANY}#zoe", f"{MANY}#adam"])
    assert {name: voice.language for name, voice in voices.items()} == {
        ENGLISH: "en-US", GERMAN: "de-DE", LETTERS: "fr-FR", f"{MANY}#zoe": "en-GB", f"{MANY}#adam": "en-GB",
    }  # fmt: skip
    assert all(voice.description for voice in voices.values())


@pytest.fixture
def installing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Installs a voice with another configuration; gives its name."""
    monkeypatch.setenv("CHAPTERCAST_VOICES", str(tmp_path / "store"))

    def installed(**changes: object) -> str:
        name = f"en_US-own{len(list(tmp_path.iterdir()))}-low"
        contents = {
            "model.onnx": piper_model(name),
            "model.onnx.json": piper_configuration(**changes),
            "MODEL_CARD": CARD,
        }
        return install(name, contents, tmp_path / name).id

    return installed


def test_a_voice_that_was_meant_to_be_slow_is(installing: Callable[..., str]) -> None:
    usual, slow = installing(), installing(inference={"length_scale": 2, "noise_scale": 0.667, "noise_w": 0.8})
    text = "Good evening, everyone."
    assert len(speak(ENGINE, text, slow).pcm) == pytest.approx(2 * len(speak(ENGINE, text, usual).pcm), rel=0.2)


def test_symbols_of_several_numbers_are_said_with_all_of_them(installing: Callable[..., str]) -> None:
    ids = {symbol: [number] for symbol, number in PIPER_IDS.items()}
    voice = installing(phoneme_id_map={**ids, "j": [PIPER_IDS["z"], PIPER_IDS["v"]]})
    found = sounding(heard(speak(ENGINE, "Yes.", voice).pcm, PIPER_FRAME))
    assert found[:3] == [PIPER_IDS["z"], PIPER_IDS["v"], PIPER_IDS["ɛ"]]


@pytest.mark.parametrize(
    ("written", "language"), [("en-GB-X-RP", "en-GB"), ("de-AT", "de"), ("pt-br", "pt-BR"), ("en", "en")]
)
def test_the_phonemes_are_those_of_the_nearest_voice(
    written: str, language: str, installing: Callable[..., str]
) -> None:
    voice = installing(espeak={"voice": written}, language={"code": language})
    assert speak(ENGINE, "Hallo Otto.", voice).words


def test_phonemes_that_nobody_makes_are_one_clear_error(installing: Callable[..., str]) -> None:
    voice = installing(espeak={"voice": "qqq"})
    with pytest.raises(EngineError, match="eSpeak NG has no phonemes for “qqq”") as caught:
        speak(ENGINE, "Hello.", voice)
    assert caught.value.remedy


def test_what_a_voice_has_no_symbol_for_is_told(installing: Callable[..., str]) -> None:
    ids = {symbol: [number] for symbol, number in PIPER_IDS.items() if symbol != "θ"}
    text = "A thin day."
    speech = speak(ENGINE, text, installing(phoneme_id_map=ids))
    assert [text[begin:end] for begin, end in speech.unread] == ["thin"]
    assert said(text, speech) == ["A", "thin", "day"]


def test_numbers_that_the_network_does_not_know_are_one_clear_error(installing: Callable[..., str]) -> None:
    ids = {symbol: [number] for symbol, number in PIPER_IDS.items()}
    voice = installing(phoneme_id_map={**ids, "j": [9999]})
    with pytest.raises(EngineError, match="The model failed: ") as caught:
        speak(ENGINE, "Yes.", voice)
    assert "\n" not in caught.value.message
    assert speak(ENGINE, "No.", voice).words


def test_the_noise_of_a_network_depends_on_its_text_alone(installing: Callable[..., str]) -> None:
    loud = {"inference": {"noise_scale": 5, "noise_w": 5, "length_scale": 1}}
    one, other = installing(**loud), installing(**loud)
    assert speak(ENGINE, "Good evening.", one).pcm == speak(ENGINE, "Good evening.", other).pcm
