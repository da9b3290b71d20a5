"""Reads JSON-LD in a page (schema.org): the articles that its scripts describe, even if they are wrapped or broken."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chaptercast.document.formats.html.parse import Element

LIMIT = 1_000_000
"""Maximum number of characters of one script that are parsed."""
_NODES = 2000
_ARTICLE = re.compile(
    r"(?:\w*Article|BlogPosting|Report|CreativeWork|Book|WebPage|Recipe|HowTo|Review|LiveBlogPosting|Posting)$"
)
_SURELY = re.compile(r"(?:\w*Article|\w*BlogPosting|Report|Review|Recipe|HowTo|SocialMediaPosting)$")
_PERSON = re.compile(r"Person$")
_OPENING = re.compile(r"(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?")
_CLOSING = re.compile(r"(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*;?\s*\Z")
_CLOSING_LENGTH = 20
_CONTROLS = re.compile(r"[\x00-\x1f]+")
_TRAILING = re.compile(r",\s*(?=[}\]])")
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")
_FIELD = r'"{}"\s*:\s*"((?:[^"\\]|\\.)*)"'
_NAME = re.compile(r'"(?:author|creator)"\s*:\s*(?:\[\s*)?\{[^{}]*?"name"\s*:\s*"((?:[^"\\]|\\.)*)"')


def described(root: Element) -> list[Mapping[str, Any]]:
    """Returns everything that the scripts of a page describe."""
    found: list[Mapping[str, Any]] = []
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" in script.get("type", "").lower() and len(text) <= LIMIT:
            found += _nodes(_parsed(text))
    return found


def articles_in(nodes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Returns the nodes that describe an article, the most reliable types first."""
    return sorted(filter(_describes, nodes), key=lambda node: not _is(node, _SURELY))


def persons_in(nodes: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Returns the names of persons, by the identifiers that other nodes use to refer to them."""
    return {
        str(node["@id"]): name
        for node in nodes
        if _is(node, _PERSON) and "@id" in node and isinstance(name := node.get("name"), str)
    }


def _parsed(text: str) -> Any:
    """Returns the content of a script: unchanged, without its wrapper, repaired, or only the few fields that can be recognised."""
    bare = _unwrapped(text.strip())
    for candidate in (text, bare, _TRAILING.sub("", _CONTROLS.sub(" ", bare))):
        try:
            return json.loads(candidate)
        except (ValueError, RecursionError):
            continue
    return _salvaged(bare)


def _unwrapped(text: str) -> str:
    """Returns a script without CDATA marks or comment marks around it, even if those are commented out themselves."""
    opening = _OPENING.match(text)
    body = text[opening.end() :] if opening else text
    closing = _CLOSING.search(body[-_CLOSING_LENGTH:])
    return body[: len(body) - len(body[-_CLOSING_LENGTH:]) + closing.start()] if closing else body


def _salvaged(text: str) -> dict[str, Any]:
    """Returns the fields of an article in text that is not valid JSON: those that are a name and a string."""
    found: dict[str, Any] = {}
    for name in ("@type", "headline", "datePublished", "articleBody"):
        match = re.search(_FIELD.format(name), text)
        if match:
            found[name] = _string(match[1])
    author = _NAME.search(text)
    if author:
        found["author"] = _string(author[1])
    return found


def _string(source: str) -> str:
    try:
        return str(json.loads(f'"{_CONTROLS.sub(" ", source)}"'))
    except ValueError:
        return ""


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    stack = [data]
    for _ in range(_NODES):
        if not stack:
            return
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack += [node[key] for key in reversed(_WITHIN) if key in node]
        elif isinstance(node, list):
            stack += node[::-1]


def _describes(node: Mapping[str, Any]) -> bool:
    return bool(node.get("headline") or node.get("articleBody") or (_is(node, _ARTICLE) and node.get("name")))


def _is(node: Mapping[str, Any], types: "re.Pattern[str]") -> bool:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(each, str) and types.search(each) for each in kinds)
