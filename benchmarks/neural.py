"""Neural voices beside the packages that speak with the same models: the ways, and the text."""

import os
import re
import sys
from pathlib import Path

from benchmarks.measuring import Way
from benchmarks.ways import cold
from chaptercast.voice_store import InstalledPack, installed

_TEXTS = Path(__file__).parent / "listening"
_MARKUP = re.compile(r"^---.*?^---\s*|^#+ |^- |[*_`]", re.MULTILINE | re.DOTALL)
RIVALS = "CHAPTERCAST_RIVALS"
"""Names the Python of an environment with kokoro-onnx and piper-tts: `make bench` makes one."""


def ways(family: str, folder: Path, parts: tuple[int, ...]) -> list[Way]:
    """The rival's way and ours of English by an installed voice of `kokoro` or `piper`. Ends the program where one is missing."""
    pack = next(iter(installed(family)), None)
    rivals = os.environ.get(RIVALS)
    if pack is None or not rivals:
        sys.exit(f"Neural voices are measured with a voice of {family} installed, and with {RIVALS} set: make bench")
    source = folder / "article.md"
    source.write_text("\n\n".join(_article(part) for part in parts), encoding="utf-8")
    text = folder / "article.txt"
    text.write_text(_MARKUP.sub("", source.read_text(encoding="utf-8")).strip(), encoding="utf-8")
    rival = _kokoro(pack, rivals, text) if family == "kokoro" else _piper(pack, rivals, text)
    voice = "af_heart" if family == "kokoro" else pack.id
    return [rival, cold(source, folder, "--engine", family, "--voice", voice)]


def _article(part: int) -> str:
    """One of the texts to listen to; of all but the first, the front matter goes."""
    text = (_TEXTS / f"en-{part}.md").read_text(encoding="utf-8")
    return text if part == 1 else re.sub(r"\A---.*?^---\s*", "", text, flags=re.MULTILINE | re.DOTALL)


def _kokoro(pack: InstalledPack, python: str, text: Path) -> Way:
    script = Path(__file__).parent / "kokoro_onnx_way.py"
    model, voices = pack.path("model.onnx"), pack.path("voices-v1.0.bin")
    return _piped("kokoro-onnx, lame", f"'{python}' '{script}' '{model}' '{voices}' af_heart '{text}'", 24, text.parent)


def _piper(pack: InstalledPack, python: str, text: Path) -> Way:
    model = pack.path("model.onnx")
    return _piped("piper, lame", f"'{python}' -m piper -m '{model}' -i '{text}' --output-raw", 22.05, text.parent)


def _piped(name: str, speaking: str, kilohertz: float, folder: Path) -> Way:
    lame = f"lame --quiet -r -s {kilohertz} --bitwidth 16 -m m -b 48 -q 5 - '{folder}/rival.mp3'"
    return Way(name, ["sh", "-c", f"{speaking} | {lame}"])
