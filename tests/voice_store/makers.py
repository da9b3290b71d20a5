"""What the makers' places do, and what they should not: answers for `tests.serving`."""

import re
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler

Answer = Callable[[BaseHTTPRequestHandler], None]


def giving(content: bytes, etag: str = '"1"', *, ranges: bool = True) -> Answer:
    """The file, whole or from where it is asked for; all of it where another version is asked for (RFC 9110, 13.1.5)."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", "")) if ranges else None
        start = int(asked[1]) if asked and handler.headers.get("If-Range", etag) == etag else 0
        if start >= len(content) > 0 and start:
            handler.send_response(416)
            handler.send_header("Content-Range", f"bytes */{len(content)}")
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        _send(handler, content[start:], etag, f"bytes {start}-{len(content) - 1}/{len(content)}" if start else "")

    return answer


def tearing(content: bytes, after: int, etag: str = '"1"') -> Answer:
    """As `giving`, but the connection breaks after so many bytes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
        start = int(asked[1]) if asked else 0
        told = f"bytes {start}-{len(content) - 1}/{len(content)}" if start else ""
        _send(handler, content[start : start + after], etag, told, announced=len(content) - start)

    return answer


def announcing(length: int, content: bytes = b"") -> Answer:
    """Another length than that of what comes."""
    return lambda handler: _send(handler, content, '"1"', "", announced=length)


def without_length(content: bytes) -> Answer:
    """No length, only an end of the connection."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def endless(written: list[int]) -> Answer:
    """It never ends, and tells in `written` how much it sent."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        with suppress(OSError):
            while sum(written) < 50_000_000:
                written.append(handler.wfile.write(b"x" * 65_536))

    return answer


def in_turn(*answers: Answer) -> Answer:
    """One after the other; the last one again and again."""
    left = list(answers)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return answer


def saying(status: int, **headers: str) -> Answer:
    """A status, and nothing else."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": "0", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    return answer


def _send(
    handler: BaseHTTPRequestHandler, content: bytes, etag: str, part: str, *, announced: int | None = None
) -> None:
    handler.send_response(206 if part else 200)
    handler.send_header("Content-Length", str(len(content) if announced is None else announced))
    handler.send_header("ETag", etag)
    if part:
        handler.send_header("Content-Range", part)
    handler.end_headers()
    with suppress(OSError):
        handler.wfile.write(content)
