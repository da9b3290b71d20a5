"""Converts a clause in eSpeak NG's phonemes to a spelling in a model's letters."""

from collections.abc import Callable
from typing import TypeAlias

from chaptercast.speech.engines.neural.phonemes.model import Spelling, Word
from chaptercast.speech.engines.neural.phonemes.word_alignment import Sounded

Letters: TypeAlias = Callable[[str], str]
"""Converts a sound to the model's letters."""


def spelling_of(sounded: Sounded, letters: Letters, *, spaced: bool) -> Spelling:
    """The clause in the model's letters.

    A space stands where eSpeak NG makes a gap (between “in” and “the” it makes none), and with `spaced` between all words. Letters that
    the model lacks stay in the spelling; the caller, who knows the model's letters, finds them.
    """
    symbols = ""
    words: list[Word] = []
    latest = -1
    for sound in sounded.sounds:
        begins = sound.word != latest
        if symbols and (sound.opens_group or (spaced and begins)):
            symbols += " "
        if begins:
            begin, end = sounded.words[sound.word]
            words.append(Word(len(symbols), begin, end - begin))
            latest = sound.word
        symbols += letters(sound.letters)
    return Spelling(symbols, tuple(words), sounded.unread)
