"""Requests to a server that the user named, with the user's key.

Such a server may lie in a private network, and no other: redirects to another server are not followed, so the key goes nowhere else.
Requests are bounded as those for articles are.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode

import msgspec
from msgspec.structs import replace

from chaptercast.document.sources.fetch import Answer, Limits, ask_in_secret
from chaptercast.document.sources.http_request import Sending
from chaptercast.document.sources.url import Target, target_of
from chaptercast.errors import InputError
from chaptercast.following.polite_requests import BUSY, Clock, TooEarlyError, retry_after

_LIMITS = Limits(seconds=60, size=50_000_000, private=True)
_UPLOAD_S = 3600.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 3
_PIECE = 1 << 16
_REFUSED = frozenset({401, 403})
_REFUSED_SIGN_IN = _REFUSED | {400}
"""What OAuth 2 answers to a wrong password (RFC 6749, 5.2)."""
_Shape = TypeVar("_Shape")


class RefusedError(InputError):
    """The server does not accept the key."""


class OwnServer:
    """A server, and how it is asked."""

    def __init__(self, address: str, kind: str, clock: Clock | None = None) -> None:
        """`kind` is the name of its program. Raises `UsageError` if the address is none."""
        self._base = target_of(address)
        self.kind = kind
        self._clock = clock or Clock()

    @property
    def host(self) -> str:
        """Its name."""
        return self._base.host

    def get(self, path: str, headers: Mapping[str, str], **query: str | int) -> Answer:
        """Returns the answer for a path below the server's address. Raises `InputError`, `TooEarlyError`, `RefusedError`."""
        target = self._target(path, query)
        for _ in range(_MOST_REDIRECTS + 1):
            answer = ask_in_secret(target, _LIMITS, {"Accept": "application/json", **headers})
            if answer.status not in _REDIRECTS:
                return self._checked(answer)
            target = self._redirected(target, answer)
        raise InputError(f"{self.kind} at {self.host} redirects again and again.", "Check its address.")

    def read(self, shape: type[_Shape], path: str, headers: Mapping[str, str], **query: str | int) -> _Shape:
        """Returns what a path has, in JSON. Raises as `get` does, and `InputError` if it has another shape."""
        return self._decoded(shape, self.get(path, headers, **query))

    def sign_in(self, shape: type[_Shape], path: str, fields: Mapping[str, str]) -> _Shape:
        """Sends a form that signs in, and returns the JSON of the answer. Raises as `read` does."""
        body = urlencode(fields).encode()
        kind = "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Accept": "application/json"}
        answer = ask_in_secret(self._target(path, {}), _LIMITS, headers, Sending("POST", (body,)))
        return self._decoded(shape, self._checked(answer, _REFUSED_SIGN_IN))

    def upload(self, path: str, headers: Mapping[str, str], fields: Mapping[str, str], file: Path, name: str) -> None:
        """Sends a form with a file (RFC 7578), in pieces. Raises as `get` does, and `OSError` if the file cannot be read."""
        boundary = secrets.token_hex(16)
        head = _parts(fields, boundary) + _file_head(name, boundary)
        tail = f"\r\n--{boundary}--\r\n".encode()
        with ExitStack() as stack:
            stream = stack.enter_context(file.open("rb"))
            size = len(head) + file.stat().st_size + len(tail)

            def pieces() -> Iterator[bytes]:
                yield head
                while piece := stream.read(_PIECE):
                    yield piece
                yield tail

            kind = f"multipart/form-data; boundary={boundary}"
            told = {**headers, "Content-Type": kind, "Content-Length": str(size)}
            limits = replace(_LIMITS, seconds=_UPLOAD_S)
            self._checked(ask_in_secret(self._target(path, {}), limits, told, Sending("POST", pieces())))

    def _target(self, path: str, query: Mapping[str, str | int]) -> Target:
        base = self._base.path.partition("?")[0].rstrip("/")
        asked = f"?{urlencode(query)}" if query else ""
        return replace(self._base, path=f"{base}{path}{asked}")

    def _redirected(self, target: Target, answer: Answer) -> Target:
        """Returns the target of a redirect within the server. Raises `InputError` if it leads elsewhere."""
        found = target.redirected(answer.headers.get("location", ""))
        if (found.scheme, found.host, found.port) != (target.scheme, target.host, target.port):
            raise InputError(
                f"{self.kind} at {self.host} redirects to {found.scheme}://{found.netloc}, which does not get your key.",
                "Give the address at which it really is.",
            )
        return found

    def _checked(self, answer: Answer, refused: frozenset[int] = _REFUSED) -> Answer:
        if answer.succeeded:
            return answer
        told = f"{self.kind} at {self.host} answered {answer.status} {answer.reason}".rstrip()
        if answer.status in BUSY:
            now = self._clock.now()
            raise TooEarlyError(f"{told}.", now + retry_after(answer.headers.get("retry-after", ""), now))
        if answer.status in refused:
            raise RefusedError(f"{told}: it does not accept the key.", "Make a new key there, and put it in its place.")
        raise InputError(f"{told}.", "Check its address, and whether it is well.")

    def _decoded(self, shape: type[_Shape], answer: Answer) -> _Shape:
        try:
            return msgspec.json.decode(answer.data, type=shape)
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            raise InputError(
                f"{self.kind} at {self.host} answered something else than was asked for.",
                "Check whether the address is that of the program, without /api.",
            ) from error


def _parts(fields: Mapping[str, str], boundary: str) -> bytes:
    parts = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    return "".join(parts).encode("utf-8", "replace")


def _file_head(name: str, boundary: str) -> bytes:
    quoted = name.replace("\\", "_").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    disposition = f'Content-Disposition: form-data; name="0"; filename="{quoted}"'
    return f"--{boundary}\r\n{disposition}\r\nContent-Type: audio/mpeg\r\n\r\n".encode("utf-8", "replace")
