"""Gives each sentence of a page an id: that of the element around it, or of a new `span`. Everything else stays byte for byte."""

import html
import re
from collections.abc import Iterator, Sequence

from markupsafe import escape
from msgspec import Struct, field

from chaptercast.publication.exports.epub_original.markup_map import ATOMIC, MarkupMap, Place, folded

PREFIX = "said-"
_SPLITTABLE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
    }
)
"""Inline elements that may be closed before a sentence and opened again within it."""
_INLINE = _SPLITTABLE | {
    "q",
    "br",
    "wbr",
    "img",
    "math",
    "svg",
    "ruby",
    "rb",
    "rbc",
    "object",
    "audio",
    "video",
    "iframe",
}
_WHOLE = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "td",
        "th",
        "dt",
        "dd",
        "figcaption",
        "caption",
        "span",
        "img",
        "math",
        "svg",
        "object",
    }
)
"""Elements that are a sentence themselves if nothing else is in them."""
_ID = re.compile(rb"\s(?:id|name|epub:type)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_REFERENCE = re.compile(rb"&[^;\s]+;")
_REFERENCE_BACK = re.compile(rb"&[^;&\s]+;$")
_LONGEST_REFERENCE = 12


class Wanted(Struct, frozen=True):
    """Letters of a page that are to have an id."""

    key: int
    begin: int
    end: int
    text: str
    """The sentence. Its signs before and after the letters are looked for beside them."""


class Named(Struct, frozen=True):
    """What has got an id."""

    key: int
    name: str
    share: float
    """How much of its sentence it is, from 0 to 1: a sentence may go through several paragraphs."""


class Page(Struct):
    """A page that is changed."""

    map: MarkupMap
    inserted: list[tuple[int, int, bytes]] = field(default_factory=list)
    """Where, in which order at the same place, what."""
    _taken: set[str] = field(default_factory=set)
    _count: int = 0

    def __post_init__(self) -> None:
        """Notes the ids that are there."""
        self._taken = {place.attributes["id"] for place in self.map.places if place.attributes.get("id")}

    @property
    def content(self) -> bytes:
        """The file with what was inserted."""
        pieces, last = [], 0
        for at, _, text in sorted(self.inserted):
            pieces += [self.map.data[last:at], text]
            last = at
        return b"".join([*pieces, self.map.data[last:]])

    def insert(self, at: int, text: str | bytes) -> None:
        """Inserts a text; what was inserted at the same place before stays before it."""
        self.inserted.append((at, len(self.inserted), text if isinstance(text, bytes) else text.encode()))

    def name(self, wanted: Sequence[Wanted]) -> Iterator[Named]:
        """Gives ids. Yields them in the order of the page. What overlaps something before it gets none."""
        last = 0
        for one in sorted(wanted, key=lambda one: (one.begin, one.end)):
            groups = [*self._blocks(one)]
            for number, (begin, end) in enumerate(groups):
                leading, trailing = _signs(one.text)
                start = self.map.begins[begin]
                stop = self.map.ends[end - 1]
                atomic = self._atomic(begin, end)
                if atomic is not None:
                    start, stop = min(start, atomic.start), max(stop, atomic.end)
                if start < last:
                    continue
                if number == 0:
                    start = self._before(start, leading, last)
                if number == len(groups) - 1:
                    stop = self._after(stop, trailing)
                found = self._named(start, stop, self.map.within[begin], self.map.within[end - 1])
                if found is not None:
                    name, last = found
                    yield Named(one.key, name, (end - begin) / (one.end - one.begin))

    def _blocks(self, one: Wanted) -> Iterator[tuple[int, int]]:
        """Yields the letters in pieces, each within one paragraph."""
        begin, around = one.begin, self._block(self.map.within[one.begin])
        for at in range(one.begin + 1, one.end):
            own = self.map.within[at]
            if own != self.map.within[at - 1] and (block := self._block(own)) != around:
                yield begin, at
                begin, around = at, block
        yield begin, one.end

    def _block(self, place: int) -> int:
        while self.map.places[place].name in _INLINE and self.map.places[place].parent >= 0:
            place = self.map.places[place].parent
        return place

    def _atomic(self, begin: int, end: int) -> Place | None:
        found = [self.map.places[self.map.within[at]] for at in (begin, end - 1)]
        whole = [place for place in found if place.name in ATOMIC]
        if not whole:
            return None
        return Place("", "", {}, -1, min(p.start for p in whole), 0, 0, max(p.end for p in whole))

    def _before(self, at: int, signs: str, earliest: int) -> int:
        """Returns the place of the signs before a sentence, if they are there."""
        found, data = at, self.map.data
        for sign in reversed(signs):
            before = _REFERENCE_BACK.search(data[max(earliest, at - _LONGEST_REFERENCE) : at])
            encoded = sign.encode()
            if before and html.unescape(before[0].decode("utf-8", "replace")) == sign:
                at -= len(before[0])
            elif at - len(encoded) >= earliest and data.endswith(encoded, earliest, at):
                at -= len(encoded)
            else:
                break
            found = at
        return found

    def _after(self, at: int, signs: str) -> int:
        """Returns the end of the signs after a sentence, which may stand behind the end of an inline element."""
        found, data = at, self.map.data
        for sign in signs:
            while (closed := self._closes(at)) is not None:
                at = closed
            reference, encoded = _REFERENCE.match(data, at), sign.encode()
            if reference and html.unescape(reference[0].decode("utf-8", "replace")) == sign:
                at = reference.end()
            elif data.startswith(encoded, at):
                at += len(encoded)
            else:
                break
            found = at
        return found

    def _closes(self, at: int) -> int | None:
        """Returns the end of the end tag of an inline element at this place."""
        if self.map.data[at : at + 2] != b"</":
            return None
        end = self.map.data.find(b">", at) + 1
        name = self.map.data[at + 2 : end - 1].strip().lower().decode("utf-8", "replace")
        return end if name in _SPLITTABLE else None

    def _named(self, start: int, stop: int, first: int, last: int) -> tuple[str, int] | None:
        """Returns the id of what is between two places, and where it ends. None if no id can be given."""
        places = self.map.places
        opened = [
            index for index in self.map.around(first) if places[index].inner_begin <= start < places[index].inner_end
        ]
        closed = [
            index for index in self.map.around(last) if places[index].inner_begin < stop <= places[index].inner_end
        ]
        for index in {first, last}:
            if places[index].name in ATOMIC and (places[index].start, places[index].end) == (start, stop):
                return self._own(places[index]), stop
        common = [a for a, b in zip(opened, closed, strict=False) if a == b]
        if not common:
            return None
        around = places[common[-1]]
        if around.name in _WHOLE and self._is_all(around, start, stop):
            return self._own(around), around.end
        before = [places[index] for index in opened[len(common) :]]
        after = [places[index] for index in closed[len(common) :]]
        while before and not self.map.data[before[-1].inner_begin : start].strip():
            start = before.pop().start
        while after and not self.map.data[stop : after[-1].inner_end].strip():
            stop = after.pop().end
        if any(place.name not in _SPLITTABLE for place in (*before, *after)):
            return None
        name = self._new()
        self.insert(start, _closing(before) + f'<span id="{name}">'.encode() + self._opening(before))
        self.insert(stop, _closing(after) + b"</span>" + self._opening(after))
        return name, stop

    def _is_all(self, place: Place, start: int, stop: int) -> bool:
        data = self.map.data
        return not data[place.inner_begin : start].strip() and not data[stop : place.inner_end].strip()

    def _own(self, place: Place) -> str:
        """Returns the id of an element, which gets one if it has none."""
        if place.attributes.get("id"):
            return place.attributes["id"]
        name = place.attributes["id"] = self._new()
        self.insert(place.start + 1 + len(place.tag.encode()), f' id="{name}"')
        return name

    def _new(self) -> str:
        self._count += 1
        while f"{PREFIX}{self._count}" in self._taken:
            self._count += 1
        return f"{PREFIX}{self._count}"

    def _opening(self, places: Sequence[Place]) -> bytes:
        return b"".join(_ID.sub(b"", self.map.data[place.start : place.inner_begin]) for place in places)


def _closing(places: Sequence[Place]) -> bytes:
    return b"".join(f"</{place.tag}>".encode() for place in reversed(places))


def _signs(text: str) -> tuple[str, str]:
    """Returns the signs before the first letter of a text, and those after the last one."""
    at = [number for number, character in enumerate(text) if folded(character)]
    if not at:
        return "", ""
    keep = str.maketrans("", "", " \t\r\n\u00a0")
    return text[: at[0]].translate(keep), text[at[-1] + 1 :].translate(keep)


def attribute(text: str) -> str:
    """Returns a text as the value of an attribute."""
    return str(escape(text))
