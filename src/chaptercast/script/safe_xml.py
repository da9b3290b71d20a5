"""Parses untrusted XML: no document type, no entities, no fetching, nothing huge or deep. For SSML and PLS."""

import re
from typing import Any

from lxml import etree

LONGEST = 16_000_000
"""The maximum length of a document, in characters: a book of 3,000 pages as SSML."""
MOST_ELEMENTS = 500_000
"""While it is read, each element takes about 150 bytes of memory."""
DEEPEST = 64
LONGEST_ATTRIBUTE = 65_536
MOST_ATTRIBUTES = 100
"""The maximum per element."""

_DECLARATION = re.compile(r"(\s*+)<\?xml\s[^<>]*>")
_DOCTYPE = re.compile(r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)


class XmlRefusedError(ValueError):
    """A document that is not well-formed, or that asks for something forbidden."""

    def __init__(self, reason: str, line: int = 1) -> None:
        """In a message, `reason` follows the file's name and the `line`."""
        super().__init__(f"line {line}: {reason}")


def parse_xml(text: str) -> Any:
    """The root element of a document: a tree of at most `DEEPEST` levels, without comments and processing instructions.

    Raises `XmlRefusedError`. A document type is refused, whatever it contains: expanding entities (billion laughs), entities for files
    or addresses, and default attributes all begin there. Undeclared prefixes, which some services' scripts use, count as parts of
    names.
    """
    if len(text) > LONGEST:
        raise XmlRefusedError(f"it is longer than {LONGEST:,} characters")
    if text.count("<") - text.count("</") > MOST_ELEMENTS:
        raise XmlRefusedError(f"it has more than {MOST_ELEMENTS:,} elements")
    if _DOCTYPE.match(text):
        raise XmlRefusedError("a document type (<!DOCTYPE ...>) is not taken; remove it")
    # An encoding declaration no longer applies, because this is text. Lines keep their numbers.
    root = _parsed(_without_declaration(text).encode("utf-8", "replace"))
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlRefusedError("a document type is not taken; remove it")
    _measure(root)
    return root


def _without_declaration(text: str) -> str:
    found = _DECLARATION.match(text)
    return text if found is None else found[1] + text[found.end() :]


def _parsed(data: bytes, *, recover: bool = False) -> Any:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if not recover and {entry.type_name for entry in parser.error_log} == {"NS_ERR_UNDEFINED_NAMESPACE"}:
            return _parsed(data, recover=True)
        raise XmlRefusedError(_reason(error), error.lineno or 1) from error


def _reason(error: etree.XMLSyntaxError) -> str:
    said = re.sub(r"\s*, line \d+, column \d+.*", "", error.msg or "it cannot be read", flags=re.DOTALL)
    if "Excessive depth" in said:
        return f"elements are nested more than {DEEPEST} deep"
    if "Resource limit" in said or "huge" in said.lower():
        return "a text or an attribute is too long"
    return f"{said[:1].lower()}{said[1:]}"


def _measure(root: Any) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise XmlRefusedError(f"elements are nested more than {DEEPEST} deep", element.sourceline or 1)
        if event == "start":
            _measure_attributes(element)


def _measure_attributes(element: Any) -> None:
    # The count first: lxml needs quadratic time to list them.
    if len(element.attrib) > MOST_ATTRIBUTES:
        raise XmlRefusedError(f"an element has more than {MOST_ATTRIBUTES} attributes", element.sourceline or 1)
    if any(len(value) > LONGEST_ATTRIBUTE for value in element.attrib.values()):
        raise XmlRefusedError("an attribute is too long", element.sourceline or 1)
