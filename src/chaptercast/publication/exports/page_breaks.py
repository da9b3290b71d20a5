"""The places where pages of the source begin in a book: for lists of pages and for marks in the text."""

from collections.abc import Sequence

from msgspec import Struct

_ROMAN = frozenset("ivxlcdm")


class PageBreak(Struct, frozen=True):
    """The place where a page of the source begins."""

    name: str
    """Its id in the text."""
    label: str
    """Its number in print."""
    sounding: str
    """The id of the spoken sentence in which it begins; of the next one, if its first text is not spoken."""

    @property
    def kind(self) -> str:
        """`normal` for Arabic numbers, `front` for Roman ones, else `special` (DAISY 2.02; DTBook 2005)."""
        if self.label.isascii() and self.label.isdecimal():
            return "normal"
        return "front" if self.label and set(self.label.lower()) <= _ROMAN else "special"


def highest(pages: Sequence[PageBreak]) -> int:
    """Returns the highest number of the pages with Arabic numbers; 0 if there are none."""
    return max((int(page.label) for page in pages if page.kind == "normal"), default=0)


def target(page: PageBreak, soundings: Sequence[str]) -> str:
    """Returns the id among `soundings`, those of its chapter, at which a page begins."""
    return page.sounding if page.sounding in soundings else soundings[-1]
