"""XML that is a file of its own (FB2, flat ODF) into a tree, with nothing fetched and nothing expanded on the way."""

import html
import re
from typing import Any

from lxml import etree

from chaptercast.errors import InputError

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DECLARED = re.compile(r"<!ENTITY", re.IGNORECASE)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
HEAD = 100_000
"""Characters in which a document declares entities."""


def parse_xml(text: str, name: str) -> Any:
    """The root of an XML document, names of elements without namespaces. Entities of HTML, which are none here, are read all the same.

    Raises `InputError` for what is no XML at all, and for what declares entities of its own. `name` is for messages.
    """
    if _DECLARED.search(text[:HEAD]):
        raise InputError(f"{name} declares entities, which are not read", "Save it anew and try again.")
    source = _NAMED.sub(lambda match: match[0] if match[1] in _OF_XML else html.unescape(match[0]), text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_DECLARATION.sub("", source, count=1).encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{name} is damaged: {error}", "Get a whole copy of it.") from error
    if root is None:
        raise InputError(f"{name} is damaged: there is no XML in it", "Get a whole copy of it.")
    for element in root.iter():
        if isinstance(element.tag, str) and "}" in element.tag:
            plain = element.tag.rpartition("}")[2]
            element.tag = plain if _NAME.fullmatch(plain) else "unknown"
    return root
