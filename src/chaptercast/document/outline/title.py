"""Which words are the title: metadata, a heading, or the line that is set as one; and which candidates repeat it."""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from chaptercast.document.model import Metadata
from chaptercast.document.outline import line_shape as shape
from chaptercast.document.outline.features import PROSE, Features, Kind
from chaptercast.document.outline.heading_text import heading_text, title_text

_SITE = re.compile(r"\s+[|·•–—»›:-]+\s+|\s*[|｜]\s*|[_–—](?=\S)")
_ZONE_TEXTS = 3
"""A title stands before the third paragraph of running text."""
_ZONE_PIECES = 40
_FIRST_LINE = 80
"""Columns of the longest first line of a plain text that is its title."""
_LARGE = 125
"""Percent of the usual size from which on type may be that of a title."""


class Title(Struct, frozen=True):
    """The title of a document."""

    text: str = ""
    source: int | None = None
    """The piece that it was taken from; none if from metadata."""
    repeats: frozenset[int] = frozenset()
    """Pieces that say it again."""
    furniture: frozenset[int] = frozenset()
    """Headings that are the name of a site: called so, or above the heading that says the title."""
    others: frozenset[int] = frozenset()
    """Level-1 headings beside it that are no sections: another wording of the title."""

    @property
    def candidates(self) -> frozenset[int]:
        """All candidates that are no longer part of the text."""
        taken = self.repeats | self.furniture
        return taken if self.source is None else taken | {self.source}


class _Scene(Struct, frozen=True):
    page_title: str
    features: Sequence[Features]
    zone: Sequence[int]
    """The candidates among which a title may be."""


def find_title(metadata: Metadata, features: Sequence[Features]) -> Title:
    """Decide what the title is. Empty where nothing says it."""
    scene = _Scene(title_text(metadata.page_title), features, _zone(features))
    known = title_text(metadata.title)
    if known:
        return _with_others(Title(known), scene)
    for source in SOURCES:
        found = source(scene)
        if found is not None:
            return _with_others(Title(heading_text(title_text(features[found].text)), found), scene)
    page = _parts(scene.page_title)
    return _with_others(Title(page[0] if page else ""), scene)


def _zone(features: Sequence[Features]) -> list[int]:
    zone, texts = [], 0
    for i, f in enumerate(features[:_ZONE_PIECES]):
        if f.kind is Kind.LINE and f.text and not _is_site(f):
            zone.append(i)
        texts += f.kind is Kind.BODY or (f.kind is Kind.LINE and not f.level and f.width >= PROSE)
        if texts >= _ZONE_TEXTS:
            break
    return zone


def _is_site(f: Features) -> bool:
    """Whether a heading is the name of a site: its class says `logo`, `brand`."""
    return f.level > 0 and f.role == "furniture" and not f.depth


def _by_class(scene: _Scene) -> int | None:
    """What its class calls the title of the whole: first among headings, then among lines."""
    titled = [i for i in scene.zone if scene.features[i].titled]
    return next((i for i in titled if scene.features[i].level), None)


def _by_page_title(scene: _Scene) -> int | None:
    """The heading that the title of the page says again, the longest if it says the name of the site, too."""
    page = scene.page_title
    texts = {i: f.text for i in scene.zone if (f := scene.features[i]).level and page}
    top = min((scene.features[i].level for i in texts), default=0)
    named = [
        i for i, text in texts.items() if same(text, page) or (_is_part(page, text) and scene.features[i].level == top)
    ]
    return max(named, key=lambda i: (len(texts[i]), -i), default=None)


def _by_level(scene: _Scene) -> int | None:
    """The only heading of level 1, or the first of several if it opens the document and is no numbered section."""
    ones = [i for i, f in enumerate(scene.features) if f.level == 1 and f.text and not _is_site(f)]
    if len(ones) == 1:
        return ones[0]
    if not ones or ones[0] not in scene.zone or scene.features[ones[0]].number:
        return None
    before = scene.features[: ones[0]]
    said = any(f.kind is Kind.BODY or f.titled or (f.level and _has_text(before, i)) for i, f in enumerate(before))
    return None if said else ones[0]


def _by_rank(scene: _Scene) -> int | None:
    """The heading that opens the document, if it is the only one of its level and none is above it."""
    first = next((i for i, f in enumerate(scene.features) if f.kind is not Kind.GAP), None)
    if first is None or first not in scene.zone or not scene.features[first].level or scene.features[first].number:
        return None
    level = scene.features[first].level
    return first if all(f.level > level for i, f in enumerate(scene.features) if f.level and i != first) else None


def _by_line_class(scene: _Scene) -> int | None:
    """The line whose class calls it the title of the whole."""
    return next((i for i in scene.zone if scene.features[i].titled and not scene.features[i].level), None)


def _by_type(scene: _Scene) -> int | None:
    """The line in the largest type, if it stands before all text and nothing but marked headings is as large."""
    sizes = [f.size if f.kind is Kind.LINE and f.text else 0 for f in scene.features]
    largest = max(sizes, default=0)
    found = [i for i, size in enumerate(sizes) if size >= 0.95 * largest and not scene.features[i].level]
    alone = largest >= _LARGE and len(found) == 1 and found[0] in scene.zone
    return found[0] if alone else None


def _by_first_line(scene: _Scene) -> int | None:
    """The first line of a plain text, if it is short, names something, and is no numbered section."""
    if len(scene.features) < 3:
        return None
    f = scene.features[0]
    if f.kind is not Kind.LINE or f.tag or f.level or f.list_item or f.width > _FIRST_LINE:
        return None
    if f.words or f.sentences or f.number or f.bold or f.quoted >= 0.95:
        return None
    if f.underline:
        alone = sum(1 for g in scene.features if g.underline == f.underline) == 1
        return 0 if alone or f.underline == "=" else None
    return None if f.ending in ("stop", "comma", "colon", "semicolon", "exclamation") else 0


SOURCES: tuple[Callable[[_Scene], int | None], ...] = (
    _by_class, _by_page_title, _by_level, _by_rank, _by_line_class, _by_type, _by_first_line,
)  # fmt: skip
"""Where a title is found that no metadata tell, the surest first."""


def _with_others(title: Title, scene: _Scene) -> Title:
    features = scene.features
    if not title.text:
        return title
    first = next((i for i, f in enumerate(features) if f.kind is not Kind.GAP), 0)

    def held(i: int) -> bool:
        """Whether a heading heads a part that is called like the whole: the structure of the book names it, and it does not open it."""
        return features[i].depth > 0 and i != first

    opening = (i for i in scene.zone[: _opening(title, scene)] if i != title.source and not features[i].number_alone)
    repeats = {i for i in opening if _repeats(title.text, features[i]) and not held(i)}
    said = next((i for i in sorted(repeats) if features[i].level), 0)
    sites = {
        i
        for i, f in enumerate(features[:_ZONE_PIECES])
        if f.level == 1
        and i not in repeats
        and (_is_site(f) or (i < said and not f.depth and not _has_text(features, i)))
    }
    ones = [
        i
        for i, f in enumerate(features)
        if f.level == 1 and f.text and not f.depth and i not in {*repeats, *sites, title.source}
    ]
    others: set[int] = set()
    if title.source is not None and features[title.source].level > 1:
        others = {i for i in ones if i < title.source}
    elif (
        title.source is None
        and len(ones) == 1
        and not repeats
        and ones[0] == next(iter(scene.zone), None)
        and any(f.level > 1 for f in features)
    ):
        others = set(ones)
    return Title(title.text, title.source, frozenset(repeats), frozenset(sites), frozenset(others))


def _opening(title: Title, scene: _Scene) -> int:
    """How many candidates of the zone stand before the first section: what says the title again after that is a section, or text, itself."""
    features = scene.features
    for n, i in enumerate(scene.zone):
        if features[i].level and i != title.source and not _repeats(title.text, features[i]) and _has_text(features, i):
            return n
    return len(scene.zone)


def _has_text(features: Sequence[Features], heading: int) -> bool:
    """Whether running text stands between a heading and the next."""
    for f in features[heading + 1 :]:
        if f.level:
            return False
        if f.kind is Kind.BODY or f.width >= PROSE or (f.kind is Kind.LINE and f.sentences) or f.ending == "stop":
            return True
    return False


def _repeats(title: str, f: Features) -> bool:
    """Whether a piece says the title, or if it is a heading of level 1, the title without the name of a site, or with it."""
    if same(title, f.text) or (not f.tag and not f.level and same(title.partition(":")[0], f.text)):
        return True  # the title page of a book has the subtitle on a line of its own
    return f.level == 1 and (_is_part(title, f.text) or _is_part(f.text, title))


def same(first: str, second: str) -> bool:
    """Whether two texts are the same words."""
    return bool(shape.key(first)) and shape.key(first) == shape.key(second)


def _is_part(whole: str, part: str) -> bool:
    """Whether `part` is what is left of `whole` without the name of a site."""
    key = shape.key(part)
    parts = [shape.key(p) for p in _parts(whole)]
    openings = ("".join(parts[:n]) for n in range(1, len(parts)))
    return len(key) >= 2 and (key in parts or key in openings)


def _parts(title: str) -> list[str]:
    return [part for part in _SITE.split(title) if part.strip()]
