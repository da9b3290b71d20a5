"""Maps a file of XML: the place of each element and of each letter in its bytes. So text can be inserted, and the rest stays as it is."""

import html
import re
import unicodedata
from array import array
from functools import lru_cache
from xml.parsers import expat

from lxml import etree
from msgspec import Struct, field

_SILENT = frozenset({"head", "script", "style", "rt", "rp", "template", "title", "noscript"})
"""Elements without text that anyone reads on the page."""
ATOMIC = frozenset({"math", "svg", "img", "object", "audio", "video", "iframe", "canvas", "ruby"})
"""Elements into which nothing may be inserted, or should be."""
_TAG_END = re.compile(rb"(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ENCODING = re.compile(rb"^(<\?xml[^>]*?)\s+encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)")


class Place(Struct):
    """An element, and its place in the file, in bytes."""

    name: str
    """Without a prefix."""
    tag: str
    """As it is written."""
    attributes: dict[str, str]
    parent: int
    """The index of the element around it; -1 for the root."""
    start: int
    inner_begin: int
    inner_end: int = 0
    end: int = 0


class MarkupMap(Struct):
    """A file with the places of what is in it."""

    data: bytes
    """In UTF-8."""
    places: list[Place] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    """All letters and digits of its text, folded by `folded`."""
    begins: "array[int]" = field(default_factory=lambda: array("q"))
    """The place of each letter."""
    ends: "array[int]" = field(default_factory=lambda: array("q"))
    within: "array[int]" = field(default_factory=lambda: array("q"))
    """The index of the innermost element around each letter: the atomic one, if there is one."""

    def around(self, place: int) -> list[int]:
        """Returns the indices of an element and of all around it, outermost first."""
        found = []
        while place >= 0:
            found.append(place)
            place = self.places[place].parent
        return found[::-1]

    def named(self, name: str) -> list[Place]:
        """Returns all elements of this name."""
        return [place for place in self.places if place.name == name]


@lru_cache(maxsize=4096)
def folded(character: str) -> str:
    """Returns the letters and digits of a character, without accents and case: what stays the same in every way of writing."""
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(one for one in decomposed.casefold() if one.isalnum())


def letters_of(text: str) -> str:
    """Returns the letters and digits of a text, as `MarkupMap.letters` has them."""
    return "".join(map(folded, text))


def markup_map(data: bytes) -> MarkupMap:
    """Returns the map of a file. One that is no XML is put right first, as far as that goes. Raises `ValueError`."""
    source = _as_utf8(data)
    try:
        return _Reader(source).result
    except expat.ExpatError:
        try:
            tree = etree.fromstring(source, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
            return _Reader(etree.tostring(tree.getroottree(), encoding="utf-8", xml_declaration=True)).result
        except (etree.XMLSyntaxError, expat.ExpatError, AttributeError, TypeError) as error:
            raise ValueError(f"no XML: {error}") from error


def _as_utf8(data: bytes) -> bytes:
    declared = _DECLARED.match(data)
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "")
    encoding = encoding or (declared[1].decode() if declared else "utf-8")
    if encoding.lower() in {"utf-8", "utf8", "us-ascii", "ascii"}:
        return data
    try:
        return _ENCODING.sub(rb'\1 encoding="utf-8"', data.decode(encoding).encode())
    except (LookupError, UnicodeError) as error:
        raise ValueError(f"no text in {encoding}: {error}") from error


class _Reader:
    """Reads a file once, from its beginning to its end."""

    def __init__(self, data: bytes) -> None:
        self.result = MarkupMap(data)
        self._open: list[int] = []
        self._silent = 0
        self._atomic = -1
        self._cdata: tuple[int, int] | None = None
        """Where the section of plain text begins that is being read, and with which letter."""
        parser = expat.ParserCreate()
        parser.buffer_text = False
        parser.UseForeignDTD(True)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.SkippedEntityHandler = self._entity
        parser.StartCdataSectionHandler = self._begin_cdata
        parser.EndCdataSectionHandler = self._end_cdata
        self._parser = parser
        parser.Parse(data, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        at, data = self._parser.CurrentByteIndex, self.result.data
        closed = _TAG_END.match(data, at + 1)
        inner = closed.end() if closed else at
        name = tag.rpartition(":")[2].lower()
        index = len(self.result.places)
        parent = self._open[-1] if self._open else -1
        self.result.places.append(Place(name, tag, attributes, parent, at, inner))
        self._open.append(index)
        self._silent += name in _SILENT
        if self._atomic < 0 and name in ATOMIC:
            self._atomic = index
        if name == "img":
            for letter in letters_of(attributes.get("alt", "")):
                self._letter(letter, at, inner)

    def _end(self, tag: str) -> None:  # noqa: ARG002
        at, data = self._parser.CurrentByteIndex, self.result.data
        index = self._open.pop()
        place = self.result.places[index]
        if data[place.inner_begin - 2 : place.inner_begin] == b"/>":
            place.inner_end = place.end = place.inner_begin
        else:
            place.inner_end = at
            place.end = data.index(b">", at) + 1
        self._silent -= place.name in _SILENT
        if self._atomic == index:
            self._atomic = -1

    def _begin_cdata(self) -> None:
        self._cdata = self._parser.CurrentByteIndex, len(self.result.letters)

    def _end_cdata(self) -> None:
        """Nothing can be inserted within the section: each of its letters is all of it."""
        begin, first = self._cdata or (0, len(self.result.letters))
        end = self.result.data.index(b"]]>", self._parser.CurrentByteIndex) + len(b"]]>")
        for number in range(first, len(self.result.letters)):
            self.result.begins[number], self.result.ends[number] = begin, end
        self._cdata = None

    def _text(self, text: str) -> None:
        if self._silent:
            return
        at, data = self._parser.CurrentByteIndex, self.result.data
        if data[at : at + 1] == b"&" and self._cdata is None:
            self._reference(text, at)
            return
        for character in text:
            end = at + len(character.encode("utf-8", "surrogatepass"))
            for letter in folded(character):
                self._letter(letter, at, end)
            at = end

    def _entity(self, name: str, is_parameter: bool) -> None:
        if not is_parameter and not self._silent:
            self._reference(html.unescape(f"&{name};"), self._parser.CurrentByteIndex)

    def _reference(self, text: str, at: int) -> None:
        end = self.result.data.find(b";", at) + 1
        for letter in letters_of(text):
            self._letter(letter, at, max(end, at + 1))

    def _letter(self, letter: str, begin: int, end: int) -> None:
        found = self.result
        found.letters.append(letter)
        found.begins.append(begin)
        found.ends.append(end)
        found.within.append(self._atomic if self._atomic >= 0 else self._open[-1])
