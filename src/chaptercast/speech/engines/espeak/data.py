"""The data folder that the library reads: links to that of the wheel, with voice variants of our own beside its own.

The library looks for a voice's name in lower case, in one folder. Most voices are not found so, and then it reads the files of all,
at each loading: three times what all the rest of loading takes. In the folder made here each voice is found at once.
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
"""Files as eSpeak NG's `docs/voices.md` describes them; why they say what they say stands in docs/espeak.md."""
_VARIANTS = Path("voices", "!v")
_NO_ROOM = "Free some room, or let CHAPTERCAST_CACHE or TMPDIR name a folder that can be written."


@cache
def edition() -> str:
    """What tells our variants from those of other editions: they decide how a voice sounds."""
    digest = hashlib.sha256()
    for variant in _own():
        digest.update(f"{variant.name}\n".encode() + variant.read_bytes())
    return digest.hexdigest()[:8]


@cache
def variants(data: Path) -> tuple[str, ...]:
    """The names of the variants there are, ours and those in the folder `data` of the wheel: they follow a voice's name and a plus sign."""
    theirs = (path for path in (data / _VARIANTS).glob("*") if path.is_file())
    return tuple(sorted({path.name for path in (*theirs, *_own())}))


@contextmanager
def laid_out(data: Path, release: str, *, dry: bool) -> Iterator[str]:
    """The folder for the library: one that is kept with the cache; with `dry`, or where none can be kept, one for the time being.

    `data` is that of the wheel. Raises `EngineError` where no folder can be made at all.
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
            made.rename(kept)  # two workers may do this at once: the second finds the folder taken, by the same
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
    for variant in _own():  # which may lie elsewhere tomorrow: the library says nothing where a link leads nowhere
        shutil.copyfile(variant, folder / _VARIANTS / variant.name)


def _take(file: Path, place: Path) -> None:
    """Have a file at another place, too. Symbolic links want rights on Windows; it costs 20 MB to copy all."""
    try:
        place.symlink_to(file)
    except (OSError, NotImplementedError):
        shutil.copyfile(file, place)


def _own() -> list[Path]:
    return sorted(path for path in OWN_VARIANTS.glob("*") if path.is_file())
