"""The letters that Kokoro v1.0 was trained on, and eSpeak NG's phonemes in them.

The model's vocabulary is that of its configuration (hexgrad/Kokoro-82M, `config.json`, `vocab`). How phonemes are written in it is how its
training texts were: diphthongs and affricates are single letters, American English has no marks of length. Raw IPA, which others feed,
sounds worse.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from chaptercast.speech.engines.neural.phonemes.word_alignment import STRESSES

TOKENS: Mapping[str, int] = MappingProxyType(
    {
        letter: first + place
        for first, letters in (
            (1, ";:,.!?"), (9, '—…"()“” \u0303ʣʥʦʨᵝꭧAI'), (31, "O"), (33, "Q"), (35, "ST"), (39, "W"), (41, "Yᵊabcdef"),
            (50, "hijklmnopqrstuvwxyzɑɐɒæ"), (75, "βɔɕç"), (80, "ɖðʤə"), (85, "ɚɛɜ"), (90, "ɟ"), (92, "ɡ"), (99, "ɥ"),
            (101, "ɨɪʝ"), (110, "ɯɰŋɳɲɴø"), (118, "ɸθœ"), (123, "ɹ"), (125, "ɾɻ"), (128, "ʁɽʂʃʈʧ"), (135, "ʊʋ"), (138, "ʌɣɤ"),
            (142, "χʎ"), (147, "ʒʔ"), (156, "ˈˌː"), (162, "ʰ"), (164, "ʲ"), (169, "↓"), (171, "→↗↘"), (177, "ᵻ"),
        )
        for place, letter in enumerate(letters)
    }
)  # fmt: skip
"""The number of each letter; 0 is silence."""

_SHARED = (
    ("aɪ", "I"), ("aʊ", "W"), ("dz", "ʣ"), ("dʒ", "ʤ"), ("eɪ", "A"), ("oʊ", "O"), ("əʊ", "Q"), ("ss", "S"), ("ts", "ʦ"),
    ("tʃ", "ʧ"), ("ɔɪ", "Y"), ("-", ""),
)  # fmt: skip
"""What languages other than English write as one letter."""
_ENGLISH = (
    ("aɪ", "I"), ("aʊ", "W"), ("dʒ", "ʤ"), ("eɪ", "A"), ("tʃ", "ʧ"), ("ɔɪ", "Y"), ("əl", "ᵊl"), ("ʔn\u0329", "tᵊn"), ("n\u0329", "ᵊn"),
    ("ʲ", ""), ("ɚ", "əɹ"), ("r", "ɹ"), ("x", "k"), ("ç", "k"), ("ɐ", "ə"), ("ɬ", "l"), ("\u0303", ""), ("ɾ", "T"), ("ʔ", "t"), ("-", ""),
)  # fmt: skip
_AMERICAN = (
    *_ENGLISH, ("oʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("e", "A"), ("o", "ɔ"), ("ː", ""),
)  # fmt: skip
_BRITISH = (*_ENGLISH, ("eə", "ɛː"), ("iə", "ɪə"), ("əʊ", "Q"), ("e", "A"), ("o", "ɔ"))
_NEAREST: Mapping[str, str] = MappingProxyType(
    {
        "g": "ɡ", "ɫ": "l", "ʉ": "u", "ɵ": "ə", "ɘ": "ə", "ʏ": "y", "ɱ": "m", "ʀ": "ʁ", "ʐ": "ʒ", "ʑ": "ʒ", "ɭ": "l", "ɺ": "ɾ", "ħ": "h",
        "ɦ": "h", "ɢ": "ɡ", "ɶ": "œ", "ɞ": "ɜ", "ʍ": "w", "ɓ": "b", "ɗ": "d", "ɝ": "ɜɹ", "ˑ": "ː", "ʱ": "ʰ", "ʷ": "w",
    }
)  # fmt: skip
"""Letters that the model does not know, and what sounds nearest of those that it knows."""
_UNWRITTEN = frozenset("\u0329\u032a\u032f\u031d\u0325\u0361'")
"""Signs beside letters that the training texts did not have."""
_VOICES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType({"en-US": _AMERICAN, "en-GB-x-rp": _BRITISH})


def spelled(sound: str, voice: str) -> str:
    """A sound of eSpeak NG's `voice`, in IPA, in the model's letters. What none stands for is left as it is: `TOKENS` lacks it."""
    return _spelled(sound, voice)


@cache
def _spelled(sound: str, voice: str) -> str:
    stress = sound[: len(sound) - len(sound.lstrip(STRESSES))]
    return stress + _rewritten(sound[len(stress) :], _VOICES.get(voice, _SHARED))


def _rewritten(letters: str, table: Iterable[tuple[str, str]]) -> str:
    rules = dict(table)
    pattern = re.compile("|".join(map(re.escape, sorted(rules, key=len, reverse=True))))
    written = pattern.sub(lambda found: rules[found[0]], letters)
    known = (letter if letter in TOKENS else _NEAREST.get(letter, letter) for letter in written)
    return "".join(letter for letter in "".join(known) if letter not in _UNWRITTEN)
