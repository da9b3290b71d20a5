"""The listener's options: how much is announced, and how code and notes are handled. Nothing heavy is imported here."""

from enum import StrEnum


class Verbosity(StrEnum):
    """How much of an article's structure is announced in the narrator's words, from the least to the most."""

    NONE = "none"
    """Nothing: pauses and voices alone show the structure."""
    BRIEF = "brief"
    """What a listener would miss: sizes of lists and tables, images, notes."""
    FULL = "full"
    """Where everything begins and ends, as in talking books."""

    def includes(self, other: "Verbosity") -> bool:
        """Whether this level announces at least as much as the other."""
        order = list(Verbosity)
        return order.index(self) >= order.index(other)


class Code(StrEnum):
    """How code blocks are handled."""

    SHORT = "short"
    """Read if short, otherwise listed as left out: a command is part of the story, but nobody can follow a listing by ear."""
    READ = "read"
    SKIP = "skip"


class Notes(StrEnum):
    """How footnotes and endnotes are handled."""

    NEAR = "near"
    """Short ones after the sentence that refers to them, long ones at the end of its section."""
    END = "end"
    """All at the end of the section that refers to them."""
    SKIP = "skip"
