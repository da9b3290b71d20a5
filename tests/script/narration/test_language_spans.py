"""Which language each passage is spoken in: as declared, by its script, as found; and when a voice had better not change."""

import pytest
from tests.script.narration.telling import PAUSES, heard, inlines, p, script, voices

from chaptercast.common.packaged_files import shipped
from chaptercast.common.units import LanguageTag
from chaptercast.document.model import Heading, ListBlock, Quote, Span
from chaptercast.document.read import read_document
from chaptercast.script.narration.foreign_language import foreign_language
from chaptercast.script.narration.narrate import Settings, narrate

ENGLISH = "The lamp has to be lit before the boats come round the point."
GERMAN = "Der Umschlag war nie geöffnet worden, und niemand fragte danach."
FRENCH = "Le train part à huit heures et personne ne sait pourquoi."
SPANISH = "El tren sale a las ocho y nadie sabe por qué."
CHINESE = "每逢星期四，旧港的候船室里坐着四张桌子的人。"
JAPANESE = "桟橋にはまだ雪が残っていました。"
RUSSIAN = "Последний паром уходит без двадцати двенадцать."


def lang(text: str, tag: str) -> Span:
    return Span(text, language=LanguageTag(tag))


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        (FRENCH, "fr"),
        (SPANISH, "es"),
        (CHINESE, "zh"),
        (JAPANESE, "ja"),
        (RUSSIAN, "ru"),
    ],
)
@pytest.mark.parametrize("main", ["en", "de", "fr", "es", "zh", "ja", "ru"])
def test_a_block_is_spoken_in_its_language(text: str, tag: str, main: str) -> None:
    assert voices(p(text), language=main) == [(tag, text)]


def test_a_sentence_among_others() -> None:
    text = f"She opened the letter. {GERMAN} Then she closed it again."
    assert voices(p(text)) == [("en", "She opened the letter."), ("de", GERMAN), ("en", "Then she closed it again.")]


def test_a_quotation_takes_its_marks_along() -> None:
    assert voices(p(f"他在信里说：“{GERMAN}”大家安静了一会儿。"), language="zh") == [
        ("zh", "他在信里说："),
        ("de", f"“{GERMAN}”"),
        ("zh", "大家安静了一会儿。"),
    ]


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("他用 MP3 播放机听 The New York Times，觉得 OK。", "zh"),
        ("他说的 point，就是我们叫作‘鸡嘴角’的地方，英文叫 Rooster Beak Point。", "zh"),
        ("He ordered a café au lait at the Brasserie Lipp and had a feeling of déjà vu.", "en"),
        ("Das Meeting war ein Flop, aber der Workshop am Nachmittag war okay.", "de"),
        ("Angela Merkel, Emmanuel Macron, Giuseppe Conte, Pedro Sánchez", "en"),
        ("「ハーバーライブラリー」は Harbour Library の略です。", "ja"),
        ("東京都立中央図書館利用案内", "ja"),
        ("这家店叫“优の良品”，很有名。", "zh"),
        ("The angle α and the sum Σ are Greek letters.", "en"),
        ("Yes.", "de"),
        ("Was man mitbringen muss", "de"),
    ],
)
def test_a_word_or_two_change_no_voice(text: str, main: str) -> None:
    assert voices(p(text), language=main) == [(main, text)]


def test_words_that_the_voice_cannot_read_have_another() -> None:
    assert voices(p("The word привет means hello.")) == [("en", "The word"), ("ru", "привет"), ("en", "means hello.")]
    assert voices(p("日语里的ありがとう表示谢谢。"), language="zh")[1] == ("ja", "ありがとう")
    assert voices(p("東京（とうきょう）is Tokyo."))[0][0] == "ja"
    assert voices(p("Er sagte 안녕하세요 und ging."), language="de")[1][0] == "ko"


def test_long_vowel_marks_stay_in_their_word() -> None:
    assert voices(p("Order a コーヒー there.")) == [("en", "Order a"), ("ja", "コーヒー"), ("en", "there.")]


def test_what_is_declared_wins_from_a_few_words_on() -> None:
    declared = p("He called it ", lang("joie de vivre", "fr"), ", or ", lang("Schadenfreude", "de"), ".")
    assert voices(declared) == [("en", "He called it"), ("fr", "joie de vivre,"), ("en", "or Schadenfreude.")]
    assert voices(p("He said ", lang("你好", "zh"), " twice."))[1] == ("zh", "你好")


def test_a_variant_of_the_same_language_is_no_other() -> None:
    assert voices(p("In ", lang("London there was rain all day", "en-GB"), ".")) == [
        ("en", "In London there was rain all day.")
    ]


def test_a_declared_block_is_believed() -> None:
    assert voices(p("Chat", language="fr")) == [("fr", "Chat")]
    assert voices(p(ENGLISH, language="nl")) == [("nl", ENGLISH)]


def test_blocks_within_a_declared_block_are_in_its_language() -> None:
    inner = p("Zug"), Heading(inlines("Hafen"), 3)
    assert voices(Quote(inner, LanguageTag("de")), p("Train")) == [("de", "Zug"), ("de", "Hafen"), ("en", "Train")]
    assert voices(ListBlock(((p("Zug"),),), language=LanguageTag("de")), p("Train")) == [("de", "Zug"), ("en", "Train")]


def test_a_change_of_voice_within_a_sentence_is_a_small_pause_and_no_new_paragraph() -> None:
    told = script(p(f"The word привет means hello. {GERMAN}"), p("Next."))
    assert heard(told)[1:-1:2] == [120, 120, 300, 500]
    assert [say.continues for say in told.utterances()] == [False, True, True, True, False]


def test_marks_alone_are_no_passage() -> None:
    assert voices(p(lang("— ", "fr"), "Yes", lang(" !", "fr"))) == [("en", "— Yes !")]


def test_without_a_language_nothing_is_changed() -> None:
    assert voices(p(GERMAN), language="und") == [("und", GERMAN)]


@pytest.mark.parametrize("text", ["", "…", "42", "a", "\u0301", "  "])
def test_too_little_says_nothing(text: str) -> None:
    assert foreign_language(text, LanguageTag("en")) is None


def test_the_article_in_four_languages() -> None:
    document = read_document(shipped("examples") / "four-languages.md")
    told = list(narrate(document, Settings(PAUSES, spells_digits=True)).utterances())
    others = [(say.language, say.written) for say in told if say.language != "zh"]
    assert others == [
        (
            "en",
            f"{ENGLISH} I have never been late, and I have never been thanked for it either.",
        ),
        ("de", "“Ich habe den ganzen Winter auf das Schiff gewartet, und als es kam, war ich nicht da.”"),
        ("de", "Bitte nicht mehr schreiben。"),
        (
            "de",
            "Der Umschlag war nie geöffnet worden. Jemand hatte ihn zwischen zwei Seiten des Fahrplans gelegt und dort vergessen.",
        ),
        ("ja", "桟橋にはまだ雪が残っていました。それでも船は時間どおりに来ました。"),
        ("ja", "“ありがとう”，"),
        ("en", "Good night, and come back next Thursday."),
        ("de", "Gute Nacht und bis zum nächsten Donnerstag."),
        ("ja", "おやすみなさい、また木曜日に。"),
    ]
