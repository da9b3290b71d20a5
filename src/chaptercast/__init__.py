"""Turns an article into a chaptered talking recording."""

__version__ = "0.1.0"
