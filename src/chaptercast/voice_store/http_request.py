"""One request for a file over the web: https, few redirects, the usual proxies, and an end to every silence.

By the standard library: one file comes at a time, and without an event loop an interrupt simply ends it; its client follows the
system's proxies, too. aiohttp, which the engine `edge` needs, would add nothing but the time it takes to load.
"""

import email.utils
import ssl
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from chaptercast import __version__
from chaptercast.errors import UsageError
from chaptercast.voice_store.pack_tables import is_fetchable, is_this_machine

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({408, 425, 429, *range(500, 600)})
"""Answers after which it may work a little later."""
_HEADERS = {"User-Agent": f"chaptercast/{__version__}", "Accept-Encoding": "identity"}
_LONGEST_WAIT_S = 120.0


class RetryPolicy(Struct, frozen=True):
    """How long a server is waited for."""

    silence_s: float = 30.0
    """To connect, and from one byte to the next."""
    least_bytes_s: float = 200.0
    """Of such a time: less is as good as nothing, and would take days."""
    attempts: int = 5
    """In a row that bring next to nothing, for each address of a file."""
    most_attempts: int = 300
    """In all, for each address."""
    pause_s: float = 1.0
    """After the first failed attempt; it doubles with each."""
    longest_pause_s: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


class Gone(Exception):  # noqa: N818 -- what is told here is a state of the place, not a fault of the program
    """The place does not have the file, or does not give it: asking it again is no use."""


class Torn(Exception):  # noqa: N818
    """The transfer failed on the way: it may work the next time, but not before `wait_s` where the server says so."""

    def __init__(self, reason: str, wait_s: float = 0.0) -> None:
        """`reason` in a few words."""
        super().__init__(reason)
        self.wait_s = wait_s


@contextmanager
def responded(address: str, headers: Mapping[str, str], patience: RetryPolicy, proxy: str) -> Iterator[HTTPResponse]:
    """The response to a request for a file: of the status 200, 206 or 416. Raises `Gone`, `Torn`, `UsageError` for a wrong proxy."""
    with network_errors():
        response = _followed(address, headers, patience, proxy)
        try:
            _require_content(response)
            yield response
        finally:
            response.close()


def _followed(address: str, headers: Mapping[str, str], patience: RetryPolicy, proxy: str) -> HTTPResponse:
    for _ in range(MAX_REDIRECTS + 1):
        request = urllib.request.Request(address, headers={**_HEADERS, **headers})  # noqa: S310 -- `is_fetchable`, always
        response: HTTPResponse = _opener(_proxy(proxy)).open(request, timeout=patience.silence_s)
        location = response.headers.get("Location")
        if response.status not in _REDIRECTS or not location:
            return response
        response.close()
        address = _redirected(address, location)
    raise Gone(f"it redirects more than {MAX_REDIRECTS} times")


def _redirected(address: str, location: str) -> str:
    try:
        leads_to = urljoin(address, location)
        secure = urlsplit(leads_to).scheme == "https" or urlsplit(address).scheme == "http"
    except ValueError:
        secure, leads_to = False, ""
    if not secure or not is_fetchable(leads_to):
        raise Gone("it redirects to what is no safe address")
    return leads_to


def _require_content(response: HTTPResponse) -> None:
    status = response.status
    if status in _LATER:
        raise Torn(f"it answered {status} {response.reason}".rstrip(), _wait_s(response.headers.get("Retry-After", "")))
    if status not in (200, 206, 416):
        raise Gone(f"it answered {status} {response.reason}".rstrip())
    if response.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise Gone("it sends the file packed, which was not asked for")


def _wait_s(value: str) -> float:
    """The seconds that a Retry-After asks for (RFC 9110, 10.2.3), two minutes at the most."""
    if value.strip().isdecimal():
        seconds = float(value)
    else:
        try:
            seconds = email.utils.parsedate_to_datetime(value).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return 0.0
    return min(max(seconds, 0.0), _LONGEST_WAIT_S)


@contextmanager
def network_errors() -> Iterator[None]:
    """Whatever a network does to a transfer, as `Torn`, or as `Gone` where it will not be otherwise the next time."""
    try:
        yield
    except URLError as error:
        raise _of_network(error.reason) from error
    except (OSError, HTTPException) as error:
        raise _of_network(error) from error


def _of_network(reason: Any) -> Gone | Torn:
    match reason:
        case ssl.SSLCertVerificationError():
            return Gone(f"it cannot prove who it is: {reason.verify_message}")
        case TimeoutError():
            return Torn("it fell silent")
        case HTTPException():
            return Torn(f"what it answers is no HTTP, or broke off: {reason!r}"[:120])
        case OSError():
            return Torn(f"it cannot be reached: {reason.strerror or reason}")
    return Torn(f"it cannot be reached: {reason}")


def _proxy(given: str) -> str:
    """The proxy on the way to https: the one that was given, else that of the usual variables or the system's, or nothing."""
    known = urllib.request.getproxies()
    named = given or known.get("https") or known.get("all") or ""
    if not named:
        return ""
    address = named if "://" in named else f"http://{named}"
    try:
        usable = urlsplit(address).scheme in ("http", "https") and bool(urlsplit(address).hostname)
    except ValueError:
        usable = False
    if not usable:
        kind = address.partition("://")[0]  # the rest may hold a password
        raise UsageError(f"The proxy ({kind}://...) cannot be used: it must be one for HTTP.", "Name one: HTTPS_PROXY")
    return address


class _Proxies(urllib.request.ProxyHandler):
    def proxy_open(self, req: urllib.request.Request, proxy: str, type: str) -> Any:  # noqa: A002 -- the library's signature
        """Through the proxy, unless the host is this machine or one that NO_PROXY names."""
        if is_this_machine(urlsplit(req.full_url).hostname or ""):
            return None
        return super().proxy_open(req, proxy, type)


@cache
def _opener(proxy: str) -> urllib.request.OpenerDirector:
    """It follows no redirects, takes no status for an error, and knows no other kind of address than https and http."""
    opener = urllib.request.OpenerDirector()
    opener.add_handler(_Proxies({"https": proxy} if proxy else {}))
    opener.add_handler(urllib.request.HTTPHandler())
    opener.add_handler(urllib.request.HTTPSHandler(context=ssl.create_default_context()))
    return opener
