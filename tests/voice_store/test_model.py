"""Names of packs and of their files: plain ones, on every system, and never a path."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.voice_store.packs import PIPER, pack_of

from chaptercast.errors import EngineError
from chaptercast.voice_store.model import InstalledPack, is_slug, slug_of

GOOD = ["a", "kokoro-v1.0-int8", "en_US-joe-medium", "voices-v1.0.bin", "MODEL_CARD", "connor", "x" * 100]
BAD = [
    "",
    ".",
    "..",
    ".part-x",
    "a/b",
    "a\\b",
    "/etc",
    "a.",
    "-a",
    "a b",
    "ü",
    "con",
    "NUL.onnx",
    "com1",
    "x" * 101,
    "a\n",
]


@pytest.mark.parametrize("name", GOOD)
def test_plain_names(name: str) -> None:
    assert is_slug(name)
    assert slug_of(name) == name


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_plain_name(name: str) -> None:
    assert not is_slug(name)


@pytest.mark.parametrize(
    ("given_name", "slug"),
    [
        ("pt_PT-tugão-medium", "pt_PT-tugao-medium"),
        (unicodedata.normalize("NFD", "pt_PT-tugão-medium"), "pt_PT-tugao-medium"),
        ("My voice (2)", "My-voice-2"),
        ("../../etc/passwd", "etc-passwd"),
        ("声", ""),
        ("con", ""),
    ],
)
def test_names_are_made_plain(given_name: str, slug: str) -> None:
    assert slug_of(given_name) == slug


@given(st.text(max_size=150))
def test_whatever_a_file_is_called(name: str) -> None:
    slug = slug_of(name)
    assert not slug or is_slug(slug)


def test_a_pack_knows_its_size_its_languages_and_its_files() -> None:
    pack = pack_of(PIPER)
    assert pack.size == sum(map(len, PIPER.values()))
    assert pack.languages == ("en-US",)
    fields = {name: getattr(pack, name) for name in pack.__struct_fields__}
    installed = InstalledPack(**fields, folder=Path("/voices/x"), writable=True)
    assert installed.path("model.onnx") == Path("/voices/x/model.onnx")
    for name in ("other", "../model.onnx", "manifest.toml"):
        with pytest.raises(EngineError, match="has no file"):
            installed.path(name)
