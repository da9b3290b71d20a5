"""Lists, tables and notes of a DTBook in which nothing is spoken, written as plain blocks.

In DAISY 3 each of them must lead to a sequence of the timing, which a listener can leave. There is none where nothing is heard.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from lxml import etree

_DTBOOK = "{http://www.daisy.org/z3986/2005/dtbook/}"
_PLAIN: Mapping[str, str] = MappingProxyType(
    {"list": "div", "li": "div", "note": "div", "table": "div", "caption": "p", "tr": "p", "th": "span", "td": "span"}
)


def with_plain_blocks(text: str, places: Collection[str]) -> str:
    """Returns a DTBook in which the elements at these places of the timing (`smilref`) are plain blocks, with all that they hold."""
    tree = etree.fromstring(text.encode(), etree.XMLParser(load_dtd=False, no_network=True)).getroottree()
    silent = [element for element in tree.iter(f"{_DTBOOK}*") if element.get("smilref") in places]
    for group in silent:
        for element in [*group.iter(f"{_DTBOOK}*")]:
            _make_plain(element)
    head = text[: text.index("<dtbook")]
    return f"{head}{etree.tostring(tree.getroot(), encoding='unicode')}\n"


def _make_plain(element: etree._Element) -> None:
    name = etree.QName(element).localname
    if name not in _PLAIN:
        return
    for attribute in ("smilref", "type", "scope", "colspan", "rowspan"):
        element.attrib.pop(attribute, None)
    element.tag = _DTBOOK + _PLAIN[name]
    if name in ("list", "note", "table"):
        element.set("class", name)
    if name in ("th", "td"):
        element.tail = " "
