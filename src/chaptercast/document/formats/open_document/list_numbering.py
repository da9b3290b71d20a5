"""The numbering of lists in an OpenDocument text: which levels count, and from what number (ODF 1.3, part 3, 16.30)."""

from collections.abc import Iterable

from chaptercast.document.formats.html.element_content import number
from chaptercast.document.formats.html.parse import Element
from chaptercast.document.formats.open_document.namespaces import said_of

_LIMIT = 10**6


class ListStyles:
    """The list styles of a document."""

    def __init__(self, sources: Iterable[Element]) -> None:
        self._starts: dict[tuple[str, int], int] = {}
        for source in sources:
            for style in source.iter("list-style"):
                name = said_of(style, "style:name")
                for level in style.iter("list-level-style-number"):
                    if said_of(level, "style:num-format"):
                        depth = number(said_of(level, "text:level"), 1, 1, 10)
                        self._starts[name, depth] = number(said_of(level, "text:start-value"), 1, -_LIMIT, _LIMIT)

    def start(self, name: str, level: int) -> int | None:
        """From what number a level of a list counts; None if it has bullets or nothing."""
        return self._starts.get((name, level))
