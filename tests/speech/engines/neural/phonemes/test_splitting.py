"""Long spellings in pieces: never too long, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.speech.engines.neural.phonemes.spellings import begins, spellings

from chaptercast.speech.engines.neural.phonemes.model import Spelling, Word
from chaptercast.speech.engines.neural.phonemes.splitting import pieces


@given(spellings(), st.integers(2, 30))
def test_no_piece_is_too_long_and_nothing_is_lost(spelling: Spelling, longest: int) -> None:
    found = list(pieces(spelling, longest))
    begin = 0
    for piece in found:
        assert len(piece.symbols) <= longest
        assert spelling.symbols.startswith(piece.symbols, begin)
        begin += len(piece.symbols)
        begin += spelling.symbols[begin : begin + 1] == " "
    assert begin == len(spelling.symbols)
    assert [begun for piece in found for begun in begins(piece)] == begins(spelling)
    assert [word[1:] for piece in found for word in piece.words] == [word[1:] for word in spelling.words]
    assert sum((piece.unread for piece in found), ()) == spelling.unread
    assert all(not piece.unread for piece in found[1:])


@given(spellings())
def test_what_is_short_enough_is_one_piece(spelling: Spelling) -> None:
    found = list(pieces(spelling, 80))
    assert found == ([spelling] if spelling.symbols or spelling.unread else [])


@pytest.mark.parametrize(
    ("symbols", "longest", "expected"),
    [
        ("aaa. bbb, ccc ddd", 12, ["aaa. bbb,", "ccc ddd"]),
        ("aa aa. bb bb, cc", 14, ["aa aa. bb bb,", "cc"]),
        ("aa, aaaa. bb, cc dd", 14, ["aa, aaaa.", "bb, cc dd"]),
        ("aaaa!” bbbb bbbb", 10, ["aaaa!”", "bbbb bbbb"]),
        ("a. b. c. d. e. f.", 8, ["a. b. c.", "d. e. f."]),
        ("a. bb bb bb bb bb", 12, ["a. bb bb bb", "bb bb"]),
        ("aaaa bbbb", 4, ["aaaa", "bbbb"]),
        ("aaaaaaaaaa", 4, ["aaaa", "aaaa", "aa"]),
        ("3.14,5", 3, ["3.1", "4,5"]),
        ("", 3, []),
    ],
)
def test_the_best_place_is_taken(symbols: str, longest: int, expected: list[str]) -> None:
    assert [piece.symbols for piece in pieces(Spelling(symbols), longest)] == expected


def test_what_is_not_read_is_told_where_nothing_is_said() -> None:
    assert list(pieces(Spelling("", (), ((0, 3),)), 10)) == [Spelling("", (), ((0, 3),))]


def test_words_are_counted_from_their_piece() -> None:
    spelling = Spelling("aaa. bbb ccc", (Word(0, 0, 3), Word(5, 4, 3), Word(9, 8, 3)))
    assert [piece.words for piece in pieces(spelling, 8)] == [(Word(0, 0, 3), Word(5, 4, 3)), (Word(0, 8, 3),)]
