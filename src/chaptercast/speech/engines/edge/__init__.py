"""The read-aloud service of Microsoft Edge, through the library edge-tts: natural voices. Text goes to Microsoft."""

from chaptercast.speech.engines.edge.engine import ENGINE

__all__ = ["ENGINE"]
