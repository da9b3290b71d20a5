"""Rebuilds the lists in pages written by Word: paragraphs with a marker in front, and a style that gives the list and its level."""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from chaptercast.document.formats.html.parse import Element

SIGN = "mso-list"
"""A page without this text has no such lists."""
_PLACE = re.compile(r"mso-list:\s*(l\d+)\s+level([1-9])\s*(lfo\d+)?", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_DIGITS = re.compile(r"\(?(\d{1,9})[.):]*")
_LABEL = re.compile(r"\(?[^\W_]{1,7}(?:[.)]+|(?:\.[^\W_]{1,4})+[.)]*)")


class _Place(Struct, frozen=True):
    """The list and the position of an item."""

    list_name: str
    level: int


class _Open(Struct):
    """A list under construction."""

    element: Element
    place: _Place
    next_number: int | None
    """The number that its next item must have; None if its items have no numbers."""


def make_lists(root: Element) -> None:
    """Turns the paragraphs of Word's lists into lists, in place."""
    for run in [*_runs(root)]:
        _make_list(run)


def _runs(root: Element) -> Iterator[list[tuple[Element, _Place]]]:
    """Yields runs of items with nothing between them."""
    run: list[tuple[Element, _Place]] = []
    for paragraph in root.iter("p"):
        match = _PLACE.search(paragraph.get("style", ""))
        follows = bool(run) and paragraph.getprevious() is run[-1][0] and not (run[-1][0].tail or "").strip()
        if run and not (match and follows):
            yield run
            run = []
        if match:
            run.append((paragraph, _Place(f"{match[1]} {match[3]}".lower(), int(match[2]))))
    if run:
        yield run


def _make_list(run: list[tuple[Element, _Place]]) -> None:
    first, last = run[0][0], run[-1][0]
    holder = etree.Element("div")
    parent = first.getparent()
    parent.insert(parent.index(first), holder)
    holder.tail, last.tail = last.tail, None
    opened: list[_Open] = []
    for paragraph, place in run:
        label = _take_marker(paragraph)
        counted = _DIGITS.fullmatch(label)
        number = int(counted[1]) if counted else None
        while opened and not _takes(opened[-1], place, number):
            opened.pop()
        if not opened or place.level > opened[-1].place.level:
            items = [] if not opened else list(opened[-1].element)
            around = items[-1] if items else holder
            made = etree.SubElement(around, "ul" if number is None else "ol")
            if number is not None:
                made.set("start", str(number))
            opened.append(_Open(made, place, number))
        if number is not None:
            opened[-1].next_number = number + 1
        elif _LABEL.fullmatch(label):
            paragraph.text = f"{label} {paragraph.text or ''}"
        item = etree.SubElement(opened[-1].element, "li")
        paragraph.tail = None
        item.append(paragraph)


def _takes(opened: _Open, place: _Place, number: int | None) -> bool:
    """Returns whether an item belongs to an open list, or to a list inside it."""
    if place.level != opened.place.level:
        return place.level > opened.place.level
    return place.list_name == opened.place.list_name and opened.next_number == number


def _take_marker(paragraph: Element) -> str:
    """Returns the marker of an item, and removes it from the item's text."""
    for span in paragraph.iter("span"):
        if not _IGNORED.search(span.get("style", "")):
            continue
        label = "".join(span.itertext()).strip().strip("\u00a0").strip()
        around = span.getparent()
        before = span.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + (span.tail or "")
        else:
            around.text = (around.text or "") + (span.tail or "")
        around.remove(span)
        return label
    return ""
