"""What a page says of itself in its data: `<title>`, `<meta>`, JSON-LD. What of it is believed is decided elsewhere."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from chaptercast.document.formats.html.element_content import folded, key
from chaptercast.document.formats.html.json_ld import articles_in, described, persons_in
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.main_content.features import Statement

_KEPT = 50
"""Values of one name that are kept."""


class Statements(Struct, frozen=True):
    """What a page says of itself."""

    page_title: str
    """Of `<title>`."""
    meta: Mapping[str, tuple[str, ...]]
    """The contents of `<meta>` by `property`, `name`, `itemprop` or `http-equiv`, in small letters."""
    articles: tuple[Mapping[str, Any], ...]
    """What JSON-LD describes as articles, the surest first."""

    persons: Mapping[str, str]
    """The names of those whom JSON-LD describes, by their identifiers."""

    def first(self, *names: str) -> str:
        """The first content of the first of these names that has one."""
        return next((self.meta[name][0] for name in names if name in self.meta), "")

    @property
    def statement(self) -> Statement:
        """What is looked for in the text to tell the article."""
        title = self.first("og:title", "twitter:title") or self.page_title
        body = max(
            (text for node in self.articles if isinstance(text := node.get("articleBody"), str)), key=len, default=""
        )
        return Statement(key(title), key(self.first("og:description", "description")), key(body))


def statements_of(root: Element) -> Statements:
    """Look over a page for what it says of itself."""
    title = next((t for t in root.iter("title") if t.getparent().tag == "head"), None)
    nodes = described(root)
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = folded(element.get("content", ""))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute, "").strip().lower()
            if name and content and len(meta.setdefault(name, [])) < _KEPT:
                meta[name].append(content)
    return Statements(
        folded("".join(title.itertext())) if title is not None else "",
        {name: tuple(contents) for name, contents in meta.items() if contents},
        tuple(articles_in(nodes)),
        persons_in(nodes),
    )
