"""Bytes into text: a byte-order mark, UTF-8, what the file declares, then what makes the most sense in some language.

Text is never refused for its encoding, and never mojibake in silence: an encoding is taken whole where it fits, and a guess has to give
words of a language in that language's letters. Where a few bytes fit in no way, those are named (`Decoded.damaged`), and the rest is read.
"""

import codecs
import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from chaptercast.document.sources.encoding_detection import (
    COMMON_IDEOGRAPHS,
    COMMON_SHARE,
    IMPLAUSIBLE,
    best_guess,
    guess,
    western,
)
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
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "x-sjis": "cp932",
        "x-gbk": "gb18030",
        "x-x-big5": "big5hkscs",
        "iso-8859-8-i": "iso8859_8",
        "iso-8859-8-e": "iso8859_8",
        "dos-874": "cp874",
        "x-mac-roman": "mac_roman",
        "x-mac-cyrillic": "mac_cyrillic",
        "x-user-defined": "cp1252",
    },
)
"""Names of that standard that Python does not know."""

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_C1 = re.compile("[\x80-\x9f]")
"""Controls of eight bits, which no text has: what stands there came from another encoding, or is to steer a terminal."""
_LINE_ENDS = re.compile("\r+\n|[\r\v\x85\u2028\u2029]")
_COMMON = re.compile("[ \n0-9a-zA-Z，。、]")
"""Characters of which any text has some."""
_CODEC_NAME = re.compile(r"[\w:.+ -]{1,40}", re.ASCII)
_SEVEN_BIT = ("iso2022", "hz")
_ESCAPES: Mapping[bytes, str] = MappingProxyType(
    {b"\x1b$B": "iso2022_jp_2", b"\x1b$@": "iso2022_jp_2", b"\x1b$)C": "iso2022_kr", b"~{": "hz"}
)
"""What shows that a text of seven bits is Japanese, Korean or Chinese."""
MANY_CONTROLS = 0.01
"""Share of control characters from which on a file is not text."""
CUT_SHORT = 10
"""Common characters that a text in UTF-16 or UTF-32 has even if it ends in mid-character."""
MANY_ZEROS = 0.05
"""Share of zero bytes likewise."""
FEW_DAMAGED = 0.002
"""Share of characters that may be damaged in a text whose encoding is told all the same."""

_GIVE_TEXT = "Give a Markdown, HTML or text file."
_STRAY = re.compile("[\udc00-\udcff]+")
_ESCAPED = "chaptercast.escaped"
_NAMED = 20
"""Damaged places that are named one by one."""


class Decoded(Struct, frozen=True):
    """A text, and what of its bytes is none."""

    text: str
    damaged: tuple[str, ...] = ()
    """Bytes that fit in no encoding, as they are named to people."""


def decode(data: bytes, name: str = "") -> str:
    r"""The text in `data`, with `\n` at the ends of lines and without control characters or a byte-order mark.

    Raises `InputError` for what is not text.
    """
    return decoded(data, name).text


def decoded(data: bytes, name: str = "") -> Decoded:
    """As `decode`, with what of the bytes is no text. Raises `InputError`."""
    found = _decoded(data, name or "the input")
    text = found.text
    controls = _CONTROLS.findall(text)
    if len(controls) > max(4, MANY_CONTROLS * len(text)):
        raise _no_text(name or "the input", text.index(controls[0]), "character")
    lines = _LINE_ENDS.sub("\n", _CONTROLS.sub("", text).replace("\x1b", ""))
    return Decoded(_C1.sub(" ", lines).removeprefix("\ufeff"), found.damaged)


def _no_text(name: str, place: int, unit: str) -> InputError:
    return InputError(f"{name} is not a text file (control character at {unit} {place})", _GIVE_TEXT)


def _decoded(data: bytes, name: str) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _leniently(data[len(mark) :], encoding)
    wide = _unmarked(data)
    if wide:
        return _leniently(data, wide)
    if data.count(0) > MANY_ZEROS * len(data):
        raise _no_text(name, data.index(b"\x00"), "byte")
    data = data.replace(b"\x00", b"")
    declared = _declared(data) or _seven_bit(data)
    unicode = _try(data, "utf-8")
    if unicode is not None and not _rather_declared(unicode, declared):
        return Decoded(unicode)
    if unicode is None and _mostly_utf8(data):
        return _mended_utf8(data)
    if declared and declared != "utf-8":
        text = _try(data, declared)
        if text is not None and len(IMPLAUSIBLE.findall(text)) <= FEW_DAMAGED * len(text):
            return Decoded(text)
    return Decoded(unicode) if unicode is not None else _guessed(data, declared)


def _guessed(data: bytes, declared: str) -> Decoded:
    """What makes sense; else what makes sense but for a few bytes; else what makes the most sense."""
    text = guess(data)
    if text is not None:
        return Decoded(text)
    candidates = [declared] if declared else []
    found = best_guess(data)
    if found is not None:
        candidates.append(found)
    for encoding in candidates:
        lenient = _leniently(data, encoding)
        if len(lenient.damaged) <= max(1, FEW_DAMAGED * len(lenient.text)) and not IMPLAUSIBLE.search(lenient.text):
            return lenient
    return Decoded(western(data))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _leniently(data: bytes, encoding: str) -> Decoded:
    """The text but for bytes that are none."""
    text = data.decode(encoding, _ESCAPED)
    damaged = [_named(match) for match in _STRAY.finditer(text)]
    return Decoded(_STRAY.sub("", text), _shortened(damaged)) if damaged else Decoded(text)


def _mended_utf8(data: bytes) -> Decoded:
    """UTF-8 with a few bytes that are none: of Windows-1252 where that gives a sign that fits in, else left out."""
    text = data.decode("utf-8", _ESCAPED)
    return Decoded(_STRAY.sub(_mended, text), _shortened([_named(match) for match in _STRAY.finditer(text)]))


def _mended(match: "re.Match[str]") -> str:
    stray = _bytes_of(match)
    sign = stray.decode("cp1252", "ignore") if len(stray) == 1 else ""
    beside = match.string[max(0, match.start() - 1) : match.start()] + match.string[match.end() : match.end() + 1]
    in_word = beside.isascii() and any(map(str.isalpha, beside))
    return sign if in_word or not sign.isalpha() else ""


def _escape(error: UnicodeError) -> tuple[str, int]:
    """An error handler: each byte that is no text becomes a lone surrogate that stands for it, as in PEP 383."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_ESCAPED, _escape)


def _bytes_of(match: "re.Match[str]") -> bytes:
    return bytes(ord(character) - 0xDC00 for character in match[0])


def _named(match: "re.Match[str]") -> str:
    return f"{' '.join(f'0x{byte:02X}' for byte in _bytes_of(match)[:4])} at {match.start()}"


def _shortened(damaged: list[str]) -> tuple[str, ...]:
    if len(damaged) <= _NAMED:
        return tuple(damaged)
    return (*damaged[:_NAMED], f"{len(damaged) - _NAMED} more")


def _seven_bit(data: bytes) -> str:
    return next((codec for escape, codec in _ESCAPES.items() if escape in data and _is_seven_bit(data, codec)), "")


def _is_seven_bit(data: bytes, codec: str) -> bool:
    """Whether a text is in an encoding of seven bits; `~{` is also what others write in ASCII."""
    text = _try(data, codec)
    if text is None:
        return codec.startswith("iso2022")
    return (
        codec.startswith("iso2022")
        or sum(c in COMMON_IDEOGRAPHS for c in text) >= COMMON_SHARE * sum(c > "\x7f" for c in text) > 0
    )


def _unmarked(data: bytes) -> str:
    """UTF-16 or UTF-32 without a byte-order mark: told by the zero bytes of its spaces, line ends and digits, and by their order."""
    head = data[:DECLARATION]
    if len(head) < 4 or b"\x00" not in head:
        return ""
    for encodings, unit in ((("utf-32-le", "utf-32-be"), 4), (("utf-16-le", "utf-16-be"), 2)):
        scores = {encoding: _commons(head[: len(head) // unit * unit], encoding) for encoding in encodings}
        best = max(scores, key=lambda encoding: scores[encoding])
        if scores[best] > (len(data) % unit and CUT_SHORT) and list(scores.values()).count(scores[best]) == 1:
            return best
    return ""


def _commons(head: bytes, encoding: str) -> int:
    """How many characters there are of which any text has some; 0 if it is no text."""
    text = head.decode(encoding, "ignore")
    whole = len(text.encode(encoding, "ignore")) >= len(head) - 4
    sound = whole and not _CONTROLS.search(text) and not IMPLAUSIBLE.search(text)
    return len(_COMMON.findall(text)) if sound else 0


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
        codec = codecs.lookup(LABELS.get(found.lower(), found)).name
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
