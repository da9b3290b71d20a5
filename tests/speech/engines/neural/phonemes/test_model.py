"""Spellings put together, moved, in brackets, and without what a model does not know."""

from hypothesis import given
from hypothesis import strategies as st
from tests.speech.engines.neural.phonemes.spellings import MARKS, SYMBOLS, begins, spellings

from chaptercast.speech.engines.neural.phonemes.clauses import Bracket, clauses, is_spoken
from chaptercast.speech.engines.neural.phonemes.model import Spelling, Word, bracketed, joined, known, moved

HELLO = Spelling("həˈloʊ wɜːld", (Word(0, 0, 5), Word(7, 6, 5)))


@given(st.lists(spellings(), max_size=4))
def test_joined_they_keep_their_symbols_words_and_what_is_not_read(parts: list[Spelling]) -> None:
    whole = joined(parts)
    assert whole.symbols == "".join(part.symbols for part in parts)
    assert begins(whole) == [begun for part in parts for begun in begins(part)]
    assert whole.unread == tuple(sorted(span for part in parts for span in part.unread))


@given(spellings(), st.integers(0, 100))
def test_moved_they_stand_elsewhere_in_the_text(spelling: Spelling, by: int) -> None:
    found = moved(spelling, by)
    assert found.symbols == spelling.symbols
    assert [word.offset - by for word in found.words] == [word.offset for word in spelling.words]
    assert [word.at for word in found.words] == [word.at for word in spelling.words]
    assert [(begin - by, end - by) for begin, end in found.unread] == list(spelling.unread)


BRACKETS = st.lists(
    st.tuples(st.integers(0, 80), st.sampled_from("“”()")).map(lambda one: Bracket(*one)), max_size=6
).map(sorted)


@given(spellings(SYMBOLS + " "), BRACKETS)
def test_brackets_move_words_but_change_none(spelling: Spelling, brackets: list[Bracket]) -> None:
    found = bracketed(spelling, brackets)
    assert "".join(one for one in found.symbols if one not in MARKS) == spelling.symbols
    assert begins(found) == begins(spelling)
    assert found.unread == spelling.unread
    marks = [one for one in found.symbols if one in MARKS]
    assert len(marks) <= len(brackets)
    assert set(marks) <= {mark for _, mark in brackets}


def test_brackets_stand_beside_their_words() -> None:
    (a, b) = HELLO.words
    quoted = bracketed(HELLO, [Bracket(0, "“"), Bracket(5, "”")])
    assert quoted.symbols == "“həˈloʊ” wɜːld"
    assert quoted.words == (a._replace(at=1), b._replace(at=9))
    assert bracketed(HELLO, [Bracket(5, "("), Bracket(11, ")")]).symbols == "həˈloʊ (wɜːld)"


def test_brackets_side_by_side_keep_their_order() -> None:
    for text in ("“(Hello world)”", "(“Hello world”)", "(“Hello” world)", "Hello “(world)”"):
        (clause,) = clauses(text)
        found = bracketed(Spelling("a b", (Word(0, text.index("H"), 5), Word(2, text.index("w"), 5))), clause.brackets)
        assert found.symbols == text.replace("Hello", "a").replace("world", "b")


def test_brackets_without_a_word_are_left_out() -> None:
    assert bracketed(HELLO, [Bracket(12, "(")]) == HELLO
    assert bracketed(HELLO, [Bracket(0, ")")]) == HELLO
    assert bracketed(Spelling(""), [Bracket(0, "("), Bracket(1, ")")]) == Spelling("")


@given(spellings(), st.sets(st.sampled_from(SYMBOLS + MARKS + " ")))
def test_known_leaves_out_what_is_not_and_names_whose_it_was(spelling: Spelling, symbols: set[str]) -> None:
    found = known(spelling, symbols)
    assert found.symbols == "".join(one for one in spelling.symbols if one in symbols)
    ends = [*(word.at for word in spelling.words[1:]), len(spelling.symbols)]
    kept = {word.offset: word for word in found.words}
    for word, end in zip(spelling.words, ends, strict=False):
        own = spelling.symbols[word.at : end]
        left = "".join(one for one in own if one in symbols)
        named = (word.offset, word.offset + word.length) in found.unread
        assert (word.offset in kept) is is_spoken(left)
        assert named or (own == left and word.offset in kept)
        if word.offset in kept:
            assert found.symbols.startswith(left, kept[word.offset].at)
    assert set(spelling.unread) <= set(found.unread)
    assert list(found.unread) == sorted(found.unread)


def test_a_symbol_that_is_not_known_is_told_with_its_word() -> None:
    assert known(HELLO, set("həˈloʊ wld")) == Spelling("həˈloʊ wld", HELLO.words, ((6, 11),))
    assert known(HELLO, set("həˈloʊ wɜːld")) == HELLO


def test_a_word_of_which_nothing_is_left_is_none() -> None:
    assert known(HELLO, set("wɜːld ˈ")) == Spelling("ˈl wɜːld", (Word(0, 0, 5), Word(3, 6, 5)), ((0, 5),))
    assert known(HELLO, set("wɜː ˈ")) == Spelling("ˈ wɜː", (Word(2, 6, 5),), ((0, 5), (6, 11)))
    assert known(Spelling("abc.", (Word(0, 0, 3),)), ".") == Spelling(".", (), ((0, 3),))
