"""Finds the footnotes and endnotes of a page: elements that are notes, links that refer to them, and links back.

A link refers to a note if two conditions are met. It says so (`role=doc-noteref`, `epub:type=noteref`) or looks like a reference: a
number or a sign, raised or in brackets. And its target says that it is a note, is named like one, or links back.
"""

import re
from collections import Counter
from itertools import islice

from msgspec import Struct, field

from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.formats.html.element_kinds import BLOCK, HEADING_LEVELS
from chaptercast.document.formats.html.parse import Element

_REFERENCE_ROLES = frozenset({"doc-noteref", "noteref"})
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"})
_BACKLINK_ROLES = frozenset({"doc-backlink", "backlink"})
_LOOKS_LIKE_ONE = re.compile(
    r"[\[(（〔［]?\s*(?:\d{1,4}|[*†‡§¶#⁎]{1,4}|[a-z]|[ivxlc]{1,6}|[注註]\s*\d{0,3})\s*[\])）〕］]?",
    re.IGNORECASE,
)
_NOTE_NAME = re.compile(r"_?(?:ftn|edn|fn|sdfootnote|footnote|endnote|note|cite[-_]note|rearnote)", re.IGNORECASE)
_ONE_NOTE = re.compile(r"(?:ftn|edn|fn|footnote|endnote|note)[-_:]?\w*\d", re.IGNORECASE)
_REFERENCE_NAME = re.compile(
    r"(?:fn|ftn|edn|cite|footnote|endnote|note)[-_:]?\d*[-_:]?(?:ref|anc|back)|backref", re.IGNORECASE
)
_SOURCE_NAME = "#CITEREF"
"""Prefix of MediaWiki's names for sources in the list of literature."""
_BACK_CLASS = re.compile(r"back-?(?:ref|link)|reversefootnote", re.IGNORECASE)
_BRACKETS = "[]()（）〔〕［］ \u00a0"
Leading = dict[str, list[Element]]
"""Links, by the name of their target."""
_ANCESTORS = 64
"""Maximum number of ancestors that are examined."""


class Notes(Struct):
    """The notes of a page."""

    references: dict[Element, str] = field(default_factory=dict)
    """Links that refer to a note, with its id."""
    targets: dict[Element, str] = field(default_factory=dict)
    """Elements that are notes, with their ids."""
    backlinks: dict[Element, str] = field(default_factory=dict)
    """Links from a note back to its reference, with their texts."""
    labels: dict[str, str] = field(default_factory=dict)
    """The label of each note where the text refers to it, by the note's id."""


def roles(element: Element) -> set[str]:
    """Returns the words of `role` and `epub:type`."""
    return set(f"{element.get('role', '')} {element.get('epub:type', '')}".split())


def find_notes(root: Element) -> Notes:
    """Finds the notes of a page."""
    notes = Notes()
    for element in root.iter("aside", "li", "div", "p", "section", "dd"):
        if roles(element) & _NOTE_ROLES or "footnote-item" in element.get("class", "").split():
            notes.targets[element] = element.get("id") or f"note-{len(notes.targets) + 1}"
    links = [link for link in root.iter("a") if len(link.get("href", "")) > 1 and link.get("href").startswith("#")]
    if links:
        leading: Leading = {}
        for link in links:
            leading.setdefault(link.get("href")[1:], []).append(link)
        _refer(notes, links, leading, root)
        _find_ways_back(notes, links)
    return notes


def _refer(notes: Notes, links: list[Element], leading: Leading, root: Element) -> None:
    """Pairs references with the notes that they lead to."""
    order = {element: index for index, element in enumerate(root.iter())}
    places: dict[str, Element] = {}
    for element in order:
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                places.setdefault(name, element)
    found: list[tuple[Element, str, Element]] = []
    for link in links:
        name = link.get("href")[1:]
        place = places.get(name)
        if place is None or place.tag in HEADING_LEVELS or _leads_back(link):
            continue
        note = _block_around(place)
        after = order[link] < order[note]
        if _is_reference(link, name, note, leading, after=after) and not _inside(link, note):
            found.append((link, name, note))
    notes_within = Counter(note.getparent() for note in {note: None for _, _, note in found})
    for link, name, block in found:
        around = block.getparent()
        alone = around is not None and notes_within[around] == 1 and _is_one_note(around)
        note = around if alone and block not in notes.targets else block
        identity = notes.targets.setdefault(note, name)
        notes.references[link] = identity
        notes.labels.setdefault(identity, _text(link).strip(_BRACKETS))


def _is_reference(link: Element, name: str, note: Element, leading: Leading, *, after: bool) -> bool:
    """Returns whether a link refers to a note. `after` tells whether the note stands after it."""
    if roles(link) & _REFERENCE_ROLES:
        return True
    text = _text(link)
    around = link.getparent()
    raised = around.tag == "sup" or around.get("class") == "reference" or link.find("sup") is not None
    if not _LOOKS_LIKE_ONE.fullmatch(text) or (text.isalpha() and not raised):
        return False
    if roles(note) & _NOTE_ROLES or (raised and _NOTE_NAME.match(name)):
        return True
    return after and any(_inside(back, note) for own in _own_names(link) for back in leading.get(own, ())[:8])


def _leads_back(link: Element) -> bool:
    """Returns whether the markup of a link says that it leads from a note back to its reference."""
    return bool(
        roles(link) & _BACKLINK_ROLES
        or _BACK_CLASS.search(link.get("class", ""))
        or (_REFERENCE_NAME.search(link.get("href", "")) and not link.get("href").startswith(_SOURCE_NAME)),
    )


def _own_names(link: Element) -> set[str]:
    """Returns the names in and directly around a link: the possible targets of a link back."""
    names = {link.get("id"), link.get("name")}
    names |= {child.get(key) for child in link for key in ("id", "name")}
    for around in islice(link.iterancestors(), 2):
        if around.tag in BLOCK:
            break
        names.add(around.get("id"))
    return {name for name in names if name}


def _text(element: Element) -> str:
    return folded("".join(element.itertext()))


def _inside(element: Element, container: Element) -> bool:
    return any(ancestor is container for ancestor in islice(element.iterancestors(), _ANCESTORS))


def _block_around(place: Element) -> Element:
    """Returns the element itself if it is a block, or else the nearest block around it."""
    around = (element for element in islice(place.iterancestors(), _ANCESTORS) if element.tag in BLOCK)
    return place if place.tag in BLOCK else next(around, place)


def _is_one_note(element: Element) -> bool:
    names = (element.get("id", ""), element.get("class", ""))
    return element.tag in ("li", "div", "aside") and any(_ONE_NOTE.search(name) for name in names)


def _find_ways_back(notes: Notes, links: list[Element]) -> None:
    """Finds the links inside a note that lead to one of its references, or say that they lead back."""
    names = {name for reference in notes.references for name in _own_names(reference)}
    for link in links:
        if link in notes.references or not (link.get("href")[1:] in names or _leads_back(link)):
            continue
        if any(ancestor in notes.targets for ancestor in islice(link.iterancestors(), _ANCESTORS)):
            notes.backlinks[link] = _text(link)
