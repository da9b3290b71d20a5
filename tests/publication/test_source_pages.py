"""When the pages of the source begin in a recording."""

from chaptercast.audio.model import Passage, TimedSentence, TimedWord
from chaptercast.common.units import LanguageTag, Milliseconds
from chaptercast.document.model import ReadBy, SourcePage
from chaptercast.publication.source_pages import published_pages
from chaptercast.text_structure import Mark, Style
from chaptercast.voice_profiles import Role


def passage(start: int, *, page: int, offset: int = 0, words: tuple[TimedWord, ...] = ()) -> Passage:
    marks = (Mark(offset, 3, Style(page=page)),)
    sentence = TimedSentence("one two six", Milliseconds(start), Milliseconds(start + 900), words, marks=marks)
    return Passage(0, Role.BODY, LanguageTag("en"), False, (sentence,))


def starts(pages: list[SourcePage], *passages: Passage) -> list[int | None]:
    return [page.start for page in published_pages(pages, passages)]


def test_a_page_begins_with_its_first_word():
    words = tuple(TimedWord(Milliseconds(time), offset, 3) for time, offset in ((100, 0), (400, 4), (700, 8)))
    pages = [SourcePage("1"), SourcePage("2")]
    assert starts(pages, passage(0, page=1), passage(100, page=2, offset=4, words=words)) == [0, 400]
    assert starts(pages, passage(0, page=1), passage(100, page=2, offset=4)) == [0, 100]


def test_a_page_without_text_begins_nowhere_and_one_without_a_mark_with_the_next():
    pages = [
        SourcePage("1"),
        SourcePage("2", ReadBy.PICTURE),
        SourcePage("3", ReadBy.LAYOUT),
        SourcePage("4"),
        SourcePage("5"),
    ]
    assert starts(pages, passage(0, page=1), passage(2000, page=4)) == [0, None, 2000, 2000, None]
