"""eSpeak NG, embedded: the library of the `espeakng-loader` wheel, called in this process. Over 100 languages, no network."""

from chaptercast.speech.engines.espeak.engine import ENGINE, EspeakEngine

__all__ = ["ENGINE", "EspeakEngine"]
