"""What is known about an article: front matter first, then what its page says, into one `Metadata`."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from chaptercast.common.unicode_text import well_formed
from chaptercast.document.metadata.dates import to_iso
from chaptercast.document.metadata.language import canonical
from chaptercast.document.model import Metadata

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "author": ("author", "authors", "by", "byline", "creator", "writer"),
    "date": (
        "date",
        "published",
        "publishdate",
        "publish_date",
        "pubdate",
        "date_published",
        "published_at",
        "created",
    ),
    "language": ("lang", "language", "locale"),
    "source": ("source", "source_url", "original", "canonical", "canonical_url", "url", "link"),
    "image": (
        "image",
        "headimg",
        "cover",
        "featured_image",
        "featuredimage",
        "thumbnail",
        "banner",
        "og_image",
        "images",
    ),
    "description": ("description", "summary", "excerpt", "abstract", "desc"),
}
"""The front-matter names of each field (Jekyll, Hexo, Hugo and their themes), the more telling ones first; `-` is `_`."""

_ADDRESS = re.compile(r"(?:https?:)?//\S+", re.IGNORECASE)
_CLEANED_QUOTES = re.compile(
    r"(?:(?<=^)|(?<=[\s(])|(?<=[^\x00-\x7f]))_([^_\s](?:[^_]*[^_\s])?)_(?=$|[\s.,:;!?)]|[^\x00-\x7f])",
)
"""`_x_` that stands where quotation marks can stand; in `snake_case_name` it does not."""


def from_front_matter(given: Mapping[str, Any]) -> Metadata:
    """The metadata that front matter gives. Fields that are not used stay in `extra`."""
    named = {well_formed(str(key)): value for key, value in given.items()}
    taken: set[str] = set()
    values: dict[str, str] = {}
    authors: tuple[str, ...] = ()
    for name, keys in FIELDS.items():
        for key in keys:
            original = next((k for k in named if k.lower().replace("-", "_") == key), None)
            value = _usable(name, named[original]) if original is not None else ""
            if original is not None and value:
                taken.add(original)
                values[name] = value
                if name == "author" and isinstance(named[original], list | tuple):
                    authors = tuple(filter(None, (_usable(name, each) for each in named[original])))
                break
    language = canonical(values.pop("language", ""))
    extra = tuple((key, flat(value)) for key, value in named.items() if key not in taken)
    return Metadata(**values, authors=authors, language=language, extra=extra)


def _usable(name: str, value: Any) -> str:
    text = flat(value)
    if name == "date":
        return to_iso(text)
    if name == "title":
        return mended_title(text)
    if name == "source":
        return text if _ADDRESS.fullmatch(text) else ""
    if name == "image":
        return text.split(", ")[0]
    if name == "language":
        return canonical(text) or ""
    return html.unescape(text)


def flat(value: Any, depth: int = 0) -> str:
    """A front-matter value as one string: lists with commas, the name of a person, of an image its address."""
    if isinstance(value, Mapping):
        for key in ("name", "url", "src", "path", "title"):
            if key in value and depth < 3:
                return flat(value[key], depth + 1)
        value = [f"{key}: {inner}" for key, inner in value.items() if isinstance(inner, str | int | float)]
    if isinstance(value, list | tuple):
        return ", ".join(part for part in (flat(part, depth + 1) for part in value[:100]) if part) if depth < 3 else ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return well_formed(" ".join(str(value.isoformat() if hasattr(value, "isoformat") else value).split()))


def mended_title(title: str) -> str:
    """A title with the quotation marks that a file-name cleaner turned into underscores, and without character references."""
    return _CLEANED_QUOTES.sub("“\\1”", html.unescape(" ".join(title.split())))


def merged(sources: Iterable[Metadata]) -> Metadata:
    """Several sources in one, the first that knows a field deciding it; `extra` is all of them."""
    result = Metadata()
    for source in sources:
        missing = {
            name: getattr(source, name)
            for name in Metadata.__struct_fields__
            if name not in ("extra", "authors") and not getattr(result, name)
        }
        if missing.get("author"):
            missing["authors"] = source.authors
        result = replace(result, **missing, extra=result.extra + source.extra)
    return result
