"""The exceptions of edge-tts and of what it stands on, sorted by what is to be done about them. None leaves this package as it came."""

import asyncio
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from edge_tts import exceptions as edge

from chaptercast.speech.online.faults import Kind, ServiceFault

_UPGRADE = "Is this computer's clock right? A newer library may help: pip install --upgrade edge-tts."
_CERTIFICATE = "Where a network looks into connections, give its certificate: SSL_CERT_FILE=/path/to/it.pem."
_PROXY = "Look at --proxy, HTTPS_PROXY and NO_PROXY."
_NUMBER = re.compile(r"\s*[0-9]{1,9}(\.[0-9]*)?\s*")
_BUSY, _REFUSED = frozenset({429, 503}), frozenset({400, 401, 403, 404})

FOREIGN = (
    edge.EdgeTTSException,
    aiohttp.ClientError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    asyncio.IncompleteReadError,
)
"""Everything that a library which trusts what it receives is known to raise."""


@contextmanager
def sorted_out() -> Iterator[None]:
    """Whatever the library raises, as `ServiceFault`."""
    try:
        yield
    except FOREIGN as error:
        raise fault_of(error) from error


def fault_of(error: Exception) -> ServiceFault:
    """What `error`, one of `FOREIGN`, asks for."""
    for kinds, make in _RULES:
        if isinstance(error, kinds):
            return make(error)
    return ServiceFault(Kind.INCOMPLETE, f"the service answers with what is not understood ({type(error).__name__})")


def _of_proxy(status: int) -> ServiceFault:
    if status == 407:
        return ServiceFault(Kind.HOPELESS, "the proxy wants a name and a password", _PROXY)
    return ServiceFault(Kind.UNREACHABLE, f"the proxy answers {status}", _PROXY)


def _of_status(status: int, headers: Mapping[str, str] | None) -> ServiceFault:
    wait = _retry_after((headers or {}).get("Retry-After", ""))
    if status == 407:
        return _of_proxy(status)
    if status in _BUSY:
        asked = f" and asks to wait {wait:.0f} seconds" if wait else ""
        return ServiceFault(Kind.BUSY, f"the service is busy ({status}){asked}", retry_after=wait)
    if status in _REFUSED:
        return ServiceFault(Kind.REFUSED, f"the service refuses requests ({status})", _UPGRADE)
    return ServiceFault(Kind.UNREACHABLE, f"the service answers {status}", retry_after=wait)


def _retry_after(value: str) -> float:
    """Seconds, given as such or as a date (RFC 9110 10.2.3); 0 where there is neither."""
    try:
        seconds = float(value) if _NUMBER.fullmatch(value) else parsedate_to_datetime(value).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return max(0.0, seconds)


def _of_connection(error: OSError) -> ServiceFault:
    if isinstance(error, socket.gaierror):
        return ServiceFault(Kind.UNREACHABLE, "the service is not found, perhaps for want of a network")
    return ServiceFault(Kind.UNREACHABLE, f"the service cannot be reached ({_reason(error)})")


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _same(kind: Kind, cause: str, remedy: str = "") -> Callable[[Any], ServiceFault]:
    return lambda _error: ServiceFault(kind, cause, remedy)


_RULES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Callable[[Any], ServiceFault]], ...] = (
    (aiohttp.ClientHttpProxyError, lambda error: _of_proxy(error.status)),
    (aiohttp.ClientResponseError, lambda error: _of_status(error.status, error.headers)),
    (
        edge.SkewAdjustmentError,
        _same(Kind.REFUSED, "the service refuses requests and does not tell its time", _UPGRADE),
    ),
    (
        (aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError),
        _same(Kind.HOPELESS, "the certificate of the service is not trusted", _CERTIFICATE),
    ),
    (aiohttp.InvalidURL, _same(Kind.HOPELESS, "an address cannot be used", _PROXY)),
    (
        aiohttp.ClientProxyConnectionError,
        lambda error: ServiceFault(
            Kind.UNREACHABLE, f"the proxy cannot be reached ({_reason(error.os_error)})", _PROXY
        ),
    ),
    (aiohttp.ClientConnectorError, lambda error: _of_connection(error.os_error)),
    (edge.NoAudioReceived, _same(Kind.NO_SOUND, "the service sends no sound")),
    (
        (edge.WebSocketError, aiohttp.ClientError, OSError),
        _same(Kind.UNREACHABLE, "the connection to the service broke"),
    ),
)
"""The first that fits counts: aiohttp's exceptions are several things at once."""
