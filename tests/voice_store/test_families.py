"""Who looks into the files of a pack: the engine's module where there is one, else a plain look."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.voice_store.packs import KOKORO, PIPER, configuration, laid_out, onnx, vectors

from chaptercast.errors import EngineError
from chaptercast.units import LanguageTag
from chaptercast.voice_store import families
from chaptercast.voice_store.families import Described, Family, describe
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
        plain = "chaptercast.voice_store.plain_checks:piper"
        monkeypatch.setattr(families, "FAMILIES", {"piper": Family("tests_of_an_engine:describe", plain)})

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


def test_without_it_there_is_a_plain_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Family("chaptercast.there_is_none:describe", "chaptercast.voice_store.plain_checks:piper")
    monkeypatch.setattr(families, "FAMILIES", {"piper": missing})
    assert describe("piper", files(tmp_path, PIPER)) == Described(22_050, (PackVoice("test", LanguageTag("en-US")),))


def test_a_family_that_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="family “whisper”"):
        describe("whisper", files(tmp_path, PIPER))


def test_speakers_come_in_their_order(tmp_path: Path) -> None:
    speakers = configuration(speaker_id_map={"z": 0, "a": 1, "m": 2})
    described = describe("piper", files(tmp_path, {**PIPER, "model.onnx.json": speakers}))
    assert [voice.name for voice in described.voices] == ["z", "a", "m"]


def test_kokoros_voices_tell_their_language_by_their_names(tmp_path: Path) -> None:
    contents = {**KOKORO, "voices-v1.0.bin": vectors("af_heart", "bm_george", "zf_xiaoni", "README", "xx_unknown")}
    described = describe("kokoro", files(tmp_path, contents))
    assert described.sample_rate == 24_000
    told = [(voice.name, voice.language, voice.gender) for voice in described.voices]
    assert told == [("af_heart", "en-US", "female"), ("bm_george", "en-GB", "male"), ("zf_xiaoni", "zh-CN", "female")]


CUT = onnx()[:-1]
BAD_MODELS = {
    "empty": b"",
    "cut off": CUT,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "zeros": bytes(100),
    "text": b"version https://git-lfs.github.com/spec/v1\n",
    "no network": b"\x08\x08\x12\x04test",
    "an endless number": b"\xff" * 30,
    "a huge field": b"\x3a" + b"\xff" * 8 + b"\x7f" + bytes(10),
    "a page": b"<!doctype html><title>Sign in</title>",
}


@pytest.mark.parametrize("what", BAD_MODELS)
@pytest.mark.parametrize("family", ["piper", "kokoro"])
def test_what_is_no_model_is_refused(what: str, family: str, tmp_path: Path) -> None:
    good = PIPER if family == "piper" else KOKORO
    with pytest.raises(EngineError, match="ONNX model"):
        describe(family, files(tmp_path, {**good, "model.onnx": BAD_MODELS[what]}))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no JSON"),
        (b"{", "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"[]", "audio.sample_rate"),
        (configuration(audio={}), "audio.sample_rate is no number of Hz"),
        (configuration(audio={"sample_rate": "22050"}), "audio.sample_rate is no number of Hz"),
        (configuration(espeak={}), "espeak.voice is missing"),
        (configuration(phoneme_id_map={}), "phoneme_id_map maps nothing"),
        (configuration(phoneme_id_map={"a": "b"}), "phoneme_id_map maps nothing"),
        (configuration(language={}), "language.code is no language"),
        (configuration(language={"code": "../.."}), "language.code is no language"),
        (configuration(speaker_id_map={"a": "b"}), "speaker_id_map maps names"),
        (configuration(phoneme_type="pinyin"), "phonemes of the kind “pinyin”"),
    ],
)
def test_a_configuration_that_is_none_is_refused(content: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"model\.onnx\.json") as caught:
        describe("piper", files(tmp_path, {**PIPER, "model.onnx.json": content}))
    assert told in caught.value.message


def test_letters_are_read_without_espeak(tmp_path: Path) -> None:
    letters = configuration(phoneme_type="text", espeak={})
    assert describe("piper", files(tmp_path, {**PIPER, "model.onnx.json": letters})).voices
    older = configuration(phoneme_type="PhonemeType.ESPEAK")
    assert describe("piper", files(tmp_path, {**PIPER, "model.onnx.json": older})).voices


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + bytes(50), vectors()[:-5], vectors("af_heart")[:-5]])
def test_voices_that_are_none_are_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        describe("kokoro", files(tmp_path, {**KOKORO, "voices-v1.0.bin": content}))


@pytest.mark.parametrize("family", ["piper", "kokoro"])
def test_a_file_that_is_missing(family: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="is missing"):
        describe(family, files(tmp_path, {"model.onnx": onnx()}))
