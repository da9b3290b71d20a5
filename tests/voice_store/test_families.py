"""Who looks into the files of a pack: the module of the engine that will use them."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.speech.engines.neural.models import kokoro_model, kokoro_styles, piper_configuration, piper_model
from tests.voice_store.packs import KOKORO, PIPER, laid_out

from chaptercast.common.units import LanguageTag
from chaptercast.errors import EngineError
from chaptercast.voice_store import families
from chaptercast.voice_store.families import FAMILIES, Described, describe
from chaptercast.voice_store.model import PackVoice

FOUND = Described(16_000, (PackVoice("found", LanguageTag("de")),))


def files(folder: Path, contents: Mapping[str, bytes]) -> dict[str, Path]:
    laid_out(folder, contents)
    return {name: folder / name for name in contents}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Puts an engine's module in place, which looks into files by this function."""

    def placed(function: Any) -> None:
        module = ModuleType("tests_of_an_engine")
        module.describe = function  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "tests_of_an_engine", module)
        monkeypatch.setattr(families, "FAMILIES", {"piper": "tests_of_an_engine:describe"})

    return placed


def test_the_engines_module_is_asked(engine: Callable[[Any], None], tmp_path: Path) -> None:
    asked: list[Any] = []
    engine(lambda given: asked.append(given) or FOUND)
    there = files(tmp_path, PIPER)
    assert describe("piper", there) == FOUND
    assert asked == [there]


def test_what_it_refuses_is_refused(engine: Callable[[Any], None], tmp_path: Path) -> None:
    def refuse(_files: object) -> None:
        raise EngineError("This is something else.")

    engine(refuse)
    with pytest.raises(EngineError, match="something else"):
        describe("piper", files(tmp_path, PIPER))
    engine(lambda _files: Described(16_000, ()))
    with pytest.raises(EngineError, match="no voice"):
        describe("piper", files(tmp_path, PIPER))


def test_a_family_that_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="family “whisper”"):
        describe("whisper", files(tmp_path, PIPER))


WITHOUT_EXTRAS = """
import sys
from pathlib import Path
sys.modules.update(dict.fromkeys(("numpy", "onnxruntime", "pypinyin", "rjieba", "pyopenjtalk")))
from chaptercast.voice_store.families import describe
family, *files = sys.argv[1:]
print(*(voice.name for voice in describe(family, {Path(file).name: Path(file) for file in files}).voices))
"""


@pytest.mark.parametrize(("family", "voices"), [("piper", "test"), ("kokoro", "af_heart zf_xiaoxiao")])
def test_packs_are_looked_into_without_what_speaks_them(family: str, voices: str, tmp_path: Path) -> None:
    assert family in FAMILIES
    there = files(tmp_path, PIPER if family == "piper" else KOKORO)
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRAS, family, *there.values()],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.stdout.strip(), done.stderr) == (voices, "")


def test_a_voice_is_named_for_its_recordings(tmp_path: Path) -> None:
    assert describe("piper", files(tmp_path, PIPER)) == Described(22_050, (PackVoice("test", LanguageTag("en-US")),))
    german = piper_configuration(language={"code": "de_DE"}, audio={"sample_rate": 16_000}, dataset="thorsten")
    described = describe("piper", files(tmp_path, {**PIPER, "model.onnx.json": german}))
    assert described == Described(16_000, (PackVoice("thorsten", LanguageTag("de-DE")),))


def test_speakers_come_in_their_order(tmp_path: Path) -> None:
    speakers = piper_configuration(speaker_id_map={"z": 0, "a": 1, "m": 2})
    contents = {**PIPER, "model.onnx": piper_model(speakers=3), "model.onnx.json": speakers}
    assert [voice.name for voice in describe("piper", files(tmp_path, contents)).voices] == ["z", "a", "m"]


def test_kokoros_voices_tell_their_language_by_their_names(tmp_path: Path) -> None:
    voices = kokoro_styles("af_heart", "am_michael", "bf_emma", "zf_xiaoxiao")
    described = describe("kokoro", files(tmp_path, {**KOKORO, "voices-v1.0.bin": voices}))
    assert described.sample_rate == 24_000
    assert [(voice.name, voice.language, voice.gender) for voice in described.voices] == [
        ("af_heart", "en-US", "female"),
        ("am_michael", "en-US", "male"),
        ("bf_emma", "en-GB", "female"),
        ("zf_xiaoxiao", "zh-CN", "female"),
    ]


BAD_MODELS = {
    "empty": (b"", "no graph in it"),
    "cut off": (None, "cut short"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "cut short|no graph|unknown kind"),
    "zeros": (bytes(100), "no graph in it"),
    "text": (b"version https://git-lfs.github.com/spec/v1\n", "cut short|no graph|unknown kind"),
    "no network": (b"\x08\x08\x12\x04test", "no graph in it"),
    "an endless number": (b"\xff" * 30, "a number that is cut short"),
    "a huge field": (b"\x3a" + b"\xff" * 8 + b"\x7f" + bytes(10), "a field that is cut short"),
    "a page": (b"<!doctype html><title>Sign in</title>", "cut short|no graph|unknown kind"),
    "an empty network": (b"\x08\x08\x3a\x00", "it is no (Piper voice|Kokoro model)"),
}


@pytest.mark.parametrize("what", BAD_MODELS)
@pytest.mark.parametrize("family", ["piper", "kokoro"])
def test_what_is_no_model_is_refused(what: str, family: str, tmp_path: Path) -> None:
    good = PIPER if family == "piper" else KOKORO
    content, told = BAD_MODELS[what]
    with pytest.raises(EngineError, match=rf"^model\.onnx cannot be used: .*({told})"):
        describe(
            family, files(tmp_path, {**good, "model.onnx": good["model.onnx"][:-1] if content is None else content})
        )


def test_the_other_familys_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="it is no Piper voice"):
        describe("piper", files(tmp_path, {**PIPER, "model.onnx": kokoro_model()}))
    with pytest.raises(EngineError, match="it is no Kokoro model"):
        describe("kokoro", files(tmp_path, {**KOKORO, "model.onnx": piper_model()}))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no configuration of a Piper voice: Expecting value"),
        (b"{", "is no configuration of a Piper voice: Expecting property name"),
        (b"\xff\xfe", "is no configuration of a Piper voice: Expecting value"),
        (b'{"a": "\xe4"}', "is no configuration of a Piper voice: 'utf-8'"),
        (b"[" * 100_000, "is no configuration of a Piper voice: maximum recursion depth"),
        (b"[]", "it is no table"),
        (piper_configuration(audio={}), "audio.sample_rate is none of 16000, 22050"),
        (piper_configuration(audio={"sample_rate": "22050"}), "audio.sample_rate is none of 16000, 22050"),
        (piper_configuration(espeak={}), "espeak.voice is missing"),
        (piper_configuration(phoneme_id_map={}), "phoneme_id_map lacks ^ or $ or _"),
        (piper_configuration(phoneme_id_map={"a": "b"}), "phoneme_id_map does not map symbols to numbers"),
        (piper_configuration(language={}, espeak={}), "language.code is no language"),
        (piper_configuration(language={"code": "../.."}), "language.code is no language"),
        (piper_configuration(speaker_id_map={"a": "b"}), "speaker_id_map does not map names to numbers"),
        (piper_configuration(phoneme_type="pinyin"), "it reads phonemes of the kind “pinyin”"),
    ],
)
def test_a_configuration_that_is_none_is_refused(content: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"^model\.onnx\.json is no configuration") as caught:
        describe("piper", files(tmp_path, {**PIPER, "model.onnx.json": content}))
    assert told in caught.value.message


def test_letters_are_read_without_espeak(tmp_path: Path) -> None:
    letters = piper_configuration(phoneme_type="text", espeak={})
    assert describe("piper", files(tmp_path, {**PIPER, "model.onnx.json": letters})).voices
    older = piper_configuration(phoneme_type="PhonemeType.ESPEAK")
    assert describe("piper", files(tmp_path, {**PIPER, "model.onnx.json": older})).voices


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04" + bytes(50), KOKORO["voices-v1.0.bin"][:-5], KOKORO["voices-v1.0.bin"][30:]]
)
def test_voices_that_are_none_are_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"^voices-v1\.0\.bin holds no styles"):
        describe("kokoro", files(tmp_path, {**KOKORO, "voices-v1.0.bin": content}))


@pytest.mark.parametrize("family", ["piper", "kokoro"])
def test_a_file_that_is_missing(family: str, tmp_path: Path) -> None:
    good = PIPER if family == "piper" else KOKORO
    for name in good:
        if name != "MODEL_CARD":
            rest = {other: content for other, content in good.items() if other != name}
            with pytest.raises(EngineError, match=rf"^{name} is missing"):
                describe(family, files(tmp_path, rest))
