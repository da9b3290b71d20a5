"""Decides in which characters a text is written, if its language has several sets (simplified, traditional)."""

from enum import Enum, auto


class Characters(Enum):
    """The character set in which the rules are written, or another one that is read by the same rules."""

    USUAL = auto()
    TRADITIONAL = auto()
    """Traditional Chinese."""
    TRADITIONAL_OF_A_REGION = auto()
    """Traditional Chinese of Hong Kong, Macau or Taiwan, where a dollar is the local one."""
