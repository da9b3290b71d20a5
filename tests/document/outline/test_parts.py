"""The parts by themselves: numbers, words, class names, clean words, the tables of rules."""

import tomllib
from importlib.resources import files

import pytest

from chaptercast.document.model import Span, plain
from chaptercast.document.outline import line_shape as shape
from chaptercast.document.outline.class_roles import is_title, level_of, role_of
from chaptercast.document.outline.features import Features, Kind
from chaptercast.document.outline.heading_text import heading_inlines, heading_text, title_text
from chaptercast.document.outline.levels import RELATIONS
from chaptercast.document.outline.line_wording import words_say
from chaptercast.document.outline.numbering import is_number_alone, number_of, value_of
from chaptercast.document.outline.rules import RULES, confidence, weigh
from chaptercast.document.outline.title import SOURCES
from chaptercast.document.outline.vetoes import DEMOTIONS, VETOES
from chaptercast.document.outline.word_lists import words


@pytest.mark.parametrize(
    ("line", "family", "value"),
    [
        ("第三章 渡口", "chapter", 3),
        ("Chapter 12. The boat", "chapter", 12),
        ("Глава 2. Лодка", "chapter", 2),
        ("第二节　义渡", "section", 2),
        ("Part IV: The end", "part", 4),
        ("第一，我们要", "ordinal", 1),
        ("其二、再说", "ordinal", 2),
        ("贰、申请方式", "formal", 2),
        ("參、注意事項", "formal", 3),
        ("十二、附则", "cjk", 12),
        ("（三）意见", "cjk-bracket", 3),
        ("3. Horario", "decimal", 3),
        ("１．集まる場所", "decimal", 1),
        ("2 During", "decimal", 2),
        ("2.1 Talking", "decimal-2", 1),
        ("2.1.4 More", "decimal-3", 4),
        ("(4) four", "bracket", 4),
        ("③ 三", "circled", 3),
        ("B. Boats", "alpha", 2),
        ("c) crabs", "alpha-small", 3),
        ("IX. Nine", "roman", 9),
        ("Step 2: Stir", "labelled", 2),
        ("Шаг 3. Повесить", "labelled", 3),
        ("迷思三：狗", "labelled-cjk", 3),
        ("【三日目】雨", "day-cjk", 3),
    ],
)
def test_numbers(line, family, value):
    number = number_of(line)
    assert number is not None
    assert (number.family, number.value) == (family, value)


@pytest.mark.parametrize(
    "line", ["A line", "10:30 sharp", "1.5倍", "Ibsen at home", "2021年的夏天", "一些人", "Mixed-up", ""]
)
def test_what_is_no_number(line):
    number = number_of(line)
    assert number is None or number.family == "decimal-2"


@pytest.mark.parametrize("line", ["01", "1.", "Ⅱ", "III", "PART.03", "（四）", "四", "No. 7", "⑤", "第3"][:9])
def test_numbers_alone(line):
    assert is_number_alone(line)


@pytest.mark.parametrize("line", ["", "1 Before", "Part of it", "I am", "一些", "2021-04-01 and on"])
def test_what_is_no_number_alone(line):
    assert not is_number_alone(line)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("二十一", 21), ("廿三", 23), ("一百零五", 105), ("XIV", 14), ("Ⅻ", 12), ("⑩", 10), ("ten", 0)],
)
def test_values(numeral, value):
    assert value_of(numeral) == value


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("2 April 2022", "date"),
        ("二〇二三年九月十二日", "date"),
        ("5 de febrero de 2023", "date"),
        ("12 мая 2023 г.", "date"),
        ("本文目录", "contents"),
        ("12 comments", "furniture"),
        ("Теги: лес, тропа", "tags"),
        ("撰文／沈南星　攝影／呂小舟", "credit"),
        ("文 | 宋晴川", "credit"),
        ("Written by Alban Quince", "credit"),
        ("Foto's: Tineke Bos", "credit"),
        ("By Ambrose Quill and Nell Garrity", "byline"),
        ("Von Henrike Salm", "byline"),
        ("От Галины", ""),
        ("小贴士：自带板凳", "notice"),
        ("Attention, on ne marche jamais", "notice"),
        ("À lire aussi : une haie", "call"),
        ("点击这里预约", "call"),
        ("本报记者 张三摄", "credit"),
        ("图为新站台", "caption"),
        ("Figure 3: the wheel", "caption"),
        ("Notebook of a keeper", ""),
        ("Liebe Leserinnen und Leser", "salutation"),
        ("By the river", ""),
        ("Figure skating on the canal", ""),
        ("摄影师的一天", ""),
        ("学会拍摄", ""),
        ("Texture of wood", ""),
        ("Note" * 200, ""),
    ],
)
def test_what_words_say(line, kind):
    assert words_say(line) == kind


@pytest.mark.parametrize(
    ("classes", "role"),
    [
        (("zk_h3",), "heading"),
        (("story-subhead",), "heading"),
        (("MsoHeading2",), "heading"),
        (("berschrift1",), "heading"),
        (("section-title",), "heading"),
        (("sectionTitle",), "heading"),
        (("entry-subtitle",), "subtitle"),
        (("title-date",), "byline"),
        (("zk_decsimg",), "caption"),
        (("image-title", "caption"), "caption"),
        (("pull-quote",), "quote"),
        (("chapo",), "lead"),
        (("tags",), "furniture"),
        (("content", "t-xl"), ""),
        (("x" * 5000,), ""),
        ((), ""),
    ],
)
def test_roles_of_class_names(classes, role):
    assert role_of(classes) == role


def test_levels_and_titles_of_class_names():
    assert [level_of((name,)) for name in ("zk_h3_leftborder", "MsoHeading1", "Titre2", "title")] == [3, 1, 2, 0]
    assert [is_title((name,)) for name in ("entry-title", "MsoTitle", "story-headline", "title", "subtitle")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("◆ 第一，我们。", "第一，我们"),
        ("【先讓眼睛習慣黑暗】", "先讓眼睛習慣黑暗"),
        ("【一日目】結び方", "【一日目】結び方"),
        ("材料：", "材料"),
        ("  Two \u3000 words \n more ", "Two words more"),
        ("And then?", "And then?"),
        ("Wait...", "Wait..."),
        ("Boats, nets etc.", "Boats, nets etc."),
        ("Made in the U.S.", "Made in the U.S."),
        ("A long way.", "A long way"),
        ("■【换气】。", "换气"),
        ("：", "："),
        ("“为人民”", "“为人民”"),
    ],
)
def test_clean_words(written, clean):
    assert heading_text(written) == clean


def test_clean_words_over_spans():
    spans = (Span("◆ ", strong=True), Span("One ", strong=True), Span("  two", emphasis=True), Span("。"))
    made = heading_inlines(spans)
    assert plain(made) == "One two"
    assert [span.emphasis for span in made] == [False, True]
    assert not any(span.strong for span in made)


def test_titles_keep_their_punctuation():
    assert title_text(" The  end. ") == "The end."
    assert title_text("_成功_的_路_") == "“成功”的“路”"


def test_shapes():
    assert shape.width("Ab 中文") == 7
    assert shape.quoted_share("“Yes,” she said") < 0.5
    assert shape.quoted_share("«Todo»") == 1
    assert shape.inner_sentences("One. Two. Three.") == 2
    assert shape.inner_sentences("Mr. Fox met J. Doe") == 0
    assert shape.inner_sentences("一句。又一句。") == 1
    assert shape.ending("说完了。”") == "stop"
    assert shape.without_bullet("◆ 标题") == ("◆", "标题")
    assert shape.without_bullet("◆") == ("", "◆")
    assert shape.echo("城市书房怎样留灯", "城市书房的夜") > 0.3
    assert shape.echo("", "anything") == 0


def test_tables_are_well_formed():
    for table in (RULES, VETOES, DEMOTIONS):
        names = [rule.name for rule in table]
        assert len(names) == len(set(names))
        for rule in table:
            assert rule.test(Features(Kind.LINE)) in (True, False)
    assert all(rule.weight < -10 for rule in (*VETOES, *DEMOTIONS))
    assert len(set(RELATIONS)) == len(RELATIONS)
    assert len(set(SOURCES)) == len(SOURCES)


def test_weights_and_confidence():
    score, evidence = weigh(Features(Kind.LINE, text="A", width=1, bold=True, members=3))
    assert score == pytest.approx(2.1)
    assert "bold +2.4" in evidence
    assert confidence(0) == 0.5
    assert confidence(-1000) < 0.01
    assert confidence(1000) == 1.0


def test_word_lists():
    tables = tomllib.loads(files("chaptercast.document.outline").joinpath("words.toml").read_text(encoding="utf-8"))
    for name, table in tables.items():
        for language, entries in table.items():
            assert entries, (name, language)
            assert len(entries) == len(set(entries)), (name, language)
            assert all(entry == entry.lower() and entry.strip() for entry in entries), (name, language)
    assert {"zh", "zh-Hant", "en", "de", "fr", "es", "ja", "ru"} <= tables["call"].keys()
    assert words("answer")[0] == max(words("answer"), key=len)
