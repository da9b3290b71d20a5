"""Chinese in traditional characters: read by the same rules, and answered in its own characters."""

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.script.normalise import clean, clean_with_spans, compose, spell, spell_with_spans


def said(written: str, language: str) -> str:
    tag = LanguageTag(language)
    return spell(clean(written, tag), tag)


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "zh-TW", "zh-HK", "yue"])
@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("颱風中心風速達50m/s，氣溫降至-5℃，約2萬戶停電。", "颱風中心風速達五十米每秒，氣溫降至零下五攝氏度，約兩萬戶停電。"),
        ("會議於2024年3月5日上午9:30舉行。", "會議於二零二四年三月五日上午九點三十分舉行。"),
        ("第Ⅲ章講伊麗莎白II，2016-17球季曼聯3:1勝出。", "第三章講伊麗莎白二世，二零一六至一七球季曼聯三比一勝出。"),
        ("我有2個蘋果，佢2歲，住喺2樓，排第2。", "我有兩個蘋果，佢兩歲，住喺二樓，排第二。"),
        ("持股51%，負債NT$1,200萬，x≥3。", "持股百分之五十一，負債一千二百萬元新台幣，x大於等於三。"),
    ],
)  # fmt: skip
def test_numbers_are_said_in_the_characters_of_the_text(language, written, spoken):
    assert said(written, language) == spoken


def test_one_is_yi_on_the_telephone_of_hong_kong_and_taiwan():
    assert said("請致電2345 6789，報警110。", "zh-HK") == "請致電二三四五，六七八九，報警一一零。"
    assert said("电话2345 6781，报警110。", "zh") == "电话二三四五，六七八幺，报警幺幺零。"


def test_a_dollar_is_that_of_the_region_where_the_tag_names_one():
    assert said("售價$500，即US$64。", "zh-HK") == "售價五百元，即六十四美元。"
    assert said("售價$500，即US$64。", "zh-Hant") == "售價五百美元，即六十四美元。"


@pytest.mark.parametrize(
    ("language", "spoken"),
    [("zh", "两点三十分"), ("zh-CN", "两点三十分"), ("zh-Hans-HK", "两点三十分"), ("zh-TW", "兩點三十分"), ("zh_HK", "兩點三十分")],
)  # fmt: skip
def test_where_no_character_tells_the_tag_does(language, spoken):
    assert said("2:30", language) == spoken


def test_what_is_written_stays_as_it_is_written():
    written, tag = "聯絡@小林，每週2次，網址www.example.com，溫度為2℃。", LanguageTag("zh-TW")
    cleaned, first = clean_with_spans(written, tag)
    spoken, second = spell_with_spans(cleaned, tag)
    done = heard = 0
    for span in compose(first, second):
        assert written[done : span.start] == spoken[heard : span.spoken_start]
        done, heard = span.end, span.spoken_end
    assert written[done:] == spoken[heard:]
    assert "每週兩次" in spoken
    assert "www點example點com" in spoken
