"""Access control: without a token, everyone who can reach the server; with one, only those who have it. Other sites' pages never.

Nothing here reads the queue. Secrets are compared in constant time (`hmac.compare_digest`).
"""

import hmac
import secrets
from contextlib import suppress
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from msgspec import Struct
from starlette.datastructures import Headers

from chaptercast.errors import OutputError

COOKIE_SECONDS = 400 * 24 * 3600
"""The longest time that browsers keep a cookie (RFC 6265bis, 5.5)."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_JSON = "application/json"
_BEARER = "bearer "


class Access(Struct, frozen=True):
    """How a server can be accessed. Without a `token`, the server listens only on this machine, and everyone who reaches it has access."""

    token: str = ""
    port: int = 0
    is_secure: bool = False
    """Whether the server uses TLS."""

    @property
    def cookie_name(self) -> str:
        """The cookie's name. All ports of a host share their cookies, so each server has a name of its own."""
        return f"chaptercast-{self.port}"

    @property
    def cookie(self) -> str:
        """The value of the Set-Cookie header that gives a browser the token."""
        secure = "; Secure" if self.is_secure else ""
        return f"{self.cookie_name}={self.token}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Strict{secure}"

    @property
    def listening_key(self) -> str:
        """A key in the address of the podcast, for apps without cookies. It gives access to the recordings and nothing else."""
        return hmac.new(self.token.encode(), b"listen", sha256).hexdigest()[:40] if self.token else ""

    def admits(self, headers: Headers) -> bool:
        """Returns whether a request has the token, in its cookie or as a bearer token, or needs none."""
        if not self.token:
            return True
        given = headers.get("authorization", "")
        if given.lower().startswith(_BEARER):
            return self.is_token(given[len(_BEARER) :].strip())
        cookies: SimpleCookie = SimpleCookie()
        with suppress(CookieError):
            cookies.load(headers.get("cookie", ""))
        found = cookies.get(self.cookie_name)
        return found is not None and self.is_token(found.value)

    def is_token(self, given: str) -> bool:
        """Returns whether `given` is the token."""
        return bool(self.token) and hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    def is_listening_key(self, given: str) -> bool:
        """Returns whether `given` gives access to the recordings."""
        return bool(self.token) and hmac.compare_digest(given.encode("utf-8", "replace"), self.listening_key.encode())


def is_own_request(method: str, origin: str, headers: Headers) -> bool:
    """Returns whether a request that changes something comes from this server's own pages, or from no page at all.

    Browsers send the page's origin with every POST request (Fetch, 3.2); newer ones also send whether it is the same
    (`Sec-Fetch-Site`). A request with neither comes from an old browser, or not from a browser. It is accepted only if no form of
    another site could have sent it: with JSON or a bearer token.
    """
    if method in _SAFE:
        return True
    if "origin" in headers:
        return headers["origin"].lower() == origin.lower()
    if "sec-fetch-site" in headers:
        return headers["sec-fetch-site"] in {"same-origin", "none"}
    is_json = headers.get("content-type", "").partition(";")[0].strip().lower() == _JSON
    return is_json or headers.get("authorization", "").lower().startswith(_BEARER)


def kept_token(folder: Path) -> str:
    """Returns the token of the queue in `folder`.

    It is created once and stored in a file that only its owner can read, so that phones stay signed in.

    Raises `OutputError` if it cannot be stored.
    """
    path = folder / "token"
    try:
        with suppress(FileExistsError):
            path.touch(mode=0o600, exist_ok=False)
            path.write_text(secrets.token_urlsafe(24), encoding="ascii")
        token = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise OutputError(f"{path} cannot be used: {error}.", "Remove it, and a new one is made.") from error
    if not token:
        raise OutputError(f"{path} is empty.", "Remove it, and a new one is made.")
    return token
