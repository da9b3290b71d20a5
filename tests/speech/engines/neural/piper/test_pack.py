"""The files of a Piper pack, and all that may be wrong with them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.speech.engines.neural.models import EMPTY, PIPER_IDS, kokoro_model, piper_configuration, piper_model

from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.speech.engines.neural import protobuf
from chaptercast.speech.engines.neural.onnx_model import FLOAT, INT64, OnnxModel, Port, node
from chaptercast.speech.engines.neural.piper.pack import CONFIGURATION, MODEL, describe, read_configuration
from chaptercast.voice_store.families import Described
from chaptercast.voice_store.model import PackVoice


@pytest.fixture
def describing(tmp_path: Path) -> Callable[..., Described]:
    def described(model: bytes = piper_model(), configuration: bytes = piper_configuration()) -> Described:
        (tmp_path / MODEL).write_bytes(model)
        (tmp_path / CONFIGURATION).write_bytes(configuration)
        return describe({name: tmp_path / name for name in (MODEL, CONFIGURATION)})

    return described


@pytest.fixture
def reading(tmp_path: Path) -> Callable[..., Any]:
    def read(content: bytes) -> Any:
        (tmp_path / CONFIGURATION).write_bytes(content)
        return read_configuration(tmp_path / CONFIGURATION)

    return read


def test_what_a_configuration_tells(reading: Callable[..., Any]) -> None:
    found = reading(piper_configuration(espeak={"voice": "de"}, language={"code": "de_DE"}, dataset="thorsten"))
    assert (found.sample_rate, found.language, found.espeak_voice, found.name) == (22_050, "de-DE", "de", "thorsten")
    assert found.ids == {symbol: (number,) for symbol, number in PIPER_IDS.items()}
    assert found.speakers == {}


def test_what_older_and_newer_configurations_leave_out(reading: Callable[..., Any]) -> None:
    bare = reading(
        piper_configuration(language=None, inference=None, phoneme_type=None, dataset=None, speaker_id_map=None)
    )
    assert (bare.language, bare.espeak_voice, bare.name) == ("en-US", "en-us", "voice")
    assert reading(piper_configuration(phoneme_type="PhonemeType.ESPEAK")).espeak_voice == "en-us"
    assert reading(piper_configuration(phoneme_type="PhonemeType.TEXT", espeak=None)).espeak_voice == ""
    assert reading(piper_configuration(phoneme_id_map={"^": [1], "$": [2], "_": [0], "tʃ": [5, 6]})).ids["tʃ"] == (5, 6)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 32_000, 44_100, 48_000])
def test_voices_have_their_own_rate(rate: int, describing: Callable[..., Described]) -> None:
    described = describing(configuration=piper_configuration(audio={"sample_rate": rate}))
    assert described == Described(rate, (PackVoice("test", LanguageTag("en-US")),))


def test_speakers_are_voices_in_the_order_of_their_numbers(describing: Callable[..., Described]) -> None:
    speakers = {f"p{number}": number for number in (7, 3, 10, 0)}
    described = describing(piper_model(speakers=11), piper_configuration(speaker_id_map=speakers))
    assert [voice.name for voice in described.voices] == ["p0", "p3", "p7", "p10"]


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"audio": None}, "audio.sample_rate is none of 16000"),
    ({"audio": {"sample_rate": 0}}, "audio.sample_rate is none of 16000"),
    ({"audio": {"sample_rate": True}}, "audio.sample_rate is none of 16000"),
    ({"audio": {"sample_rate": 1e400}}, "audio.sample_rate is none of 16000"),
    ({"audio": [22_050]}, "audio.sample_rate is none of 16000"),
    ({"phoneme_type": "pinyin"}, "it reads phonemes of the kind “pinyin”, which cannot be made here"),
    ({"phoneme_type": "x" * 1000}, "it reads phonemes of the kind “" + "x" * 20 + "”"),
    ({"phoneme_type": ["espeak"]}, "which cannot be made here"),
    ({"espeak": None}, "espeak.voice is missing"),
    ({"espeak": {"voice": ""}}, "espeak.voice is missing"),
    ({"espeak": {"voice": "x" * 41}}, "espeak.voice is missing"),
    ({"espeak": {"voice": "en\nus"}}, "espeak.voice is missing"),
    ({"espeak": {"voice": 5}}, "espeak.voice is missing"),
    ({"phoneme_id_map": None}, "phoneme_id_map does not map symbols to numbers"),
    ({"phoneme_id_map": [1]}, "phoneme_id_map does not map symbols to numbers"),
    ({"phoneme_id_map": {"a": [1.5]}}, "phoneme_id_map does not map symbols to numbers"),
    ({"phoneme_id_map": {"a": [True]}}, "phoneme_id_map does not map symbols to numbers"),
    ({"phoneme_id_map": {"a": [-1]}}, "phoneme_id_map does not map symbols to numbers"),
    ({"phoneme_id_map": {"a": [1 << 31]}}, "phoneme_id_map does not map symbols to numbers"),
    ({"phoneme_id_map": {"a": []}}, "phoneme_id_map does not map symbols to numbers"),
    ({"phoneme_id_map": {"^": [1], "_": [0]}}, "phoneme_id_map lacks ^ or $ or _"),
    ({"language": {"code": "12"}}, "language.code is no language"),
    ({"language": {"code": "../../x"}}, "language.code is no language"),
    ({"language": {}, "espeak": {}}, "language.code is no language"),
    ({"speaker_id_map": [1]}, "speaker_id_map does not map names to numbers"),
    ({"speaker_id_map": {"a": "0"}}, "speaker_id_map does not map names to numbers"),
    ({"speaker_id_map": {"a": -1}}, "speaker_id_map does not map names to numbers"),
    ({"speaker_id_map": {str(n): n for n in range(10_001)}}, "speaker_id_map does not map names to numbers"),
    ({"inference": [1]}, "inference"),
    ({"inference": {"length_scale": "1"}}, "inference"),
    ({"inference": {"length_scale": -1}}, "inference"),
    ({"inference": {"length_scale": 1e300}}, "inference"),
    ({"inference": {"length_scale": True}}, "inference"),
]


@pytest.mark.parametrize(("changes", "told"), FAULTS)
def test_each_fault_is_told(changes: dict[str, Any], told: str, describing: Callable[..., Described]) -> None:
    with pytest.raises(EngineError, match=r"^model\.onnx\.json is no configuration of a Piper voice: ") as caught:
        describing(configuration=piper_configuration(**changes))
    assert told in caught.value.message
    assert caught.value.remedy


def test_all_faults_are_told_at_once(reading: Callable[..., Any]) -> None:
    with pytest.raises(EngineError) as caught:
        reading(piper_configuration(audio={}, espeak={}, phoneme_id_map={}, language={}, speaker_id_map=[1]))
    assert caught.value.message.count(";") == 4


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"null", b'"text"', b"5", b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe\x00", b'{"a": "\xe4"}', b"NaN",
        b'{"audio": ' + b"9" * 5000 + b"}", piper_configuration()[:-1], b" " * 4_100_000 + piper_configuration(), b"\x00" * 100,
    ],
)  # fmt: skip
def test_what_is_no_configuration_is_one_clear_error(content: bytes, describing: Callable[..., Described]) -> None:
    with pytest.raises(EngineError, match=r"^model\.onnx\.json is no configuration of a Piper voice: ") as caught:
        describing(configuration=content)
    assert "\n" not in caught.value.message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = ("audio", "espeak", "inference", "phoneme_type", "phoneme_id_map", "speaker_id_map", "language", "dataset")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), JSON, min_size=1, max_size=3))
def test_whatever_stands_in_it_is_used_or_one_clear_error(reading: Callable[..., Any], changes: dict[str, Any]) -> None:
    table = {**json.loads(piper_configuration()), **changes}
    try:
        found = reading(json.dumps(table).encode())
    except EngineError as error:
        assert error.message.startswith(f"{CONFIGURATION} is no configuration")  # noqa: PT017 -- either is right
        return
    assert found.sample_rate in (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
    assert all(isinstance(number, int) for ids in found.ids.values() for number in ids)
    assert {"^", "$", "_"} <= found.ids.keys()
    assert all(isinstance(number, int) for number in found.speakers.values())
    assert found.language
    assert len(found.name) <= 100


def model_with(inputs: dict[str, int], outputs: int = 1, ceils: int = 1) -> bytes:
    """A model with these inputs, and so many outputs and nodes that round up."""
    nodes = [node("Ceil", ("scales",), f"rounded{number}") for number in range(ceils)]
    ports = [Port(name, element, 2) for name, element in inputs.items()]
    return OnnxModel(EMPTY).edited(nodes, {}, ports, [Port(f"output{number}", FLOAT, 1) for number in range(outputs)])


INPUTS = {"input": INT64, "input_lengths": INT64, "scales": FLOAT}


def test_a_speakers_number_may_be_among_the_inputs(describing: Callable[..., Described]) -> None:
    assert describing(model_with(INPUTS)) == describing(model_with({**INPUTS, "sid": INT64}))


def going_nowhere() -> bytes:
    """A model with a node that rounds, and gives nothing to anybody."""
    model = OnnxModel(model_with(INPUTS, ceils=0))
    return model.edited([node("Ceil", ("scales",), "x")._replace(encoded=protobuf.text(4, "Ceil"))], {})


NO_MODELS: dict[str, tuple[bytes, str]] = {
    "a Kokoro model": (kokoro_model(), "it is no Piper voice"),
    "no lengths": (model_with({"input": INT64, "scales": FLOAT}), "it is no Piper voice"),
    "inputs of another kind": (model_with({**INPUTS, "input": FLOAT}), "it is no Piper voice"),
    "more inputs": (model_with({**INPUTS, "more": FLOAT}), "it is no Piper voice"),
    "two outputs": (model_with(INPUTS, outputs=2), "it is no Piper voice"),
    "no output": (model_with(INPUTS, outputs=0), "it is no Piper voice"),
    "no durations": (model_with(INPUTS, ceils=0), "it does not tell how long each sound is"),
    "durations that go nowhere": (going_nowhere(), "it does not tell how long each sound is"),
    "two that may be durations": (model_with(INPUTS, ceils=2), "it does not tell how long each sound is"),
    "empty": (b"", "no graph in it"),
    "cut off": (piper_model()[:-20], "cut short"),
    "text": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", ""),
}


@pytest.mark.parametrize("what", NO_MODELS)
def test_what_is_no_piper_model_is_one_clear_error(what: str, describing: Callable[..., Described]) -> None:
    model, told = NO_MODELS[what]
    with pytest.raises(EngineError, match=rf"^model\.onnx cannot be used: .*{told}") as caught:
        describing(model)
    assert caught.value.remedy


@pytest.mark.parametrize("name", [MODEL, CONFIGURATION])
def test_a_file_that_is_missing_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / MODEL).write_bytes(piper_model())
    (tmp_path / CONFIGURATION).write_bytes(piper_configuration())
    there = {other: tmp_path / other for other in (MODEL, CONFIGURATION)}
    with pytest.raises(EngineError, match=rf"^{name} is missing"):
        describe({other: path for other, path in there.items() if other != name})
    with pytest.raises(EngineError, match=r"cannot be used|is no configuration"):
        describe({**there, name: tmp_path / "none"})
