import pytest

from chaptercast.common.language_identification import identify
from chaptercast.common.units import LanguageTag
from chaptercast.document.metadata.language import canonical, decide


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("城市书房怎样为夜读的人留灯", "zh"),
        ("他做手工裝幀四十年，經手的書大約有三千本", "zh-Hant"),
        ("町の銭湯は場所ではありません", "ja"),
        ("우리 동네 도서관 漢字", "ko"),
        ("The towpath that learned to share", "en"),
        ("Wer nicht gut sieht, backt ohne Waage", "de"),
        ("Le jardin de pluie reçoit l’eau du toit", "fr"),
        ("La biblioteca que sube la cuesta", "es"),
        ("Dziś jest ładna pogoda i świeci słońce", "pl"),
        ("Сегодня хорошая погода", "ru"),
        ("Добрий день, як справи? Їжак", "uk"),
        ("Здравей, как си днес? Аз съм добре", "bg"),
        ("Καλημέρα κόσμε", "el"),
        ("مرحبا بالعالم كيف حالكم", "ar"),
        ("سلام دنیا، حال شما چطور است؟", "fa"),
        ("שלום עולם", "he"),
        ("สวัสดีชาวโลก", "th"),
        ("नमस्ते दुनिया, आप कैसे हैं", "hi"),
        ("გამარჯობა", "ka"),
        ("1 2 3 …", "und"),
        ("", "und"),
    ],
)
def test_identify(text: str, language: str) -> None:
    assert identify(text) == language


@pytest.mark.parametrize(
    ("text", "prior", "language"),
    [
        ("Hello", "de", "de"),
        ("123", "fr", "fr"),
        ("这是一个测试", "zh-TW", "zh-TW"),
        ("這是一個測試", "zh", "zh-Hant"),
        ("Привет мир", "en", "ru"),
        ("Buenos días a todos los amigos del barrio", "en", "es"),
        ("Colour and flavour of the whole thing", "en-GB", "en-GB"),
    ],
)
def test_the_prior_decides_where_the_text_does_not(text: str, prior: str, language: str) -> None:
    assert identify(text, LanguageTag(prior)) == language


_MIXED = (
    "The keeper wrote down every ship that came in before noon, and nobody asked him why he did so. "
    "In winter he read the list aloud to the children of the village. " + "Los barcos llegaron tarde al puerto. " * 3
) * 8
"""English with so much Spanish that its probability is below that of a text in one language."""


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("中文内容，说一件事。", "en", "zh"),
        ("Der Hund läuft über den Hügel. " * 20, "en", "de"),
        ("Der Hund läuft.", "en", "en"),
        ("The dog runs over the hill and far away. " * 20, "en-GB", "en-GB"),
        (_MIXED, "it", "en"),
        (_MIXED, "es", "es"),
        ("他做手工裝幀四十年，經手的書大約有三千本", "zh", "zh-Hant"),
        ("他做手工裝幀四十年，經手的書大約有三千本", "zh-HK", "zh-HK"),
        ("町の銭湯は場所ではありません", "zh", "ja"),
        ("Привет, мир, как дела", "und", "ru"),
    ],
)
def test_a_declaration_stands_unless_plainly_wrong(text: str, declared: str, language: str) -> None:
    assert decide(text, LanguageTag(declared)) == language


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ZH_cn", "zh-CN"),
        ("English", "en"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("en_US.UTF-8", "en-US"),
        ("default", None),
        ("", None),
    ],
)
def test_canonical(tag: str, expected: str | None) -> None:
    assert canonical(tag) == expected
