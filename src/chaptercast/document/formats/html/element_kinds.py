"""Kinds of HTML elements: tables, looked up by tag name (HTML Living Standard, sections 4 and 15.3)."""

from collections.abc import Mapping
from types import MappingProxyType

from chaptercast.document.model import Span

METADATA = frozenset(
    ["base", "basefont", "bgsound", "link", "meta", "noframes", "noscript", "script", "style", "template", "title"]
)
"""Elements that may stand in a head."""

BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "noframes",
        "ol",
        "optgroup",
        "option",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
    ],
)
"""Elements that begin and end on a line of their own."""

BLOCK_DISPLAYS = frozenset({"block", "flex", "grid", "list-item", "table", "flow-root"})
"""Values of CSS `display` that turn an element into a block."""

HEADING_LEVELS: Mapping[str, int] = MappingProxyType({f"h{level}": level for level in range(1, 7)})

INLINE_STYLES: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "b": {"strong": True},
        "strong": {"strong": True},
        "i": {"emphasis": True},
        "em": {"emphasis": True},
        "cite": {"emphasis": True},
        "dfn": {"emphasis": True},
        "var": {"emphasis": True},
        "code": {"code": True},
        "kbd": {"code": True},
        "samp": {"code": True},
        "tt": {"code": True},
        "del": {"deleted": True},
        "s": {"deleted": True},
        "strike": {"deleted": True},
        "sup": {"raised": True},
        "sub": {"lowered": True},
    },
)
"""The fields of `Span` that each inline element sets for its text."""

CONTEXT = frozenset(["blockquote", "li", "figure", "details", "aside", "header", "footer", "nav", "address"])
"""Elements that are named in `Origin.context`."""

NOT_TEXT = frozenset(
    [
        "script",
        "style",
        "link",
        "meta",
        "base",
        "head",
        "title",
        "input",
        "select",
        "textarea",
        "button",
        "datalist",
        "progress",
        "meter",
        "output",
        "param",
        "source",
        "track",
        "area",
        "map",
        "basefont",
        "bgsound",
    ],
)
"""Elements whose content is for the machine, or for input."""

MACHINE_TEXT = frozenset(
    {"script", "style", "link", "meta", "base", "head", "title", "param", "source", "track", "area", "map"}
)
"""Elements of `NOT_TEXT` whose source text is not worth reporting: only their names are reported."""

MEDIA = frozenset({"video", "audio", "iframe", "object", "embed", "canvas", "svg", "applet", "frame"})
"""Elements that show something other than their text."""

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
"""Elements without content."""

QUOTATION_MARKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"de": ("„", "“"), "fr": ("« ", " »"), "ja": ("「", "」"), "ru": ("«", "»"), "es": ("«", "»"), "it": ("«", "»")},
)
"""The marks that a browser puts around `q`, by language; “ ” for other languages."""

PLAIN = Span("")
"""The style of text without any mark."""
