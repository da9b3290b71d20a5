"""The encoding of a text that does not declare it: the one in which it makes sense.

charset-normalizer proposes; what decides is whether the words are words: in a language that is identified, in that language's
letters, with capitals where capitals stand, and without box-drawing signs and the like among them.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import regex

from chaptercast.identification import probable
from chaptercast.units import primary

SAMPLE = 20_000
"""Bytes from which an encoding is guessed."""
LIKELY = 0.6
"""How much sense a text has to make, from 0 to 1."""
FEWEST_LETTERS = 8
"""Letters below which nothing is guessed."""

IMPLAUSIBLE = regex.compile("[\x80-\x9f\ue000-\uf8ff\ufffd\ufff0-\uffff\U000f0000-\U0010ffff]")
"""Characters that no text has: C1 controls, private use, noncharacters."""

CANDIDATES = (
    *(
        "gb18030",
        "big5hkscs",
        "cp932",
        "euc_jp",
        "iso2022_jp",
        "cp949",
        "cp1252",
        "cp1250",
        "cp1251",
        "koi8_r",
        "koi8_u",
    ),
    *(
        "cp1253",
        "cp1254",
        "cp1255",
        "cp1256",
        "cp874",
        "cp1257",
        "iso8859_2",
        "iso8859_15",
        "iso8859_5",
        "iso8859_7",
        "cp866",
    ),
    *("cp437", "cp850", "cp852", "mac_roman"),
)
"""Encodings tried when nothing is declared; the first of equals is taken."""

COMMON_IDEOGRAPHS = frozenset(
    "的一是不了人我在有他这這中大来來上个個国國到说說们們为為子和你地出道也时時年得就那要下以生会會自着著去之过過家学學对對可"
    "她里裡后後小么麼心多天而能好都然没沒日于於起还還发發成事只作当當想看文无無开開手用主行方又如前所本见見经經头頭面公同三"
    "已老从從动動两兩长長知民样樣现現分将將外但身些与與高意进進把法此实實回二理美点點月明其种種声聲全工己话話儿兒",
)
"""The most frequent characters of Chinese, in both scripts: some 40 % of any running text."""
COMMON_SHARE = 0.15
"""Share of them that a Chinese text has at the least."""

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "en": "éèêëàâäïîôöüçñáíóúæœ",
        "de": "äöüßéèàáê",
        "fr": "àâæçéèêëîïôœùûüÿ",
        "es": "áéíñóúüªº",
        "pt": "áâãàçéêíóôõúüªº",
        "it": "àèéìíîòóùúªº",
        "nl": "éëïöüèáóíê",
        "sv": "åäöéàü",
        "da": "æøåéö",
        "no": "æøåéòôö",
        "fi": "äöåšž",
        "is": "áéíóúýðþæö",
        "pl": "ąćęłńóśźż",
        "cs": "áčďéěíňóřšťúůýž",
        "sk": "áäčďéíĺľňóôŕšťúýž",
        "hu": "áéíóöőúüű",
        "ro": "ăâîșțşţ",
        "tr": "çğıöşüâîû",
        "hr": "čćđšž",
        "sl": "čšž",
        "lt": "ąčęėįšųūž",
        "lv": "āčēģīķļņšūž",
        "et": "äöõüšž",
        "ca": "àéèíïóòúüç",
        "eu": "ñü",
    },
)
"""Letters beyond a-z, by language."""

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_BEYOND_ASCII = re.compile(r"[^\W\d_\x00-\x7f]")
_TAG = re.compile(r"<[^<>]{0,300}>")
_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_SIGN = re.compile(r"[^\w\s\x00-\x7f«»‹›“”‘’„‚…–—·•¿¡§°©®™€£¥№×ªº²³½¼¾´¨\u3000-\u303f\uff00-\uffef]")


def guess(data: bytes) -> str | None:
    """The text in the encoding in which it makes the most sense; None if it makes none in any."""
    best, encoding = LIKELY, ""
    sample = _cut(data)
    for candidate in _candidates(sample):
        try:
            sense = _sense(sample.decode(candidate))
        except UnicodeDecodeError:
            continue
        if sense > best + 1e-6:
            best, encoding = sense, candidate
    try:
        text = data.decode(encoding) if encoding else ""
    except UnicodeDecodeError:
        return None
    return text if text and not IMPLAUSIBLE.search(text) else None


def _cut(data: bytes) -> bytes:
    """A sample that ends at a line end, so that no character is cut."""
    if len(data) <= SAMPLE:
        return data
    end = data.rfind(b"\n", 0, SAMPLE)
    return data[: end + 1] if end > 0 else data


def _candidates(sample: bytes) -> Iterator[str]:
    from charset_normalizer import from_bytes

    yield from CANDIDATES
    for match in from_bytes(sample):
        if match.encoding not in CANDIDATES:
            yield match.encoding


def _sense(text: str) -> float:
    """From 0 to 1: how much a text looks like one in the language that it is identified as."""
    if IMPLAUSIBLE.search(text) or _CONTROLS.search(text):
        return 0.0
    text = _TAG.sub(" ", text)
    language, probability = probable(text)
    letters = _BEYOND_ASCII.findall(text.lower())
    if not letters or sum(map(str.isalpha, text)) < FEWEST_LETTERS:
        return 0.0
    tag = primary(language)
    if tag in LETTERS:
        probability *= sum(letter in LETTERS[tag] for letter in letters) / len(letters)
    elif tag == "zh":
        common = sum(letter in COMMON_IDEOGRAPHS for letter in letters) / len(letters)
        probability = min(1.0, common / COMMON_SHARE)
    elif tag in ("ja", "ko"):
        probability = sum(_fits(letter, tag) for letter in letters) / len(letters)
    return float(probability * _natural(text))


def _fits(letter: str, language: str) -> bool:
    """Whether a letter is hangul, or kana or one of the first 2,965 ideographs of the Japanese standard (JIS X 0208, level 1)."""
    if language == "ko":
        return "\uac00" <= letter <= "\ud7a3"
    if "\u3041" <= letter <= "\u30ff":
        return True
    encoded = letter.encode("shift_jis", errors="ignore")
    return bool(encoded) and 0x88 <= encoded[0] <= 0x97


def _natural(text: str) -> float:
    """From 0 to 1: few signs among the words, and no capitals inside of them."""
    beyond = sum(character > "\x7f" for character in text)
    signs = len(_SIGN.findall(text)) / max(1, beyond)
    words = _WORD.findall(text)
    odd = sum(word != word.lower() and word != word.upper() and word[1:] != word[1:].lower() for word in words) / max(
        1, len(words)
    )
    return float(max(0.0, 1 - 2 * signs) * (1 - odd))
