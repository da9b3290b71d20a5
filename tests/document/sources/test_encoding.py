import pytest

from chaptercast.document.model import Reason
from chaptercast.document.read import read_bytes
from chaptercast.document.sources.encoding import decode, decoded
from chaptercast.errors import InputError

TEXTS = {
    "zh": "共产党的成功密码，是为人民谋幸福。城市书房怎样为夜读的人留灯？今年入夏前还会有两家书房加入夜间开放的行列。",
    "zh-Hant": "何承硯的工作室在一條斜坡的盡頭，門口沒有招牌，只掛著一小塊牛皮。他做手工裝幀四十年，經手的書大約有三千本。",
    "ja": "町の銭湯は、湯につかるだけの場所ではありません。桶の音、番台のあいさつ、ボイラーの低いうなり。",
    "ko": "안녕하세요. 오늘은 날씨가 좋습니다. 우리 동네 도서관은 밤늦게까지 문을 엽니다.",
    "ru": "Привет, мир. Сегодня хорошая погода, и библиотека открыта до поздней ночи.",
    "de": "Wer nicht gut sieht oder die Hände nicht ruhig halten kann, scheitert beim Backen. Größe, Übung, Äpfel.",
    "fr": "Le jardin de pluie reçoit l’eau du toit, où elle s’infiltre très vite. À bientôt, ça va.",
    "pl": "Zażółć gęślą jaźń. Dziś jest ładna pogoda i świeci słońce.",
    "el": "Καλημέρα κόσμε, σήμερα ο καιρός είναι καλός.",
    "he": "שומר המגדלור ספר כל לילה את הסירות, ואיש לא בא מן העיר לשאול עליו.",
    "th": "คนเฝ้าประภาคารนับเรือทุกคืน และไม่มีใครมาจากเมืองเพื่อถามหาเขา",
    "hr": "Svjetioničar je svake noći brojio čamce, a nitko nije dolazio iz grada da pita za njega. Šuma, žaba, đak.",
    "bg": "Пазачът на фара всяка нощ броеше лодките и никой не идваше от града да пита за него.",
    "en": "The café’s “daily” soup – naïve résumé – costs £4.",
}
LEGACY = [
    *(("zh", "gbk"), ("zh-Hant", "big5"), ("ja", "cp932"), ("ja", "euc_jp"), ("ja", "iso2022_jp"), ("ko", "cp949")),
    *(("ru", "cp1251"), ("ru", "koi8_r"), ("ru", "cp866"), ("de", "cp1252"), ("fr", "cp1252"), ("pl", "cp1250")),
    *(("pl", "iso8859_2"), ("el", "cp1253"), ("en", "cp1252")),
    *(("he", "cp1255"), ("he", "iso8859_8"), ("th", "cp874"), ("hr", "cp1250"), ("hr", "iso8859_2"), ("bg", "cp1251")),
    *(("ru", "mac_cyrillic"), ("ru", "iso8859_5"), ("el", "iso8859_7"), ("ko", "iso2022_kr"), ("zh", "hz")),
]


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_unicode_with_and_without_a_mark(language: str, encoding: str) -> None:
    text = TEXTS[language] + "\n1\n"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_an_undeclared_encoding_is_told_by_its_words(language: str, encoding: str) -> None:
    text = TEXTS[language]
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("gb2312", "gb18030", "联通的镕字不在里面"),
        ("GBK", "gbk", "中"),
        ("big5", "big5", "何承硯"),
        ("shift_jis", "cp932", "①番"),
        ("iso-8859-1", "cp1252", "caf\u00e9 \u201cx\u201d"),
        ("windows-1251", "cp1251", "ёж"),
        ("euc-kr", "cp949", "똠방각하"),
        ("x-sjis", "cp932", "①番"),
    ],
)
def test_a_declaration_is_followed(declared: str, encoding: str, text: str) -> None:
    page = f"<meta charset={declared}><p>{text}</p>"
    assert decode(page.encode(encoding)) == page
    declaration = f'<?xml version="1.0" encoding="{declared}"?><p>{text}</p>'
    assert decode(declaration.encode(encoding)) == declaration


@pytest.mark.parametrize(
    "declared", ["gb2312", "iso-8859-1", "utf-16", "nonsense", "x" * 500, "rot13", "utf-7", "a\x01b"]
)
def test_utf8_is_utf8_whatever_is_declared(declared: str) -> None:
    page = f"<meta charset='{declared}'><p>é à ü 中文，很好</p>"
    assert decode(page.encode()).replace("\x01", "") == page.replace("\x01", "")


@pytest.mark.parametrize(
    ("data", "text", "damaged"),
    [
        ("中文内".encode() + b"\xff" + "容很好".encode(), "中文内容很好", ("0xFF at 3",)),
        ("Größe und Übung".encode() + b"\xe4rger", "Größe und Übungärger", ("0xE4 at 15",)),
        ("naïve café, that".encode() + b"\x92s all", "naïve café, that’s all", ("0x92 at 16",)),
        ("港の夜は静かだった".encode()[:-1], "港の夜は静かだっ", ("0xE3 0x81 at 8",)),
        (b"\xff\xfea\x00\x00\xd8", "a", ("0x00 0xD8 at 1",)),
        ("灯塔看守人每天夜里都数一数船，城里没有人来问他。".encode("gbk")[:-1], None, ("0xA1 at 23",)),
    ],
)
def test_stray_bytes_are_named_and_never_refuse_a_text(data: bytes, text: str | None, damaged: tuple[str, ...]) -> None:
    found = decoded(data, "x.md")
    assert found.text == (text if text is not None else "灯塔看守人每天夜里都数一数船，城里没有人来问他")
    assert found.damaged == damaged


def test_many_stray_bytes_are_counted() -> None:
    found = decoded(("é" * 200).encode() + b"\xff " * 60)
    assert len(found.damaged) == 21
    assert found.damaged[-1] == "40 more"


def test_what_is_damaged_is_in_the_report() -> None:
    document = read_bytes(b"A caf\xc3\xa9, and a bar.\n\nM\xc3\xbcde \xc3\xb6ffnet es. \xff\n", name="x.txt")
    assert [(omission.text, omission.reason) for omission in document.left_out] == [("0xFF at 36", Reason.DAMAGED)]


WESTERN = [
    ("He paid £4 for the soup and £2 for the bread.", "cp1252"),
    ("The temperature fell to 4° in the night.", "cp1252"),
    ("“It will not come,” said the master – and he was right.", "cp1252"),
    ("“It will not come,” said the master – and he was right.", "mac_roman"),
    ("Copyright © 2003 by the harbour office.", "latin-1"),
    ('"The ferry," said the master -\xad and he looked away.', "latin-1"),
    ("Three words: café.", "cp1252"),
]


@pytest.mark.parametrize(("text", "encoding"), WESTERN)
def test_a_text_with_hardly_a_sign_beyond_ascii_is_never_refused(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_two_languages_in_an_undeclared_encoding() -> None:
    text = "The ferry was late.\nDie Fähre kam zu spät, und niemand wusste, warum.\nLa mer était déjà grise.\n"
    assert decode(text.encode("cp1252")) == text


def test_what_tells_the_encoding_may_stand_far_down() -> None:
    text = "The boats came home in the evening.\n" * 2000 + "“Naïve,” said the keeper’s wife, and went to the café.\n"
    assert decode(text.encode("mac_roman")) == text


def test_line_ends_and_controls() -> None:
    assert decode(b"a\r\nb\rc\x0bd\x0ce\x08f") == "a\nb\nc\nd\x0cef"
    assert decode("a\u2028b\u0085c".encode()) == "a\nb\nc"


@pytest.mark.parametrize("data", [b"\x00", b"text\x00", bytes(range(1, 32)) * 9, b"\x01\x02\x03\x04\x05\x06" * 3])
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"not a text file|byte|encoding"):
        decode(data, "x.md")
