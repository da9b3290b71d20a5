"""RTF as a stream of tokens: groups, control words, bytes of text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<value>-?\d{1,10})?[ ]?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z'])"
    rb"|(?P<group>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\",
    re.DOTALL,
)


class Token(NamedTuple):
    """One of: the beginning or end of a group, a control word, bytes of text."""

    kind: str
    """`{`, `}`, `word`, `hex` for a byte that is written out, `text`."""
    word: str = ""
    value: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of an RTF file. Binary data within it are passed over."""
    place = 0
    while True:
        match = _TOKEN.match(data, place)
        if match is None:
            return
        place = match.end()
        if match["word"] is not None:
            value = int(match["value"]) if match["value"] else None
            word = match["word"].decode()
            if word == "bin":
                place += max(0, value or 0)
            else:
                yield Token("word", word, value)
        elif match["hex"] is not None:
            yield Token("hex", data=bytes([int(match["hex"], 16)]))
        elif match["sign"] is not None:
            yield Token("word", match["sign"].decode("latin-1"))
        elif match["group"] is not None:
            yield Token(match["group"].decode())
        elif match["text"] is not None:
            yield Token("text", data=match["text"])
