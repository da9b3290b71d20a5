"""The exceptions of edge-tts and of what it stands on, sorted by what is to be done about them. None leaves this package as it came."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import aiohttp
from edge_tts import exceptions as edge

from chaptercast.speech.online.request_errors import Kind, ServiceFault
from chaptercast.speech.online.transport_errors import of_proxy, of_transport, retry_after

_UPGRADE = "Is this computer's clock right? A newer library may help: pip install --upgrade edge-tts."
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
    unlike = f"the service answers with what is not understood ({type(error).__name__})"
    return _of_service(error) or of_transport(error) or ServiceFault(Kind.INCOMPLETE, unlike)


def _of_service(error: Exception) -> ServiceFault | None:
    """What the service itself, or the library on its behalf, says."""
    match error:
        case aiohttp.ClientHttpProxyError():  # a response, but not the service's
            return None
        case aiohttp.ClientResponseError():
            return _of_status(error.status, error.headers)
        case edge.SkewAdjustmentError():
            cause = "the service refuses requests and does not tell its time"
            return ServiceFault(Kind.REFUSED, cause, _UPGRADE)
        case edge.NoAudioReceived():
            return ServiceFault(Kind.NO_SOUND, "the service sends no sound")
        case edge.WebSocketError():
            return ServiceFault(Kind.UNREACHABLE, "the connection to the service broke")
    return None


def _of_status(status: int, headers: Mapping[str, str] | None) -> ServiceFault:
    wait = retry_after((headers or {}).get("Retry-After", ""))
    if status == 407:
        return of_proxy(status)
    if status in _BUSY:
        asked = f" and asks to wait {wait:.0f} seconds" if wait else ""
        return ServiceFault(Kind.BUSY, f"the service is busy ({status}){asked}", retry_after=wait)
    if status in _REFUSED:
        return ServiceFault(Kind.REFUSED, f"the service refuses requests ({status})", _UPGRADE)
    return ServiceFault(Kind.UNREACHABLE, f"the service answers {status}", retry_after=wait)
