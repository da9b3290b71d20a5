"""Chooses the proxy: the given one, otherwise that of the usual environment variables or of the system."""

import urllib.request
from urllib.parse import urlsplit

from chaptercast.errors import UsageError

_SCHEMES = ("http", "https")


def proxy_for(url: str, given: str = "") -> str | None:
    """The address of the proxy for `url`, encrypted or a web socket, or `None`.

    `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` are followed as in curl, also in lower case, and so are the settings of macOS and Windows.
    aiohttp follows them only for `https:`, not for `wss:`. Raises `UsageError` for a proxy of another kind.
    """
    if given:
        return checked(given)
    if urllib.request.proxy_bypass(urlsplit(url).netloc.rpartition("@")[2]):
        return None
    known = urllib.request.getproxies()
    named = known.get("https") or known.get("all")
    return checked(named) if named else None


def checked(proxy: str) -> str:
    """The address of a proxy, with `http://` added if it has no scheme. Raises `UsageError` for another kind."""
    address = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(address)
        usable = parts.scheme.lower() in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        kind = address.partition("://")[0]  # the rest may hold a password
        raise UsageError(
            f"The proxy ({kind}://...) cannot be used: it must be an HTTP proxy.", "Give one: --proxy http://host:port"
        )
    return address
