"""Tables: what the rules ask of them is there, and every language that has one has the words that any text needs."""

from importlib.resources import files

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.script.normalise.data import more
from chaptercast.script.normalise.other import variety
from chaptercast.script.normalise.other.grammar import noun
from chaptercast.script.normalise.other.languages import grammar_of

LANGUAGES = sorted(
    path.name.removesuffix(".toml")
    for path in files("chaptercast.script.normalise.data").joinpath("more").iterdir()
    if path.name.endswith(".toml")
)
COUNTRIES = "€$£¥₽₹₩"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_has_the_words_that_any_text_needs(language):
    table = more(language)
    assert {"plus", "to", "score", "date", "day_month", "month_year", "price"} <= set(table["words"])
    assert {"%", "°C"} <= set(table["units"])
    assert set(COUNTRIES) <= set(table["currencies"])
    assert {"=", "≤", "≥", "≠", "<", ">", "×", "÷", "+", "−", "±"} <= set(table["signs"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_nouns_have_a_gender_that_is_known_and_no_empty_form(language):
    table = more(language)
    written = [*table["units"].values(), *table.get("scales", {}).values()]
    written += [part for text in table["currencies"].values() for part in text.split(" / ")]
    for text in written:
        found = noun(text)
        assert found.gender in {"m", "f", "n"}
        assert all(form == form.strip() and form for form in found.forms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_slavic_nouns_have_all_their_forms(language):
    table = more(language)
    if not table["plural"].endswith("slavic"):
        return
    for name, text in table["units"].items():
        assert len(noun(text).forms) in (1, 3, 4), name


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("pt", "pt"), ("pt-BR", "pt"), ("pt-PT", "pt-PT"), ("pt-AO", "pt-PT"), ("ru-RU", "ru"), ("nb-NO", "nb")],
)
def test_the_variety_of_a_language(tag, expected):
    assert variety(LanguageTag(tag)) == expected
    assert grammar_of(variety(LanguageTag(tag))) is not None


def test_a_language_without_a_table_has_no_grammar():
    assert grammar_of("fi") is None
    assert grammar_of("xx") is None
