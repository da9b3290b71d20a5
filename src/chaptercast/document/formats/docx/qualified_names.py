"""Names of elements as `w:p`: the usual prefix for a namespace, whichever edition of the standard a file keeps to."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

Element = Any
"""An lxml element: lxml has no type annotations of its own."""

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
WORD = f"{_OFFICE}wordprocessingml/2006/main"

_PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        WORD: "w",
        f"{_STRICT}wordprocessingml/main": "w",
        f"{_OFFICE}officeDocument/2006/math": "m",
        f"{_STRICT}officeDocument/math": "m",
        f"{_OFFICE}officeDocument/2006/relationships": "r",
        f"{_STRICT}officeDocument/relationships": "r",
        f"{_OFFICE}drawingml/2006/main": "a",
        f"{_STRICT}drawingml/main": "a",
        f"{_OFFICE}drawingml/2006/wordprocessingDrawing": "wp",
        f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
        f"{_OFFICE}drawingml/2006/picture": "pic",
        f"{_STRICT}drawingml/picture": "pic",
        f"{_OFFICE}drawingml/2006/chart": "c",
        f"{_STRICT}drawingml/chart": "c",
        f"{_OFFICE}drawingml/2006/diagram": "dgm",
        f"{_STRICT}drawingml/diagram": "dgm",
        f"{_OFFICE}markup-compatibility/2006": "mc",
        f"{_MICROSOFT}drawing/2014/chartex": "cx",
        f"{_MICROSOFT}drawing/2017/decorative": "adec",
        f"{_MICROSOFT}word/2010/wordml": "w14",
        "urn:schemas-microsoft-com:vml": "v",
        "urn:schemas-microsoft-com:office:office": "o",
    }
)
_BY_PREFIX: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {prefix: tuple(uri for uri, other in _PREFIXES.items() if other == prefix) for prefix in set(_PREFIXES.values())}
)


class _Names(dict[Any, str]):
    """Names by the tags that lxml has, each looked up once: every element of a document is asked for its name several times."""

    def __missing__(self, tag: Any) -> str:
        uri, _, local = tag.rpartition("}") if isinstance(tag, str) else ("", "", "")
        uri = uri.removeprefix("{")
        prefix = _PREFIXES.get(uri)
        if prefix is None and "wordprocessingml" in uri and uri.endswith("main"):  # of Word 2007 before it was finished
            prefix = "w"
        found = f"{prefix or '?'}:{local}" if local else ""
        if len(self) < MOST_NAMES:
            self[tag] = found
        return found


_NAMES = _Names()
MOST_NAMES = 4096
"""Tags that are kept: a document made to hurt may have a new one for each element."""


def name(element: Element) -> str:
    """The name of an element with its usual prefix; `?:` before that of an unknown namespace, nothing for what is no element."""
    return _NAMES[element.tag]


def value(element: Element, attribute: str = "val", prefix: str = "w") -> str:
    """An attribute, in the namespace of `prefix` or in none; empty where there is none."""
    for uri in _BY_PREFIX[prefix]:
        found = element.get(f"{{{uri}}}{attribute}")
        if found is not None:
            return str(found)
    return str(element.get(attribute) or "")


def is_on(element: Element | None) -> bool:
    """Whether a property that is on or off is on: it is there, and does not say that it is off (ECMA-376, 17.17.4)."""
    return element is not None and value(element).lower() not in ("0", "false", "off", "none")


def child(element: Element | None, wanted: str) -> Element | None:
    """The first child of that name."""
    if element is not None:
        for each in element:
            if name(each) == wanted:
                return each
    return None


def find(element: Element, *path: str) -> Element | None:
    """The element that the names lead to, child by child."""
    found: Element | None = element
    for wanted in path:
        found = child(found, wanted)
    return found


def every(element: Element, *wanted: str) -> Iterator[Element]:
    """All elements of those names within one, itself too, in order."""
    return (each for each in element.iter() if name(each) in wanted)


def integer(text: str, default: int = 0) -> int:
    """A whole number of an attribute, within a thousand million; `default` where it is none."""
    try:
        number = int(float(text))
    except (ValueError, OverflowError):
        return default
    return max(-(10**9), min(number, 10**9))
