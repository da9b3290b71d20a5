"""Packs in a file or a folder of the user's: as they were exported, as another machine keeps them, or as their makers publish them.

Files that the catalogue knows are known by their content, whatever they are called. A Piper voice that nobody knows is named for its file.
"""

import os
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from chaptercast.errors import EngineError, UsageError
from chaptercast.voice_store import archive, licences, voice_folders
from chaptercast.voice_store.disk import Piece, read_piece, sums_of
from chaptercast.voice_store.model import LICENCE_FILE, MANIFEST, Pack, PackFile, is_slug, slug_of

_MOST_FILES = 50_000
_MOST_CARD = 100_000
_CARD = "MODEL_CARD"
_MODEL, _CONFIGURATION = "model.onnx", "model.onnx.json"
_REMEDY = (
    "Give an archive made by `chaptercast voices --export`, a folder of the voice store, a Piper voice (NAME.onnx beside NAME.onnx.json), "
    "or the files of Kokoro."
)


class Found(Struct, frozen=True):
    """A pack that was found."""

    pack: Pack
    """What it must be, as far as that is known."""
    pieces: Mapping[str, Piece]
    """Where its files lie, by their names in the pack."""
    is_known: bool
    """Whether the catalogue has it."""


def find(path: Path, packs: Mapping[str, Pack], wanted: str = "") -> tuple[Found, ...]:
    """The packs at `path`, by id; of them only the one called `wanted`, if one is. `packs` are those that the catalogue has.

    Raises `UsageError` where nothing is there, `EngineError` where there is no voice.
    """
    if not path.exists():
        raise UsageError(f"There is nothing at {path}.", "Look at the path.")
    found: dict[str, Found] = {}
    try:
        for pack in _all(path, packs):
            found.setdefault(pack.pack.id, pack)
    except OSError as error:
        raise EngineError(f"{error.filename or path} cannot be read: {error.strerror or error}.", _REMEDY) from error
    if wanted:
        return (_wanted(path, packs, wanted, found),)
    if not found:
        alone = path.suffix == ".onnx" and not _configuration(path).exists()
        reason = f": {_configuration(path).name} must lie beside it" if alone else " that can be installed"
        raise EngineError(f"There is no voice at {path}{reason}.", _REMEDY)
    return tuple(found[name] for name in sorted(found))


def _wanted(path: Path, packs: Mapping[str, Pack], wanted: str, found: Mapping[str, Found]) -> Found:
    """That pack; or the only one that is there, where nobody knows it and so it can be called as you like."""
    if wanted in found:
        return found[wanted]
    if not is_slug(wanted):
        raise UsageError(f"“{wanted}” is no name for a voice.", "Letters, digits, full stops and hyphens make one.")
    if len(found) == 1 and wanted not in packs:
        (only,) = found.values()
        if not only.is_known:
            return replace(only, pack=replace(only.pack, id=wanted))
    there = f"What is there: {', '.join(sorted(found))}." if found else "There is no voice at all."
    needed = [file for file in packs[wanted].files if not file.optional] if wanted in packs else []
    sums = "; ".join(f"{file.size} bytes, SHA-256 {file.sha256 or 'not known'}" for file in needed)
    raise EngineError(
        f"{path} does not hold {wanted}, or it is damaged. {there}", f"Its files: {sums}." if sums else _REMEDY
    )


def _all(path: Path, packs: Mapping[str, Pack]) -> Iterator[Found]:
    if path.is_file() and archive.is_archive(path):
        yield _in_archive(path, packs)
        return
    files = list(_files(path if path.is_dir() else path.parent, deep=path.is_dir()))
    for found in _among(files, packs):
        if path.is_dir() or any(piece.path == path for piece in found.pieces.values()) or path.name == MANIFEST:
            yield found


def _files(folder: Path, *, deep: bool) -> Iterator[Path]:
    """The files in a folder and, if `deep`, in those within it; not what is hidden, nor what folders that are links lead to."""
    count = 0
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".")) if deep else []
        for name in sorted(files):
            count += 1
            if count > _MOST_FILES:
                raise UsageError(f"{folder} holds more than {_MOST_FILES} files.", "Give the folder with the voices.")
            if not name.startswith(".") and (path := Path(root) / name).is_file():
                yield path


def _among(files: list[Path], packs: Mapping[str, Pack]) -> Iterator[Found]:
    manifests = [path for path in files if path.name == MANIFEST and path.with_name(_MODEL).exists()]
    taken = {path.parent for path in manifests}
    for path in manifests:
        yield _in_folder(path, packs)
    for path in files:
        if path.suffix == ".tar" and archive.is_pack(path):
            yield _in_archive(path, packs)
    loose = [path for path in files if path.parent not in taken]
    known = _Known(packs, loose)
    models = [path for path in loose if path.suffix == ".onnx" and _configuration(path).is_file()]
    beside = Counter(path.parent for path in loose if path.suffix == ".onnx")
    for model in models:
        yield _piper(model, packs, known, alone=beside[model.parent] == 1)
    yield from known.whole({path for model in models for path in (model, _configuration(model))})


def _configuration(model: Path) -> Path:
    return model.with_name(f"{model.name}.json")


class _Known:
    """Files that the catalogue knows, by their content."""

    def __init__(self, packs: Mapping[str, Pack], files: Iterable[Path]) -> None:
        self._packs = packs
        needed = [(file, pack) for pack in packs.values() for file in pack.files if not file.optional]
        self._models = {file.sha256: pack for file, pack in needed if file.name == _MODEL and file.sha256}
        sizes = {file.size for file, _ in needed}
        self._sized = {path: "" for path in files if path.stat().st_size in sizes}

    def _sum_of(self, path: Path) -> str:
        """The SHA-256 of a file, which is read only if its size is that of one in the catalogue."""
        if self._sized.get(path) == "":
            self._sized[path] = sums_of(_piece(path)).sha256
        return self._sized.get(path, "")

    def model(self, path: Path) -> Pack | None:
        """The pack whose model this file is."""
        return self._models.get(self._sum_of(path))

    def whole(self, others: Container[Path]) -> Iterator[Found]:
        """The packs of which all files are there that must be, but for those that are `others`."""
        places = {self._sum_of(path): path for path in self._sized if path not in others}
        for pack in self._packs.values():
            needed = [file for file in pack.files if not file.optional]
            if all(file.sha256 in places for file in needed):
                yield _of_catalogue(pack, {file.name: _piece(places[file.sha256]) for file in needed}, {})


def _piece(path: Path) -> Piece:
    return Piece(path, path.stat().st_size)


def _in_folder(manifest: Path, packs: Mapping[str, Pack]) -> Found:
    facts = voice_folders.facts_in(manifest)
    places = {file.name: manifest.parent / file.name for file in facts.files}
    return _with_manifest(facts, {name: _piece(place) for name, place in places.items() if place.is_file()}, packs)


def _in_archive(path: Path, packs: Mapping[str, Pack]) -> Found:
    folder, pieces = archive.pieces_in(path)
    text = _text(pieces[MANIFEST], voice_folders.MOST_MANIFEST)
    facts = voice_folders.facts_of(text, f"{path}, {folder}/{MANIFEST}")
    return _with_manifest(facts, pieces, packs)


def _with_manifest(facts: Pack, pieces: Mapping[str, Piece], packs: Mapping[str, Pack]) -> Found:
    """What a manifest describes; what the catalogue says of it counts more."""
    listed = {file.name: file for file in facts.files}
    wanted = {name: piece for name, piece in pieces.items() if name in listed}
    if facts.id in packs:
        return _of_catalogue(packs[facts.id], wanted, listed)
    return Found(facts, wanted, is_known=False)


def _of_catalogue(pack: Pack, pieces: Mapping[str, Piece], listed: Mapping[str, PackFile]) -> Found:
    """A pack of the catalogue with its files here; `listed` is what a manifest says of them."""
    files = []
    for file in pack.files:
        piece, sha256 = pieces.get(file.name), listed[file.name].sha256 if file.name in listed else ""
        if not file.optional:
            files.append(file if file.sha256 else replace(file, sha256=sha256))
        elif piece is not None:
            files.append(PackFile(file.name, piece.size, sha256, optional=True))
    known = {file.name for file in pack.files}
    files += [file for name, file in listed.items() if name not in known and name == LICENCE_FILE]
    return Found(replace(pack, files=tuple(files)), pieces, is_known=True)


def _piper(model: Path, packs: Mapping[str, Pack], known: _Known, *, alone: bool) -> Found:
    """A Piper voice as its makers publish it. A model card counts where it is beside no other voice: it may be that one's."""
    pieces = {_MODEL: _piece(model), _CONFIGURATION: _piece(_configuration(model))}
    card = model.with_name(_CARD)
    if alone and card.is_file():
        pieces[_CARD] = _piece(card)
    name = slug_of(model.stem if model.stem != "model" else model.parent.name)
    pack = packs.get(name) or known.model(model)
    if pack is not None:
        return _of_catalogue(pack, pieces, {})
    name = name or f"voice-{sums_of(pieces[_MODEL]).sha256[:8]}"
    licence, note, restricted = licences.stated_in(_text(pieces[_CARD], _MOST_CARD) if _CARD in pieces else "")
    files = tuple(PackFile(file, piece.size, "", optional=file == _CARD) for file, piece in pieces.items())
    facts = Pack(id=name, family="piper", licence=licence, licence_note=note, restricted=restricted, files=files)
    return Found(facts, pieces, is_known=False)


def _text(piece: Piece, most: int) -> str:
    if piece.size > most:
        raise EngineError(f"{piece.path}: what should be a short text has {piece.size} bytes.", _REMEDY)
    return b"".join(read_piece(piece)).decode("utf-8", "replace")
