"""Spellings that hypothesis makes: symbols, and words that begin at some of them."""

from hypothesis import strategies as st

from chaptercast.speech.engines.neural.phonemes.model import Spelling, Word

SYMBOLS = "abcˈː"
MARKS = ".,;:!?—…“”()"


@st.composite
def spellings(draw: st.DrawFn, symbols: str = SYMBOLS + MARKS + "   ") -> Spelling:
    """A word is five characters of the text and begins at a symbol that is no space."""
    written = draw(st.text(st.sampled_from(symbols), max_size=80))
    places = [at for at, symbol in enumerate(written) if symbol != " "]
    chosen = sorted(draw(st.sets(st.sampled_from(places), max_size=12))) if places else []
    words = tuple(Word(at, number * 6, 5) for number, at in enumerate(chosen))
    unread = draw(st.lists(st.integers(0, 20).map(lambda begin: (begin * 6, begin * 6 + 3)), max_size=3))
    return Spelling(written, words, tuple(sorted(unread)))


def begins(spelling: Spelling) -> list[tuple[int, str]]:
    """Where each word stands in the text, and the symbol that it begins with."""
    return [(word.offset, spelling.symbols[word.at]) for word in spelling.words]
