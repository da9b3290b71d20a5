"""Letters that a voice does not read: eSpeak NG says “Chinese letter” of them, spells their number, or passes them over.

Which they are is asked of the library itself, once for each letter, and only where a script is doubtful: of alphabets that all voices
know nothing is asked. For a letter that takes 7 µs, for a text with new ones half a millisecond.
"""

import re
from collections.abc import Iterator
from functools import cache

from chaptercast.common.units import LanguageTag, primary
from chaptercast.speech.engines.espeak.library import loaded, phonemes

IDEOGRAPHS = "\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_OTHERS = (
    "\u0700-\u074f\u0780-\u085f\u0e80-\u0fff\u13a0-\u1c7f\u1cc0-\u1ccf\u2c00-\u2c5f\u2c80-\u2cff\u2d30-\u2d7f\u3100-\u312f\u31a0-\u31bf"
    "\ua000-\ua63f\ua6a0-\ua6ff\ua800-\ua82f\ua840-\ua8df\ua900-\ua95f\ua980-\uaa5f\uaa80-\uaaff\uab70-\uabff"
    "\U00010000-\U0001cfff\U0001e100-\U0001e8ff"
)
"""Scripts that few voices read, or none: from Syriac, Thaana, N'Ko, Lao, Tibetan, Cherokee, Khmer and Mongolian to those of antiquity."""
_NEVER_READ = "㐂ヮ"
"""An ideograph and a kana that no voice reads: what sounds the same as one of them is not read either."""
_CODE_PAUSE = "_|"
"""Stands between the digits where a letter's number is spelled."""


def unread(text: str, voice: str, path: str, data: str) -> Iterator[tuple[int, int]]:
    """Begin and end of what `voice` does not read, in characters and in order. Raises `EngineError` where the library cannot be asked."""
    doubtful = set() if text.isascii() else set("".join(_doubtful(voice).findall(text)))
    reads = _known(voice, path, data)
    new = sorted(doubtful - reads.keys())
    if new:
        with loaded(path, data) as library:
            *sounds, ideograph, kana = phonemes(library, voice, *new, *_NEVER_READ)
        reads.update(
            (letter, _is_read(letter, sound, ideograph, kana)) for letter, sound in zip(new, sounds, strict=True)
        )
    named = "".join(letter for letter in sorted(doubtful) if not reads[letter])
    if named:
        yield from (run.span() for run in re.finditer(f"[{named}]+", text))


@cache
def _doubtful(voice: str) -> re.Pattern[str]:
    kana = "" if primary(LanguageTag(voice.partition("+")[0])) == "ja" else _KANA
    return re.compile(f"[{IDEOGRAPHS}{kana}{_OTHERS}]+")


@cache
def _known(voice: str, _path: str, _data: str) -> dict[str, bool]:
    """Whether the voice reads a letter: what was asked so far in this process, and what need not be asked."""
    return dict.fromkeys(_frequent(), True) if voice.partition("+")[0] == "cmn" else {}


def _frequent() -> str:
    """The frequent ideographs, all of which the Mandarin voice reads: level 1 of GB 2312 and of Big5. Articles have few others."""
    simplified = bytes(byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = bytes(byte for row in range(0xA4, 0xC6) for cell in cells for byte in (row, cell))
    return simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore")


def _is_read(letter: str, sound: str, *never: str) -> bool:
    return bool(sound) and sound not in never and sound.count(_CODE_PAUSE) < len(f"{ord(letter):x}")
