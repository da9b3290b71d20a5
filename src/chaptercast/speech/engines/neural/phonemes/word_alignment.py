"""eSpeak NG's phonemes of a text, sound by sound, and which word each belongs to.

The library gives phonemes clause by clause, in groups that it says without a gap: “in the” is one, “1987” are four. Which sounds are whose
is found by aligning them with those of each word alone.
"""

import ctypes
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from chaptercast.speech.engines.espeak.library import UTF8

_IPA = 0x02
_SEPARATOR = "_"
_MODE = _IPA | ord(_SEPARATOR) << 8
"""Phonemes in the International Phonetic Alphabet, with a sign between them (`espeak_TextToPhonemes`, speak_lib.h)."""
_OTHER_LANGUAGE = re.compile(r"\([a-z]{2,3}(?:-[a-z0-9-]+)?\)")
"""What stands around words that it says by the rules of another language."""
STRESSES = "ˈˌ"
_WORD = re.compile(r"\S+")
_LONG_NUMBER, _LONG_WORD = re.compile(r"\d{30,}"), re.compile(r"[^\W\d_]{80}(?=[^\W\d_])")
"""The library says no more of a word than 44 digits (which it names one by one from 30 on), or 132 letters."""
_MISSING, _OTHER, _LIKE = 1.0, 1.5, 0.5
"""What it costs in an alignment that a sound is missing, is another one, or differs in length or the like."""


class Sound(NamedTuple):
    """One phoneme, and what stands with it."""

    letters: str
    """In IPA, its mark of stress in front."""
    word: int
    """Number of the word of the text that it belongs to."""
    opens_group: bool
    """Whether the library makes a gap, however short, in front of it."""


class Sounded(NamedTuple):
    """A clause as it sounds."""

    words: tuple[tuple[int, int], ...]
    """Begin and end of each word in the text, in characters."""
    sounds: tuple[Sound, ...]
    unread: tuple[tuple[int, int], ...] = ()
    """Begin and end of words that the library says nothing of, though letters or digits are in them."""


class Phonemiser:
    """Asks a library that is loaded and has a voice chosen; the words that it was asked for are kept."""

    def __init__(self, library: Any, known: dict[str, tuple[str, ...]]) -> None:
        """`known` keeps the sounds of single words for the voice that is chosen."""
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._library = library
        self._known = known

    def sounded(self, text: str) -> Sounded:
        """A text without punctuation between its words."""
        words = tuple(match.span() for match in _WORD.finditer(text))
        groups = self._groups(text)
        sounds = [sound for group in groups for sound in group]
        alone = [self._alone(text[begin:end]) for begin, end in words]
        owners = _shared(_owners(sounds, alone), alone)
        opens = _firsts(groups)
        silent = (span for span, own in zip(words, alone, strict=True) if not own)
        unread = tuple(span for span in silent if any(map(str.isalnum, text[slice(*span)])))
        found = (Sound(sounds[at], owners[at], at in opens) for at in range(len(sounds)) if owners)
        return Sounded(words, tuple(found), unread)

    def _alone(self, word: str) -> tuple[str, ...]:
        if word not in self._known:
            self._known[word] = tuple(sound for group in self._groups(word) for sound in group)
        return self._known[word]

    def _groups(self, text: str) -> list[list[str]]:
        """The sounds of a text, those that are said without a gap together."""
        buffer = ctypes.create_string_buffer(_whole(text).encode("utf-8", "replace"))
        place = ctypes.c_void_p(ctypes.addressof(buffer))  # goes on from clause to clause, and is null after the last
        found: list[list[str]] = []
        while place.value:
            clause = (self._library.espeak_TextToPhonemes(ctypes.byref(place), UTF8, _MODE) or b"").decode()
            for group in _OTHER_LANGUAGE.sub("", clause).split():
                sounds = [sound for sound in group.split(_SEPARATOR) if sound.strip("-" + STRESSES)]
                if sounds:
                    found.append(sounds)
        return found


def _whole(text: str) -> str:
    """The text with spaces where the library would not go on."""
    parted = _LONG_NUMBER.sub(lambda digits: " ".join(digits[0]), text.replace("\0", " "))
    return _LONG_WORD.sub(lambda part: f"{part[0]} ", parted)


def _firsts(groups: Sequence[Sequence[str]]) -> set[int]:
    """The numbers of the sounds that begin a group."""
    firsts, count = set(), 0
    for group in groups:
        firsts.add(count)
        count += len(group)
    return firsts


def _owners(sounds: Sequence[str], alone: Sequence[Sequence[str]]) -> list[int]:
    """For each of the `sounds` the number of the word that it belongs to; `alone` has those of each word said by itself.

    Nothing where there is no word.
    """
    if not alone:
        return []
    expected = [(sound, number) for number, word in enumerate(alone) for sound in word]
    plain = [_plain(sound) for sound in sounds]
    if plain == [_plain(sound) for sound, _ in expected]:
        return [number for _, number in expected]
    return list(_aligned(plain, [(_plain(sound), number) for sound, number in expected], len(alone)))


def _shared(owners: Sequence[int], alone: Sequence[Sequence[str]]) -> list[int]:
    """The same, so that each word which sounds by itself has a sound, if there are enough: one of a neighbour's.

    eSpeak NG lets some words melt into others, as the Portuguese “o” after a vowel.
    """
    sounding = [number for number, word in enumerate(alone) if word]
    if not sounding or set(sounding) <= set(owners) or len(owners) < len(sounding):
        return list(owners)
    places = [bisect_left(sounding, owner) for owner in owners]
    earlier = -1
    for at, place in enumerate(places):
        earlier = places[at] = min(place, earlier + 1)
    later = len(sounding)
    for at in reversed(range(len(places))):
        later = places[at] = max(places[at], later - 1)
    return [sounding[place] for place in places]


def _aligned(sounds: Sequence[str], expected: Sequence[tuple[str, int]], words: int) -> Iterator[int]:
    """The word of each sound, by the alignment that costs least (Needleman and Wunsch, 1970); the words are in order.

    What is said between two words and expected of neither belongs to the one before.
    """
    costs = [[place * _MISSING for place in range(len(expected) + 1)]]
    for sound in sounds:
        above, row = costs[-1], [costs[-1][0] + _MISSING]
        for place, (other, _) in enumerate(expected, 1):
            row.append(
                min(above[place - 1] + _difference(sound, other), above[place] + _MISSING, row[place - 1] + _MISSING)
            )
        costs.append(row)
    owners = [0] * len(sounds)
    at, place = len(sounds), len(expected)
    while at:
        cost = costs[at][place]
        if place and cost == costs[at - 1][place - 1] + _difference(sounds[at - 1], expected[place - 1][0]):
            at, place = at - 1, place - 1
            owners[at] = expected[place][1]
        elif cost == costs[at - 1][place] + _MISSING:
            at -= 1
            owners[at] = expected[place - 1][1] if place else 0
        else:
            place -= 1
    yield from (min(owner, words - 1) for owner in owners)


@cache
def _difference(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return _LIKE if one[:1] == other[:1] else _OTHER


def _plain(sound: str) -> str:
    return sound.strip(STRESSES)
