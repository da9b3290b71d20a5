"""From sentences to what Kokoro is given: nothing lost, punctuation kept, what cannot be read named."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.speech.engines.neural.texts import in_order, lost, texts

from chaptercast.common.units import LanguageTag
from chaptercast.speech.engines.espeak import japanese as japanese_dictionary
from chaptercast.speech.engines.neural.kokoro import chinese
from chaptercast.speech.engines.neural.kokoro.grapheme_to_phoneme import LANGUAGES, dictionaries, lack, spell
from chaptercast.speech.engines.neural.kokoro.letters import TOKENS
from chaptercast.speech.engines.neural.phonemes.clauses import ends_sentence, is_spoken
from chaptercast.speech.engines.neural.phonemes.espeak import Phonemes

SENTENCES = {
    "en-US": ("In 1987 we met, Dr. Smith; well — almost.", "ɪn nˈIntinhˈʌndɹɪd ˈATi sˈɛvən wi mˈɛt, dˈɑktəɹ. smˈɪθ; wˈɛl — ˈɔlmOst."),
    "en-GB": ("He goes home.", "hiː ɡQz hˈQm."),
    "fr": ("L’été, c’est bien !", "letˈe, sɛ bjˈɛ\u0303!"),
    "es": ("¿Qué tal? ¡Bien!", "kˈe tˈal? bjˈen!"),
    "it": ("Non c’è male, però.", "non ʧe mˈale, peɾˈɔ."),
    "pt-BR": ("Não há pão.", "nˌɐ\u0303ʊ\u0303 a pˈɐ\u0303ʊ\u0303."),
    "hi": ("नमस्ते दुनिया।", "nəmˈʌsteː dˈʊnɪjˌaː."),
    "ja": ("今日は、いい天気です。", "kʲoː βa, ii teŋkʲi desɨ."),
    "zh-CN": ("他说：“你好！”", "tʰa→ ʂwo→: “ni↓xau↓!”"),
}  # fmt: skip


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_of_each_language(language: str, library: Phonemes) -> None:
    assert LanguageTag(language) in LANGUAGES
    text, expected = SENTENCES[language]
    found = spell(text, LanguageTag(language), library)
    assert found.symbols.replace(" —", "—") == expected.replace(" —", "—")
    assert found.unread == ()
    assert lost(text, (word[1:] for word in found.words), ()) == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=250)
@given(st.sampled_from(LANGUAGES), texts())
def test_nothing_is_lost_whatever_it_is(library: Phonemes, language: LanguageTag, text: str) -> None:
    found = spell(text, language, library)
    assert lost(text, (word[1:] for word in found.words), found.unread) == ""
    assert in_order(text, found.words)
    assert list(found.unread) == sorted(found.unread)
    assert all(0 <= begin < end <= len(text) for begin, end in found.unread)
    assert set(found.symbols) <= TOKENS.keys()
    assert is_spoken(found.symbols) is bool(found.words)
    assert not found.words or ends_sentence(found.symbols)
    assert all(found.symbols[word.at] != " " for word in found.words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["", " ", "...", "?!", "。。。", "—", "“”", "()", "¿¡", "\n", "†", "\u200b", " - ", "***"]
)
def test_punctuation_alone_is_nothing_to_say(language: LanguageTag, text: str, library: Phonemes) -> None:
    found = spell(text, language, library)
    assert not is_spoken(found.symbols)
    assert (found.words, found.unread) == ((), ())


@pytest.mark.parametrize(
    ("text", "language", "unread"),
    [
        ("He said 你好 to them.", "en-US", ["你好"]),
        ("カナ here", "fr", ["カナ"]),
        ("① and ٣", "en-US", ["①", "٣"]),
        ("㐂，好", "zh-CN", ["㐂"]),
        ("㐂", "zh-CN", ["㐂"]),
        ("好ꡀ好", "zh-CN", ["ꡀ"]),
        ("カナ好", "zh-CN", ["カナ"]),
        ("々、はい", "ja", ["々"]),
        ("ゕ", "ja", ["ゕ"]),
        ("①", "ja", ["①"]),
    ],
)
def test_what_cannot_be_read_is_named(text: str, language: str, unread: list[str], library: Phonemes) -> None:
    found = spell(text, LanguageTag(language), library)
    assert [text[begin:end] for begin, end in found.unread] == unread


@pytest.mark.parametrize(
    ("text", "language", "symbols"),
    [
        ("“Yes” (no), “he said.”", "en-US", "“jˈɛs” (nˈO), “hi sˈɛd.”"),
        ("Yes", "en-US", "jˈɛs."),
        ("Yes,", "en-US", "jˈɛs,."),
        ("Yes...", "en-US", "jˈɛs…"),
        ("Yes?! No", "en-US", "jˈɛs?! nˈO."),
        ("「はい」", "ja", "“hai”."),
        ("好……", "zh-CN", "xau↓…"),
        ("好,好", "zh-CN", "xau↓, xau↓."),
        (", yes", "en-US", "jˈɛs."),
        ("yes; —", "en-US", "jˈɛs;—."),
    ],
)
def test_marks_are_put_back(text: str, language: str, symbols: str, library: Phonemes) -> None:
    assert spell(text, LanguageTag(language), library).symbols == symbols


def test_other_scripts_in_chinese_and_japanese_are_read_as_english(library: Phonemes) -> None:
    chinese_text, japanese_text = "我用iPhone打电话", "Windowsを使う"
    found = spell(chinese_text, LanguageTag("zh-CN"), library)
    assert found.symbols == "wo↓jʊ↘ŋ ˈI fˈOn ta↓tjɛ↘nxwa↘."
    assert [chinese_text[word.offset : word.offset + word.length] for word in found.words] == [
        "我用",
        "iPhone",
        "打电话",
    ]
    found = spell(japanese_text, LanguageTag("ja"), library)
    assert found.symbols.startswith("wˈɪndOz o ")
    assert [japanese_text[word.offset : word.offset + word.length] for word in found.words] == ["Windows", "を", "使う"]


def test_digits_that_nobody_put_into_words_are_read(library: Phonemes) -> None:
    for text, language in (("2024年", "zh-CN"), ("333メートル", "ja"), ("12,5", "fr"), ("1987", "en-GB"), ("५", "hi")):
        found = spell(text, LanguageTag(language), library)
        assert found.unread == ()
        assert lost(text, (word[1:] for word in found.words), ()) == ""
    assert spell("2024年", LanguageTag("zh-CN"), library).symbols == "ɚ↘li↗ŋɚ↘ sɨ↘njɛ↗n."


def test_what_is_said_together_is_written_together_but_for_english(library: Phonemes) -> None:
    assert spell("in the house", LanguageTag("en-US"), library).symbols == "ɪn ðə hˈWs."
    assert " " not in spell("d’y l’heure", LanguageTag("fr"), library).symbols.replace("di lˈ", "dilˈ")


def test_dictionaries_are_told_where_one_reads() -> None:
    assert dictionaries(LanguageTag("zh-CN")) == chinese.dictionary() != ""
    assert dictionaries(LanguageTag("ja")) == japanese_dictionary.dictionary() != ""
    assert {dictionaries(language) for language in LANGUAGES if language[:2] not in {"zh", "ja"}} == {""}


def test_without_a_dictionary_its_language_is_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    assert {lack(language) for language in LANGUAGES} == {("", "")}
    monkeypatch.setattr(chinese, "dictionary", lambda: "")
    monkeypatch.setattr(japanese_dictionary, "dictionary", lambda: "")
    for language, text, extra in (("zh-CN", "汉字", "[neural]"), ("ja", "漢字とかな", "[ja]")):
        pattern, remedy = lack(LanguageTag(language))
        assert re.search(pattern, text)
        assert not re.search(pattern, "plain words 12")
        assert extra in remedy
    assert lack(LanguageTag("en-US")) == ("", "")
