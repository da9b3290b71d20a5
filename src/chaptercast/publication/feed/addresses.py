"""Addresses in a feed: absolute web addresses in ASCII, for titles in any script (RFC 3986, 2)."""

import os
import re
from urllib.parse import quote, quote_from_bytes, urlsplit, urlunsplit

_KEPT = "/%:@!$&'()*+,;=~-._?"
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?|[0-9A-Fa-f:.]+")


def of_file(base: str, *path: str) -> str:
    """The address of a file of the site at `base`. `path` holds the names on the way to it, as in the file system."""
    return "/".join((base, *(quote_from_bytes(os.fsencode(name), safe="") for name in path)))


def of_web(text: str) -> str:
    """The ASCII form of a web address. Empty if it is not one, or if it holds a user name or a password."""
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return ""
    bracketed = f"[{host}]" if ":" in host else host
    place = f"{bracketed}:{port}" if port is not None else bracketed
    path, query, fragment = (_quoted(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, place, path.replace("?", "%3F") or "/", query, fragment))


def _quoted(part: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", part), safe=_KEPT, errors="replace")
