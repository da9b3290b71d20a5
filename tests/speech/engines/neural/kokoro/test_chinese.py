"""Mandarin: every syllable there is, and the readings of ideographs that have many."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_finals, to_initials, to_tone3

from chaptercast.errors import EngineError
from chaptercast.speech.engines.neural.kokoro import chinese
from chaptercast.speech.engines.neural.kokoro.chinese import dictionary, sounds, spell
from chaptercast.speech.engines.neural.kokoro.letters import TOKENS
from chaptercast.speech.engines.neural.phonemes.model import Spelling

SYLLABLES = sorted({syllable for some in PINYIN_DICT.values() for syllable in some.split(",")})
"""All that pypinyin's dictionary has, with their tones: more than 1,500."""
WITHOUT_VOWEL = "mnŋ"
TONES = dict(zip("→↗↓↘", "1234", strict=True))
IDEOGRAPHS = [chr(code) for code in sorted(PINYIN_DICT) if 0x4E00 <= code <= 0x9FA5]


def plain(syllable: str) -> str:
    """Without its tone, which is the last character then."""
    found: str = to_tone3(syllable, neutral_tone_with_five=True)
    return found


def test_every_syllable_has_sounds_that_the_network_knows() -> None:
    assert len(SYLLABLES) > 1500
    written: dict[str, str] = {}
    for syllable in SYLLABLES:
        initial, final = to_initials(syllable, strict=True), to_finals(syllable, strict=True)
        found = sounds(initial, final, plain(syllable)[-1])
        if not final:  # an interjection, without a vowel
            assert found == ""
            continue
        assert set(found) <= TOKENS.keys(), syllable
        assert [TONES[one] for one in found if one in TONES] == [plain(syllable)[-1]] or plain(syllable)[-1] == "5"
        if plain(syllable)[:-1] not in {"lo", "o", "yo"}:  # lo is as luo, and the others are interjections
            other = written.setdefault(found, plain(syllable))
            assert other == plain(syllable), "two syllables sound the same"


def test_every_ideograph_is_read() -> None:
    numbers = random.Random(3)
    for ideograph in numbers.sample(IDEOGRAPHS, 3000):
        found = spell(ideograph)
        assert found.unread == (), ideograph
        assert found.symbols, ideograph
        assert set(found.symbols) <= TOKENS.keys()
        assert [word[1:] for word in found.words] == [(0, 1)]


def test_every_ideograph_of_a_phrase_is_read() -> None:
    numbers = random.Random(4)
    _, read = chinese._readers()
    for phrase in numbers.sample(sorted(PHRASES_DICT), 1500):
        syllables = list(read(phrase))
        assert len(syllables) == len(phrase), phrase
        assert all(syllables), phrase


@given(st.text(st.sampled_from(IDEOGRAPHS) | st.sampled_from("的了得地一不儿二三嗯这那〇")))
def test_all_of_a_text_is_in_its_words_or_not_read(text: str) -> None:
    found = spell(text)
    spans = sorted([(word.offset, word.offset + word.length) for word in found.words])
    covered = {at for begin, end in spans for at in range(begin, end)} | {
        at for begin, _ in found.unread for at in (begin,)
    }
    assert covered == set(range(len(text)))
    assert all(end <= begin for (_, end), (begin, _) in pairwise(spans))
    assert [word.at for word in found.words] == sorted({word.at for word in found.words})
    assert all(found.symbols[word.at - 1] == " " for word in found.words if word.at)


@pytest.mark.parametrize(
    ("initial", "final", "tone", "expected"),
    [
        ("zh", "ong", "1", "ꭧʊ→ŋ"), ("g", "uo", "2", "kwo↗"), ("x", "v", "4", "ɕy↘"), ("sh", "i", "4", "ʂɨ↘"), ("j", "i", "1", "ʨi→"),
        ("z", "i", "5", "ʦɨ"), ("", "er", "2", "ɚ↗"), ("q", "iong", "2", "ʨʰjʊ↗ŋ"), ("", "van", "3", "ɥɛ↓n"), ("n", "v", "3", "ny↓"),
        ("l", "iou", "2", "ljou↗"), ("g", "uei", "4", "kwei↘"), ("d", "uen", "4", "twə↘n"), ("b", "o", "1", "pwo→"),
        ("", "ueng", "1", "wə→ŋ"),
        ("b", "xyz", "1", ""), ("y", "a", "1", ""),
    ],
)  # fmt: skip
def test_a_syllable_in_sounds(initial: str, final: str, tone: str, expected: str) -> None:
    assert sounds(initial, final, tone) == expected


READINGS = {
    "长大": "ꭧa↓ŋta↘", "长江": "ꭧʰa↗ŋʨja→ŋ", "重庆": "ꭧʰʊ↗ŋʨʰi↘ŋ", "重要": "ꭧʊ↘ŋjau↘", "银行": "i↗nxa↗ŋ", "行走": "ɕi↗ŋʦou↓",
    "音乐": "i→nɥe↘", "快乐": "kʰwai↘lɤ↘", "觉得": "ʨɥe↗tɤ", "睡觉": "ʂwei↘ʨjau↘", "得到": "tɤ↗tau↘", "不是": "pu↗ʂɨ↘",
    "一个": "i↗kɤ↘", "一样": "i→ja↘ŋ", "第一": "ti↘i→",
    "儿子": "ɚ↗ʦɨ", "二": "ɚ↘", "耳": "ɚ↓", "一会儿": "i→xwei↘ɚ",
    "得": "tɤ", "的": "tɤ", "了": "lɤ", "着": "ꭧɤ",
    "嗯": "n↗", "哦": "ɔ↗", "呣": "m↗", "哼": "xə→ŋ", "哟": "jɔ→", "唷": "jɔ→", "喔": "ɔ→",
    "绿": "ly↘", "女": "ny↓", "雪": "ɕɥe↓", "云": "y↗n", "远": "ɥɛ↓n", "居": "ʨy→", "区": "ʨʰy→", "需": "ɕy→",
    "〇": "li↗ŋ",
}  # fmt: skip


@pytest.mark.parametrize("word", READINGS)
def test_ideographs_with_many_readings_are_read_by_their_word(word: str) -> None:
    assert spell(word).symbols == READINGS[word]


def test_words_stand_apart() -> None:
    text = "他去银行睡觉"
    found = spell(text)
    assert [text[word.offset : word.offset + word.length] for word in found.words] == ["他", "去", "银行", "睡觉"]
    assert found.symbols.split(" ") == [spell(part).symbols for part in ("他", "去", "银行", "睡觉")]


def test_what_has_no_reading_is_named() -> None:
    (one,) = spell("好").words
    assert spell("好㐂好") == Spelling("xau↓ xau↓", (one, one._replace(at=5, offset=2)), ((1, 2),))
    assert spell("㐂") == Spelling("", (), ((0, 1),))
    assert spell("") == Spelling("")


def test_without_its_readings_it_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "rjieba", None)
    chinese._readers.cache_clear()
    try:
        with pytest.raises(EngineError, match="The readings of Chinese cannot be loaded") as caught:
            spell("好")
        assert "chaptercast[neural]" in caught.value.remedy
    finally:
        chinese._readers.cache_clear()


def test_the_dictionary_is_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert dictionary().startswith("pypinyin 0.")
    assert ", rjieba 0." in dictionary()
    monkeypatch.setattr(chinese, "_PACKAGES", ("pypinyin", "there-is-none"))
    assert dictionary() == ""
