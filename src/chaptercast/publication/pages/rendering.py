"""Renders templates, and inlines into every page its style, its script, and the policy that forbids any other script."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from msgspec import Struct

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent
_BUFFERED_EVENTS = 500
"""How many pieces of a template's output are joined into one."""
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that HTML must not contain (HTML Standard, 13.2.3.5), and those without UTF-8."""


class Assets(Struct, frozen=True):
    """The style and script of a kind of page, as inlined between their tags, and its Content-Security-Policy."""

    style: Markup
    script: Markup
    policy: str


@cache
def assets(*scripts: str) -> Assets:
    """The shared style, and `scripts` one after the other. The policy names both by their hashes (CSP Level 3, 2.3.1)."""
    style = _text("page.css")
    script = "".join(_text(name) for name in scripts)
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        # For a page from the file system, its own origin matches nothing. So the scheme is named.
        "media-src 'self' file:; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return Assets(Markup(style), Markup(script), policy)  # noqa: S704 - files of this package


def render(template: str, values: Mapping[str, Any]) -> Iterator[str]:
    """Render `template` with `values`, in pieces. Iterables among the values are iterated once.

    Each character that HTML forbids becomes one U+FFFD, so that positions in a text stay the same.
    """
    stream = _environment().get_template(template).stream(values)
    stream.enable_buffering(_BUFFERED_EVENTS)
    for piece in stream:
        yield _FORBIDDEN.sub("\ufffd", piece).replace("\r", " ")


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        autoescape=True,
        loader=FileSystemLoader(_FOLDER / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _text(name: str) -> str:
    return (_FOLDER / "assets" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
