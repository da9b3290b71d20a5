"""Fetches articles from the web: http and https, few redirects, limits on size and time, no access to private networks.

Every address of a host name is checked before anything is sent, at every redirect. The connection goes to exactly the checked address,
so a name that resolves differently a moment later (DNS rebinding) gains nothing. Proxies are not used: nobody could check what they
connect to.
"""

import codecs
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from http.client import HTTPException, HTTPResponse
from ssl import SSLCertVerificationError, SSLError

from msgspec import Struct
from msgspec.structs import replace

from chaptercast import __version__
from chaptercast.document.sources.encoding import SUPERSETS
from chaptercast.document.sources.http_request import Deadline, Sending, connected, responded
from chaptercast.document.sources.url import Target, target_of
from chaptercast.errors import InputError

MAX_REDIRECTS = 5

_HEADERS = {
    "User-Agent": f"chaptercast/{__version__}",
    "Accept": "text/html, application/xhtml+xml, text/markdown, text/plain, application/epub+zip, */*;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_NO_ARTICLE = frozenset({"image", "audio", "video", "font"})
_CHUNK = 65_536
_BY_HAND = "Save the page in a browser and give the file."


class Limits(Struct, frozen=True):
    """Limits on requests, and on the servers that may be asked."""

    seconds: float = 60.0
    """From the first name look-up to the last byte."""
    connect_seconds: float = 10.0
    """For each address of a host."""
    size: int = 50_000_000
    """In bytes, both as received and as decompressed."""
    private: bool = False
    """Whether addresses of this machine and of local networks are allowed."""


_USUAL = Limits()


class Fetched(Struct, frozen=True):
    """The content found at an address."""

    data: bytes
    """In UTF-8 with a byte-order mark, if only the server knew the encoding."""
    url: str
    """The final address, after all redirects."""


class Answer(Struct, frozen=True):
    """What a server answered in the end, whatever it was."""

    status: int
    reason: str
    headers: Mapping[str, str]
    """By names in small letters."""
    url: str
    """Where the answer was given, after all redirects."""
    data: bytes = b""
    """The content where the status is one of success; in UTF-8 with a byte-order mark where only the server knew the encoding."""
    moved: str = ""
    """Where to ask from now on, if the first redirects were for good."""

    @property
    def succeeded(self) -> bool:
        """Whether there is content."""
        return 200 <= self.status < 300


Turn = Callable[[Target], AbstractContextManager[None]]
"""Entered before each request, left when its answer is read. What it raises ends the asking."""


def fetch(url: str, tell: Callable[[str], None], limits: Limits = _USUAL) -> Fetched:
    """Fetch an article. `tell` is called with each host before it is asked.

    Raises `UsageError` for an invalid or forbidden address, `InputError` for anything that goes wrong on the way.
    """
    answer = ask(url, tell, limits)
    refuse_status(answer)
    return Fetched(answer.data, answer.url)


def ask(
    url: str,
    tell: Callable[[str], None],
    limits: Limits = _USUAL,
    headers: Mapping[str, str] | None = None,
    turn: Turn | None = None,
) -> Answer:
    """Ask for what is at an address, with `headers` besides the usual ones, and follow redirects. Any status is an answer.

    `tell` is told each host that is asked, before it is. Raises `UsageError` for an address that is none or must not be asked,
    `InputError` for all that can go wrong on the way, for pictures, sound and films, and for what is too large.
    """
    deadline = Deadline(limits.seconds)
    target = target_of(url)
    asked = moved = ""
    for_good = True
    for _ in range(MAX_REDIRECTS + 1):
        if target.host != asked:
            tell(f"Fetching from {target.host}.")
            asked = target.host
        with turn(target) if turn else nullcontext():
            found = _ask(target, deadline, limits, {**_HEADERS, **(headers or {})})
        if isinstance(found, Answer):
            return replace(found, moved=moved)
        target, is_permanent = found
        for_good = for_good and is_permanent
        moved = target.url if for_good else moved
    raise InputError(f"{url} redirects more than {MAX_REDIRECTS} times.", _BY_HAND)


def ask_in_secret(target: Target, limits: Limits, headers: Mapping[str, str], sending: Sending | None = None) -> Answer:
    """Send one request that holds a secret. Any status is an answer, also a redirect, which is not followed.

    The secret goes to a public address only if it is encrypted. No message of an error names the headers or the body.
    Raises as `ask` does.
    """
    deadline = Deadline(limits.seconds)
    with (
        _errors(target.url.partition("?")[0], limits),
        connected(target, deadline, limits.connect_seconds, private=limits.private, secret=True) as connection,
        responded(connection, target, {**_HEADERS, **headers}, sending or Sending()) as response,
    ):
        answer = Answer(response.status, response.reason, _told(response), target.url)
        return replace(answer, data=b"".join(_body(target.url.partition("?")[0], response, limits.size)))


def _ask(
    target: Target, deadline: Deadline, limits: Limits, headers: Mapping[str, str]
) -> Answer | tuple[Target, bool]:
    """The content; or the target of a redirect, and whether that is permanent."""
    with (
        _errors(target.url, limits),
        connected(target, deadline, limits.connect_seconds, private=limits.private) as connection,
        responded(connection, target, headers) as response,
    ):
        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
            return target.redirected(location), response.status in _PERMANENT
        answer = Answer(response.status, response.reason, _told(response), target.url)
        if not answer.succeeded:
            return answer
        _refuse_type(target.url, response)
        data = b"".join(_body(target.url, response, limits.size))
        return replace(answer, data=_with_encoding(data, response))


def _told(response: HTTPResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def refuse_status(answer: Answer) -> None:
    """Raise `InputError` where the status is not one of success."""
    if answer.succeeded:
        return
    remedy = next((text for codes, text in _REMEDIES if answer.status in codes), _BY_HAND)
    raise InputError(f"{answer.url}: the server answered {answer.status} {answer.reason}".rstrip() + ".", remedy)


_REMEDIES = (
    ((404, 410), "Check the address."),
    ((401, 402, 403), "It is not for everyone, or not for programs. " + _BY_HAND),
    ((429, *range(500, 600)), "Try again later. " + _BY_HAND),
)


def _refuse_type(url: str, response: HTTPResponse) -> None:
    if response.headers.get_content_maintype() in _NO_ARTICLE:
        raise InputError(
            f"{url} is {response.headers.get_content_type()}, not an article.", "Give the address of a page."
        )


def _body(url: str, response: HTTPResponse, limit: int) -> Iterator[bytes]:
    """The decompressed content, at most `limit` bytes before and after decompression. Raises `InputError`."""
    announced = response.length
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in _UNPACKERS:
        raise InputError(f"{url} comes packed as “{packing}”, which was not asked for.", _BY_HAND)
    if announced is not None and announced > limit:
        raise _too_large(url, limit)
    unpack = _UNPACKERS[packing]()
    received = unpacked = 0
    while data := response.read1(_CHUNK):
        received += len(data)
        piece = unpack(data, limit - unpacked + 1)
        unpacked += len(piece)
        if max(received, unpacked) > limit:
            raise _too_large(url, limit)
        yield piece
    if announced is not None and received < announced:
        raise InputError(f"{url} broke off after {received} of {announced} bytes.", "Try again.")


def _too_large(url: str, limit: int) -> InputError:
    return InputError(
        f"{url} is larger than {limit / 1_000_000:g} MB.", "Download it and give the part that is to be read."
    )


def _gunzip() -> Callable[[bytes, int], bytes]:
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress  # gzip and deflate, recognised by their headers


def _as_is() -> Callable[[bytes, int], bytes]:
    return lambda data, _limit: data


_UNPACKERS: dict[str, Callable[[], Callable[[bytes, int], bytes]]] = {
    "identity": _as_is,
    "": _as_is,
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _gunzip,
}


def _with_encoding(data: bytes, response: HTTPResponse) -> bytes:
    """`data` in UTF-8 with a byte-order mark, if it is text in another encoding that the server names.

    The server's statement comes before the page's own (WHATWG HTML, 13.2.3.2), but after what the bytes themselves show.
    """
    charset = response.headers.get_content_charset()
    kind = response.headers.get_content_type()
    if not charset or not (kind.startswith("text/") or kind.endswith("xml")):
        return data
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_utf8(data):
        return data
    try:
        codec = codecs.lookup(charset).name
        text = data.decode(SUPERSETS.get(codec, codec))
    except (LookupError, UnicodeError):
        return data
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def _errors(url: str, limits: Limits) -> Iterator[None]:
    """Turn anything that goes wrong on the way into an `InputError`."""
    try:
        yield
    except TimeoutError as error:
        raise InputError(
            f"{url} takes too long: more than {limits.seconds:g} s, or no answer.", f"Try again later. {_BY_HAND}"
        ) from error
    except SSLCertVerificationError as error:
        raise InputError(f"{url}: the server's certificate is not valid: {error.verify_message}.", _BY_HAND) from error
    except SSLError as error:
        reason = (error.reason or str(error)).replace("_", " ").lower()
        raise InputError(f"{url}: no secure connection: {reason}.", _BY_HAND) from error
    except HTTPException as error:
        reason = str(error) or type(error).__name__
        raise InputError(f"{url}: the server's answer is not HTTP, or broke off: {reason[:100]}.", _BY_HAND) from error
    except zlib.error as error:
        raise InputError(f"{url}: its content cannot be unpacked.", _BY_HAND) from error
    except OSError as error:
        raise InputError(
            f"{url} cannot be reached: {error.strerror or error}.", "Check the address and your network."
        ) from error
