"""Manifests: what is written is read again, and what is wrong is told, all at once."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.voice_store.packs import PIPER, pack_of

from chaptercast.common.units import LanguageTag
from chaptercast.voice_store import pack_tables
from chaptercast.voice_store.model import Pack, PackVoice

PACK = pack_of(
    PIPER, quality="medium", description="A “test”, \\ and 声", sample_rate=22050, homepage="https://x.example/"
)
LINE = st.text(st.characters(exclude_categories=("C", "Z")), max_size=80)


def again(pack: Pack) -> Pack:
    table = pack_tables.read(pack_tables.manifest(pack))
    assert pack_tables.faults(table, installed=True) == []
    return pack_tables.pack({key: value for key, value in table.items() if key != "format"})


def plain(pack: Pack) -> Pack:
    """What a manifest keeps of a pack: not where its files come from."""
    return replace(pack, files=tuple(replace(file, sources=(), md5="", optional=False) for file in pack.files))


def test_what_is_written_is_read_again() -> None:
    assert again(PACK) == plain(PACK)
    assert again(replace(PACK, restricted=True)).restricted
    assert pack_tables.manifest(PACK) == pack_tables.manifest(again(PACK))


@given(LINE, LINE, st.lists(LINE.filter(lambda name: name.strip()), max_size=3))
def test_whatever_the_texts_are(description: str, note: str, names: list[str]) -> None:
    voices = tuple(PackVoice(name, LanguageTag("en-US"), description=note) for name in names)
    pack = replace(PACK, description=description, licence_note=note, voices=voices)
    assert again(pack) == plain(pack)


def wrong(**changes: Any) -> list[str]:
    table = tomllib.loads(pack_tables.manifest(PACK))
    return pack_tables.faults({**table, **changes}, installed=True)


FILE = {"name": "model.onnx", "size": 5, "sha256": "a" * 64}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"licens": "x"}, "unknown key “licens” (Did you mean “licence”?)"),
        ({"family": "pipr"}, "unknown family “pipr” (Did you mean “piper”?)"),
        ({"id": "../x"}, "“id” must be letters"),
        ({"id": 5}, "“id” must be letters"),
        ({"sample_rate": 1}, "“sample_rate” must be a number of Hz"),
        ({"description": "two\nlines"}, "“description” must be a line"),
        ({"restricted": 1}, "“restricted” must be true or false"),
        ({"voices": [{"name": ""}]}, "voice 1: “language” is missing"),
        ({"voices": [{"name": "a", "language": "??"}]}, "voice 1: “language” must be a language tag"),
        ({"voices": "all"}, "“voices” must be a list of tables"),
        ({"files": []}, "“files” must be a list of tables"),
        ({"files": [{**FILE, "name": "a/b"}]}, "file 1: “name” must be a plain name"),
        ({"files": [{**FILE, "name": "Manifest.toml"}]}, "file 1: “name” must be a plain name"),
        ({"files": [{**FILE, "size": 0}]}, "file 1: “size” must be a number of bytes"),
        ({"files": [{**FILE, "size": 10**10}]}, "file 1: “size” must be a number of bytes"),
        ({"files": [{**FILE, "size": True}]}, "file 1: “size” must be a number of bytes"),
        ({"files": [{**FILE, "sha256": "x"}]}, "file 1: “sha256” must be 64 digits of hex"),
        ({"files": [{"name": "a", "size": 5, "md5": "a" * 32}]}, "file 1: “sha256” is missing"),
        ({"files": [FILE, {**FILE, "name": "MODEL.onnx"}]}, "two files have the same name"),
    ],
)
def test_what_is_wrong_is_told(changes: dict[str, Any], told: str) -> None:
    assert any(told in fault for fault in wrong(**changes)), wrong(**changes)


def test_all_of_it_is_told() -> None:
    assert len(wrong(id="", licens=1, voices=[{}], files=[{}])) >= 6


@pytest.mark.parametrize("text", ["format = 2", "x = ", "", "format = 1.5", "\x00"])
def test_what_is_no_manifest_of_this_format(text: str) -> None:
    with pytest.raises(ValueError, match=r"format|TOML|Invalid|Expected|control"):
        pack_tables.read(text)


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://example.org/x", True),
        ("http://127.0.0.1:8000/x", True),
        ("http://localhost/x", True),
        ("http://[::1]/x", True),
        ("http://example.org/x", False),
        ("http://127.0.0.1.example.org/x", False),
        ("https://user:password@example.org/x", False),
        ("https://user@example.org/x", False),
        ("ftp://example.org/x", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://[x/", False),
        ("https://example.org/a b", False),
        ("https://example.org/\n", False),
        ("https://example.org:x/", False),
    ],
)
def test_where_files_may_come_from(address: str, good: bool) -> None:
    assert pack_tables.is_fetchable(address) is good
