"""Which words are the title: metadata, a heading, or the line that is set as one; and which pieces repeat it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chaptercast.document.model import Metadata, plain
from chaptercast.document.outline import roles
from chaptercast.document.outline import text as shape
from chaptercast.document.outline.clean import heading_text, title_text
from chaptercast.document.outline.features import PROSE, Features, Kind
from chaptercast.document.outline.pieces import Piece

_SITE = re.compile(r"\s+[|·•–—»›:-]+\s+|\s*[|｜]\s*|[_–—](?=\S)")
_ZONE_TEXTS = 3
"""A title stands before the third paragraph of running text."""
_ZONE_PIECES = 40
_FIRST_LINE = 80
"""Columns of the longest first line of a plain text that is its title."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a document."""

    text: str = ""
    source: int | None = None
    """The piece that it was taken from; none if from metadata."""
    repeats: frozenset[int] = frozenset()
    """Pieces that say it again."""
    others: frozenset[int] = frozenset()
    """Level-1 headings beside it that are no sections: another wording, the name of a site."""

    @property
    def pieces(self) -> frozenset[int]:
        """All pieces that are no longer part of the text."""
        return self.repeats if self.source is None else self.repeats | {self.source}


def find_title(metadata: Metadata, pieces: Sequence[Piece], features: Sequence[Features]) -> Title:
    """Decide what the title is. Empty where nothing says it."""
    zone = _zone(features)
    known = title_text(metadata.title)
    if known:
        same = next((i for i in zone if features[i].level and _is_part(known, features[i].text)), None)
        return _with_repeats(
            Title(heading_text(features[same].text) if same is not None else known), pieces, features, zone
        )
    source = _source(metadata, pieces, features, zone)
    if source is not None:
        return _with_repeats(
            Title(heading_text(title_text(plain(pieces[source].inlines))), source), pieces, features, zone
        )
    page = _parts(title_text(metadata.page_title))
    return _with_repeats(Title(page[0] if page else ""), pieces, features, zone)


def _zone(features: Sequence[Features]) -> list[int]:
    """The texts among which a title may be."""
    zone, texts = [], 0
    for i, f in enumerate(features[:_ZONE_PIECES]):
        if f.kind is Kind.LINE and f.text:
            zone.append(i)
        texts += f.kind is Kind.BODY or (f.kind is Kind.LINE and not f.level and f.width >= PROSE)
        if texts >= _ZONE_TEXTS:
            break
    return zone


def _source(
    metadata: Metadata, pieces: Sequence[Piece], features: Sequence[Features], zone: Sequence[int]
) -> int | None:
    page = title_text(metadata.page_title)
    named = [
        i
        for i in zone
        if features[i].level and page and (same(features[i].text, page) or _is_part(page, features[i].text))
    ]
    first = [i for i, f in enumerate(features) if f.level == 1 and f.text]
    sections = [features[i].number is not None for i in first]
    if len(first) == 1 or (
        len(first) > 1 and first[0] in zone and not sections[0] and _before_text(features, first[0])
    ):
        named += first[:1]
    if named or _top(features) in zone:
        return named[0] if named else _top(features)
    by_class = [i for i in zone if not features[i].level and _named_title(pieces[i])]
    if by_class:
        return by_class[0]
    by_type = _by_type(features, zone)
    return by_type if by_type is not None else _first_line(features)


def _top(features: Sequence[Features]) -> int | None:
    """The heading that opens the document, if it is the only one of its level and none is above it."""
    first = next((i for i, f in enumerate(features) if f.kind is not Kind.GAP), None)
    if first is None or not features[first].level or features[first].number:
        return None
    level = features[first].level
    return first if all(f.level > level for i, f in enumerate(features) if f.level and i != first) else None


def _before_text(features: Sequence[Features], i: int) -> bool:
    return not any(f.kind is Kind.BODY or f.level for f in features[:i])


def _named_title(piece: Piece) -> bool:
    origin = getattr(piece.block, "origin", None)
    return origin is not None and roles.is_title(origin.classes)


def _by_type(features: Sequence[Features], zone: Sequence[int]) -> int | None:
    """The line in the largest type, if it stands before all text and nothing later is as large."""
    largest = max((f.size for f in features if f.kind is Kind.LINE), default=100)
    if largest < 125:
        return None
    found = [i for i, f in enumerate(features) if f.kind is Kind.LINE and f.size >= 0.95 * largest]
    lines = [i for i in zone if features[i].size >= 0.95 * largest]
    return found[0] if len(found) == 1 and lines == found and not features[found[0]].level else None


def _first_line(pieces: Sequence[Piece], features: Sequence[Features]) -> int | None:
    """The first line of a plain text, if it is short, names something, and is no numbered section."""
    if len(features) < 3 or not pieces:
        return None
    f, piece = features[0], pieces[0]
    origin = getattr(piece.block, "origin", None)
    plain_text = origin is not None and not origin.tag and not f.level and f.kind is Kind.LINE
    if not plain_text or f.width > _FIRST_LINE or f.words or f.sentences or f.number or f.bold or f.quoted >= 0.95:
        return None
    if f.underline:
        return 0 if sum(1 for g in features if g.underline == f.underline) == 1 or f.underline == "=" else None
    return None if f.ending in ("stop", "comma", "colon", "semicolon", "exclamation") else 0


def _with_repeats(title: Title, pieces: Sequence[Piece], features: Sequence[Features], zone: Sequence[int]) -> Title:
    if not title.text:
        return title
    repeats = {
        i for i in zone if i != title.source and not features[i].number_alone and _repeats(title.text, features[i])
    }
    ones = [i for i, f in enumerate(features) if f.level == 1 and f.text and i not in repeats and i != title.source]
    others = set()
    if title.source is not None and features[title.source].level > 1:
        others = {i for i in ones if i < title.source}
    elif (
        title.source is None
        and len(ones) == 1
        and not repeats
        and ones[0] in zone
        and any(f.level > 1 for f in features)
    ):
        others = set(ones)
    return Title(title.text, title.source, frozenset(repeats), frozenset(others))


def _repeats(title: str, f: Features) -> bool:
    return same(title, f.text) or (
        f.level > 0 and (_is_part(title, f.text) or (f.level == 1 and _is_part(f.text, title)))
    )


def same(first: str, second: str) -> bool:
    """Whether two texts are the same words."""
    return bool(shape.key(first)) and shape.key(first) == shape.key(second)


def _is_part(whole: str, part: str) -> bool:
    """Whether `part` is what is left of `whole` without the name of a site."""
    key = shape.key(part)
    parts = [shape.key(p) for p in _parts(whole)]
    return len(key) >= 2 and (
        key in parts or (len(parts) > 1 and key in ("".join(parts[:n]) for n in range(1, len(parts))))
    )


def _parts(title: str) -> list[str]:
    return [part for part in _SITE.split(title) if part.strip()]
