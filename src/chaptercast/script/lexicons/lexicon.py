"""Pronunciation lexicons: what is said in place of what is written. Longest match first, one pass, no rule on another's output."""

import re
import unicodedata
from collections.abc import Iterable

import regex
from msgspec import Struct

from chaptercast.script.model import Respelling
from chaptercast.script.normalise.edits import Edit, apply_edits

_SAME = {ord("’"): "'", ord("ʼ"): "'", ord("＇"): "'", ord("‐"): "-", ord("‑"): "-"}
"""Apostrophes and hyphens are the same in every spelling."""
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Soft hyphens and the like, inside of words that are looked for."""
_UNSPACED = regex.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u19e0-\u19ff\u2e80-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
"""Letters of scripts that set no space between words, or none before particles: Han, kana, Hangul, Thai, Lao, Tibetan, Burmese, Khmer."""


class Entry(Struct, frozen=True):
    """One line of a lexicon."""

    written: str
    spoken: str
    whole_word: bool = True
    """Whether it must stand alone; in scripts without spaces a word stands alone anywhere."""
    case_sensitive: bool = False
    lexicon: str = ""
    """Which lexicon it is from, for people."""


class Lexicon:
    """Entries made ready for matching in time that grows with the text, however many they are."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Where several entries match the same stretch, the first of them has it."""
        self._entries: dict[str, list[Entry]] = {}
        lengths: dict[str, set[int]] = {}
        for entry in entries:
            key = _folded(entry.written)
            if key:
                self._entries.setdefault(key, []).append(entry)
                lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._first = re.compile(f"[{''.join(map(re.escape, sorted(lengths)))}]" if lengths else "(?!)")

    def respell(self, text: str) -> tuple[str, tuple[Respelling, ...]]:
        """`text` with what the lexicon has for it, and what that was. Without a match it is `text` itself."""
        if not self._entries:
            return text, ()
        plain = _plain(text)
        edits, made = self.edits(plain)
        return (apply_edits(plain, edits)[0], made) if made else (text, ())

    def edits(self, plain: str) -> tuple[tuple[Edit, ...], tuple[Respelling, ...]]:
        """What the lexicon changes in a text that is made `plain`, and what for each of the edits is told to people."""
        folded = _folded(plain)
        edits: list[Edit] = []
        made: list[Respelling] = []
        position = 0
        while found := self._first.search(folded, position):
            start = found.start()
            position = start + 1
            entry = self._match(plain, folded, start)
            if entry is not None:
                position = start + len(entry.written)
                edits.append(Edit(start, position, entry.spoken))
                made.append(Respelling(plain[start:position], entry.spoken, entry.lexicon))
        return tuple(edits), tuple(made)

    def __bool__(self) -> bool:
        """Whether there are any entries."""
        return bool(self._entries)

    def _match(self, plain: str, folded: str, start: int) -> Entry | None:
        """The longest entry that matches at `start`."""
        for length in self._lengths[folded[start]]:
            end = start + length
            for entry in self._entries.get(folded[start:end], ()):
                if _fits(entry, plain, start, end):
                    return entry
        return None


NO_LEXICON = Lexicon()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_UNSEEN))


def plain_edits(text: str) -> tuple[Edit, ...]:
    """What makes a text plain: letters and their marks in one, without what is not seen. As `Lexicon.edits` wants it."""
    plain = _plain(text)
    if plain == text:
        return ()
    letters = [(found.start(), found.end(), _plain(found[0])) for found in regex.finditer(r"\X", text)]
    if "".join(letter for _, _, letter in letters) != plain:  # the form of a letter depends on its neighbours
        return (Edit(0, len(text), plain),)
    return tuple(Edit(start, end, letter) for start, end, letter in letters if letter != text[start:end])


def _fits(entry: Entry, text: str, start: int, end: int) -> bool:
    if entry.case_sensitive and text[start:end].translate(_SAME) != entry.written.translate(_SAME):
        return False
    return not (entry.whole_word and (_is_within_word(text, start) or _is_within_word(text, end)))


def _is_within_word(text: str, place: int) -> bool:
    """Whether the characters before and after `place` are of one word, or even of one letter with its marks."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    return unicodedata.category(after).startswith("M") or (_is_of_spaced_word(before) and _is_of_spaced_word(after))


def _is_of_spaced_word(character: str) -> bool:
    is_mark = unicodedata.category(character).startswith("M")
    return (character.isalnum() or is_mark or character == "_") and not _UNSPACED.match(character)


def _folded(text: str) -> str:
    """`text` for comparison, as long as it is."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(_SAME)
