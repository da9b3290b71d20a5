"""What all tests of the voice store share: a store of their own, models that are only looked at, and no proxy."""

from pathlib import Path
from types import MappingProxyType

import pytest

from chaptercast.voice_store import families
from chaptercast.voice_store.families import Family

PLAIN = MappingProxyType({name: Family(family.plain, family.plain) for name, family in families.FAMILIES.items()})
"""The models of these tests hold nothing: an engine's own module would refuse them."""


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the store; it is not there yet."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(families, "FAMILIES", PLAIN)
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "system"))
    monkeypatch.setenv("CHAPTERCAST_VOICES", str(tmp_path / "store"))
    return tmp_path / "store"
