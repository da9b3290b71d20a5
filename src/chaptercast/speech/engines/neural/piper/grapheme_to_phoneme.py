"""From a sentence to what a Piper voice is given: phonemes code point by code point, and the marks that end clauses."""

import re
import unicodedata
from collections.abc import Collection

from msgspec.structs import replace

from chaptercast.speech.engines.neural.phonemes.clauses import ENDS, clauses, ends_sentence
from chaptercast.speech.engines.neural.phonemes.espeak import Phonemes
from chaptercast.speech.engines.neural.phonemes.espeak_spelling import spelling_of
from chaptercast.speech.engines.neural.phonemes.model import Spelling, Word, joined, known, moved

_MARKS = str.maketrans({"—": ";", "…": ";", "“": "", "”": "", "(": "", ")": ""})
"""What eSpeak NG makes of marks when it tells clauses: six are left."""
_WORD = re.compile(r"\S+")


def spell(text: str, voice: str, symbols: Collection[str], phonemes: Phonemes) -> Spelling:
    """A sentence for a model that knows `symbols` and was trained on the phonemes of eSpeak NG's `voice`. Raises `EngineError`."""
    unread = phonemes.unread(text, voice)
    for begin, end in unread:
        text = text[:begin] + " " * (end - begin) + text[end:]
    parts: list[Spelling] = []
    for clause in clauses(text):
        words = spelling_of(phonemes.sounded(clause.words, voice), _decomposed, spaced=False)
        unread += moved(words, clause.begin).unread
        words = replace(words, unread=())
        if words.symbols:
            parts += [Spelling(" " if parts else ""), moved(words, clause.begin), Spelling(_mark(clause.after))]
    return _ended(parts, symbols, unread)


def spell_letters(text: str, symbols: Collection[str]) -> Spelling:
    """A sentence for a model that was trained on letters."""
    decomposed, words = "", []
    for found in _WORD.finditer(text):
        decomposed += " " if decomposed else ""
        words.append(Word(len(decomposed), found.start(), len(found[0])))
        decomposed += _decomposed(found[0].lower())
    return known(Spelling(decomposed, tuple(words)), symbols)


def _ended(parts: list[Spelling], symbols: Collection[str], unread: tuple[tuple[int, int], ...]) -> Spelling:
    if parts and not ends_sentence(parts[-1].symbols):
        parts[-1] = Spelling(".")
    return known(joined((*parts, Spelling("", (), unread))), symbols)


def _mark(after: str) -> str:
    """The one mark that stands for several: the last that ends a sentence, else the first."""
    marks = after.translate(_MARKS)
    return next((mark for mark in reversed(marks) if mark in ENDS), marks[:1])


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text.replace("-", ""))
