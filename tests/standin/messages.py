"""The messages of the protocol, as the service sends them."""

import json
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape

from tests.standin.faults import Fault
from tests.standin.sound import Sound, Told

_AUDIO_HEADERS = b"X-RequestId:0\r\nContent-Type:audio/mpeg\r\nX-StreamId:1\r\nPath:audio\r\n"
_LAST_HEADERS = b"X-RequestId:0\r\nX-StreamId:1\r\nPath:audio\r\n"


def text(path: str, body: str) -> str:
    """A text message."""
    return f"X-RequestId:0\r\nContent-Type:application/json; charset=utf-8\r\nPath:{path}\r\n\r\n{body}"


def audio(part: bytes) -> bytes:
    """A binary message; the last one is empty and says no content type."""
    headers = _AUDIO_HEADERS if part else _LAST_HEADERS
    return len(headers).to_bytes(2, "big") + headers + part


def metadata(kind: str, told: Sequence[Told], written: Callable[[str], str] = escape) -> str:
    """A message with one or more boundaries."""
    items = [
        {
            "Type": kind,
            "Data": {
                "Offset": one.offset,
                "Duration": one.duration,
                "text": {"Text": written(one.text), "Length": len(one.text), "BoundaryType": kind},
            },
        }
        for one in told
    ]
    return text("audio.metadata", json.dumps({"Metadata": items}))


def parts(frames: bytes, length: int) -> Iterator[bytes]:
    """The audio in pieces, which need not end where frames do."""
    return (frames[at : at + length] for at in range(0, len(frames), length))


def boundaries(sound: Sound, kind: str, fault: Fault, written: Callable[[str], str] = escape) -> list[str]:
    """The messages that tell what is said, with their faults."""
    words = kind == "WordBoundary"
    told = sound.words if words else sound.sentences
    each = [metadata(kind, [one], written) for one in told]
    instead = {
        Fault.NO_BOUNDARIES: [],
        Fault.NO_WORDS: [] if words else each,
        Fault.GARBAGE: [text("audio.metadata", '{"Metadata": [{"Type": "Wor')],
        Fault.STRANGE_METADATA: [text("audio.metadata", json.dumps({"Metadata": {"Type": 7}}))],
        Fault.STRANGE_TIMES: [one.replace('"Offset": ', '"Offset": -1e999, "Was": ') for one in each],
        Fault.CUT: each[: len(each) // 2],
        Fault.LAST_WORD_MISSING: each[:-1],
        Fault.BATCHED: [metadata(kind, told, written)],
        Fault.SESSION_END: [
            *each,
            text("audio.metadata", '{"Metadata": [{"Type": "SessionEnd", "Data": {"Offset": 1}}]}'),
        ],
    }
    return instead.get(fault, each)
