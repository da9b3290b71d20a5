"""Any server with OpenAI's speech API (`POST /v1/audio/speech`): OpenAI itself, and many that run on one's own machines."""

from chaptercast.speech.engines.openai.engine import ENGINE

__all__ = ["ENGINE"]
