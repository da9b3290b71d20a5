"""What listeners may choose: how much is announced, and what becomes of code and notes. Nothing heavy is imported here."""

from enum import StrEnum


class Verbosity(StrEnum):
    """How much is said of an article's structure, in words that are not the author's; from the least to the most."""

    NONE = "none"
    """Nothing: structure is heard by pauses and voices alone."""
    BRIEF = "brief"
    """What a listener would miss: sizes of lists and tables, images, notes."""
    FULL = "full"
    """Where everything begins and ends, as talking books have it."""

    def includes(self, other: "Verbosity") -> bool:
        """Whether this says at least as much as the other."""
        order = list(Verbosity)
        return order.index(self) >= order.index(other)


class Code(StrEnum):
    """What becomes of preformatted blocks."""

    SHORT = "short"
    """Read where it is short, else named as left out: a command is part of the story, a listing cannot be followed by ear."""
    READ = "read"
    SKIP = "skip"


class Notes(StrEnum):
    """What becomes of footnotes and endnotes."""

    NEAR = "near"
    """Short ones after the sentence that refers to them, long ones at the end of its section."""
    END = "end"
    """All at the end of the section that refers to them."""
    SKIP = "skip"
