"""The markup that pages and books share: elements, and languages, directions and addresses as attribute values."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from chaptercast.common.language_tags import is_right_to_left, normalised
from chaptercast.common.units import UNDETERMINED, LanguageTag
from chaptercast.text_structure import Kind

_SPACE = re.compile(r"[\s\x00-\x1f]")
_HOST = re.compile(r"[\w.-]+|[\da-f:.]+")
"""Of a web address: names in any script, or an address of IPv6. Readers and validators refuse a book for anything else."""

TAGS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.LIST: "ul",
        Kind.ITEM: "li",
        Kind.QUOTE: "blockquote",
        Kind.TABLE: "table",
        Kind.CAPTION: "caption",
        Kind.FIGURE: "figure",
        Kind.CODE: "pre",
        Kind.NOTE: "aside",
        Kind.ALTERNATIVE: "",
        Kind.TERM: "",
        Kind.DEFINITION: "",
    }
)
"""The HTML element for each kind; none if the paragraph alone shows it."""


@cache
def direction(language: LanguageTag) -> str:
    """`ltr` or `rtl`: the direction of the language's usual script."""
    return "rtl" if is_right_to_left(language) else "ltr"


def declared(language: LanguageTag) -> str:
    """The value of `lang`: the tag, or empty if the language is unknown (HTML Standard, 3.2.6.2)."""
    tag = normalised(language)
    return tag if tag and tag != UNDETERMINED else ""


@cache
def spoken_in(language: LanguageTag, around: LanguageTag) -> Markup:
    """The attributes of a part in `language` inside text in another language. Empty if it is the same language."""
    if declared(language) == declared(around):
        return Markup()
    turned = direction(language) != direction(around)
    text = Markup(' lang="{}"').format(declared(language))
    return text + Markup(' dir="{}"').format(direction(language)) if turned else text


def isolated(text: str) -> str:
    """`text` with direction isolates, for places where no element can isolate it (Unicode UAX 9, 2.4.2)."""
    return f"\u2068{text}\u2069"


def file_link(*path: str) -> str:
    """The relative address of a file by the parts of its path, percent-encoded, so that it has no scheme and leads to no other host."""
    return "./" + "/".join(quote(part.encode("utf-8", "surrogatepass"), safe="") for part in path)


def fragment(anchor: str) -> str:
    """An address within the page."""
    return "#" + quote(anchor)


def web_link(address: str) -> str:
    """`address` if it is a web address that may be linked; empty for any other scheme, or none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_host = _HOST.fullmatch(parts.hostname or "") is not None
    return address if parts.scheme in {"http", "https"} and is_host and not _SPACE.search(address) else ""
