"""The catalogue that ships with the program, and those of others."""

import re
from pathlib import Path

import pytest
from tests.voice_store.packs import PIPER, catalogue_text, pack_of

from chaptercast.common.language_tags import normalised
from chaptercast.errors import UsageError
from chaptercast.voice_store.catalogue import catalogue, chosen
from chaptercast.voice_store.licences import NOT_KNOWN
from chaptercast.voice_store.pack_tables import is_fetchable

PLACE = "https://voices.example/"


def test_what_ships_is_sound() -> None:
    packs = catalogue()
    assert {pack.family for pack in packs.values()} == {"kokoro", "piper"}
    assert len({name.casefold() for name in packs}) == len(packs)
    for pack in packs.values():
        assert pack.id in packs
        assert pack.voices
        assert pack.licence_note
        assert all(normalised(language) for language in pack.languages)
        assert all(is_fetchable(source) and source.startswith("https://") for f in pack.files for source in f.sources)
        assert all(file.sources and (file.sha256 or file.md5) for file in pack.files)


def test_kokoro_is_there_whole() -> None:
    sizes = {"int8": 92_361_271, "fp16": 177_464_787, "fp32": 325_532_387}
    for quality, size in sizes.items():
        pack = catalogue()[f"kokoro-v1.0-{quality}"]
        assert [file.name for file in pack.files] == ["model.onnx", "voices-v1.0.bin"]
        assert pack.files[0].size == size
        assert all(file.sha256 for file in pack.files)
        assert len(pack.voices) == 54
        assert {voice.name: voice.language for voice in pack.voices}["pm_alex"] == "pt-BR"
        assert {voice.gender for voice in pack.voices} == {"female", "male"}


def test_piper_speaks_many_languages() -> None:
    piper = [pack for pack in catalogue().values() if pack.family == "piper"]
    assert len({language.partition("-")[0] for pack in piper for language in pack.languages}) > 40
    assert all({"model.onnx", "model.onnx.json"} <= {file.name for file in pack.files} for pack in piper)
    for pack in piper:
        (model,) = (file for file in pack.files if file.name == "model.onnx")
        assert re.fullmatch(
            r"https://huggingface\.co/rhasspy/piper-voices/resolve/[^/]+/[a-z]+/.+\.onnx", model.sources[0]
        )
        assert all(file.optional == (file.name == "MODEL_CARD") for file in pack.files)


def test_most_models_have_a_strong_sum() -> None:
    models = [file for pack in catalogue().values() for file in pack.files if file.name == "model.onnx"]
    assert sum(bool(file.sha256) for file in models) >= len(models) - 25


def test_licences_that_restrict_must_be_accepted() -> None:
    packs = catalogue()
    for pack in packs.values():
        restricts = "NC" in pack.licence or pack.licence.startswith(NOT_KNOWN) or "Blizzard" in pack.licence
        assert pack.restricted or not restricts, pack.id
    assert packs["en_US-lessac-medium"].restricted
    assert not packs["de_DE-thorsten-medium"].restricted


def test_an_unknown_id_gets_a_suggestion() -> None:
    with pytest.raises(UsageError) as caught:
        chosen("de_de-torsten-medium", catalogue())
    assert "de_DE-thorsten-medium" in caught.value.remedy
    with pytest.raises(UsageError) as caught:
        chosen("zzzzzz", catalogue())
    assert "--available" in caught.value.remedy


def test_an_own_catalogue_is_added_and_its_word_counts(tmp_path: Path) -> None:
    mine, other = pack_of(PIPER, PLACE, id="mine"), pack_of(PIPER, PLACE, id="de_DE-thorsten-medium")
    path = tmp_path / "ours.toml"
    path.write_text(catalogue_text(mine, other))
    packs = catalogue(path)
    assert packs["mine"].files == mine.files
    assert packs["de_DE-thorsten-medium"].files == other.files
    assert "kokoro-v1.0-int8" in packs


def test_places_save_writing(tmp_path: Path) -> None:
    text = catalogue_text(pack_of(PIPER, "here:a/")).replace(
        "format = 1", 'format = 1\n[places]\nhere = ["https://one.example/", "http://127.0.0.1:8000/b/"]'
    )
    path = tmp_path / "ours.toml"
    path.write_text(text)
    model = catalogue(path)["en_US-test-medium"].files[0]
    assert model.sources == ("https://one.example/a/model.onnx", "http://127.0.0.1:8000/b/a/model.onnx")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("format = 1", "must be 1"),
        ('family = "piper"', "unknown family “pipre” (Did you mean “piper”?)"),
        ("licence = ", "“licence” is missing"),
        ("size = ", "must be a number of bytes"),
        ("https://voices.example/model.onnx", "is no https address"),
        ("sha256 = ", "unknown key “sha265” (Did you mean “sha256”?)"),
    ],
)
def test_what_is_wrong_in_it_is_told(tmp_path: Path, change: str, told: str) -> None:
    wrong = {
        "format = 1": "format = 3",
        'family = "piper"': 'family = "pipre"',
        "licence = ": "licens = ",
        "size = ": "size = -",
        "https://voices.example/model.onnx": "http://voices.example/model.onnx",
        "sha256 = ": "sha265 = ",
    }
    path = tmp_path / "ours.toml"
    path.write_text(catalogue_text(pack_of(PIPER, PLACE)).replace(change, wrong[change]))
    with pytest.raises(UsageError) as caught:
        catalogue(path)
    assert told in caught.value.message


@pytest.mark.parametrize(
    "text", ["", "packs = 5\nformat = 1", "format = 1\npacks = [1]", "format = 1\nplaces = 1\npacks = []"]
)
def test_what_is_no_catalogue(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(text)
    with pytest.raises(UsageError):
        catalogue(path)
    with pytest.raises(UsageError, match="cannot be read"):
        catalogue(tmp_path / "none.toml")


def test_all_faults_are_told_at_once_and_twins_too(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    pack = pack_of(PIPER, PLACE)
    size = f"size = {len(PIPER['model.onnx'])}"
    text = catalogue_text(pack, pack).replace(size, "size = -3")
    path.write_text(f"places = {{ x = ['http://a.example/'] }}\n{text}")
    with pytest.raises(UsageError) as caught:
        catalogue(path)
    assert caught.value.message.count("must be a number of bytes") == 2
    assert "another one has the same id" in caught.value.message
    assert "“places” must hold lists of https addresses" in caught.value.message
