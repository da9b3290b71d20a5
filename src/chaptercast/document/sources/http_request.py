"""One HTTP request: resolves the name once, checks its addresses, connects to one of them, with one deadline for everything."""

import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from typing import Any

from msgspec import Struct

from chaptercast.document.sources.url import Target
from chaptercast.errors import InputError, UsageError

_MOST_ADDRESSES = 6
"""The number of a host's addresses that are tried."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ALLOW = "If it is meant to be read, allow it: --allow-private-address"


class Sending(Struct, frozen=True):
    """What a request does, and what it brings along."""

    method: str = "GET"
    body: Iterable[bytes] | None = None
    """In pieces. Its length is a header."""


_ASKING = Sending()


class Deadline:
    """A point in time at which all waiting ends."""

    def __init__(self, seconds: float) -> None:
        """`seconds` from now."""
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """The remaining seconds. Raises `TimeoutError` if it has passed."""
        remaining = self._end - time.monotonic()
        if remaining <= 0:
            raise TimeoutError("the time is over")
        return remaining


def is_private(address: str) -> bool:
    """Whether an IP address is not public: of this machine, of a local network, or of none.

    An address that carries another one (IPv4 in IPv6, 6to4, Teredo, NAT64) counts as that one. An invalid address counts as private.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return True
    carried: list[ipaddress.IPv4Address] = []
    if isinstance(parsed, ipaddress.IPv6Address):
        teredo = parsed.teredo or ()
        nat64 = (ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF),) if parsed in _NAT64 else ()
        carried = [inner for inner in (parsed.ipv4_mapped, parsed.sixtofour, *teredo, *nat64) if inner]
        if parsed.ipv4_mapped or nat64:
            return any(is_private(str(inner)) for inner in carried)
    return not parsed.is_global or parsed.is_multicast or any(is_private(str(inner)) for inner in carried)


@contextmanager
def connected(
    target: Target, deadline: Deadline, connect_seconds: float, *, private: bool, secret: bool = False
) -> Iterator[HTTPConnection]:
    """A connection to one of the addresses of `target`'s host. It is closed at the end.

    If the request is `secret`, it goes to a public address only if it is encrypted.

    Raises `UsageError` for an address that is not allowed, `InputError` for an unknown name, `OSError` and `ssl.SSLError` if no
    connection is made.
    """
    addresses = _addresses(target, private=private)
    plain = _first_that_answers(addresses, deadline, connect_seconds)
    try:
        if secret and target.scheme != "https" and not is_private(str(plain.getpeername()[0])):
            raise UsageError(
                f"{target.host} lies in the internet, and {target.scheme}:// is not encrypted: your key would be read on the way.",
                "Give its address with https://",
            )
        plain.settimeout(min(connect_seconds, deadline.remaining()))
        if target.scheme == "https":
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
        connection = HTTPConnection(target.host, target.port)
        connection.auto_open = 0  # never reconnect by itself to another address
        connection.sock = _TimedSocket(plain, deadline)
        yield connection
    finally:
        plain.close()


@contextmanager
def responded(
    connection: HTTPConnection, target: Target, headers: Mapping[str, str], sending: Sending = _ASKING
) -> Iterator[HTTPResponse]:
    """The response to a request for `target`. Raises `OSError`, `http.client.HTTPException`."""
    try:
        connection.request(sending.method, target.path, sending.body, headers={"Host": target.netloc, **headers})
    except (BrokenPipeError, ConnectionResetError):
        if sending.body is None:  # else it may have answered, and not waited for all of the body
            raise
    with connection.getresponse() as response:
        yield response


def _addresses(target: Target, *, private: bool) -> list[Any]:
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"{target.url}: nobody knows the host {target.host}: {reason}.", "Check the address and your network."
        ) from error
    if not private and any(is_private(str(sockaddr[0])) for *_, sockaddr in found):
        raise UsageError(f"{target.url} lies on this machine or in a private network.", _ALLOW)
    return found[:_MOST_ADDRESSES]


def _first_that_answers(addresses: list[Any], deadline: Deadline, connect_seconds: float) -> socket.socket:
    failure: OSError = OSError("the host has no address")
    for family, kind, protocol, _, address in addresses:
        plain = socket.socket(family, kind, protocol)
        try:
            plain.settimeout(min(connect_seconds, deadline.remaining()))
            plain.connect(address)
        except OSError as error:
            plain.close()
            late = isinstance(error, TimeoutError)
            failure = OSError(f"no answer within {connect_seconds:g} s") if late else error
        else:
            return plain
    raise failure


class _TimedSocket:
    """The part of a socket that `http.client` uses. The creator closes the socket, because responses outlive connections."""

    def __init__(self, plain: socket.socket, deadline: Deadline) -> None:
        self._plain = plain
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._plain.settimeout(self._deadline.remaining())
        self._plain.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._plain, self._deadline))

    def close(self) -> None:
        pass


class _TimedReader(io.RawIOBase):
    """Reads from a socket until a deadline, however slowly the bytes arrive."""

    def __init__(self, plain: socket.socket, deadline: Deadline) -> None:
        self._plain = plain
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._plain.settimeout(self._deadline.remaining())
        return self._plain.recv_into(buffer)
