"""Whether an SSML document keeps to the portable profile, which the common speech services and engines all take."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from lxml import etree

SCHEMA = Path(__file__).resolve().parents[1] / "script" / "ssml-portable.rng"

_UNPORTABLE_MARKUP = (
    ("<!DOCTYPE", "a document type declaration"),
    ("<![CDATA[", "a CDATA section, which eSpeak NG leaves unspoken"),
    ("<!--", "a comment, of which eSpeak NG may speak a part"),
)
_SINGLE_QUOTED = re.compile(r"<[^<>]*=\s*'")
_SSML = "{http://www.w3.org/2001/10/synthesis}"


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMA))


def portable_faults(document: str) -> list[str]:
    """What in `document` is against the profile: its markup, its structure, its marks. Empty if nothing is.

    `lxml.etree.XMLSyntaxError` if it is not well-formed. Of several lines about the structure the last ones tell most;
    `jing ssml-portable.rng FILE` puts it best.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(document.encode(), parser)
    faults = [f"there is {what}" for sign, what in _UNPORTABLE_MARKUP if sign in document]
    if _SINGLE_QUOTED.search(document):
        faults.append("an attribute is in single quotes, which eSpeak NG 1.51 takes into the value")
    if any(element.prefix for element in root.iter(f"{_SSML}*")):
        faults.append("an element's name has a prefix, so that eSpeak NG does not know it")
    marks = Counter(mark.get("name", "") for mark in root.iter(f"{_SSML}mark"))
    faults += [f"the mark {name} is set {count} times" for name, count in marks.items() if count > 1]
    schema = _schema()
    if not schema.validate(root):
        faults += [f"line {error.line}: {error.message}" for error in schema.error_log]
    return faults
