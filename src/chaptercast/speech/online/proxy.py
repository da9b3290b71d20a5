"""Which proxy to use: the one that was given, else the one that the usual variables or the system name."""

import urllib.request
from urllib.parse import urlsplit

from chaptercast.errors import UsageError

_SCHEMES = ("http", "https")


def proxy_for(url: str, given: str = "") -> str | None:
    """The address of the proxy on the way to `url`, encrypted or by a web socket, or nothing.

    `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` are followed as curl does, in small letters too, and the settings of
    macOS and Windows. aiohttp follows them for `https:` only, not for `wss:`. Raises `UsageError` for a proxy of another kind.
    """
    if given:
        return checked(given)
    if urllib.request.proxy_bypass(urlsplit(url).netloc.rpartition("@")[2]):
        return None
    known = urllib.request.getproxies()
    named = known.get("https") or known.get("all")
    return checked(named) if named else None


def checked(proxy: str) -> str:
    """The address of a proxy, `http://` put in front where nothing stands there. Raises `UsageError` for one of another kind."""
    address = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(address)
        usable = parts.scheme.lower() in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        kind = address.partition("://")[0]  # the rest may hold a password
        raise UsageError(
            f"The proxy ({kind}://...) cannot be used: it must be one for HTTP.", "Give one: --proxy http://host:port"
        )
    return address
