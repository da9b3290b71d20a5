"""What all parts of one document share: its styles, its lists, its notes, and what has been left out so far."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from chaptercast.document.formats.docx.number_formats import formatted
from chaptercast.document.formats.docx.numbering import Numbering
from chaptercast.document.formats.docx.package import Package, Relation
from chaptercast.document.formats.docx.qualified_names import Element, name, value
from chaptercast.document.formats.docx.run_properties import HALF_POINTS_UNSAID
from chaptercast.document.formats.docx.styles import StyleSheet
from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.model import Omission, Reason

TEXT = frozenset({"w:t", "w:delText", "m:t", "a:t"})
"""Elements that hold text which is seen."""
_GAPS = frozenset({"w:p", "w:tab", "w:ptab", "w:br", "w:cr", "w:tc", "a:p"})


class Note(Struct, frozen=True):
    """A footnote or endnote that the text refers to."""

    kind: str
    """`footnote` or `endnote`."""
    id: str
    label: str

    @property
    def identity(self) -> str:
        """What it is called in the document as read."""
        return f"{self.kind}-{self.id}"


class Notes(Struct):
    """The notes that have been referred to, in order, numbered as they come."""

    formats: Mapping[str, str] = field(default_factory=dict)
    """How each kind is numbered."""
    referred: dict[tuple[str, str], Note] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def refer(self, kind: str, identity: str, mark: str = "") -> Note:
        """The note that a reference leads to; one with a `mark` of its own is not counted."""
        known = self.referred.get((kind, identity))
        if known is None:
            if not mark:
                self._counts[kind] = self._counts.get(kind, 0) + 1
                mark = formatted(self._counts[kind], self.formats.get(kind, "decimal"))
            known = self.referred[kind, identity] = Note(kind, identity, mark)
        return known


class Context(Struct):
    """What the readers of all parts share."""

    package: Package
    styles: StyleSheet
    numbering: Numbering
    notes: Notes = field(default_factory=Notes)
    left_out: list[Omission] = field(default_factory=list)
    depth: int = 0
    """Documents within documents."""

    def leave_out(self, text: str, reason: Reason) -> None:
        """Name something as not read."""
        text = folded(text)
        if text:
            self.left_out.append(Omission(text, reason))

    def leave_out_entry(self, text: str) -> None:
        """Name one more line of a list of contents, together with those before it."""
        last = self.left_out[-1] if self.left_out else None
        text = folded(text)
        if text and last is not None and last.reason is Reason.BOILERPLATE:
            self.left_out[-1] = Omission(f"{last.text}\n{text}", Reason.BOILERPLATE)
        elif text:
            self.left_out.append(Omission(text, Reason.BOILERPLATE))

    def leave_out_others(self, chosen: Element, others: Iterable[Element]) -> None:
        """Of several versions of one thing, name the words that the one which is read does not have."""
        told = Counter(text_of(chosen).split())
        for other in others:
            self.leave_out(" ".join((Counter(text_of(other).split()) - told).elements()), Reason.HIDDEN)

    @property
    def usual_size(self) -> int:
        """Half-points of type of text that says nothing of it."""
        return self.styles.get("").run.half_points or self.styles.run.half_points or HALF_POINTS_UNSAID


class Part(Struct, frozen=True):
    """A part of the package that holds text."""

    path: str
    relations: Mapping[str, Relation] = field(default_factory=dict)


def text_of(element: Element) -> str:
    """All text in an element, folded; paragraphs, cells and tabs part words."""
    parts: list[str] = []
    for each in element.iter():
        kind = name(each)
        if kind in TEXT:
            parts.append(each.text or "")
        elif kind in _GAPS:
            parts.append(" ")
        elif kind == "v:textpath":
            parts.append(f" {each.get('string') or ''} ")
        elif kind == "w:noBreakHyphen":
            parts.append("-")
    return folded("".join(parts))


def gallery_of(properties: Element | None) -> str:
    """What a content control says that it holds: `Table of Contents`, `Cover Pages`..."""
    if properties is None:
        return ""
    return next((value(each) for each in properties.iter() if name(each) == "w:docPartGallery"), "")
