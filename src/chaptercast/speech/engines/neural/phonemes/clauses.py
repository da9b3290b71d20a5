"""A text in clauses: words, and the punctuation around them, which the models make pauses of."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

_PAUSES: Mapping[str, str] = MappingProxyType(
    {".": ".。．｡।॥۔።", ",": ",，、､،", ";": ";；؛", ":": ":：", "!": "!！", "?": "?？؟", "—": "—–―〜～", "…": "…⋯"}
)
_BRACKETS: Mapping[str, str] = MappingProxyType(
    {"“": "“«„「『《〈【｢", "”": '”»」』》〉】｣"', "(": "(（[［〔", ")": ")）]］〕"}
)
"""The marks that stand for those of all scripts."""
_CANONICAL: Mapping[str, str] = MappingProxyType(
    {one: mark for table in (_PAUSES, _BRACKETS) for mark, ones in table.items() for one in ones}
)
_SILENT = "¡¿·・•|*_~^`´"
"""Said by nobody, and no pause."""
_PAUSE_MARKS, _OTHERS = (re.escape("".join(marks)) for marks in (_PAUSES.values(), (*_BRACKETS.values(), _SILENT)))
_SPACELESS = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
_INSIDE = re.compile(rf"(?<=[^\W{_SPACELESS}])[.,:](?=[^\W{_SPACELESS}])")
"""Within a number or an abbreviation: no pause. Between kana or ideographs it is one, where no space follows either."""
_DASH = re.compile(r"(?<=\s)-+(?=\s)")
_PAUSE = re.compile(rf"(?:[{_PAUSE_MARKS}][{_OTHERS}\s]*)+")
_OTHER = re.compile(rf"[{_OTHERS}]")
_OPENING = "“("
OPENING = re.compile(rf"[{re.escape(''.join(_BRACKETS[mark] for mark in _OPENING))}]")
ENDS = ".!?…"
"""Marks that end a sentence."""
_CLOSING = "”)"
_UNSPOKEN = "ˈˌːˑ"


def ends_sentence(symbols: str) -> bool:
    """Whether a spelling ends with a mark that ends a sentence, whatever it closes after that."""
    return symbols.rstrip(_CLOSING).endswith(tuple(ENDS))


def is_spoken(symbols: str) -> bool:
    """Whether anything of a spelling sounds: punctuation, stress and length alone do not, and models make noise of them."""
    return any(symbol.isalnum() and symbol not in _UNSPOKEN for symbol in symbols)


class Bracket(NamedTuple):
    """A quotation mark or a bracket between words."""

    place: int
    """In characters of its clause."""
    mark: str

    @property
    def opens(self) -> bool:
        """Whether it belongs to the word after it."""
        return self.mark in _OPENING


class Clause(NamedTuple):
    """Words without a pause between them."""

    begin: int
    """In characters of the text."""
    words: str
    """The text from there on, spaces in place of all punctuation but that within words."""
    brackets: tuple[Bracket, ...]
    after: str
    """The marks that follow the words, none twice in a row."""


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text, in order. Marks of all scripts become those of ours: `。` a full stop, `...` an ellipsis, ` - ` a dash."""
    shown = _DASH.sub(lambda dash: "—" * len(dash[0]), _INSIDE.sub("\0", text))
    begin = 0
    for found in _PAUSE.finditer(shown):
        opening = OPENING.search(shown, found.start(), found.end())
        end = opening.start() if opening else found.end()
        yield _clause(text, begin, found.start(), shown[found.start() : end])
        begin = end
    if begin < len(text):
        yield _clause(text, begin, len(text), "")


def _clause(text: str, begin: int, end: int, after: str) -> Clause:
    words = text[begin:end]
    brackets = (Bracket(found.start(), _CANONICAL.get(found[0], "")) for found in _OTHER.finditer(words))
    marks = "".join(_CANONICAL.get(mark, "") for mark in after).replace("...", "…")
    single = re.sub(r"(.)\1+", r"\1", marks)
    return Clause(begin, _OTHER.sub(" ", words), tuple(bracket for bracket in brackets if bracket.mark), single)
