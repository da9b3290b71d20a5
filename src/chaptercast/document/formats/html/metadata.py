"""Combines the metadata of an HTML page: JSON-LD, OpenGraph and other `<meta>` elements, its markup and its text."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from chaptercast.document.formats.html.authors import authors_of
from chaptercast.document.formats.html.element_content import folded
from chaptercast.document.formats.html.page_context import Page
from chaptercast.document.formats.html.page_metadata import Statements
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.formats.html.publication_date import date_of
from chaptercast.document.formats.html.title import titles_of
from chaptercast.document.metadata.language import canonical
from chaptercast.document.metadata.merging import flat, mended_title, merged
from chaptercast.document.model import Block, Metadata

META: Mapping[str, tuple[str, ...]] = {
    "language": ("og:locale", "content-language", "dc.language", "language"),
    "source": ("og:url", "twitter:url", "dc.identifier"),
    "image": ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "thumbnail"),
    "description": ("og:description", "description", "twitter:description", "dc.description"),
}
"""Values of `name`, `property`, `itemprop` or `http-equiv` of `<meta>` for each field, the most reliable ones first."""


def page_metadata(page: Page, blocks: Sequence[Block] = ()) -> Metadata:
    """Returns the metadata of a page, combined from several sources. `blocks` are the blocks that were read."""
    root, statements = page.root, page.statements
    found = merged((_json_ld(statements), _meta(statements), _links(root), Metadata(language=page.language)))
    titles = titles_of(root, statements, blocks)
    authors = authors_of(root, statements)
    return replace(
        found,
        title=mended_title(titles.title),
        page_title=mended_title(titles.page_title),
        author=", ".join(authors),
        authors=authors,
        date=date_of(root, statements),
        language=page.language or found.language,
    )


def _fields(values: Mapping[str, str]) -> Metadata:
    known = {name: folded(value) for name, value in values.items()}
    return Metadata(
        language=canonical(known["language"]),
        source=known["source"],
        image=known["image"],
        description=known["description"],
    )


def _meta(statements: Statements) -> Metadata:
    return _fields({field: statements.first(*names) for field, names in META.items()})


def _links(root: Element) -> Metadata:
    for link in root.iter("link"):
        address = link.get("href", "").strip()
        if link.get("rel", "").lower() == "canonical" and re.match(r"https?://", address):
            return Metadata(source=address)
    return Metadata()


def _json_ld(statements: Statements) -> Metadata:
    return _article(statements.articles[0]) if statements.articles else Metadata()


def _article(node: Mapping[str, Any]) -> Metadata:
    names = {
        "language": ("inLanguage",),
        "source": ("url",),
        "image": ("image", "thumbnailUrl"),
        "description": ("description",),
    }
    values = {field: next((flat(node[key]) for key in keys if node.get(key)), "") for field, keys in names.items()}
    values["image"] = values["image"].split(", ")[0]
    return _fields(values)
