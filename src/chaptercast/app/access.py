"""Who may ask what: on this machine everyone who names it, beyond it only who has the token; and no other site's page.

Nothing here is read from the queue. What is compared with a secret is compared in constant time (`hmac.compare_digest`).
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
"""The longest that browsers keep one (RFC 6265bis, 5.5)."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_JSON = "application/json"
_BEARER = "bearer "


class Access(Struct, frozen=True):
    """How a server is reached. Without a `token` everyone may ask who gets through to it: it listens to this machine alone."""

    token: str = ""
    port: int = 0
    is_secure: bool = False
    """Whether over TLS."""

    @property
    def cookie_name(self) -> str:
        """Cookies are shared by the ports of a host, so each server has one of its own."""
        return f"chaptercast-{self.port}"

    @property
    def cookie(self) -> str:
        """The value of Set-Cookie by which a browser has the token from now on."""
        secure = "; Secure" if self.is_secure else ""
        return f"{self.cookie_name}={self.token}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Strict{secure}"

    @property
    def listening_key(self) -> str:
        """Stands in the address of the podcast, for apps that have no cookies: it opens the recordings and nothing else."""
        return hmac.new(self.token.encode(), b"listen", sha256).hexdigest()[:40] if self.token else ""

    def admits(self, headers: Headers) -> bool:
        """Whether a request has the token, in its cookie or as a bearer token, or needs none."""
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
        """Whether it is the token."""
        return bool(self.token) and hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    def is_listening_key(self, given: str) -> bool:
        """Whether it opens the recordings."""
        return bool(self.token) and hmac.compare_digest(given.encode("utf-8", "replace"), self.listening_key.encode())


def is_own_request(method: str, origin: str, headers: Headers) -> bool:
    """Whether a request that changes something comes from this server's own pages, or from no page at all.

    Browsers name the page's origin in every request with POST (Fetch, 3.2), newer ones say whether it is the same (`Sec-Fetch-Site`). A
    request that says neither is no browser's, or an old one's; such a one is taken where no form of another site could have sent it:
    in JSON or with a bearer token.
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
    """The token of the queue in `folder`: made once, in a file that its owner alone reads, so that phones stay signed in.

    Raises `OutputError` where it cannot be kept.
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
