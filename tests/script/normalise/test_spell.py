"""Layer 2: digits, signs and abbreviations into words; the map between the two; and what must be left alone."""

import re
import subprocess
import sys

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.script.normalise import clean, clean_with_spans, compose, spell, spell_with_spans
from chaptercast.script.normalise.chinese.numerals import cardinal, digits, number
from chaptercast.script.normalise.english.number_grammar import TONGUE as ENGLISH
from chaptercast.script.normalise.french.number_grammar import TONGUE as FRENCH
from chaptercast.script.normalise.roman import value
from chaptercast.script.normalise.spanish.number_grammar import TONGUE as SPANISH

EN, ZH = LanguageTag("en"), LanguageTag("zh")


def test_a_transcript_can_show_what_is_written_while_the_spoken_word_sounds():
    written = "联播 +7 月 6 日，增长 5%"
    cleaned, first = clean_with_spans(written, ZH)
    spoken, second = spell_with_spans(cleaned, ZH)
    shown = [(written[s.start : s.end], spoken[s.spoken_start : s.spoken_end]) for s in compose(first, second)]
    assert spoken == "联播加，七月六日，增长百分之五"
    assert shown == [
        (" +", "加，"),
        ("7", "七"),
        (" ", ""),
        (" ", ""),
        ("6", "六"),
        (" ", ""),
        (" ", ""),
        ("5%", "百分之五"),
    ]


def test_each_edit_of_a_sentence_stands_alone():
    written = "Dr. Lee ran 5 km."
    spoken, spans = spell_with_spans(written, EN)
    assert [(written[s.start : s.end], spoken[s.spoken_start : s.spoken_end]) for s in spans] == [
        ("Dr.", "Doctor"),
        ("5 km", "five kilometres"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I am sure that I. M. Pei mixed it; CIVIC DIM MIX, vim, mild."),
        ("en", "As Charles I think about it, I did go, may I add."),
        ("en", "She said no. Nobody else may march in the sun."),
        ("en", "The U.S. and the U.K. met at 10 Downing Street's gate.".replace("10 ", "")),
        ("de", "Sie mi di do so und da; es ist im Mai."),
        ("fr", "Vers la mer, ils étaient sept. Le mi du piano, des dix, les Ides."),
        ("fr", "Il dit que Vercors vit là. Le vin et le lien."),
        ("es", "Di que sí, mi vida; la vi ayer. Sin par."),
        ("zh", "今年GDP增速高于预期，AI、CD、DVD和XX公司。"),
        ("zh", "一个国家、一个民族都不能少。"),
        ("it", "Di mi vi, mix e dio."),
        ("xx", "5 apples for $3"),
    ],
)
def test_words_that_are_no_numbers_are_left_alone(language, text):
    tag = LanguageTag(language)
    assert spell(clean(text, tag), tag) == text


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("it", "Il 3,5 % di 21, alle 10:30", "Il tre virgola cinque per cento di ventuno, alle dieci e trenta"),
        ("ru", "1%, 2%, 5% и 11%", "один процент, два процента, пять процентов и одиннадцать процентов"),
        ("ja", "35.5%が", "三十五点五パーセントが"),
        ("ja", "20:15に", "二十時十五分に"),
        ("ja", "電話は03-1234-5678", "電話はゼロ三の一二三四の五六七八"),
        ("fi", "3,5 % ja -5 °C", "kolme pilkku viisi prosenttia ja miinus viisi °C"),
        ("sk", "-5°C a 20 %", "mínus 5°C a dvadsať percent"),
        ("bg", "при -5°C", "при минус 5°C"),
        ("tr", "%20 ve 5", "yüzde yirmi ve beş"),
        ("nb", "-5 og 1 500", "minus fem og ett tusen fem hundre"),
        ("und", "5 things", "5 things"),
    ],
)
def test_other_languages_get_what_is_sure(language, written, spoken):
    tag = LanguageTag(language)
    assert spell(clean(written, tag), tag) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("0", "零"), ("10", "十"), ("12", "十二"), ("20", "二十"), ("110", "一百一十"), ("202", "二百零二"), ("1010", "一千零一十"),
        ("2000", "两千"), ("2200", "两千二百"), ("10010", "一万零一十"), ("20000", "两万"), ("101000", "十万一千"), ("110000", "十一万"),
        ("100000000", "一亿"), ("100010000", "一亿零一万"), ("1000000000000", "一万亿"), ("1200100000000", "一万二千零一亿"),
        ("12345678901234", "十二万三千四百五十六亿七千八百九十万一千二百三十四"), ("007", "零零七"), ("1" * 30, "一" * 30),
    ],
)  # fmt: skip
def test_chinese_cardinals(written, spoken):
    assert cardinal(written) == spoken


def test_chinese_decimals_and_telephones():
    assert number("1,206.50") == "一千二百零六点五零"
    assert digits("110-12", telephone=True) == "幺幺零幺二"


@pytest.mark.parametrize(
    ("year", "spoken"),
    [
        (476, "four hundred and seventy-six"), (1066, "ten sixty-six"), (1100, "eleven hundred"), (1905, "nineteen oh five"),
        (1999, "nineteen ninety-nine"),
        (2000, "two thousand"), (2009, "two thousand and nine"), (2010, "twenty ten"),
        (2525, "twenty-five twenty-five"),
    ],
)  # fmt: skip
def test_english_years(year, spoken):
    assert ENGLISH.year(year) == spoken


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (1, "premier"),
        (2, "deuxième"),
        (5, "cinquième"),
        (9, "neuvième"),
        (80, "quatre-vingtième"),
        (200, "deux centième"),
        (1000, "millième"),
    ],
)
def test_french_ordinals(number, spoken):
    assert FRENCH.ordinal(number) == spoken


@pytest.mark.parametrize(
    ("number", "noun", "spoken"),
    [
        (1, "", "uno"), (1, "día", "un"), (1, "hora", "una"), (21, "días", "veintiún"), (21, "niñas", "veintiuna"),
        (31, "de", "treinta y uno"),
        (200, "personas", "doscientas"), (500, "páginas", "quinientas"),
        (241, "casos", "doscientos cuarenta y un"), (21000, "", "veintiún mil"),
    ],
)  # fmt: skip
def test_spanish_agreement(number, noun, spoken):
    assert SPANISH.integer(number, noun) == spoken


@pytest.mark.parametrize(
    ("numeral", "worth"),
    [
        ("I", 1),
        ("IV", 4),
        ("XIX", 19),
        ("XLII", 42),
        ("MCMXC", 1990),
        ("Ⅻ", 12),
        ("ⅷ", 8),
        ("IIII", None),
        ("VX", None),
        ("", None),
        ("DIM", None),
    ],
)
def test_roman_numerals(numeral, worth):
    assert value(numeral) == worth


def test_chinese_needs_no_num2words():
    program = (
        "import sys; from chaptercast.script.normalise import clean, spell; "
        "assert spell(clean('2021 年 8 月', 'zh'), 'zh') == '二零二一年八月'; sys.exit('num2words' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They left at 10:30"),
        ("en", "They left on July 10, 1817"),
        ("en", "They won 3:1"),
        ("en", "They ran it in 1:02:33"),
        ("en", "Read John 3:16"),
        ("de", "Sie gingen um 10:30"),
        ("de", "Es stand 3:1"),
        ("fr", "Ils partent à 10:30"),
        ("fr", "Ouvert de 10h à 12h30"),
        ("es", "Salieron a las 10:30"),
        ("it", "Partono alle 10:30"),
        ("nl", "Ze gaan om 10:30"),
        ("pl", "Idą o 10:30"),
        ("pt", "Saem às 10:30"),
        ("ru", "Они ушли в 10:30"),
    ],
)
def test_a_colon_after_a_time_or_a_date_changes_nothing(language: str, text: str) -> None:
    with_colon, with_comma = (spell(f"{text}{sign} x", LanguageTag(language)) for sign in ":,")
    assert with_colon == with_comma.replace(", x", ": x")
    assert not re.search(r"\d", with_colon)


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "他们10:30"), ("zh", "比分3:1"), ("ja", "彼らは10:30"), ("ko", "그들은 10:30")]
)
def test_nor_does_it_in_east_asian_languages(language: str, text: str) -> None:
    assert spell(f"{text}:", LanguageTag(language)) == spell(text, LanguageTag(language)) + ":"
