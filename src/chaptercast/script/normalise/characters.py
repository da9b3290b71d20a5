"""Decides in which characters a text is written, if its language has several sets (simplified, traditional)."""

from enum import Enum, auto


class Characters(Enum):
    """Those that the rules of the language are written in, or others that are read by the same rules."""

    USUAL = auto()
    TRADITIONAL = auto()
    """Traditional Chinese ones."""
    TRADITIONAL_OF_A_REGION = auto()
    """The same in Hong Kong, Macau or Taiwan, where a dollar is one of theirs."""
