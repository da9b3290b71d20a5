"""Parses XML into a tree. Fetches nothing, expands nothing, and loses nothing where the XML is broken."""

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from chaptercast.errors import InputError

HEAD = 100_000
"""The first characters, in which a document may declare entities."""

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]{1,40})")
_DECLARES = re.compile(r"<!ENTITY", re.IGNORECASE)
_DECLARES_BYTES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_SUBSET = re.compile(r"(<!DOCTYPE[^\[>]*)\[([^\]]*)\]\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]{1,50})\s+(?:\"([^\"&%<]{0,200})\"|'([^'&%<]{0,200})')\s*>")
"""An entity of a few characters. Nested and external entities are not read."""
_REFERENCE = re.compile(r"&([A-Za-z_][\w.-]{0,49});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_MARKUP = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>]*>|<!\[CDATA\[(?P<cdata>.*?)\]\]>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z_][\w.:-]*)(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*|[^<>]*)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w.:-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=]+))")
_NO_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")


def parse_xml(text: str, name: str) -> Any:
    """The root of an XML document, with element names without namespaces. HTML entities, which XML does not define, are read, too.

    Unclosed or misnested elements are closed, end tags without an element are skipped, and malformed markup becomes text. Raises
    `InputError` if it is not XML at all, for endless nesting, and for entities made of entities. `name` is for messages.
    """
    source = _DECLARATION.sub("", _with_entities(text, name), count=1)
    root, whole = _parsed(source.encode("utf-8", "replace"), name)
    if not whole:
        root, _ = _parsed("".join(_balanced(source)).encode("utf-8", "replace"), name)
    if root is None:
        raise InputError(f"{name} is damaged: there is no XML in it", "Get a complete copy of it.")
    return _plain(root)


def parse_xml_bytes(data: bytes, name: str) -> Any:
    """The same for bytes, in their declared encoding."""
    if not _DECLARES_BYTES.search(
        data.replace(b"\0", b"") if b"\0" in data[:64] else data
    ):  # two bytes per character: UTF-16
        root, whole = _parsed(data, name)
        if whole and root is not None:
            return _plain(root)
    return parse_xml(_decoded(data), name)


def declares_entities(data: bytes) -> bool:
    """Whether a document declares entities, also in UTF-16, which has two bytes per character."""
    return _DECLARES_BYTES.search(data.replace(b"\0", b"") if b"\0" in data[:64] else data) is not None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf").lstrip())
    try:
        return data.decode(declared[1].decode() if declared else "utf-8-sig", "replace").removeprefix("\ufeff")
    except LookupError:
        return data.decode("utf-8-sig", "replace")


def _with_entities(text: str, name: str) -> str:
    """The text with its entities replaced by their values."""
    declared: dict[str, str] = {}
    if _DECLARES.search(text[:HEAD]):
        subset = _SUBSET.search(text[:HEAD])
        declared = {key: one or other for key, one, other in _ENTITY.findall(subset[2])} if subset else {}
        if subset is None or len(declared) != len(_DECLARES.findall(text[:HEAD])):
            raise InputError(f"{name} declares entities, which are not read", "Save it again and retry.")
        text = f"{text[: subset.end(1)]}>{text[subset.end() :]}"

    def said(match: "re.Match[str]") -> str:
        if match[1] in _OF_XML:
            return match[0]
        return declared[match[1]] if match[1] in declared else html.escape(html.unescape(match[0]))

    return _REFERENCE.sub(said, text)


def _parsed(source: bytes, name: str) -> tuple[Any, bool]:
    """The root, or `None` if there is none; and whether the source was well-formed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError(f"{name} is damaged: its elements are nested without end", "Save it again and retry.")
    return root, not any(entry.domain_name != "NAMESPACE" for entry in parser.error_log)


def _balanced(source: str) -> Iterator[str]:
    """The source with every element closed inside its parent, and all of it inside the first element, or in an added one."""
    around: list[str] = []
    place = 0
    for match in _MARKUP.finditer(source):
        if not around and source[place : match.start()].strip():  # the first element itself is broken
            yield "<document>"
            around.append("document")
        if around:
            yield html.escape(_mended(source[place : match.start()]), quote=False)
        place = match.end()
        tag = match["name"]
        if match["cdata"] is not None:
            yield html.escape(match["cdata"], quote=False)
        elif tag and match["end"]:
            yield from _ended(around, tag)
        elif tag:
            empty = match["attributes"].endswith("/") and bool(around)
            yield f"<{tag}{_attributes(match['attributes'].removesuffix('/'))}{'/' * empty}>"
            if not empty:
                around.append(tag)
    if around:
        yield html.escape(_mended(source[place:]), quote=False)
    yield from (f"</{tag}>" for tag in reversed(around))


def _attributes(source: str) -> str:
    """The attributes in correct form, each once."""
    found = {name: _mended(one or other or bare) for name, one, other, bare in _ATTRIBUTE.findall(source)}
    return "".join(f' {name}="{html.escape(value)}"' for name, value in found.items())


def _ended(around: list[str], tag: str) -> Iterator[str]:
    """The end tags up to the element of that name. The first element ends with the source."""
    if tag in around[1:]:
        ended = ""
        while ended != tag:
            ended = around.pop()
            yield f"</{ended}>"


def _mended(text: str) -> str:
    """The text with its references decoded; a stray `&` stays an `&` between two tags, or in an attribute."""
    return html.unescape(_NO_REFERENCE.sub("&amp;", text))


def _plain(root: Any) -> Any:
    for element in root.iter():
        if isinstance(element.tag, str) and "}" in element.tag:
            plain = element.tag.rpartition("}")[2]
            element.tag = plain if _NAME.fullmatch(plain) else "unknown"
    return root
