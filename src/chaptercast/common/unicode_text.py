"""Text that can be written: what escapes in data, and names that the system gives, may hold besides."""

import re

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\W_{_IDEOGRAPHS}]+(?:['’.:-][^\W_{_IDEOGRAPHS}]+)*")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates (Unicode UAX 9): they turn the order of what is shown, beyond the text that they stand in."""
_ESCAPED_IN_JSON = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def well_formed(text: str) -> str:
    """`text` without lone surrogates, which no encoding can write: two that belong together become their character, any other U+FFFD."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def xml_text(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids (2.2, Char): lxml reads them from references, and lets nobody set them."""
    return _NOT_IN_XML.sub("", text)


def word_count(text: str) -> int:
    """How many words a text has, for people: each ideograph and kana counts as one; of scripts without spaces otherwise, each stretch."""
    return len(_WORD.findall(text))


def without_controls(text: str) -> str:
    """`text` that steers no terminal: controls (C0 and C1) become blanks, but for tabs and line ends; those of direction go."""
    return text if text.isascii() and text.isprintable() else _DIRECTION.sub("", _CONTROL.sub(" ", text))


def escaped_json(document: str) -> str:
    """A JSON text in which nothing steers a terminal: such characters are escaped."""
    return _ESCAPED_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", document)
