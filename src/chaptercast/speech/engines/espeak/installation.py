"""Where eSpeak NG is: the library and the data of the wheel `espeakng-loader`, and which release they are."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from chaptercast.errors import EngineError
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
