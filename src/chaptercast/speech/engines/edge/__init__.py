"""Microsoft Edge's read-aloud service, through the library edge-tts: natural voices. The text is sent to Microsoft."""

from chaptercast.speech.engines.edge.engine import ENGINE

__all__ = ["ENGINE"]
