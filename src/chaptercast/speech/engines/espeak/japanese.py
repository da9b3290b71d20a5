"""Japanese by its readings: eSpeak NG reads kana only, and the particles は and へ as they are written.

The readings are those of Open JTalk's front end and dictionary, as the package pyopenjtalk-plus has them (the extra `ja`): of the
dictionaries that need no download it alone knows how numbers and counters sound together (三本, 二十日), and what is said of what is
written (は as ワ, 東京 as トーキョー).
"""

import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from io import StringIO
from itertools import pairwise
from typing import Any, NamedTuple

import regex
from msgspec import Struct

from chaptercast.errors import EngineError

_PACKAGES = ("pyopenjtalk-plus", "SudachiPy", "SudachiDict-core")
"""The second and third are asked by the first for words that its own dictionary lacks."""
REMEDY = "Install its readings: pip install 'chaptercast[ja]'. Or let a service speak: --engine edge."

_CLAUSE = regex.compile(r"[^\W_ー](?:[\w.:/&+]*\w)?")
"""What the dictionary is asked for: words between marks. The marks are eSpeak NG's to heed."""
_KANA = regex.compile("[ァ-ヴー]+")
_STRAY = regex.compile("[・ヽヾゝゞ]|(?<![ァ-ヶぁ-ゖ])ー|(?<=[ンんッっ])ー")
"""Signs that eSpeak NG calls “Japanese letter” where they stand so."""
_SMALL = regex.compile(
    "(?<![クグツフヴ])ァ|(?<![ウクグツテデフヴ])ィ|(?<![トド])ゥ|(?<![イウクグシジチツフヴ])ェ|(?<![ウクグツフヴ])ォ|(?<![ァ-ヴ])[ャュョ]"
)
"""Small kana that it does not say, or merely names, after what stands before them."""
_LONG = regex.compile(
    "(?:^|(?<=[ンッー])|(?<=[アカガサザタダナハバパマヤラワ]ア)|(?<=[イキギシジチヂニヒビピミリ]イ)"
    "|(?<=[ウクグスズツヅヌフブプムユルヴ]ウ)|(?<=[エケゲセゼテデネヘベペメレ]エ)|(?<=[オコゴソゾトドノホボポモヨロ]オ))ー+"
)
"""Marks of length that it merely names: of what cannot be longer, or is long already."""


class Morpheme(NamedTuple):
    """The smallest piece of a text that the dictionary reads."""

    kana: str
    """As it is said, in katakana; empty where the dictionary has no reading."""
    begin: int
    end: int
    """In characters; `begin` equals `end` where it says more than is written."""
    leans: bool
    """Whether it is said as one word with the one before."""


class Place(NamedTuple):
    """Where a piece of what is said begins, and what it stands for; all in characters."""

    said: int
    begin: int
    end: int


class Reading(Struct, frozen=True):
    """A text as it is given to eSpeak NG."""

    said: str
    places: tuple[Place, ...] = ()
    """In order; none where the text is said as it is written, character by character."""

    def written(self, offset: int, length: int) -> tuple[int, int]:
        """Where in the text stands what is said at `offset`, and how long it is, in characters: whole words of the dictionary."""
        if not self.places:
            return offset, length
        first = max(0, bisect_right(self.places, offset, key=_begin) - 1)
        last = max(first, bisect_right(self.places, offset + length - 1, key=_begin) - 1)
        begin = self.places[first].begin
        return begin, (self.places[last].end - begin if length else 0)


def _begin(place: Place) -> int:
    return place.said


def without_strays(text: str) -> str:
    """Japanese `text` of the same length, without the signs that are named and not read."""
    return _STRAY.sub(" ", text)


@cache
def dictionary() -> str:
    """Which readings are installed: names and versions, which decide what is said; empty where they are not complete."""
    try:
        return ", ".join(f"{package} {version(package)}" for package in _PACKAGES)
    except PackageNotFoundError:
        return ""


def read(text: str) -> Reading:
    """The reading of a Japanese text: kana, parted into phrases. What the dictionary does not read stays as it is written.

    Raises `EngineError` where the dictionary cannot be loaded.
    """
    said: list[str] = []
    places: list[Place] = []
    length = 0
    for piece, begin, end in _pieces(text):
        places.append(Place(length, begin, end))
        said.append(piece)
        length += len(piece)
    return Reading("".join(said), tuple(places))


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """What is said, in pieces, each with the begin and end of what it stands for; together they stand for all of the text."""
    clauses = [match.span() for match in _CLAUSE.finditer(text)]
    for (_, gap), (begin, end) in pairwise([(0, 0), *clauses, (len(text), len(text))]):
        if gap < begin:
            yield without_strays(text[gap:begin]), gap, begin
        yield from _clause(text[begin:end], begin)


def _clause(clause: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """The pieces of a clause that begins at `offset`. A phrase is a word with what leans on it, and is said as one word."""
    word = ""
    for morpheme in morphemes(clause):
        begin, end = offset + morpheme.begin, offset + morpheme.end
        if not morpheme.kana:
            word = ""
            yield clause[morpheme.begin : morpheme.end], begin, end
            continue
        if word and not morpheme.leans:
            word = ""
            yield " ", begin, begin
        longer = _sayable(word + morpheme.kana)
        yield longer[len(word) :], begin, end
        word = longer


def morphemes(clause: str) -> Iterator[Morpheme]:
    """The morphemes of a text without punctuation, in order. Raises `EngineError` where the dictionary cannot be loaded."""
    done = 0
    for found in _readings()(clause) if clause else ():
        # of 21 come ニ, ジュー and イチ, which is more than there is
        begin, done = done, max(done, found["char_span"][1])
        kana = found["pron"].replace("’", "")  # which marks a vowel that is whispered
        yield Morpheme(kana if _KANA.fullmatch(kana) else "", begin, done, leans=found["chain_flag"] == 1)


def _sayable(kana: str) -> str:
    """Katakana as eSpeak NG says all of it."""
    plain = kana.translate(_FULL)
    return _LONG.sub("", _SMALL.sub(lambda small: chr(ord(small[0]) + 1), plain))


_FULL = str.maketrans("ヮヵヶヲヰヱ", "ァカケオイエ")


@cache
def _readings() -> Callable[[str], Any]:
    """The front end, loaded: 0.4 s and 50 MB. Models that other packages would add have no say: a text is read the same everywhere."""
    try:
        with redirect_stdout(StringIO()):  # it prints what it could do with other packages
            import pyopenjtalk
    except ImportError as error:
        raise EngineError(f"The readings of Japanese cannot be loaded: {error}.", REMEDY) from error

    def readings(clause: str) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of Sudachi's to those who call it
            return pyopenjtalk.g2p_mapping(clause, predict_nani=False, use_sudachi_kanji_yomi=False)

    return readings
