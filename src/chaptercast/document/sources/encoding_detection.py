"""The encoding of a text that does not declare it: the one in which it makes sense.

charset-normalizer proposes; what decides is whether the words are words: in a language that is identified, in that language's
letters, with capitals where capitals stand, and without box-drawing signs and the like among them.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import regex

from chaptercast.common.language_identification import alike, likely, probable
from chaptercast.common.units import primary

SAMPLE = 20_000
"""Bytes from which an encoding is guessed."""
LIKELY = 0.6
"""How much sense a text has to make, from 0 to 1."""
FEWEST_LETTERS = 8
"""Letters below which nothing is guessed."""

MISPLACED = 20
"""How much a letter where it cannot stand speaks against Greek, Hebrew and Thai."""

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
        "iso8859_6",
        "iso8859_8",
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
        "sh": "čćđšž",
        "bs": "čćđšž",
        "sr": "čćđšž",
        "sl": "čšž",
        "lt": "ąčęėįšųūž",
        "lv": "āčēģīķļņšūž",
        "et": "äöõüšž",
        "ca": "àéèíïóòúüç",
        "eu": "ñü",
    },
)
"""Letters beyond a-z, by language."""

_SAFE_ENDS = (b" ", b",", b".", b"\r", b"\t")
_BEYOND = re.compile(rb"[\x80-\xff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_BEYOND_ASCII = re.compile(r"[^\W\d_\x00-\x7f]")
_TAG = re.compile(r"<[^<>]{0,300}>")
_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_SIGN = regex.compile(r"[^\w\s\x00-\x7f\p{M}«»‹›“”‘’„‚…–—·•¿¡§°©®™€£¥№×ªº²³½¼¾´¨\xad\u3000-\u303f\uff00-\uffef]")
_IN_WORD = regex.compile(
    r"(?<=\p{L})[«»‹›“”„‚…•¿¡§°©®™€£¥№×´¨](?=\p{Ll})|(?<!\p{L})[\u00c0-\u024f](?=\d)|(?<=\d)[\u00c0-\u024f](?!\p{L})"
)
"""Signs within words, and letters beside numbers."""
_GREEK = re.compile(r"[\u0370-\u03ff]{4,}")
_ALONE = frozenset("àèéêòóôåöøáíýæůąęäüÀÈÉÊÒÓÔÅÖØÁÍÝÆ")
"""Letters beyond ASCII that are words by themselves in some language of the Latin alphabet."""
_MISPLACED = re.compile(
    r"[ςךםןףץ](?=[^\W\d_])|(?<![\u0e01-\u0e2e\u0e31-\u0e4e])[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]|[\u0e40-\u0e44](?![\u0e01-\u0e2e])"
)
"""Letters of Greek and Hebrew that only end words, inside of one; Thai vowels and marks without a consonant."""

WESTERN = ("cp1252", "mac_roman", "cp850", "cp437", "cp1250")
"""What a text is in that is mostly ASCII and tells nothing else."""
_CP1252 = {byte: text for byte in range(0x80, 0xA0) if (text := bytes([byte]).decode("cp1252", "ignore"))}
_IN_PLACE = regex.compile(
    r"(?<=[a-zA-Z])[^\x00-\x7f\P{Ll}](?=[a-z])|(?<=[a-z])[ß-öø-ÿ](?![a-zA-Z])|(?<![a-zA-Z])[À-ÖØ-Þ](?=[a-z])"
    r"|(?<![a-zA-Z])[“‘„«¿¡](?=\w)|(?<=[\w.,!?])[”’»…](?![a-zA-Z])|(?<=[a-zA-Z])’(?=[a-z])|(?<=[\s\w])[–—](?=[\s\w])"
    r"|[£€§©](?=\s?\d)|(?<=\d)[°€½¼¾%‰²³]|[\xa0\xad]",
)
_OUT_OF_PLACE = regex.compile(
    r"(?<=[a-zA-Z])[^\w\s\x00-\x7f’\xad·–—](?=[a-z])|(?<=[a-z])[À-ÖØ-Þ](?=[a-z])|[\x80-\x9f\u2500-\u25ff\ue000-\uf8ff]"
    r"|(?<![a-zA-Z])[^\x00-\x7f\P{L}](?![a-zA-Z])",
)


def guess(data: bytes) -> str | None:
    """The text in the encoding in which it makes the most sense; None if it makes none in any."""
    best, encoding = LIKELY, ""
    sample = _sample(data)
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


def best_guess(data: bytes) -> str | None:
    """The encoding in which a text makes sense but for bytes that are none in it; None if there is no such."""
    sample = _sample(data)
    found = [(_sense(sample.decode(candidate, "ignore")), candidate) for candidate in CANDIDATES]
    sense, encoding = max(found, key=lambda each: each[0])
    return encoding if sense >= LIKELY else None


def western(data: bytes) -> str:
    """A text of few letters beyond ASCII in the encoding in which its signs stand where such signs stand; of equals Windows-1252."""
    sample = _sample(data)
    encoding = max(WESTERN, key=lambda candidate: _fit(sample.decode(candidate, "ignore")))
    return data.decode(encoding, "ignore") if encoding != "cp1252" else data.decode("latin-1").translate(_CP1252)


def _fit(text: str) -> float:
    """How well the signs beyond ASCII fit into their places: letters within words, quotation marks and dashes around them."""
    fits = sum(len(match[0]) for match in _IN_PLACE.finditer(text)) - sum(
        len(m[0]) for m in _OUT_OF_PLACE.finditer(text)
    )
    return fits / max(1, sum(character > "\x7f" for character in text))


def _sample(data: bytes) -> bytes:
    """The first lines that have more than ASCII in them: what tells the encoding of a long text may stand far down in it."""
    if len(data) <= SAMPLE:
        return data
    lines: list[bytes] = []
    size = end = 0
    while size < SAMPLE and (match := _BEYOND.search(data, end)):
        start = max(data.rfind(b"\n", end, match.start()) + 1, end)
        end = data.find(b"\n", match.end()) + 1 or len(data)
        line = data[start:end]
        if (
            len(line) > 2 * SAMPLE
        ):  # cut where no character is cut: in no encoding is a sign below the digits part of another
            line = line[: max(map(line[: 2 * SAMPLE].rfind, _SAFE_ENDS)) + 1] or line
        lines.append(line)
        size += len(line)
    return b"".join(lines)


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
        probability = min(1.0, sum(p for other, p in likely(text) if other == tag or alike(other, tag)))
        probability *= sum(letter in LETTERS[tag] for letter in letters) / len(letters)
    elif tag == "zh":
        common = sum(letter in COMMON_IDEOGRAPHS for letter in letters) / len(letters)
        probability = min(1.0, common / COMMON_SHARE)
    elif tag in ("ja", "ko"):
        probability = sum(_fits(letter, tag) for letter in letters) / len(letters)
    elif tag in ("el", "he", "th"):
        probability = max(0.0, 1 - MISPLACED * len(_MISPLACED.findall(text)) / len(letters))
        probability *= _accented(text) if tag == "el" else 1.0
    return float(probability * _natural(text))


def _accented(text: str) -> float:
    """The share of longer Greek words that bear an accent, as nearly all do."""
    words = [word for word in _GREEK.findall(text) if not word.isupper()]
    return sum(any(letter in "άέήίόύώ" for letter in word) for word in words) / max(1, len(words)) if words else 1.0


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
    signs = (len(_SIGN.findall(text)) + len(_IN_WORD.findall(text))) / max(1, beyond)
    words = _WORD.findall(text)
    odd = sum(map(_is_odd, words)) / max(1, len(words))
    return float(max(0.0, 1 - 2 * signs) * (1 - odd))


def _is_odd(word: str) -> bool:
    """Whether a word has a capital inside, or is a letter that stands alone in no language."""
    if len(word) == 1:
        return word < "\u0250" and word not in _ALONE
    return word != word.lower() and word != word.upper() and word[1:] != word[1:].lower()
