"""What must hold for any text in a language that goes by its table: no exception, no digit left, nothing lost unseen, no waiting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.script.normalise.other.test_cases import FLOORS
from tests.script.normalise.reading import cases

from chaptercast.common.units import LanguageTag
from chaptercast.script.normalise import clean, spell, spell_with_spans

WRITTEN = [case.written for language in FLOORS for case in cases("languages", language)]
FRAGMENTS = [
    "1", "2", "12", "0", "007", "2021", "1,000", "1.000", "1 000", "1.5", "1,5", "3/4", "12:30", "II", "XIV", "ХХ", "½", "²",
    "°C", "%", "€", "$", "₽", "km", "км", "кг", "-", "–", "~", "/", ".", ",", ":", "(", ")", " ", " ", "х", "го", "-й", "年",
    "月", "日", "時", "개", "시", "वीं", "٥", "३", "٫", "г.", "r.", "h", "'", "’de", "º", "ª", "a", "z", "Karl ", "№", "§", "1e",
    "99999999999999999",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join),
    st.lists(st.sampled_from(WRITTEN), max_size=2).map(" ".join),
    st.text(max_size=40),
)
TAGS = st.sampled_from([LanguageTag(language) for language in FLOORS])


@given(TEXTS, TAGS)
def test_no_ascii_digit_is_left_and_outside_of_the_spans_a_text_is_what_it_was(text, language):
    cleaned = clean(text, language)
    spoken, spans = spell_with_spans(cleaned, language)
    assert not set(spoken) & set("0123456789")
    done = said = 0
    for span in spans:
        assert done <= span.start <= span.end
        assert cleaned[done : span.start] == spoken[said : span.spoken_start]
        done, said = span.end, span.spoken_end
    assert cleaned[done:] == spoken[said:]


@pytest.mark.parametrize("language", FLOORS)
@pytest.mark.parametrize("unit", [" ", "1", "1,", "1-", "1 ", "1.", "- ", "a.", "I ", "0", "1/", "5 км ", "1年", "XX "])
def test_long_runs_cost_no_more_than_their_length(language, unit):
    text = unit * (20_000 // len(unit))
    # A quadratic rule takes minutes, and meets the time limit of every test.
    assert isinstance(spell(clean(text, LanguageTag(language)), LanguageTag(language)), str)
