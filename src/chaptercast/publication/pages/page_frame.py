"""A page's frame: its language and direction, its own words, and how parts in another language than the page's are marked."""

from markupsafe import Markup
from msgspec import Struct

from chaptercast.common.units import LanguageTag, primary
from chaptercast.publication.pages.markup import declared, direction, spoken_in
from chaptercast.publication.pages.translations import Words, words_for


class Interface(Struct, frozen=True):
    """What the templates know of languages."""

    language: LanguageTag
    """The page's: that of what is published, where it is known."""
    direction: str
    words: Words
    own: Markup
    """Attributes of the parts that are the page's own words, where these are in another language."""

    def part(self, language: LanguageTag) -> Markup:
        """Attributes of a part of the page in `language`."""
        return spoken_in(language, self.language)

    def within_own(self, language: LanguageTag) -> Markup:
        """Attributes of a text in `language` among the page's own words."""
        return spoken_in(language, self.words.language if self.own else self.language)


def interface(language: LanguageTag) -> Interface:
    """The frame of a page about something in `language`."""
    words = words_for(language)
    known = LanguageTag(declared(language) or words.language)
    own = Markup() if primary(known) == primary(words.language) else spoken_in(words.language, known)
    return Interface(known, direction(known), words, own)
