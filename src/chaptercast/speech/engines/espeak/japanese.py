"""Converts Japanese to its readings: eSpeak NG reads only kana, and reads the particles は and へ as they are written.

The readings come from Open JTalk's front end and dictionary, in the package pyopenjtalk-plus (the extra `ja`). It is the only
dictionary without a download that knows the joint reading of numbers and counters (三本, 二十日) and the pronunciation of written forms (は
as ワ, 東京 as トーキョー).
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
"""The first package asks the second and third for words that its own dictionary lacks."""
REMEDY = "Install its readings: pip install 'chaptercast[ja]'. Or let a service speak: --engine edge."

_CLAUSE = regex.compile(r"[^\W_ー](?:[\w.:/&+]*\w)?")
"""The units of dictionary look-up: words between punctuation. eSpeak NG handles the punctuation."""
_KANA = regex.compile("[ァ-ヴー]+")
_STRAY = regex.compile("[・ヽヾゝゞ]|(?<![ァ-ヶぁ-ゖ])ー|(?<=[ンんッっ])ー")
"""Signs that eSpeak NG reads as “Japanese letter” in these positions."""
_SMALL = regex.compile(
    "(?<![クグツフヴ])ァ|(?<![ウクグツテデフヴ])ィ|(?<![トド])ゥ|(?<![イウクグシジチツフヴ])ェ|(?<![ウクグツフヴ])ォ|(?<![ァ-ヴ])[ャュョ]"
)
"""Small kana that eSpeak NG skips, or names instead of reading, after certain kana."""
_LONG = regex.compile(
    "(?:^|(?<=[ンッー])|(?<=[アカガサザタダナハバパマヤラワ]ア)|(?<=[イキギシジチヂニヒビピミリ]イ)"
    "|(?<=[ウクグスズツヅヌフブプムユルヴ]ウ)|(?<=[エケゲセゼテデネヘベペメレ]エ)|(?<=[オコゴソゾトドノホボポモヨロ]オ))ー+"
)
"""Length marks that eSpeak NG only names: after a sound that cannot be longer, or that is long already."""


class Morpheme(NamedTuple):
    """A morpheme: the smallest unit that the dictionary reads."""

    kana: str
    """Its pronunciation in katakana. Empty if the dictionary has no reading."""
    begin: int
    end: int
    """In characters. `begin` equals `end` if more is spoken than is written."""
    leans: bool
    """Whether it is spoken as one word with the previous morpheme."""


class Place(NamedTuple):
    """The start of a spoken piece, and the written characters that it stands for."""

    said: int
    begin: int
    end: int


class Reading(Struct, frozen=True):
    """A text as it is given to eSpeak NG."""

    said: str
    places: tuple[Place, ...] = ()
    """In order. Empty if the text is spoken exactly as it is written, character by character."""

    def written(self, offset: int, length: int) -> tuple[int, int]:
        """The written offset and length, in characters, of what is spoken at `offset`. Always whole words of the dictionary."""
        if not self.places:
            return offset, length
        first = max(0, bisect_right(self.places, offset, key=_begin) - 1)
        last = max(first, bisect_right(self.places, offset + length - 1, key=_begin) - 1)
        begin = self.places[first].begin
        return begin, (self.places[last].end - begin if length else 0)


def _begin(place: Place) -> int:
    return place.said


def without_strays(text: str) -> str:
    """Japanese `text` of the same length, without the signs that are named instead of read."""
    return _STRAY.sub(" ", text)


@cache
def dictionary() -> str:
    """The installed readings: names and versions, which decide what is spoken. Empty if they are incomplete."""
    try:
        return ", ".join(f"{package} {version(package)}" for package in _PACKAGES)
    except PackageNotFoundError:
        return ""


def read(text: str) -> Reading:
    """The reading of a Japanese text: kana, split into phrases. Text without a reading stays as it is written.

    Raises `EngineError` if the dictionary cannot be loaded.
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
    """The spoken pieces, each with the begin and end of the written text it stands for. Together they cover the whole text."""
    clauses = [match.span() for match in _CLAUSE.finditer(text)]
    for (_, gap), (begin, end) in pairwise([(0, 0), *clauses, (len(text), len(text))]):
        if gap < begin:
            yield without_strays(text[gap:begin]), gap, begin
        yield from _clause(text[begin:end], begin)


def _clause(clause: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """The pieces of a clause that begins at `offset`. A phrase is a word with the morphemes attached to it, spoken as one word."""
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
    """The morphemes of a text without punctuation, in order. Raises `EngineError` if the dictionary cannot be loaded."""
    done = 0
    for found in _readings()(clause) if clause else ():
        # 21 gives ニ, ジュー and イチ, which is more than is written
        begin, done = done, max(done, found["char_span"][1])
        kana = found["pron"].replace("’", "")  # this mark stands for a whispered vowel
        yield Morpheme(kana if _KANA.fullmatch(kana) else "", begin, done, leans=found["chain_flag"] == 1)


def _sayable(kana: str) -> str:
    """Katakana that eSpeak NG can say completely."""
    plain = kana.translate(_FULL)
    return _LONG.sub("", _SMALL.sub(lambda small: chr(ord(small[0]) + 1), plain))


_FULL = str.maketrans("ヮヵヶヲヰヱ", "ァカケオイエ")


@cache
def _readings() -> Callable[[str], Any]:
    """The loaded front end: 0.4 s and 50 MB. Models from other packages are ignored, so that a text is read the same everywhere."""
    try:
        with redirect_stdout(StringIO()):  # it prints what other packages would add
            import pyopenjtalk
    except ImportError as error:
        raise EngineError(f"The readings of Japanese cannot be loaded: {error}.", REMEDY) from error

    def readings(clause: str) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Sudachi's warning to its callers
            return pyopenjtalk.g2p_mapping(clause, predict_nani=False, use_sudachi_kanji_yomi=False)

    return readings
