"""One HTTP request for a file: https, few redirects, the usual proxies, and a timeout on every silence.

It uses the standard library: files come one at a time, an interrupt simply ends it without an event loop, and its client also follows
the system's proxies. aiohttp, which the engine `edge` needs, would only add loading time.
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
"""Status codes after which a retry may succeed."""
_HEADERS = {"User-Agent": f"chaptercast/{__version__}", "Accept-Encoding": "identity"}
_LONGEST_WAIT_S = 120.0


class RetryPolicy(Struct, frozen=True):
    """Limits on waiting for a server."""

    silence_s: float = 30.0
    """To connect, and between two bytes."""
    least_bytes_s: float = 200.0
    """The minimum number of bytes in this time. Fewer are as good as none: the download would take days."""
    attempts: int = 5
    """Consecutive attempts that bring almost nothing, per address of a file."""
    most_attempts: int = 300
    """All attempts, per address."""
    pause_s: float = 1.0
    """After the first failed attempt. It doubles with each further one."""
    longest_pause_s: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


class Gone(Exception):  # noqa: N818 -- what is told here is a state of the place, not a fault of the program
    """The server does not have the file or refuses it. A retry is useless."""


class Torn(Exception):  # noqa: N818
    """The transfer failed on the way. A retry may succeed, but not before `wait_s` if the server gives it."""

    def __init__(self, reason: str, wait_s: float = 0.0) -> None:
        """`reason` has a few words."""
        super().__init__(reason)
        self.wait_s = wait_s


@contextmanager
def responded(address: str, headers: Mapping[str, str], patience: RetryPolicy, proxy: str) -> Iterator[HTTPResponse]:
    """The response to a request for a file, with status 200, 206 or 416. Raises `Gone`, `Torn`, `UsageError` for an invalid proxy."""
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
        raise Gone("it redirects to an unsafe address")
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
    """The seconds of a Retry-After header (RFC 9110, 10.2.3), at most two minutes."""
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
    """Turn network errors into `Torn`, or into `Gone` if a retry would fail as well."""
    try:
        yield
    except URLError as error:
        raise _of_network(error.reason) from error
    except (OSError, HTTPException) as error:
        raise _of_network(error) from error


def _of_network(reason: Any) -> Gone | Torn:
    match reason:
        case ssl.SSLCertVerificationError():
            return Gone(f"its certificate is not valid: {reason.verify_message}")
        case TimeoutError():
            return Torn("it fell silent")
        case HTTPException():
            return Torn(f"its answer is not HTTP, or broke off: {reason!r}"[:120])
        case OSError():
            return Torn(f"it cannot be reached: {reason.strerror or reason}")
    return Torn(f"it cannot be reached: {reason}")


def _proxy(given: str) -> str:
    """The proxy for https: the given one, otherwise that of the usual variables or of the system, otherwise empty."""
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
        raise UsageError(f"The proxy ({kind}://...) cannot be used: it must be an HTTP proxy.", "Name one: HTTPS_PROXY")
    return address


class _Proxies(urllib.request.ProxyHandler):
    def proxy_open(self, req: urllib.request.Request, proxy: str, type: str) -> Any:  # noqa: A002 -- the library's signature
        """Use the proxy, unless the host is this machine or is named in NO_PROXY."""
        if is_this_machine(urlsplit(req.full_url).hostname or ""):
            return None
        return super().proxy_open(req, proxy, type)


@cache
def _opener(proxy: str) -> urllib.request.OpenerDirector:
    """An opener that follows no redirects, takes no status for an error, and opens only https and http."""
    opener = urllib.request.OpenerDirector()
    opener.add_handler(_Proxies({"https": proxy} if proxy else {}))
    opener.add_handler(urllib.request.HTTPHandler())
    opener.add_handler(urllib.request.HTTPSHandler(context=ssl.create_default_context()))
    return opener
