"""Makes text safe to write: without lone surrogates, characters that XML forbids, and characters that steer a terminal. Counts words."""

import re

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\W_{_IDEOGRAPHS}]+(?:['’.:-][^\W_{_IDEOGRAPHS}]+)*")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates (Unicode UAX 9): they change the display order of text outside their own string."""
_ESCAPED_IN_JSON = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def well_formed(text: str) -> str:
    """`text` without lone surrogates, which no encoding can write: a valid pair becomes its character, any other surrogate U+FFFD."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def xml_text(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids (2.2, Char). lxml reads them from references, but refuses to write them."""
    return _NOT_IN_XML.sub("", text)


def word_count(text: str) -> int:
    """The number of words, for people. Each ideograph and kana counts as one; in other scripts without spaces, each stretch does."""
    return len(_WORD.findall(text))


def without_controls(text: str) -> str:
    """`text` without terminal control: C0 and C1 controls become blanks, except tabs and line ends; direction controls are removed."""
    return text if text.isascii() and text.isprintable() else _DIRECTION.sub("", _CONTROL.sub(" ", text))


def escaped_json(document: str) -> str:
    """A JSON text in which characters that could control a terminal are escaped."""
    return _ESCAPED_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", document)
