"""Which language a text is in."""

from chaptercast.units import LanguageTag


def identify(text: str, prior: LanguageTag | None = None) -> LanguageTag:
    """The language of a text."""
    if any("\u3040" <= c <= "\u30ff" for c in text[:500]):
        return LanguageTag("ja")
    if any("\u4e00" <= c <= "\u9fff" for c in text[:500]):
        return LanguageTag("zh")
    return prior or LanguageTag("en")
