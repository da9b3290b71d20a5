"""Front matter at the head of a text: YAML between `---` lines, TOML between `+++` lines, JSON between `---json` and `---` or in braces.

YAML is read with every scalar as a string: a date stays what the author wrote. What is broken is read line by line, and the lines
that cannot be read are handed over, never dropped.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

LONGEST = 200_000
"""Characters of front matter that are given to the YAML parser; a longer one is read line by line."""

_FENCED = re.compile(
    r"\s*(---|\+\+\+|;;;)(?P<kind>[ \t]*(?:json|yaml|yml|toml))?[ \t]*\n(?:(?P<block>.*?)\n)??(?:\1|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_BRACES = re.compile(r"\s*\{\s*\n?\s*\"[\w-]+\"\s*:")
"""How JSON front matter without fences begins (Hugo)."""
_KEY = re.compile(r"[\"']?((?:[A-Za-z_]|[^\x00-\xbf])[\w .-]{0,60}?)[\"']?\s*[:=](?:\s+|$)(.*)")
_ITEM = re.compile(r"\s*-\s+(.*)")
_QUOTED = re.compile(r"(['\"])(.*)\1(?:\s+#.*)?", re.DOTALL)


class FrontMatter(Struct, frozen=True):
    """The fields at the head of a text, and the text after them."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    """Strings, and lists and mappings of strings."""
    body: str = ""
    unread: tuple[str, ...] = ()
    """Lines that are neither a field nor part of one."""


def split(text: str) -> FrontMatter:
    """Part the front matter from the body. Text that only begins with a rule has none."""
    match = _FENCED.match(text)
    if not match:
        return _in_braces(text)
    block, body = match["block"] or "", text[match.end() :]
    kind = (match["kind"] or "").strip() or {"+++": "toml", ";;;": "json"}.get(match[1], "yaml")
    fields = {"toml": _toml, "json": _json}.get(kind, _yaml)(block)
    unread: tuple[str, ...] = ()
    if fields is None:
        fields, unread = _by_lines(block)
        if not fields or len(unread) > len(fields):
            return FrontMatter({}, text)
    return FrontMatter(fields, body, unread)


def _yaml(block: str) -> dict[str, Any] | None:
    import yaml

    if not block.strip():
        return {}
    if len(block) > LONGEST:
        return None
    try:
        fields = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but strings, lists and mappings
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not isinstance(fields, dict):
        return None
    return {str(key): value for key, value in fields.items()}


def _in_braces(text: str) -> FrontMatter:
    """JSON with a text after it; JSON alone is no front matter."""
    if not _BRACES.match(text):
        return FrontMatter({}, text)
    start = text.index("{")
    try:
        fields, end = json.JSONDecoder().raw_decode(text[:LONGEST], start)
    except (ValueError, RecursionError):
        return FrontMatter({}, text)
    body = text[end:]
    if not isinstance(fields, dict) or not body.strip() or not re.match(r"[ \t]*\n", body):
        return FrontMatter({}, text)
    return FrontMatter(fields, body)


def _json(block: str) -> dict[str, Any] | None:
    try:
        fields = json.loads(block)
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def _toml(block: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None


def _by_lines(block: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Fields of the form `key: value` or `key = value`, with lists of `- item` lines; and the lines that are none of these."""
    fields: dict[str, Any] = {}
    unread: list[str] = []
    key = ""
    for line in block.split("\n"):
        item = _ITEM.fullmatch(line)
        match = _KEY.fullmatch(line)
        if item and key and not isinstance(fields[key], str):
            fields[key].append(_unquoted(item[1]))
        elif match:
            key = match[1].strip()
            fields[key] = _unquoted(match[2]) or []
        elif line.startswith((" ", "\t")) and key and isinstance(fields[key], str) and line.strip():
            fields[key] += " " + line.strip()
        elif line.strip() and not line.lstrip().startswith("#"):
            unread.append(line.strip())
    return fields, tuple(unread)


def _unquoted(value: str) -> str:
    value = value.strip()
    match = _QUOTED.fullmatch(value)
    return match[2] if match else value
