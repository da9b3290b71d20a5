"""Piper: one small network per voice, over 160 voices in more than 40 languages."""

from chaptercast.speech.engines.neural.piper.engine import ENGINE, PiperEngine

__all__ = ["ENGINE", "PiperEngine"]
