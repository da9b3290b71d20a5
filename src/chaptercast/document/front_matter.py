"""Front matter: YAML between `---` lines, TOML between `+++` lines, at the head of a text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

_FENCED = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Fields, and the text after them."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    body: str = ""


def split(text: str) -> FrontMatter:
    """Part the front matter from the body."""
    match = _FENCED.match(text)
    if not match:
        return FrontMatter({}, text)
    try:
        fields = yaml.load(match[1], Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        fields = {}
    return FrontMatter(fields if isinstance(fields, dict) else {}, text[match.end() :])
