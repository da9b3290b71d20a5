"""Languages, directions and addresses, as they stand in a page's attributes."""

import re
from functools import cache
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from chaptercast.common.language_tags import is_right_to_left, normalised
from chaptercast.common.units import UNDETERMINED, LanguageTag

_SPACE = re.compile(r"[\s\x00-\x1f]")


@cache
def direction(language: LanguageTag) -> str:
    """`ltr` or `rtl`: how the script that the language is usually written in runs."""
    return "rtl" if is_right_to_left(language) else "ltr"


def declared(language: LanguageTag) -> str:
    """What `lang` says of a language: its tag, or nothing where it is not known (HTML Standard, 3.2.6.2)."""
    tag = normalised(language)
    return tag if tag and tag != UNDETERMINED else ""


@cache
def spoken_in(language: LanguageTag, around: LanguageTag) -> Markup:
    """The attributes of a part in `language` within text in another one; nothing where it is the same."""
    if declared(language) == declared(around):
        return Markup()
    turned = direction(language) != direction(around)
    text = Markup(' lang="{}"').format(declared(language))
    return text + Markup(' dir="{}"').format(direction(language)) if turned else text


def isolated(text: str) -> str:
    """`text` so that its direction changes nothing around it, where no element can say so (Unicode UAX 9, 2.4.2)."""
    return f"\u2068{text}\u2069"


def file_link(*path: str) -> str:
    """A relative address of a file by the parts of its path, percent-encoded: it is neither a scheme nor leads to another host."""
    return "./" + "/".join(quote(part.encode("utf-8", "surrogatepass"), safe="") for part in path)


def fragment(anchor: str) -> str:
    """An address within the page."""
    return "#" + quote(anchor)


def web_link(address: str) -> str:
    """`address` if it is a web address that a link may lead to; nothing for any other scheme, or none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname and not _SPACE.search(address) else ""
