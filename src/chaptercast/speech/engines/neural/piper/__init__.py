"""Piper: a small network a voice, over 160 of them in more than 40 languages."""

from chaptercast.speech.engines.neural.piper.engine import ENGINE, PiperEngine

__all__ = ["ENGINE", "PiperEngine"]
