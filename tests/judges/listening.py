"""What a recogniser hears in a recording, and how far that is from what should be said: Whisper base, run by CTranslate2."""

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import miniaudio

from .measuring import silences
from .requirement import MODELS_FOLDER, require

_RATE = 16_000
_MOST_S = 28.0
"""It hears thirty seconds at once, and what is longer in parts of its own choice: so a recording is parted at its pauses."""


def transcript(recording: Path, language: str) -> str:
    """The words that are heard, in the language (`en`, `zh`) that is expected; without punctuation they are often well understood."""
    __tracebackhide__ = True
    require("whisper-base")
    sound = miniaudio.decode_file(str(recording), nchannels=1, sample_rate=_RATE)
    return " ".join(_heard(part, language) for part in _parts(sound.samples))


def _parts(samples: "array[int]") -> Iterator["array[int]"]:
    begin = 0
    middles = [round((start + end) / 2000 * _RATE) for start, end in silences(samples, _RATE, min_ms=250)]
    while len(samples) - begin > _MOST_S * _RATE:
        end = max((middle for middle in middles if begin < middle <= begin + _MOST_S * _RATE), default=len(samples))
        yield samples[begin:end]
        begin = end
    yield samples[begin:]


def _heard(samples: "array[int]", language: str) -> str:
    import numpy as np

    given = np.array(samples, "f4") / 32_768
    segments, _ = _recogniser().transcribe(
        given,
        language=language,
        beam_size=1,
        temperature=0,
        condition_on_previous_text=False,
        without_timestamps=True,
    )
    return " ".join(segment.text.strip() for segment in segments)


@cache
def _recogniser() -> Any:
    from faster_whisper import WhisperModel

    return WhisperModel(
        str(MODELS_FOLDER / "whisper-base"), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True
    )


def words(text: str) -> list[str]:
    """The words of an English text in small letters, without punctuation."""
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+", text.lower().replace("’", "'"))


def syllables(text: str) -> list[str]:
    """The syllables of a Chinese text without their tones: characters that sound the same are the same."""
    from pypinyin import lazy_pinyin

    return [syllable for run in re.findall(r"[\u3400-\u9fff]+", text) for syllable in lazy_pinyin(run)]


def error_rate(expected: Sequence[str], heard: Sequence[str]) -> float:
    """How many of the expected words are lost, wrong or added, as a part of them (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for at, one in enumerate(expected, 1):
        above, row = row, [at]
        for place, other in enumerate(heard, 1):
            row.append(min(above[place - 1] + (one != other), above[place] + 1, row[place - 1] + 1))
    return row[-1] / max(1, len(expected))
