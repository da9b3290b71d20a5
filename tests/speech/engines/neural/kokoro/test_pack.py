"""The files of a Kokoro pack, and all that may be wrong with them."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.speech.engines.neural.models import EMPTY, KOKORO_VOICES, kokoro_model, kokoro_styles, piper_model, style

from chaptercast.errors import EngineError
from chaptercast.speech.engines.neural import protobuf
from chaptercast.speech.engines.neural.kokoro.model import STYLE_ROWS, STYLE_WIDTH
from chaptercast.speech.engines.neural.kokoro.pack import MODEL, STYLES, describe, styles
from chaptercast.speech.engines.neural.onnx_model import FLOAT, INT64, OnnxModel, Port, node


@pytest.fixture
def describing(tmp_path: Path) -> Callable[..., tuple[str, ...]]:
    """The names of the voices in a pack of these files."""

    def described(model: bytes = kokoro_model(), archive: bytes = kokoro_styles("af_heart")) -> tuple[str, ...]:
        (tmp_path / MODEL).write_bytes(model)
        (tmp_path / STYLES).write_bytes(archive)
        return tuple(voice.name for voice in describe({name: tmp_path / name for name in (MODEL, STYLES)}).voices)

    return described


def archive_of(entries: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content, kind)
    return packed.getvalue()


def saved(array: np.ndarray, version: tuple[int, int] = (1, 0)) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, version)
    return stream.getvalue()


GOOD = style("af_heart")


def test_all_voices_are_found_in_order(describing: Callable[..., tuple[str, ...]]) -> None:
    assert describing(archive=kokoro_styles()) == KOKORO_VOICES
    assert describing(archive=archive_of({"zf_x.npy": saved(GOOD), "af_y.npy": saved(GOOD)})) == ("af_y", "zf_x")


def test_archives_as_numpy_makes_them_are_read(tmp_path: Path) -> None:
    for save in (np.savez, np.savez_compressed):
        save(tmp_path / "voices.npz", af_heart=GOOD, bm_george=GOOD + 1)
        content = styles(tmp_path / "voices.npz", "bm_george")
        assert np.array_equal(np.frombuffer(content, "<f4").reshape(STYLE_ROWS, 1, STYLE_WIDTH), GOOD + 1)
        with pytest.raises(EngineError, match="holds no styles"):
            styles(tmp_path / "voices.npz", "bm_other")


@pytest.mark.parametrize(
    "name", ["README", "xx_unknown", "aX_heart", "af_", "af", "AF_heart", "af_../x", "dir/af_heart", "af_" + "x" * 50]
)
def test_what_is_called_otherwise_is_no_voice(name: str, describing: Callable[..., tuple[str, ...]]) -> None:
    assert describing(archive=archive_of({f"{name}.npy": b"something else", "af_heart.npy": saved(GOOD)})) == (
        "af_heart",
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_voice_that_is_there_twice_is_one(describing: Callable[..., tuple[str, ...]]) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for _ in range(2):
            archive.writestr("af_heart.npy", saved(GOOD))
    assert describing(archive=packed.getvalue()) == ("af_heart",)


def test_without_any_voice_it_has_none(describing: Callable[..., tuple[str, ...]]) -> None:
    assert describing(archive=archive_of({"README": b"hello"})) == ()


NO_STYLES = {
    "nothing": b"",
    "no array": b"hello",
    "a short array": saved(GOOD)[:-4],
    "a long array": saved(GOOD) + bytes(4),
    "more rows": saved(np.zeros((STYLE_ROWS + 1, 1, STYLE_WIDTH), "<f4")),
    "another shape": saved(np.zeros((STYLE_ROWS, STYLE_WIDTH), "<f4")),
    "larger numbers": saved(GOOD.astype("<f8")),
    "turned bytes": saved(GOOD.astype(">f4")),
    "columns first": saved(np.asfortranarray(np.zeros((STYLE_ROWS, 1, STYLE_WIDTH), "<f4"))),
    "objects": saved(np.array([{"a": 1}], dtype=object)),
    "a later version": saved(GOOD, (2, 0)),
    "a header without an end": b"\x93NUMPY\x01\x00" + struct.pack("<H", 60_000) + b"{'descr': '<f4'",
    "a header alone": saved(GOOD)[:128],
}


@pytest.mark.parametrize("what", NO_STYLES)
def test_what_are_no_styles_is_one_clear_error(what: str, describing: Callable[..., tuple[str, ...]]) -> None:
    with pytest.raises(EngineError, match=r"^voices-v1\.0\.bin holds no styles of Kokoro's voices: ") as caught:
        describing(archive=archive_of({"af_heart.npy": NO_STYLES[what]}))
    assert caught.value.remedy


def announced(size: int) -> bytes:
    """An archive that says of its one entry that it has so many bytes, which it does not."""
    content = bytearray(kokoro_styles("af_heart"))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", size)
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(kokoro_styles("af_heart"))
    for place in (6, content.index(b"PK\x01\x02") + 8):
        content[place] |= 1
    return bytes(content)


NO_ARCHIVES = {
    "empty": b"",
    "something else": b"MZ" + bytes(1000),
    "cut off": kokoro_styles("af_heart")[:-30],
    "a beginning that is missing": kokoro_styles("af_heart")[100:],
    "a middle that is missing": kokoro_styles("af_heart")[:200] + kokoro_styles("af_heart")[300:],
    "encrypted": encrypted(),
    "packed in another way": archive_of({"af_heart.npy": saved(GOOD)}, zipfile.ZIP_LZMA),
    "no directory": archive_of({"af_heart.npy": saved(GOOD)}).replace(b"PK\x01\x02", b"PK\x01\x03"),
}


@pytest.mark.parametrize("what", NO_ARCHIVES)
def test_what_is_no_archive_is_one_clear_error(what: str, describing: Callable[..., tuple[str, ...]]) -> None:
    with pytest.raises(EngineError, match=r"^voices-v1\.0\.bin holds no styles of Kokoro's voices: "):
        describing(archive=NO_ARCHIVES[what])


def bomb() -> bytes:
    """64 MB of zeros in as many kB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("af_heart.npy", "w") as entry:
        entry.write(saved(GOOD)[:128])
        for _ in range(16):
            entry.write(bytes(1 << 22))
    return packed.getvalue()


def test_much_that_is_announced_is_never_unpacked(describing: Callable[..., tuple[str, ...]]) -> None:
    large, boasting = bomb(), announced((1 << 32) - 2)
    tracemalloc.start()
    try:
        with pytest.raises(EngineError, match="no array of styles"):
            describing(archive=large)
        assert describing(archive=boasting) == ("af_heart",)  # all that counts is there
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8_000_000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_archive_is_one_clear_error_or_whole_all_the_same(
    describing: Callable[..., tuple[str, ...]], data: st.DataObject
) -> None:
    content = bytearray(kokoro_styles("af_heart", "zf_xiaoxiao"))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        names = describing(archive=bytes(content[: data.draw(st.integers(len(content) // 2, len(content)))]))
    except EngineError as error:
        assert error.message.startswith("voices-v1.0.bin holds no styles")  # noqa: PT017 -- either is right
    else:
        assert len(names) <= 2


def model_with(inputs: dict[str, int], outputs: tuple[str, ...], rounds: int) -> bytes:
    """A model with these inputs and outputs, and so many nodes that round."""
    nodes = [node("Round", ("style",), f"rounded{number}") for number in range(rounds)]
    ports = [Port(name, element, 2) for name, element in inputs.items()]
    return OnnxModel(EMPTY).edited(nodes, {}, ports, [Port(name, FLOAT, 1) for name in outputs])


INPUTS = {"tokens": INT64, "style": FLOAT, "speed": FLOAT}


def test_newer_exports_call_things_otherwise(describing: Callable[..., tuple[str, ...]]) -> None:
    newer = {"input_ids" if name == "tokens" else name: element for name, element in INPUTS.items()}
    assert describing(model_with(newer, ("audio", "duration"), 0)) == ("af_heart",)
    assert describing(model_with(INPUTS, ("audio",), 1)) == ("af_heart",)


def going_nowhere() -> bytes:
    """A model with a node that rounds, and gives nothing to anybody."""
    model = OnnxModel(model_with(INPUTS, ("audio",), 0))
    return model.edited([node("Round", ("style",), "x")._replace(encoded=protobuf.text(4, "Round"))], {})


NO_MODELS: dict[str, tuple[bytes, str]] = {
    "a Piper voice": (piper_model(), "it is no Kokoro model"),
    "no speed": (model_with({"tokens": INT64, "style": FLOAT}, ("audio",), 1), "it is no Kokoro model"),
    "more inputs": (model_with({**INPUTS, "more": FLOAT}, ("audio",), 1), "it is no Kokoro model"),
    "no audio": (model_with(INPUTS, ("sound",), 1), "it is no Kokoro model"),
    "no durations": (model_with(INPUTS, ("audio",), 0), "it does not tell how long each sound is"),
    "durations that go nowhere": (going_nowhere(), "it does not tell how long each sound is"),
    "two that may be durations": (model_with(INPUTS, ("audio",), 2), "it does not tell how long each sound is"),
    "empty": (b"", "no graph in it"),
    "cut off": (kokoro_model()[:-20], "cut short"),
}


@pytest.mark.parametrize("what", NO_MODELS)
def test_what_is_no_kokoro_model_is_one_clear_error(what: str, describing: Callable[..., tuple[str, ...]]) -> None:
    model, told = NO_MODELS[what]
    with pytest.raises(EngineError, match=rf"^model\.onnx cannot be used: .*{told}") as caught:
        describing(model)
    assert caught.value.remedy


@pytest.mark.parametrize("name", [MODEL, STYLES])
def test_a_file_that_is_missing_is_named(name: str, tmp_path: Path) -> None:
    there = {other: tmp_path / other for other in (MODEL, STYLES) if other != name}
    (tmp_path / MODEL).write_bytes(kokoro_model())
    (tmp_path / STYLES).write_bytes(kokoro_styles("af_heart"))
    with pytest.raises(EngineError, match=rf"^{name} is missing"):
        describe(there)
    with pytest.raises(EngineError, match=r"cannot be used|holds no styles"):
        describe({MODEL: tmp_path / "none", STYLES: tmp_path / STYLES})
