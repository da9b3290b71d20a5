"""The parts of a package and how they lead to each other (ECMA-376, part 2): nothing is found by the name of its file alone."""

import io
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from chaptercast.document.formats.docx.qualified_names import Element, name
from chaptercast.document.sources.zip_container import Archive
from chaptercast.errors import InputError

TYPES = "[Content_Types].xml"
_USUAL = "word/document.xml"
_DEEP = re.compile(r"excessive depth", re.IGNORECASE)


class Relation(Struct, frozen=True):
    """What a part refers to by an id."""

    kind: str
    """The last word of its type: `image`, `hyperlink`, `footnotes`..."""
    target: str
    """The path of a part; the address of what lies outside."""
    external: bool = False


class Package:
    """The parts of one file. Every method raises `InputError` for what is damaged or made to hurt."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._members = {_normal(member): member for member in archive.names}
        self._relations: dict[str, Mapping[str, Relation]] = {}

    @cached_property
    def main(self) -> str:
        """The path of the document part: what the package names, else where Word puts it; empty if there is none."""
        named = [each.target for each in self.relations("").values() if each.kind == "officeDocument"]
        return next((path for path in [*named, _USUAL] if path in self), "")

    def __contains__(self, path: str) -> bool:
        return _normal(path) in self._members

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all parts, as they are written."""
        return tuple(self._members.values())

    def relations(self, part: str) -> Mapping[str, Relation]:
        """What a part refers to, by id; `part` is empty for the package itself."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def related(self, part: str, kind: str) -> str:
        """The path of the part of that kind which a part refers to; empty if there is none."""
        targets = (each.target for each in self.relations(part).values() if each.kind == kind and not each.external)
        return next((path for path in targets if path in self), "")

    def content_type(self, path: str) -> str:
        """What the package says that a part is; empty where it says nothing."""
        return self._types.get(_normal(path)) or self._types.get("." + path.rpartition(".")[2].lower(), "")

    def data(self, path: str) -> bytes:
        """The bytes of a part."""
        return self.archive.read(self._members.get(_normal(path), path))

    def xml(self, path: str, *, damaged: bool = False) -> Element:
        """The root of a part. What is not well-formed is refused, unless `damaged` parts are read as far as they go."""
        source = self.archive.xml_source(self._members.get(_normal(path), path))
        try:
            root = etree.fromstring(source, etree.XMLParser(**_PARSER, recover=damaged))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._refused(path, error) from error
        if root is None:
            raise self.archive.damaged(path)
        return root

    def children(self, path: str, inside: str, tags: frozenset[str]) -> Iterator[Element]:
        """The children of the element `w:INSIDE` of a part, one by one; each is gone when the next is asked for.

        `tags` are the local names of those that are frequent: others are given together with the next of them.
        """
        source = io.BytesIO(self.archive.xml_source(self._members.get(_normal(path), path)))
        events = etree.iterparse(source, events=("end",), tag=[f"{{*}}{tag}" for tag in (*tags, inside)], **_PARSER)
        try:
            for _, element in events:
                parent = element.getparent()
                if name(element) == f"w:{inside}":
                    yield from _taken(element, None)
                elif parent is not None and name(parent) == f"w:{inside}":
                    yield from _taken(parent, element)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._refused(path, error) from error

    @cached_property
    def _types(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if TYPES not in self:
            return found
        for element in self.xml(TYPES, damaged=True):
            kind = element.get("ContentType") or ""
            if element.get("PartName"):
                found[_normal(element.get("PartName"))] = kind
            elif element.get("Extension"):
                found["." + element.get("Extension").lower()] = kind
        return found

    def _read_relations(self, part: str) -> dict[str, Relation]:
        folder, file = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        found: dict[str, Relation] = {}
        if path not in self:
            return found
        for element in self.xml(path, damaged=True):
            identity, target = element.get("Id"), element.get("Target")
            if not identity or target is None:
                continue
            kind = (element.get("Type") or "").rpartition("/")[2]
            external = element.get("TargetMode") == "External"
            found.setdefault(identity, Relation(kind, target if external else _resolved(folder, target), external))
        return found

    def _refused(self, path: str, error: Exception) -> InputError:
        if _DEEP.search(str(error)):
            return InputError(
                f"{self.archive.name} holds elements in elements deeper than any text has ({path})",
                "Save it anew and try again.",
            )
        return self.archive.damaged(f"{path}: {error}")


_PARSER = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
}


def is_word(archive: Archive) -> bool:
    """Whether a ZIP container is a word-processor document, whatever its parts are called."""
    package = Package(archive)
    path = package.main
    if not path:
        return False
    kind = package.content_type(path).lower()
    return "wordprocessingml" in kind or "ms-word" in kind or path.lower().startswith("word/")


def _taken(parent: Element, last: Element | None) -> Iterator[Element]:
    """The children of an element up to `last`, or all; each is emptied after it was given, and taken away before the next.

    What comes after `last` may be half read, and the parser may still hold on to `last` itself.
    """
    for element in list(parent):
        previous = element.getprevious()
        if previous is not None:
            parent.remove(previous)
        if len(element) or element.attrib:
            yield element
            element.clear(keep_tail=True)
        if element is last:
            return


def _normal(path: str) -> str:
    """Names of parts are told apart without regard to case (6.2.2.3)."""
    return path.replace("\\", "/").lstrip("/").lower()


def _resolved(folder: str, target: str) -> str:
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/") if path else ""
