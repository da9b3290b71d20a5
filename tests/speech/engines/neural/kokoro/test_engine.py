"""Kokoro's engine with a tiny network, whose tones tell which symbols it was given, and which style."""

import numpy as np
import pytest
from tests.speech.engines.neural.models import (
    KOKORO_FRAME,
    KOKORO_RATE,
    KOKORO_SILENT,
    KOKORO_VOICES,
    heard,
    kokoro_model,
    kokoro_numbers,
    style,
)
from tests.speech.engines.neural.speeches import firsts, loudest, said, sounding, speak, spelled

from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.speech.engines.neural.kokoro import ENGINE
from chaptercast.speech.engines.neural.kokoro.grapheme_to_phoneme import spell
from chaptercast.speech.engines.neural.kokoro.letters import TOKENS
from chaptercast.speech.engines.neural.kokoro.model import KokoroModel
from chaptercast.speech.engines.neural.onnx_model import INT32, OnnxModel, Port, node
from chaptercast.speech.model import Prosody

SENTENCES = [
    ("af_heart", "en-US", "In the year 1987, Dr. Smith — an old man — went home."),
    ("bf_emma", "en-GB", "“Colour (really)?”"),
    ("ef_dora", "es", "¿Qué tal? ¡Bien!"),
    ("ff_siwis", "fr", "L’été, c’est bien."),
    ("hf_alpha", "hi", "नमस्ते दुनिया।"),
    ("if_sara", "it", "Non c’è male."),
    ("jf_alpha", "ja", "今日はいい天気です。"),
    ("pf_dora", "pt-BR", "Não há pão."),
    ("zf_xiaoxiao", "zh-CN", "你好，世界。我用iPhone。"),
]


@pytest.mark.parametrize(("voice", "language", "text"), SENTENCES)
def test_every_symbol_is_heard_in_its_place(voice: str, language: str, text: str) -> None:
    symbols = spelled(spell, text, LanguageTag(language)).symbols
    speech = speak(ENGINE, text, voice, language)
    assert speech.sample_rate == KOKORO_RATE
    assert sounding(heard(speech.pcm, KOKORO_FRAME)) == kokoro_numbers(symbols)


@pytest.mark.parametrize(("voice", "language", "text"), SENTENCES)
@pytest.mark.parametrize("rate", [0.6, 1.0, 2.5, 4.0])
def test_every_word_begins_with_its_sound(voice: str, language: str, text: str, rate: float) -> None:
    spelling = spelled(spell, text, LanguageTag(language))
    speech = speak(ENGINE, text, voice, language, Prosody(rate=rate))
    assert said(text, speech) == [text[word.offset : word.offset + word.length] for word in spelling.words]
    expected = [next(one for one in spelling.symbols[word.at :] if one not in KOKORO_SILENT) for word in spelling.words]
    assert list(firsts(heard(speech.pcm, KOKORO_FRAME), speech)) == [TOKENS[one] for one in expected]


def test_a_sentence_takes_the_style_of_its_length_and_a_short_one_that_of_twenty() -> None:
    for voice in ("af_heart", "am_michael"):
        for text in ("Yes.", "In the year 1987, an old man went home."):
            count = len(spelled(spell, text, LanguageTag("en-US")).symbols)
            expected = style(voice)[max(count, 20) - 1, 0, 0] * 32_767
            assert loudest(speak(ENGINE, text, voice)) == pytest.approx(expected, abs=2)


def test_a_voice_reads_other_languages_by_their_own_rules() -> None:
    chinese = "你好，世界。"
    american, mandarin = (speak(ENGINE, chinese, voice, "zh-CN") for voice in ("af_heart", "zf_xiaoxiao"))
    tones = [sounding(heard(speech.pcm, KOKORO_FRAME)) for speech in (american, mandarin)]
    assert tones[0] == tones[1] != []
    assert american.unread == ()
    german = speak(ENGINE, "Guten Tag.", "af_heart", "de")  # which it does not know: it is read as English
    assert german.pcm == speak(ENGINE, "Guten Tag.", "af_heart", "en-US").pcm
    british = speak(ENGINE, "Colour.", "bf_emma", "en-US")
    assert british.pcm == speak(ENGINE, "Colour.", "bf_emma", "en-GB").pcm


def test_voices_tell_their_language_and_who_speaks() -> None:
    voices = {voice.name: voice for voice in ENGINE.voices()}
    assert sorted(voices) == sorted(KOKORO_VOICES)
    assert (voices["af_heart"].language, voices["af_heart"].gender) == ("en-US", "Female")
    assert (voices["am_michael"].language, voices["am_michael"].gender) == ("en-US", "Male")
    assert voices["zf_xiaoxiao"].language == "zh-CN"
    assert all(voice.description for voice in voices.values())
    assert all(voice.unread == voice.remedy == "" for voice in voices.values())


def test_without_the_dictionary_voices_tell_what_they_cannot_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from chaptercast.speech.engines.neural.kokoro import chinese

    monkeypatch.setattr(chinese, "dictionary", lambda: "")
    voices = {voice.name: voice for voice in ENGINE.voices()}
    assert "chaptercast[neural]" in voices["zf_xiaoxiao"].remedy
    assert voices["af_heart"].remedy == ""


def said_by(model: bytes, speed: float = 1.0) -> np.ndarray:
    return KokoroModel(model).say("abc", style("af_heart"), speed).samples


def test_the_symbols_begin_where_the_durations_say() -> None:
    sound = KokoroModel(kokoro_model()).say("abc", style("af_heart"), 1.0)
    assert len(sound.starts) == 4
    pcm = (sound.samples * 32_767).astype("<i2").tobytes()
    tones = heard(pcm, KOKORO_FRAME)
    assert [(tone.number, tone.begin) for tone in tones[1:-1]] == [
        (TOKENS[one], start) for one, start in zip("abc", sound.starts, strict=False)
    ]
    assert tones[-1].begin == sound.starts[-1]


@pytest.mark.parametrize("speed", [0.3, 1.0, 3.0, 10.0])
def test_durations_add_up_to_the_sound_at_any_speed(speed: float) -> None:
    sound = KokoroModel(kokoro_model()).say("abcdefh", style("af_heart"), speed)
    tones = heard((sound.samples * 32_767).astype("<i2").tobytes(), KOKORO_FRAME)
    assert [tone.begin for tone in tones[1:]] == list(sound.starts)


def newer_export() -> bytes:
    """A network that tells its durations itself, calls its tokens otherwise, and takes speeds as whole numbers."""
    model = OnnxModel(kokoro_model())
    names = {"tokens": "input_ids", "rounded": "rounded_before"}
    nodes = [
        node(
            one.operation,
            ("fast" if name == "speed" else names.get(name, name) for name in one.inputs),
            names.get(one.outputs[0], one.outputs[0]),
            **one.attributes,  # type: ignore[arg-type]
        )
        for one in model.nodes
    ]
    cast, told = node("Cast", ("speed",), "fast", to=1), node("Identity", ("whole",), "duration")
    weights = {
        name: model.weights(name) for name in {name for one in model.nodes for name in one.inputs} if model.holds(name)
    }
    inputs = (Port("input_ids", 7, 2), Port("style", 1, 2), Port("speed", INT32, 1))
    from tests.speech.engines.neural.models import EMPTY

    return OnnxModel(EMPTY).edited([cast, *nodes, told], weights, inputs, [Port("audio", 1, 1), Port("duration", 1, 2)])


def test_newer_exports_say_the_same() -> None:
    assert np.array_equal(said_by(newer_export()), said_by(kokoro_model()))
    assert np.array_equal(said_by(newer_export(), 2.2), said_by(kokoro_model(), 2.0))
    assert np.array_equal(said_by(newer_export(), 0.3), said_by(kokoro_model(), 1.0))  # nothing slower is to be had


def test_a_model_that_fails_is_one_clear_error() -> None:
    with pytest.raises(EngineError, match="The model failed: "):
        KokoroModel(kokoro_model()).say("abc", np.zeros((510, 256), "f4"), float("nan"))
    with pytest.raises(EngineError, match="The model cannot be read: no graph"):
        KokoroModel(b"")
