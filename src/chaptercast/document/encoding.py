"""Bytes into text: a byte-order mark, UTF-8, what the file declares, then what makes sense in some language; or an error.

Never mojibake in silence: every step decodes strictly, and a guess has to give words of a language in that language's letters.
"""

import codecs
import re
from collections.abc import Mapping
from types import MappingProxyType

from chaptercast.document.encoding_guess import IMPLAUSIBLE, guess
from chaptercast.errors import InputError

DECLARATION = 4096
"""Bytes in which a declaration of the encoding is looked for."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

SUPERSETS: Mapping[str, str] = MappingProxyType(
    {
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "big5": "big5hkscs",
        "shift_jis": "cp932",
        "euc_kr": "cp949",
        "johab": "cp949",
        "ascii": "cp1252",
        "iso8859-1": "cp1252",
        "iso8859-9": "cp1254",
        "iso8859-11": "cp874",
        "tis-620": "cp874",
    },
)
"""What a declared encoding is in practice (WHATWG Encoding Standard, 4.2), by Python's codec names."""

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_C1 = re.compile("[\x80-\x9f]")
"""Controls of eight bits, which no text has: what stands there came from another encoding, or is to steer a terminal."""
_LINE_ENDS = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
_COMMON = re.compile("[ \n0-9a-zA-Z，。、]")
"""Characters of which any text has some."""
_CODEC_NAME = re.compile(r"[\w:.+ -]{1,40}", re.ASCII)
_SEVEN_BIT = ("iso2022", "hz")
_ISO_2022_JP = (b"\x1b$B", b"\x1b$@")
MANY_CONTROLS = 0.01
"""Share of control characters from which on a file is not text."""

_GIVE_TEXT = "Give a Markdown, HTML or text file."
_SAVE_AS_UTF8 = "Save it as UTF-8 in your editor, or convert it with iconv, and try again."


def decode(data: bytes, name: str = "") -> str:
    r"""The text in `data`, with `\n` at the ends of lines and without control characters or a byte-order mark.

    Raises `InputError` for what is not text, and for text in no encoding that can be told; it names the first bad byte.
    """
    text = _decoded(data, name or "the input")
    controls = _CONTROLS.findall(text)
    if "\x00" in controls or len(controls) > max(4, MANY_CONTROLS * len(text)):
        raise _no_text(name or "the input", text.index(controls[0]), "character")
    lines = _LINE_ENDS.sub("\n", _CONTROLS.sub("", text).replace("\x1b", ""))
    return _C1.sub(" ", lines).removeprefix("\ufeff")


def _no_text(name: str, place: int, unit: str) -> InputError:
    return InputError(f"{name} is not a text file (control character at {unit} {place})", _GIVE_TEXT)


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name)
    wide = _unmarked_utf16(data)
    if wide:
        return _strictly(data, wide, name)
    if b"\x00" in data:
        raise _no_text(name, data.index(b"\x00"), "byte")
    declared = _declared(data) or ("iso2022_jp_2" if any(escape in data for escape in _ISO_2022_JP) else "")
    unicode, error = _try(data, "utf-8")
    if unicode is not None and not _rather_declared(unicode, declared):
        return unicode
    if error is not None and _mostly_utf8(data):
        raise _undecodable(name, error)
    if declared and declared != "utf-8":
        text, _ = _try(data, declared)
        if text is not None and not IMPLAUSIBLE.search(text):
            return text
    guessed = guess(data)
    if guessed is not None:
        return guessed
    raise _undecodable(name, error)


def _try(data: bytes, encoding: str) -> tuple[str | None, UnicodeDecodeError | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        return None, error


def _strictly(data: bytes, encoding: str, name: str) -> str:
    text, error = _try(data, encoding)
    if text is None:
        raise _undecodable(name, error)
    return text


def _undecodable(name: str, error: UnicodeDecodeError | None) -> InputError:
    if error is None:
        return InputError(f"{name}: its encoding cannot be told", _SAVE_AS_UTF8)
    byte = error.object[error.start] if error.start < len(error.object) else 0
    encoding = error.encoding.upper().replace("UTF8", "UTF-8")
    return InputError(
        f"{name}: byte {error.start} (0x{byte:02X}) is not {encoding}, and no other encoding fits", _SAVE_AS_UTF8
    )


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a byte-order mark: told by the zero bytes of its spaces, line ends and digits, and by their order."""
    head = data[:DECLARATION]
    if len(head) < 4 or len(data) % 2 or b"\x00" not in head:
        return ""
    scores = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text, _ = _try(head[: len(head) & ~1], encoding)
        sound = text is not None and not _CONTROLS.search(text) and not IMPLAUSIBLE.search(text)
        scores[encoding] = len(_COMMON.findall(text)) if sound and text else 0
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] > 0 and list(scores.values()).count(scores[best]) == 1 else ""


def _declared(data: bytes) -> str:
    """The codec that an XML declaration or `<meta charset>` names; empty if there is none, or none that Python knows."""
    head = data[:DECLARATION]
    if b"charset" not in head.lower() and b"encoding" not in head.lower():
        return ""
    from bs4.dammit import EncodingDetector

    found = EncodingDetector.find_declared_encoding(head, is_html=True, search_entire_document=True)
    if not found or not _CODEC_NAME.fullmatch(found):
        return ""
    try:
        codec = codecs.lookup(found).name
    except LookupError:
        return ""
    return SUPERSETS.get(codec, codec) if _is_text_codec(codec) else ""


def _is_text_codec(codec: str) -> bool:
    try:
        return isinstance(b"".decode(codec), str) and not codec.startswith(
            ("utf-16", "utf-32", "utf-7", "idna", "punycode")
        )
    except (LookupError, UnicodeError):
        return False


def _rather_declared(unicode: str, declared: str) -> bool:
    """Whether valid UTF-8 is taken for what is declared all the same.

    So are seven-bit encodings, and the few Chinese, Japanese or Korean words whose bytes happen to be pairs that UTF-8 allows
    (as those of 联通 in GBK nearly are).
    """
    if declared.startswith(_SEVEN_BIT):
        return "\x1b" in unicode or "~{" in unicode
    if declared not in ("gb18030", "big5hkscs", "cp932", "cp949", "euc_jp"):
        return False
    beyond = [character for character in unicode if character > "\x7f"]
    return (
        bool(beyond)
        and max(beyond) < "\u0800"
        and min(beyond) >= "\x80"
        and not any(c.isalpha() and c < "\u0250" for c in beyond)
    )


def _mostly_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few: then no other encoding is right."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - broken
    return good >= 2 * broken
