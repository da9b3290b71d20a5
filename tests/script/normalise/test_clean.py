"""Layer 1: one way of writing, for every engine; digits stay digits."""

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.script.normalise import clean

CHINESE = [
    ("联播 +7 月 6 日晚，峰会举行。", "联播加，7月6日晚，峰会举行。"),
    ("央视网《联播 +》特梳理要点", "央视网《联播+》特梳理要点"),
    ("中国共产党的 “ 成功密码 ” 。", "中国共产党的“成功密码”。"),
    ('概括为" 10 个字 "，好记', "概括为“10个字”，好记"),
    ("为人民谋幸福 为人类谋进步", "为人民谋幸福，为人类谋进步"),
    ("目 录", "目录"),
    ("_成功密码_", "“成功密码”"),
    ("2019Q1 营收", "2019年第1季度营收"),
    ("2023H2业绩", "2023年下半年业绩"),
    ("人口１，３５８，２００人", "人口1358200人"),
    ("结果——很好……真的！！！", "结果，很好……真的！"),
    ("5×8=40，40÷5=8", "5×8=40，40÷5=8"),
    ("用AI 技术 2.0 版", "用AI 技术2.0版"),
    ("2023—2024学年，周一—周五", "2023-2024学年，周一-周五"),
    ("登录 www.example.com/help 查看", "登录 www点example点com斜杠help 查看"),
    ("#读书日# 你好 @小林 再见", "话题读书日，你好，艾特小林再见"),
    ("李明(作者)[12]说，水²", "李明(作者)说，水"),
    ("ＡＩ　时代", "AI 时代"),
    ("尺寸为10cm*20cm，药0.5g*12片，长*宽，屏1080x2400", "尺寸为10cm×20cm，药0.5g×12片，长×宽，屏1080×2400"),
    ("3*4=12，*重要*，地址0x10", "3*4=12，重要，地址0x10"),
    ("１０～２０，若a<b，c>d，则按<ESC>", "10~20，若a小于b，c大于d，则按ESC"),
    ("第3章 - 概述", "第3章，概述"),
    ("手机138****5678，1#楼", "手机138星号5678，1号楼"),
    ("配速5'30''，3天 - 5天，10ml - 15ml水", "配速5'30″，3天-5天，10ml-15ml水"),
]
ENGLISH = [
    ("He waited -- 3 hours -- and left.", "He waited, 3 hours, and left."),
    ("One—two", "One, two"),
    ("pages 17–23, 10 – 12", "pages 17–23, 10–12"),
    ("open Mon - Fri", "open Mon–Fri"),
    ("``Well,'' she said ...", "“Well,” she said…"),
    ('a 5\'10" man said "hi"', "a 5'10\" man said “hi”"),
    ("caf\u0065\u0301 \u200bopen\u00a0now", "café open now"),
    ("• First • second", "First, second"),
    ("count² it.[3] Done†", "count it. Done"),
    ("x² + 5 m² of a[0]", "x² + 5 m² of a[0]"),
    ("snake_case and *stars* and `code`", "snake case and stars and code"),
    ("Press <ESC> if x < 5 > 3", "Press ESC if x < 5 > 3"),
    ("Home > News", "Home, News"),
    ("mail bob@a-b.org", "mail bob at a dash b dot org"),
    ("see https://www.example.org/a/b?c=1#d.", "see www dot example dot org."),
    ("read node.js and README.md", "read node dot js and README dot md"),
    ("C# is #1 with #BookDay", "C# is #1 with hashtag Book Day"),
    ("what?!?! Wow!!!", "what? Wow!"),
    ("one\r\n\r\n  two", "one\ntwo"),
    ("ＦＵＬＬ　ｗｉｄｔｈ：１２％", "FULL width:12%"),
    ("ﬁne ℃ ½ Ⅳ ①", "fine °C ½ Ⅳ ①"),
]


@pytest.mark.parametrize(("written", "cleaned"), CHINESE)
def test_chinese(written, cleaned):
    assert clean(written, LanguageTag("zh-CN")) == cleaned


@pytest.mark.parametrize(("written", "cleaned"), ENGLISH)
def test_english(written, cleaned):
    assert clean(written, LanguageTag("en-GB")) == cleaned


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("de", "Das Café »Größe« liegt am Fluß, 3,5 km von hier."),
        ("fr", "L'œuvre date du XIXe siècle ; elle vaut 3 M€."),
        ("ja", "東京タワーの高さは333メートルです。"),
        ("el", "Το μέλλον είναι μακρύ."),
        ("hi", "यह हिन्दी है।"),
        ("fa", "می\u200cخواهم"),
        ("ko", "한국어 문장입니다."),
        ("ar", "هذه جملة عربية."),
        ("th", "ภาษาไทย"),
        ("und", "Nothing is known."),
    ],
)
def test_ordinary_writing_of_any_language_is_left_alone(language, written):
    assert clean(written, LanguageTag(language)) == written.replace(" ;", ";")


def test_addresses_are_left_whole_where_their_signs_have_no_words():
    assert clean("σε a@b.gr", LanguageTag("el")) == "σε a@b.gr"
