"""Every module can be imported with the packages of a plain installation, or for want of those of an extra alone."""

import json
import subprocess
import sys
from pathlib import Path

import chaptercast

PACKAGE = Path(chaptercast.__file__).parent
OF_EXTRAS = {
    "anyio",
    "cryptography",
    "distributed",
    "feedparser",
    "fsspec",
    "h11",
    "listparser",
    "mf2py",
    "numpy",
    "onnxruntime",
    "protego",
    "pypinyin",
    "rjieba",
    "s3fs",
    "segno",
    "starlette",
    "tomlkit",
    "uvicorn",
}
IMPORT_ALL = """
import importlib, json, sys
missing = {}
for name in json.loads(sys.argv[1]):
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing[name] = error.name
print(json.dumps(missing))
"""


def names() -> list[str]:
    """All modules but the one that runs the command as it is imported."""
    parts = (path.relative_to(PACKAGE.parent).with_suffix("").parts for path in PACKAGE.rglob("*.py"))
    return sorted(".".join(part).removesuffix(".__init__") for part in parts if part[-1] != "__main__")


def test_every_module_is_imported_without_a_warning() -> None:
    command = [sys.executable, "-W", "error", "-W", "ignore:'audioop':DeprecationWarning", "-c", IMPORT_ALL]
    done = subprocess.run([*command, json.dumps(names())], capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    missing: dict[str, str] = json.loads(done.stdout)
    wrong = {module: package for module, package in missing.items() if package.split(".")[0] not in OF_EXTRAS}
    assert not wrong
    assert "chaptercast.pipeline" not in missing
