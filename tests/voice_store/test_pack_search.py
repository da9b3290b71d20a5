"""Packs in files and folders of the user's, whatever they are called there."""

import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.speech.engines.neural.models import piper_configuration, piper_model
from tests.voice_store.packs import CARD, KOKORO, PIPER, laid_out, pack_of, sha256

from chaptercast.errors import EngineError, UsageError
from chaptercast.voice_store import installation, maintenance, pack_tables
from chaptercast.voice_store.model import Pack
from chaptercast.voice_store.pack_search import Found, find

KNOWN_PIPER, KNOWN_KOKORO = pack_of(PIPER), pack_of(KOKORO, id="kokoro-test")
PACKS = {pack.id: pack for pack in (KNOWN_PIPER, KNOWN_KOKORO)}
OTHER = piper_model("other")
"""A model that nobody knows."""


def published(folder: Path, name: str, model: bytes, table: bytes = piper_configuration(), card: bytes = b"") -> Path:
    """A Piper voice as its makers publish it."""
    cards = {"MODEL_CARD": card} if card else {}
    return laid_out(folder, {f"{name}.onnx": model, f"{name}.onnx.json": table, **cards})


def ids(found: tuple[Found, ...]) -> list[str]:
    return [one.pack.id for one in found]


def test_a_piper_voice_that_is_known(tmp_path: Path) -> None:
    published(tmp_path, "en_US-test-medium", PIPER["model.onnx"], PIPER["model.onnx.json"], CARD)
    for path in (tmp_path, tmp_path / "en_US-test-medium.onnx", tmp_path / "en_US-test-medium.onnx.json"):
        (found,) = find(path, PACKS)
        assert found.is_known
        assert (found.pack.id, found.pack.licence) == ("en_US-test-medium", "CC0-1.0")
        assert sorted(found.pieces) == ["MODEL_CARD", "model.onnx", "model.onnx.json"]


def test_one_that_is_known_under_another_name(tmp_path: Path) -> None:
    published(tmp_path, "renamed", PIPER["model.onnx"], PIPER["model.onnx.json"])
    assert ids(find(tmp_path, PACKS)) == ["en_US-test-medium"]
    (found,) = find(tmp_path, PACKS, "en_US-test-medium")
    assert found.is_known


@pytest.mark.parametrize(
    ("card", "licence", "restricted"),
    [(CARD, "CC0-1.0", False), (b"", "not known", True), (b"\xff\xfe", "not known", True)],
)
def test_one_that_nobody_knows_is_named_for_its_file(
    tmp_path: Path, card: bytes, licence: str, restricted: bool
) -> None:
    published(tmp_path, "Tante Käthe", OTHER, card=card)
    (found,) = find(tmp_path, PACKS)
    assert not found.is_known
    assert (found.pack.id, found.pack.family) == ("Tante-Kathe", "piper")
    assert (found.pack.licence, found.pack.restricted) == (licence, restricted)
    (called,) = find(tmp_path, PACKS, "mine")
    assert called.pack.id == "mine"


def test_one_that_is_called_model_is_named_for_its_folder(tmp_path: Path) -> None:
    published(tmp_path / "my-voice", "model", OTHER)
    assert ids(find(tmp_path, PACKS)) == ["my-voice"]


def test_one_whose_name_says_nothing_here_is_named_for_its_content_or_as_you_like(tmp_path: Path) -> None:
    published(tmp_path, "声", OTHER)
    assert ids(find(tmp_path, PACKS)) == [f"voice-{sha256(OTHER)[:8]}"]
    assert ids(find(tmp_path, PACKS, "mine")) == ["mine"]
    for wrong in ("../mine", "a/b", ".hidden", "con"):
        with pytest.raises(UsageError, match="no name for a voice"):
            find(tmp_path, PACKS, wrong)


def test_a_manifest_of_something_else_is_passed_over(tmp_path: Path) -> None:
    published(tmp_path, "mine", OTHER)
    (tmp_path / "manifest.toml").write_text("[package]\nname = 'else'\n")
    assert ids(find(tmp_path, PACKS)) == ["mine"]


def test_a_card_beside_several_voices_is_nobodys(tmp_path: Path) -> None:
    published(tmp_path, "one", OTHER)
    published(tmp_path, "two", OTHER, card=CARD)
    assert all("MODEL_CARD" not in found.pieces and found.pack.restricted for found in find(tmp_path, PACKS))


def test_a_folder_with_many_packs(tmp_path: Path) -> None:
    published(tmp_path / "de/de_DE/x/medium", "de_DE-x-medium", OTHER)
    published(tmp_path / "en", "en_US-test-medium", PIPER["model.onnx"], PIPER["model.onnx.json"])
    laid_out(tmp_path / "k", {"kokoro-v9.onnx": KOKORO["model.onnx"], "somewhere.bin": KOKORO["voices-v1.0.bin"]})
    manifested(tmp_path / "other" / "shelf", pack_of(PIPER, id="shelved"))
    laid_out(tmp_path / ".hidden", {"a.onnx": OTHER, "a.onnx.json": piper_configuration()})
    laid_out(tmp_path, {"README": b"hello", "alone.onnx": OTHER, "notes.tar": b"no archive"})
    assert ids(find(tmp_path, PACKS)) == ["de_DE-x-medium", "en_US-test-medium", "kokoro-test", "shelved"]


def test_kokoro_is_known_by_its_content_alone(tmp_path: Path) -> None:
    laid_out(
        tmp_path, {"a": KOKORO["model.onnx"], "b": KOKORO["voices-v1.0.bin"], "c": b"x" * len(KOKORO["model.onnx"])}
    )
    for path in (tmp_path, tmp_path / "a", tmp_path / "b"):
        (found,) = find(path, PACKS)
        assert found.pack.id == "kokoro-test"
        assert found.pieces["model.onnx"].path == tmp_path / "a"


def test_links_to_files_are_followed(tmp_path: Path) -> None:
    """A cache of Hugging Face's keeps the content elsewhere, under names that say nothing."""
    blobs = laid_out(tmp_path / "blobs", {"1": PIPER["model.onnx"], "2": PIPER["model.onnx.json"]})
    snapshot = tmp_path / "snapshots" / "c0ffee"
    snapshot.mkdir(parents=True)
    (snapshot / "x.onnx").symlink_to(blobs / "1")
    (snapshot / "x.onnx.json").symlink_to(blobs / "2")
    assert ids(find(snapshot, PACKS)) == ["en_US-test-medium"]


def manifested(folder: Path, pack: Pack, contents: Mapping[str, bytes] = PIPER) -> Path:
    laid_out(folder, contents)
    (folder / "manifest.toml").write_text(pack_tables.manifest(pack))
    return folder


def test_a_folder_of_another_store(tmp_path: Path) -> None:
    own = replace(KNOWN_PIPER, id="own", licence="ours", restricted=True)
    manifested(tmp_path / "own", own)
    (found,) = find(tmp_path / "own", PACKS)
    assert (found.pack.licence, found.pack.restricted, found.is_known) == ("ours", True, False)
    assert [file.sha256 for file in found.pack.files] == [file.sha256 for file in own.files]
    assert ids(find(tmp_path / "own" / "manifest.toml", PACKS)) == ["own"]


def test_what_the_catalogue_says_counts_more_than_a_manifest(tmp_path: Path) -> None:
    manifested(tmp_path / "x", replace(KNOWN_PIPER, licence="all is allowed"))
    strict = {KNOWN_PIPER.id: replace(KNOWN_PIPER, licence="CC-BY-NC-4.0", restricted=True)}
    (found,) = find(tmp_path, strict)
    assert (found.pack.licence, found.pack.restricted) == ("CC-BY-NC-4.0", True)


def test_where_the_catalogue_has_a_weak_sum_that_of_the_manifest_counts_too(tmp_path: Path) -> None:
    weak = replace(KNOWN_PIPER, files=tuple(replace(file, sha256="", md5="0" * 32) for file in KNOWN_PIPER.files))
    manifested(tmp_path / "x", KNOWN_PIPER)
    (found,) = find(tmp_path, {weak.id: weak})
    (model,) = (file for file in found.pack.files if file.name == "model.onnx")
    assert (model.sha256, model.md5) == (sha256(PIPER["model.onnx"]), "0" * 32)


@pytest.mark.usefixtures("store")
def test_an_exported_archive(tmp_path: Path) -> None:
    published(tmp_path / "x", "mine", OTHER, card=CARD)
    (found,) = find(tmp_path / "x", PACKS)
    installation.copy(found.pack, found.pieces, lambda _line: None, lambda *_: None)
    (tmp_path / "out").mkdir()
    archive = maintenance.export("mine", tmp_path / "out" / "mine.tar")
    for path in (archive, tmp_path / "out"):
        (again,) = find(path, PACKS)
        assert (again.pack.id, again.pack.licence) == ("mine", "CC0-1.0")
        assert again.pieces["model.onnx"].path == archive


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"format = 1", b"format = 1\nid = '../x'", b"x" * 100])
def test_a_manifest_that_is_wrong_is_one_clear_error(tmp_path: Path, text: bytes) -> None:
    manifested(tmp_path / "x", KNOWN_PIPER)
    (tmp_path / "x" / "manifest.toml").write_bytes(text)
    with pytest.raises(EngineError):
        find(tmp_path / "x", PACKS)


def test_nothing_is_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing at"):
        find(tmp_path / "none", PACKS)
    with pytest.raises(EngineError, match="no voice at"):
        find(tmp_path, PACKS)
    (tmp_path / "a.onnx").write_bytes(OTHER)
    with pytest.raises(EngineError, match=r"a\.onnx\.json must lie beside it"):
        find(tmp_path / "a.onnx", PACKS)


def test_packed_files_are_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("x/manifest.toml", "format = 1")
        bomb.writestr("x/model.onnx", bytes(10_000_000))
    with tarfile.open(tmp_path / "x.tar.gz", "w:gz") as packed:
        packed.add(tmp_path / "x.zip", "x/manifest.toml")
    for name in ("x.zip", "x.tar.gz"):
        with pytest.raises(EngineError, match="no voice at") as caught:
            find(tmp_path / name, PACKS)
        assert "unpack" in caught.value.remedy or "--export" in caught.value.remedy


def test_an_archive_of_something_else_is_passed_over_in_a_folder(tmp_path: Path) -> None:
    published(tmp_path, "mine", OTHER)
    with tarfile.open(tmp_path / "backup.tar", "w") as backup:
        backup.add(tmp_path / "mine.onnx", "home/mine.onnx")
    assert ids(find(tmp_path, PACKS)) == ["mine"]
    with pytest.raises(EngineError, match="no archive of a voice"):
        find(tmp_path / "backup.tar", PACKS)


def test_what_is_asked_for_is_not_what_is_there(tmp_path: Path) -> None:
    published(tmp_path, "mine", OTHER)
    with pytest.raises(EngineError) as caught:
        find(tmp_path, PACKS, "kokoro-test")
    assert "What is there: mine" in caught.value.message
    assert sha256(KOKORO["model.onnx"]) in caught.value.remedy
    published(tmp_path, "other", OTHER)
    with pytest.raises(EngineError, match="What is there: mine, other"):
        find(tmp_path, PACKS, "third")


def test_a_damaged_file_is_not_what_it_is_called(tmp_path: Path) -> None:
    laid_out(tmp_path, {**KOKORO, "model.onnx": KOKORO["model.onnx"][:-1]})
    with pytest.raises(EngineError, match="does not hold kokoro-test, or it is damaged"):
        find(tmp_path, PACKS, "kokoro-test")


def test_a_card_as_long_as_a_book_is_no_card(tmp_path: Path) -> None:
    published(tmp_path, "mine", OTHER, card=b"x" * 200_000)
    with pytest.raises(EngineError, match="should be a short text"):
        find(tmp_path, PACKS)
