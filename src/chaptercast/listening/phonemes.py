"""Compares words by their phonemes: “Sais-tu” is heard as “C'est-il”, of which no letter but one is the same.

eSpeak NG reads both. Of 15 pairs of what was said and what a recogniser made of it, at most .57 of the phonemes differ; of pairs that have
nothing in common, .85 and more.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from chaptercast.common.units import LanguageTag, primary
from chaptercast.errors import EngineError
from chaptercast.listening.word_alignment import difference
from chaptercast.listening.words import Token, is_unspaced, shown
from chaptercast.speech.engines.espeak.installation import paths
from chaptercast.speech.engines.espeak.library import loaded, phonemes

_NO_SOUND = re.compile(r"[\s',%=_:|;\-]")
"""Marks of stress, length and pauses in eSpeak NG's notation."""
_ALIKE = 0.58
"""Share of the phonemes that may differ."""
_FEWER, _MORE = 0.8, 1.8
"""What is heard has at least and at most so large a part of the expected phonemes: with fewer, a word may be lost among them."""
_BEGINNING = 2
_REMEMBERED = 500


def sound_alike(wanted: Sequence[Token], got: Sequence[Token], language: LanguageTag) -> bool:
    """Returns whether two texts have about the same phonemes, and nothing is heard twice.

    Never where the tokens are sounds already, or eSpeak NG is not here.
    """
    if len({token.sound for token in got}) < len(got):
        return False
    one, other = (_phonemes(shown(side, language), language) for side in (wanted, got))
    if not one:
        return False
    return _FEWER * len(one) <= len(other) <= _MORE * len(one) and difference(one, other) <= _ALIKE


def begin_alike(word: Token, following: Token, language: LanguageTag) -> bool:
    """Returns whether a word begins as the following one does: recognisers tell “voulez-vous” as “vous”, “leva le” as “le”."""
    one, other = (_phonemes(token.shown, language)[:_BEGINNING] for token in (word, following))
    return len(one) == _BEGINNING and one == other


def ends_hard(word: Token, language: LanguageTag) -> bool:
    """Returns whether a word ends with p, t or k."""
    return _phonemes(word.shown, language)[-1:] in {"p", "t", "k"}


@lru_cache(_REMEMBERED)
def _phonemes(text: str, language: LanguageTag) -> str:
    if is_unspaced(language) or not text:
        return ""
    try:
        with loaded(*paths()) as library:
            (found,) = phonemes(library, primary(language), text)
    except EngineError:
        return ""
    return _NO_SOUND.sub("", found)
