"""The data folder for the library: links to the wheel's data, plus our own voice variants.

The library looks up a voice by its lower-case name, in one folder. Most voices are not found that way, and then it reads the files of
all voices at each load: three times the rest of the loading time. In the folder made here, each voice is found at once.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from chaptercast.common.user_folders import cache_folder
from chaptercast.errors import EngineError

OWN_VARIANTS = Path(__file__).parent / "variants"
"""Files in the format of eSpeak NG's `docs/voices.md`. docs/espeak.md gives the reasons for their content."""
_VARIANTS = Path("voices", "!v")
_NO_ROOM = "Free some room, or let CHAPTERCAST_CACHE or TMPDIR name a folder that can be written."


@cache
def edition() -> str:
    """The edition of our variants. It decides how a voice sounds."""
    digest = hashlib.sha256()
    for variant in _own():
        digest.update(f"{variant.name}\n".encode() + variant.read_bytes())
    return digest.hexdigest()[:8]


@cache
def variants(data: Path) -> tuple[str, ...]:
    """The names of all variants, ours and those in the wheel's folder `data`. A variant's name follows a voice's name and a plus sign."""
    theirs = (path for path in (data / _VARIANTS).glob("*") if path.is_file())
    return tuple(sorted({path.name for path in (*theirs, *_own())}))


@contextmanager
def laid_out(data: Path, release: str, *, dry: bool) -> Iterator[str]:
    """Lay out the data folder for the library, kept beside the cache. With `dry`, or if none can be kept, a temporary folder.

    `data` is the wheel's folder. Raises `EngineError` if no folder can be made at all.
    """
    kept = None if dry else _kept(data, release)
    if kept is not None:
        yield str(kept)
        return
    with ExitStack() as stack:
        try:
            made = stack.enter_context(TemporaryDirectory(prefix="chaptercast-espeak-", ignore_cleanup_errors=True))
            _fill(Path(made), data)
        except OSError as error:
            raise EngineError(f"The data of eSpeak NG cannot be laid out: {error}", _NO_ROOM) from error
        yield made


def _kept(data: Path, release: str) -> Path | None:
    place = hashlib.sha256(os.fsencode(data)).hexdigest()[:8]
    kept = cache_folder() / f"espeak-{release}-{edition()}-{place}"
    if kept.is_dir():
        return kept
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(".part", f".{kept.name}-", kept.parent))
        try:
            _fill(made, data)
            made.rename(
                kept
            )  # two workers may do this at once: the second finds that the first has already put the same folder there
        except OSError:
            shutil.rmtree(made, ignore_errors=True)
    return kept if kept.is_dir() else None


def _fill(folder: Path, data: Path) -> None:
    (folder / "lang").mkdir()
    (folder / _VARIANTS).mkdir(parents=True)
    for entry in data.iterdir():
        if entry.is_file():
            _take(entry, folder / entry.name)
    for voice in (data / "lang").rglob("*"):
        if voice.is_file():
            _take(voice, folder / "lang" / voice.name.lower())
    for variant in (data / _VARIANTS).glob("*"):
        _take(variant, folder / _VARIANTS / variant.name)
    for (
        variant
    ) in _own():  # links are not enough: the variants may move, and the library says nothing about a broken link
        shutil.copyfile(variant, folder / _VARIANTS / variant.name)


def _take(file: Path, place: Path) -> None:
    """Make a file available at another place, too. Symbolic links need special rights on Windows; copying everything costs 20 MB."""
    try:
        place.symlink_to(file)
    except (OSError, NotImplementedError):
        shutil.copyfile(file, place)


def _own() -> list[Path]:
    return sorted(path for path in OWN_VARIANTS.glob("*") if path.is_file())
