"""Kokoro as the package kokoro-onnx speaks it, as its users call it: `python kokoro_onnx_way.py MODEL VOICES VOICE TEXT | lame -r ...`.

Run by the Python of the rivals' own environment; prints 16-bit samples at 24 kHz.
"""

import sys
from pathlib import Path

import numpy as np
from kokoro_onnx import Kokoro


def main() -> None:
    """Speak a text paragraph by paragraph."""
    model, voices, voice, text = sys.argv[1:]
    kokoro = Kokoro(model, voices)
    for paragraph in Path(text).read_text(encoding="utf-8").split("\n\n"):
        samples, _rate = kokoro.create(paragraph, voice=voice, speed=1.0, lang="en-us")
        sys.stdout.buffer.write((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
