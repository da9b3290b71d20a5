"""A clause in eSpeak NG's phonemes becomes a spelling in a model's letters."""

from collections.abc import Callable
from typing import TypeAlias

from chaptercast.speech.engines.neural.phonemes.model import Spelling, Word
from chaptercast.speech.engines.neural.phonemes.word_alignment import Sounded

Letters: TypeAlias = Callable[[str], str]
"""A sound in the model's letters."""


def spelling_of(sounded: Sounded, letters: Letters, *, spaced: bool) -> Spelling:
    """The clause in the model's letters.

    Spaces stand where eSpeak NG makes a gap, which it does not between “in” and “the”; with `spaced` between all words, too. What the
    model's letters lack is found by who knows them.
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
