"""Removes alternative texts that only repeat something else: the text beside the image, the title, or the text of another image."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from chaptercast.document.block_text import texts
from chaptercast.document.formats.html.element_content import key
from chaptercast.document.main_content.phrases import kinds_of
from chaptercast.document.model import Block, Figure, ListBlock, Note, Omission, Quote, Reason, plain

NEIGHBOURS = 2
"""Number of texts on either side of an image that may repeat its alternative text."""
SHARED = 0.8
"""A text beside an image repeats its alternative text if it has at least this share of its words."""
WORDS = 4
"""Minimum number of words of an alternative text for this comparison."""
LONGER = 3
"""Maximum length of the text beside the image for this comparison, as a multiple of the alternative text."""
SHORTEST_KEY = 6
"""An alternative text with at least this many letters is searched for in other texts."""
_AFTER = re.compile(r"[\s\d#:–—-]*(?:image|photo|picture|img|\d+)?[\s\d]*\Z", re.IGNORECASE)
"""What programs append to a title to make it an alternative text."""
_WORD = re.compile(r"[^\W_]+")


def without_repeats(blocks: Sequence[Block], title: str) -> tuple[list[Block], list[Omission]]:
    """Returns the blocks without the alternative texts that are said elsewhere, and these texts as omissions."""
    pruner = _Pruner(list(_said(blocks)), key(title))
    return pruner.pruned(blocks), pruner.left_out


def _said(blocks: Iterable[Block]) -> Iterator[str | Figure]:
    """Yields the texts and the images of blocks, in order."""
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, Quote | Note):
            yield from _said(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _said(item)
        else:
            yield from texts((block,))


class _Pruner:
    def __init__(self, said: list[str | Figure], title: str) -> None:
        self.left_out: list[Omission] = []
        self._said = said
        self._title = title
        self._at = -1
        """The index of the last image that was examined, among the texts and images."""
        self._before: set[str] = set()
        """Keys of the alternative texts that are kept."""

    def pruned(self, blocks: Iterable[Block]) -> list[Block]:
        kept: list[Block] = []
        for block in blocks:
            if isinstance(block, Figure):
                kept += self._figure(block)
            elif isinstance(block, Quote | Note):
                inner = tuple(self.pruned(block.blocks))
                kept += [replace(block, blocks=inner)] if inner else []
            elif isinstance(block, ListBlock):
                items = tuple(item for each in block.items if (item := tuple(self.pruned(each))))
                kept += [replace(block, items=items)] if items else []
            else:
                kept.append(block)
        return kept

    def _figure(self, figure: Figure) -> list[Block]:
        self._at = next(n for n in range(self._at + 1, len(self._said)) if isinstance(self._said[n], Figure))
        reason = self._reason(figure)
        if reason is None:
            self._before.add(key(figure.alt))
            return [figure]
        self.left_out.append(Omission(figure.alt, reason))
        return [replace(figure, alt="")] if figure.caption else []

    def _reason(self, figure: Figure) -> Reason | None:
        """Returns why the alternative text of an image is not said; None if it is said."""
        own = key(figure.alt)
        if not own:
            return None
        if "share" in kinds_of(figure.alt):
            return Reason.BOILERPLATE
        if len(own) < SHORTEST_KEY:
            return None
        bare = key(_AFTER.sub("", figure.alt)) or own
        if own in self._before or (self._title and bare in self._title):
            return Reason.REPEATED
        return Reason.REPEATED if any(_says(text, figure.alt, own) for text in self._beside(figure)) else None

    def _beside(self, figure: Figure) -> Iterator[str]:
        """Yields the texts next to an image: its caption, and those before and after it."""
        yield plain(figure.caption)
        for places in (range(self._at - 1, -1, -1), range(self._at + 1, len(self._said))):
            found = 0
            for n in places[: NEIGHBOURS * 2]:
                text = self._said[n]
                if isinstance(text, str) and found < NEIGHBOURS:
                    found += 1
                    yield text


def _says(text: str, alt: str, own: str) -> bool:
    """Returns whether a text says the same as an alternative text."""
    if own in key(text):
        return True
    words, wanted = _WORD.findall(text.casefold()), _WORD.findall(alt.casefold())
    if len(wanted) < WORDS or len(words) > LONGER * len(wanted):
        return False
    return len(set(wanted) & set(words)) >= SHARED * len(set(wanted))
