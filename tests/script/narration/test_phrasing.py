"""Pieces become sentences without losing a sign of what is written."""

from hypothesis import given
from hypothesis import strategies as st

from chaptercast.common.units import LanguageTag
from chaptercast.script.narration.inlines import Piece
from chaptercast.script.narration.phrasing import phrased
from chaptercast.script.normalise import speakable
from chaptercast.script.utterances import Verbalizer

texts = st.text("ab中。. ，1”", max_size=12)
pieces = st.builds(Piece, texts, texts, st.none(), st.sampled_from(["", "n"])) | texts.map(lambda t: Piece(t, t))


@given(st.lists(pieces, max_size=8), st.sampled_from(["zh", "en"]), st.integers(20, 200))
def test_what_is_written_is_handed_out_once_and_in_order(given_pieces: list, language: str, limit: int) -> None:
    if not speakable("".join(piece.said for piece in given_pieces)):
        return
    phrases = list(phrased(given_pieces, Verbalizer(LanguageTag(language), spell=False, max_bytes=limit)))
    written = "".join(sentence.written for phrase in phrases for sentence in phrase.sentences)
    assert written == "".join(piece.written for piece in given_pieces)
    assert [note for phrase in phrases for note in phrase.notes] == [piece.note for piece in given_pieces if piece.note]


def test_each_sentence_gets_what_is_written_there() -> None:
    verbalizer = Verbalizer(LanguageTag("en"), spell=False, max_bytes=4000)
    told = [
        Piece("We met Dr", "We met Doctor"),
        Piece(" Who.", " Who."),
        Piece("[1]", "", note="n"),
        Piece(" He left.", " He left."),
    ]
    first, second = phrased(told, verbalizer)
    assert [(s.written, s.spoken) for s in first.sentences] == [("We met Dr Who.[1] ", "We met Doctor Who.")]
    assert first.notes == ("n",)
    assert [(s.written, s.spoken) for s in second.sentences] == [("He left.", "He left.")]
