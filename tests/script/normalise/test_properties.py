"""What must hold for any text: no exception, nothing lost that was not edited, nothing heard twice over, no waiting."""

import re
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.script.normalise.reading import cases

from chaptercast.common.units import LanguageTag
from chaptercast.script.normalise import clean, clean_with_spans, compose, speakable, spell, spell_with_spans
from chaptercast.script.normalise.edits import RuleTable, find_edits

PACKAGES = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "zh": "chinese"}
LANGUAGES = ("zh", "en", "de", "fr", "es", "it", "ja", "ru", "und")
FRAGMENTS = (
    [case.written for group in ("development", "own", "later") for case in cases(group, "zh") + cases(group, "en")]
    + [case.written for language in ("de", "fr", "es") for case in cases("own", language)]
    + [
        "1",
        "2",
        "12",
        "0",
        "007",
        "2021",
        "1,000",
        "1.5",
        "3/4",
        "12:30",
        "II",
        "XIV",
        "½",
        "①",
        "²",
        "℃",
        "％",
        "１２",
    ]
    + list(
        "-−–—~～+*/×÷=<>%‰$€£¥°&@#_|\\\"'“”‘’«»()[]（）【】.,;:!?…。，、；：！？· \n\t\u3000\u200b\u200d\ufeff\ud800\x00"
    )
    + [
        "年",
        "月",
        "日",
        "第",
        "个",
        "km",
        "kg",
        "m²",
        "Dr. ",
        "No. ",
        "z. B. ",
        "www.a.com",
        "a@b.org",
        "@x",
        "#y",
        "🎂",
        "e\u0301",
    ]
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join),
    st.lists(st.sampled_from(FRAGMENTS[-100:]), max_size=16).map("".join),
    st.text(max_size=60),
)
TAGS = st.sampled_from([LanguageTag(language) for language in LANGUAGES])


@given(TEXTS, TAGS)
def test_outside_of_the_spans_a_text_is_what_it_was(text, language):
    cleaned, first = clean_with_spans(text, language)
    spoken, second = spell_with_spans(cleaned, language)
    for before, after, spans in (
        (text, cleaned, first),
        (cleaned, spoken, second),
        (text, spoken, compose(first, second)),
    ):
        done = said = 0
        for span in spans:
            assert done <= span.start <= span.end
            assert said <= span.spoken_start <= span.spoken_end
            assert before[done : span.start] == after[said : span.spoken_start]
            done, said = span.end, span.spoken_end
        assert before[done:] == after[said:]


@given(TEXTS, TAGS)
def test_what_comes_out_can_be_given_to_any_engine(text, language):
    spoken = spell(clean(text, language), language)
    spoken.encode()
    assert not set(spoken) & set("\x00\u200b\ufeff\u3000\xa0\t\r")
    assert spoken == spoken.strip()


@given(TEXTS, st.sampled_from([LanguageTag(language) for language in ("zh", "en", "de", "fr", "es")]))
def test_no_ascii_digit_is_left(text, language):
    assert not set(spell(clean(text, language), language)) & set("0123456789")


@pytest.mark.parametrize("language", ["zh", "en", "de", "fr", "es"])
def test_what_is_clean_is_clean_and_what_is_spelled_is_spelled(language):
    tag = LanguageTag(language)
    for group in ("development", "own", "later"):
        for case in cases(group, language):
            cleaned = clean(case.written, tag)
            assert clean(cleaned, tag) == cleaned
            spoken = spell(cleaned, tag)
            assert spell(spoken, tag) == spoken
            assert clean(spoken, tag) == spoken


@pytest.mark.parametrize("language", ["zh", "en", "de", "fr", "es", "it"])
@pytest.mark.parametrize(
    "unit",
    [
        " ",
        "\n",
        "\r",
        " \u200b",
        "1",
        "1,",
        "1-",
        "1 ",
        "- ",
        "a.",
        "a@",
        "http://",
        '"',
        "(",
        "[1]",
        "中 ",
        "80、",
        "I ",
        "0",
        "e\u0301",
    ],
)
def test_long_runs_cost_no_more_than_their_length(language, unit):
    text = unit * (40_000 // len(unit))
    # A quadratic rule takes minutes, and meets the time limit of every test.
    assert isinstance(spell(clean(text, LanguageTag(language)), LanguageTag(language)), str)


@pytest.mark.parametrize("text", ["a", "7", "是", "½", "①", "$", "100%", "* a *"])
def test_what_is_heard_is_speakable(text):
    assert speakable(text)


@pytest.mark.parametrize("text", ["", " ", "※※※", "——", "***", "…", "\u200b", "=====", "👍", "。", "_ _"])
def test_what_is_not_heard_is_not_speakable(text):
    assert not speakable(text)


@pytest.mark.parametrize(
    "text",
    [
        "᪐县人口为1,3ᇫ20ࣸ。",
        "只剩4 ½杯",
        "公司２.6元",
        "Pope J1ohn XXIII came",
        "Kaiser Wil5helm II. kam",
        "٣٤ ۱۲% १२",
        "2019/20 and 2005/06",
    ],
)
@pytest.mark.parametrize("language", ["zh", "en", "de"])
def test_what_once_failed(text, language):
    tag = LanguageTag(language)
    cleaned = clean(text, tag)
    assert clean(cleaned, tag) == cleaned
    assert not set(spell(cleaned, tag)) & set("0123456789")


@pytest.mark.parametrize("language", PACKAGES)
def test_which_rules_are_tried_changes_nothing_but_the_time(language):
    rules = import_module(f"chaptercast.script.normalise.{PACKAGES[language]}").RULES
    table = RuleTable(rules)
    written = [case.written for group in ("development", "own", "later") for case in cases(group, language)]
    written += [case.written for case in cases("kinds", language)]
    for text in (*written, *(re.sub("[0-9]", "", each) for each in written)):
        cleaned = clean(text, LanguageTag(language))
        assert table(cleaned) == find_edits(cleaned, rules)
