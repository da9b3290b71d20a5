"""Kokoro-82M v1.0: one network of 82 million weights, 54 voices in nine languages and varieties."""

from chaptercast.speech.engines.neural.kokoro.engine import ENGINE, KokoroEngine

__all__ = ["ENGINE", "KokoroEngine"]
