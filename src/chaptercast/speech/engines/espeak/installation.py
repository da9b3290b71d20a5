"""Where eSpeak NG is: the library and the data of the wheel `espeakng-loader`, and which release they are."""

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from chaptercast.errors import EngineError
from chaptercast.folders import cache_folder
from chaptercast.speech.engines.espeak.library import REMEDY


@cache
def release() -> str:
    """The version of the wheel, which fixes library and data; empty where it is missing. Asked for often, and slow to find out."""
    try:
        return version("espeakng-loader")
    except PackageNotFoundError:
        return ""


def paths() -> tuple[str, str]:
    """The library's file, and the folder of its data. Raises `EngineError` where the wheel is missing."""
    try:
        import espeakng_loader
    except ImportError as error:
        raise EngineError("The package espeakng-loader is not installed.", REMEDY) from error
    return str(espeakng_loader.get_library_path()), str(espeakng_loader.get_data_path())


def quick_paths(*, dry: bool = False) -> tuple[str, str]:
    """As `paths`, with a folder of data in which voices are found at once; with `dry`, where nothing may be written, as `paths`."""
    path, data = paths()
    return path, data if dry else _quick_data(Path(data), release())


def _quick_data(data: Path, release: str) -> str:
    """A folder of links to `data` in which each voice is found at once, kept with the cache; `data` itself where there can be none.

    The library looks for a voice's name in lower case, in one folder. Most voices are not found so, and then it reads the files of
    all, at each loading: three times what all the rest of loading takes.
    """
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:8]
    links = cache_folder() / f"espeak-{release}-{digest}"
    if links.is_dir():
        return str(links)
    with suppress(OSError, NotImplementedError):  # as on Windows, where links want rights
        links.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(".part", f".{links.name}-", links.parent))
        try:
            _link(data, made)
            made.rename(links)  # two workers may do this at once: the second finds the folder taken, by the same
        except OSError:
            shutil.rmtree(made, ignore_errors=True)
    return str(links if links.is_dir() else data)


def _link(data: Path, made: Path) -> None:
    for entry in data.iterdir():
        if entry.name != "lang":
            (made / entry.name).symlink_to(entry)
    (made / "lang").mkdir()
    for voice in (data / "lang").rglob("*"):
        if voice.is_file():
            (made / "lang" / voice.name.lower()).symlink_to(voice)
