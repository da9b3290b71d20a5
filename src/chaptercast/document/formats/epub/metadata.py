"""What a book says about itself: Dublin Core in its package document, refined by EPUB 3's `meta` or EPUB 2's attributes."""

import re
from collections.abc import Sequence

from chaptercast.document.formats.html.element_content import folded, text_of
from chaptercast.document.formats.html.parse import Element, parse
from chaptercast.document.metadata.dates import to_iso
from chaptercast.document.metadata.language import canonical
from chaptercast.document.model import Metadata

_OF_AUTHORS = frozenset({"aut", "author"})


def metadata_of(package: Element) -> Metadata:
    """The metadata of a book."""
    about = _Refined(package)
    tree = parse(next(iter(about.texts("description")), ""))
    addresses = [value for value in about.texts("source") + about.texts("identifier") if re.match(r"https?://", value)]
    return Metadata(
        title=about.title(),
        author=", ".join(dict.fromkeys(about.authors())),
        authors=tuple(dict.fromkeys(about.authors())),
        date=next((iso for value in about.dates() if (iso := to_iso(value))), ""),
        language=next((tag for value in about.texts("language") if (tag := canonical(value))), None),
        source=next(iter(addresses), ""),
        description=text_of(tree) if tree is not None else "",
    )


class _Refined:
    """The elements of a package's metadata, each with what refines it."""

    def __init__(self, package: Element) -> None:
        self._package = package
        self._refinements: dict[tuple[str, str], str] = {}
        for meta in package.iter("meta"):
            if meta.get("refines"):
                self._refinements[meta.get("refines").lstrip("#"), meta.get("property", "")] = _text(meta)

    def texts(self, name: str) -> list[str]:
        """The texts of all elements of a name."""
        return [text for element in self._package.iter(name) if (text := _text(element))]

    def title(self) -> str:
        """The main title, or the first."""
        titles = [element for element in self._package.iter("title") if _text(element)]
        main = (element for element in titles if self._says(element, "title-type") == "main")
        return next((_text(element) for element in (*main, *titles)), "")

    def authors(self) -> list[str]:
        """Who wrote it: the creators that are called authors, or else all whose part is not said, or else all."""
        creators = [element for element in self._package.iter("creator") if _text(element)]
        roles = [(self._says(element, "role") or _attribute(element, "role")).lower() for element in creators]
        writing = [e for e, role in zip(creators, roles, strict=True) if role in _OF_AUTHORS or not role]
        return [_text(element) for element in writing or creators]

    def dates(self) -> list[str]:
        """Its dates, that of its publication first."""
        found = [(_attribute(element, "event").lower(), _text(element)) for element in self._package.iter("date")]
        return [text for event, text in sorted(found, key=lambda pair: _order(pair[0]))]

    def _says(self, element: Element, what: str) -> str:
        return self._refinements.get((element.get("id", ""), what), "") if element.get("id") else ""


_EVENTS: Sequence[str] = ("publication", "", "original-publication", "creation")


def _order(event: str) -> int:
    return _EVENTS.index(event) if event in _EVENTS else len(_EVENTS)


def _attribute(element: Element, name: str) -> str:
    """An attribute in the package's namespace, as EPUB 2 has it: `opf:role`."""
    return str(next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), ""))


def _text(element: Element) -> str:
    return folded("".join(element.itertext()))
