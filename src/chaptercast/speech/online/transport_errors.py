"""What can go wrong between this machine and a service: aiohttp's exceptions, and answers of proxies, sorted by what is to be done."""

import os
import re
import socket
import ssl
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from chaptercast.speech.online.request_errors import Kind, ServiceFault

_CERTIFICATE = "Where a network looks into connections, give its certificate: SSL_CERT_FILE=/path/to/it.pem."
_PROXY = "Look at --proxy, HTTPS_PROXY and NO_PROXY."
_NUMBER = re.compile(r"\s*[0-9]{1,9}(\.[0-9]*)?\s*")


def of_transport(error: Exception) -> ServiceFault | None:
    """What an exception of aiohttp, or of the system below it, asks for; nothing for any other."""
    return next((make(error) for kinds, make in _RULES if isinstance(error, kinds)), None)


def of_proxy(status: int) -> ServiceFault:
    """What the answer of a proxy, other than its consent, asks for."""
    if status == 407:
        return ServiceFault(Kind.HOPELESS, "the proxy wants a name and a password", _PROXY)
    return ServiceFault(Kind.UNREACHABLE, f"the proxy answers {status}", _PROXY)


def retry_after(value: str) -> float:
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
    """In the system's words; asyncio has words of its own, with the address in them."""
    if error.errno and os.name == "posix":
        return os.strerror(error.errno)
    return error.strerror or type(error).__name__


def _same(kind: Kind, cause: str, remedy: str = "") -> Callable[[Any], ServiceFault]:
    return lambda _error: ServiceFault(kind, cause, remedy)


_RULES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Callable[[Any], ServiceFault]], ...] = (
    (aiohttp.ClientHttpProxyError, lambda error: of_proxy(error.status)),
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
    ((aiohttp.ClientError, OSError), _same(Kind.UNREACHABLE, "the connection to the service broke")),
)
"""The first that fits counts: aiohttp's exceptions are several things at once."""
