"""How a script in SSML is told from anything else: by its root element, before anything is loaded that reads it."""

import re

NAMESPACE = "http://www.w3.org/2001/10/synthesis"
HEAD = 60_000
"""Bytes in which the root element is looked for."""

_ROOT = re.compile(
    r"(?:\s++|<\?.*?\?>|<!--.*?-->)*+(?:(?P<type><!DOCTYPE\s++)|<)(?:(?P<prefix>[\w.-]+):)?speak(?=[\s/>\[])(?P<attributes>[^<>]*)",
    re.DOTALL,
)
"""The root element, or the document type that names it: such a document is refused, but as what it is."""
_NAMESPACE = re.compile(r"xmlns(?::([\w.-]+))?\s*=\s*[\"']([^\"']*)")
_BYTE_ORDER_MARKS = "\xef\xbb\xbf\xfe\xff"


def is_ssml(data: bytes) -> bool:
    """Whether the root element of `data` is a `speak` of SSML's namespace, or of none; whatever its encoding."""
    head = data[:HEAD].replace(b"\0", b"").decode("latin-1").lstrip(_BYTE_ORDER_MARKS)
    found = _ROOT.match(head)
    if found is None:
        return False
    declared = dict(_NAMESPACE.findall(found["attributes"]))
    return bool(found["type"]) or declared.get(found["prefix"] or "", NAMESPACE).strip() in (NAMESPACE, "")
