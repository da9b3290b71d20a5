"""Utterances: within the engine's limit, whole, and mapped to what was written."""

from hypothesis import given
from hypothesis import strategies as st

from chaptercast.common.units import LanguageTag
from chaptercast.script.model import Sentence
from chaptercast.script.utterances import Verbalizer

EN, ZH = LanguageTag("en"), LanguageTag("zh")


def test_a_paragraph_that_fits_is_one_utterance() -> None:
    (only,) = Verbalizer(ZH, spell=True, max_bytes=4000).utterances("第一句。第二句！")
    assert [s.written for s in only] == ["第一句。", "第二句！"]


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    text = "这是一句话。" * 50
    groups = list(Verbalizer(ZH, spell=True, max_bytes=100).utterances(text))
    assert len(groups) > 5
    assert all(sentence.written == "这是一句话。" for group in groups for sentence in group)


def test_a_long_sentence_is_cut_within() -> None:
    text = "word " * 300
    groups = list(Verbalizer(EN, spell=True, max_bytes=200).utterances(text))
    assert all(len(" ".join(s.spoken for s in group).encode()) <= 200 for group in groups)
    assert "".join(s.written for group in groups for s in group) == text


def test_digits_are_spelled_only_for_engines_that_need_it() -> None:
    ((spelled,),) = Verbalizer(ZH, spell=True, max_bytes=400).utterances("2021 年")
    ((kept,),) = Verbalizer(ZH, spell=False, max_bytes=400).utterances("2021 年")
    assert (spelled.written, spelled.spoken) == ("2021 年", "二零二一年")
    assert "2021" in kept.spoken


@given(st.text("ab c。.，1 字9%…*", max_size=300), st.integers(40, 300))
def test_nothing_written_is_lost(text: str, limit: int) -> None:
    groups = list(Verbalizer(ZH, spell=True, max_bytes=limit).utterances(text))
    assert "".join(s.written for group in groups for s in group) == text


def test_what_has_no_spoken_form_is_written_with_its_neighbour() -> None:
    sentences = [Sentence("* ", ""), Sentence("One. ", "One."), Sentence("*** ", ""), Sentence("Two.", "Two.")]
    ((first, second),) = Verbalizer(EN, spell=True, max_bytes=400).grouped(sentences)
    assert (first, second) == (Sentence("* One. *** ", "One."), Sentence("Two.", "Two."))
    ((alone,),) = Verbalizer(EN, spell=True, max_bytes=400).grouped(sentences[:1])
    assert alone == sentences[0]


@given(st.text("7, ab。字%", max_size=60), st.integers(16, 60))
def test_nothing_spoken_is_more_than_the_engine_takes(text: str, limit: int) -> None:
    """Not even what is written short and said at length."""
    for group in Verbalizer(EN, spell=True, max_bytes=limit).utterances(text):
        assert len(" ".join(s.spoken for s in group if s.spoken).encode()) <= limit
