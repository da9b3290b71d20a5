"""Japanese: every kana, and ん, っ and ー by what stands beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.speech.engines.neural.kokoro import japanese
from chaptercast.speech.engines.neural.kokoro.japanese import knows, spell
from chaptercast.speech.engines.neural.kokoro.letters import TOKENS

HIRAGANA = [chr(code) for code in range(0x3041, 0x3097)]
KATAKANA = [chr(code) for code in range(0x30A1, 0x30FB)]
NOBODYS = "ゕゖヵヶヷヸヹヺ"
"""Kana of which the dictionary knows no reading where they stand alone."""


@pytest.mark.parametrize("kana", [one for one in HIRAGANA + KATAKANA if one not in NOBODYS])
def test_every_kana_is_read(kana: str) -> None:
    found = spell(kana)
    assert found.unread == ()
    assert found.symbols
    assert set(found.symbols) <= TOKENS.keys()
    assert [word[1:] for word in found.words] == [(0, 1)]


def test_kana_that_nobody_reads_are_named() -> None:
    for kana in NOBODYS:
        assert spell(kana).unread == ((0, 1),)


def test_all_that_stands_for_kana_is_known_to_the_network() -> None:
    assert all(set(sound) <= TOKENS.keys() for sound in japanese._KANA.values())


READINGS = {
    # ん before each row
    "あんあん": "aɴaɴ", "まんが": "maŋɡa", "しんかん": "ɕiŋkaɴ", "あんぜん": "anʣeɴ", "かんじ": "kaɲʥi", "さんちょう": "saɲʨoː",
    "あんない": "annai", "こんにゃく": "koɲɲakɯ", "さんぽ": "sampo", "がんばる": "ɡambaɾɯ", "さんま": "samma",
    "しんりん": "ɕinɾʲiɴ", "ほんや": "hoɴja",
    "でんわ": "deɴβa", "せんせい": "seɴsei", "にほん": "ɲihoɴ",
    # っ and ー
    "がっこう": "ɡaʔkoː", "ざっし": "ʣaʔɕi", "あっ": "aʔ", "えっと": "eʔto", "ティッシュ": "tʲiʔɕɨ",
    "ラーメン": "ɾaːmeɴ", "コーヒー": "koːçiː",
    "とうきょう": "toːkʲoː", "りょこう": "ɾʲokoː",
    # two kana that are one syllable
    "きゃく": "kʲakɯ", "ぎゅうにゅう": "ɡʲɨːɲɨː", "フォーク": "ɸoːkɯ", "ツァーリ": "ʦaːɾʲi",
    "ヴァイオリン": "vaioɾʲiɴ", "ジェット": "ʥeʔto", "グァム": "ɡᵝamɯ",
    "トゥ": "tɯ", "ウェブ": "βebɯ",
    # ideographs, numbers with counters, particles as they are said
    "東京へ": "toːkʲoː e", "私は": "βataɕi βa", "三本": "sam boɴ", "二十日": "haʦɨka", "一人": "çitoɾʲi", "百円": "çakɯ eɴ",
    "時々": "tokʲidokʲi", "こゝろ": "kokoɾo",
}  # fmt: skip


@pytest.mark.parametrize("word", READINGS)
def test_words_as_they_sound(word: str) -> None:
    assert spell(word).symbols == READINGS[word]


def test_a_nasal_is_heard_across_morphemes_that_lean() -> None:
    text = "三本と三枚と三個"
    assert spell(text).symbols.split()[:2] == ["sam", "bon"]
    assert "sammai" in spell(text).symbols
    assert "saŋ ko" in spell(text).symbols


def test_words_are_the_dictionarys_morphemes() -> None:
    text = "今日はいい天気です"
    words = [text[word.offset : word.offset + word.length] for word in spell(text).words]
    assert words == ["今日", "は", "いい", "天気", "です"]


@pytest.mark.parametrize("sign", ["々", "〇", "ゝ"])
def test_signs_without_a_reading_are_named(sign: str) -> None:
    assert spell(sign).unread == ((0, 1),)
    assert spell(sign).symbols == ""


@given(st.text(st.sampled_from(HIRAGANA + KATAKANA) | st.sampled_from("日本語東京三百円人今行々〇ー0123"), max_size=14))
def test_all_of_a_text_is_in_its_words_or_not_read(text: str) -> None:
    found = spell(text)
    spans = [*((word.offset, word.offset + word.length) for word in found.words), *found.unread]
    assert {at for begin, end in spans for at in range(begin, end)} == set(range(len(text)))
    places = [word.at for word in found.words]
    assert places == sorted(places)
    assert set(found.symbols) <= TOKENS.keys()
    offsets = [word.offset for word in found.words]
    assert offsets == sorted(offsets)


def test_words_in_latin_letters_that_the_dictionary_reads() -> None:
    assert knows("OK") == knows("OK")
    assert not knows("qzx")
