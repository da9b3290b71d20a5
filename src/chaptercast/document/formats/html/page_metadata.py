"""Reads the data that a page gives about itself: `<title>`, `<meta>`, JSON-LD. Other modules decide which of it to trust."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from chaptercast.document.formats.html.element_content import folded, key
from chaptercast.document.formats.html.json_ld import articles_in, described, persons_in
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.main_content.features import Statement

_KEPT = 50
"""Maximum number of values that are kept for one name."""


class Statements(Struct, frozen=True):
    """What a page says about itself."""

    page_title: str
    """The content of `<title>`."""
    meta: Mapping[str, tuple[str, ...]]
    """The contents of `<meta>` by `property`, `name`, `itemprop` or `http-equiv`, in lower case."""
    articles: tuple[Mapping[str, Any], ...]
    """What JSON-LD describes as articles, the most reliable first."""

    persons: Mapping[str, str]
    """The names of persons in JSON-LD, by their identifiers."""

    def first(self, *names: str) -> str:
        """Returns the first content of the first of these names that has one."""
        return next((self.meta[name][0] for name in names if name in self.meta), "")

    @property
    def statement(self) -> Statement:
        """Returns the statements that are searched for in the text to recognise the article."""
        title = self.first("og:title", "twitter:title") or self.page_title
        body = max(
            (text for node in self.articles if isinstance(text := node.get("articleBody"), str)), key=len, default=""
        )
        return Statement(key(title), key(self.first("og:description", "description")), key(body))


def statements_of(root: Element) -> Statements:
    """Reads what a page says about itself."""
    # If the head ends too early, the title is in the body. The `title` of a drawing is the drawing's name.
    titles = [each for each in root.iter("title") if next(each.iterancestors("svg"), None) is None]
    title = next((each for each in titles if each.getparent().tag == "head"), titles[0] if titles else None)
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
