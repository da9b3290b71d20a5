"""Finds eSpeak NG: the library and data of the wheel `espeakng-loader`, and their release."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from chaptercast.errors import EngineError
from chaptercast.speech.engines.espeak.library import REMEDY


@cache
def release() -> str:
    """The version of the wheel, which fixes library and data. Empty if it is missing. Cached, because finding it is slow."""
    try:
        return version("espeakng-loader")
    except PackageNotFoundError:
        return ""


def paths() -> tuple[str, str]:
    """The path of the library, and of its data folder. Raises `EngineError` if the wheel is missing."""
    try:
        import espeakng_loader
    except ImportError as error:
        raise EngineError("The package espeakng-loader is not installed.", REMEDY) from error
    return str(espeakng_loader.get_library_path()), str(espeakng_loader.get_data_path())
