"""Addresses in the web: what can be asked for, and where it lies."""

from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct

from chaptercast.errors import ChaptercastError, InputError, UsageError

_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~-._?"
_GIVE = "Give an address like https://example.org/article, or a file."


def is_url(source: str) -> bool:
    """Whether `source` is an address rather than a file: anything with a scheme and `//`, for `ftp://...` is no file either."""
    scheme, sign, _ = source.partition("://")
    return bool(sign) and len(scheme) > 1 and scheme.isascii() and scheme.replace("+", "").replace("-", "").isalnum()


class Target(Struct, frozen=True):
    """Where a request goes. Everything is ASCII."""

    scheme: str
    host: str
    port: int
    path: str
    """With the query."""

    @property
    def netloc(self) -> str:
        """Host and, where it is not the usual one, port; what the header `Host` says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def name(self) -> str:
        """What to call a file that comes from there: the last part of its path that says something, else the host."""
        parts = [part for part in self.path.partition("?")[0].split("/") if part]
        return parts[-1] if parts else self.host

    def redirected(self, location: str) -> "Target":
        """Where a redirect leads. Raises `InputError` where that is nothing to be asked."""
        try:
            return _target(urljoin(self.url, location), InputError)
        except ValueError as error:
            raise InputError(f"{self.url} redirects to what is no address.", _GIVE) from error


def target_of(url: str) -> Target:
    """The target of an address. Raises `UsageError` where it is none, or of another scheme than http and https."""
    return _target(url, UsageError)


def _target(url: str, error: type[ChaptercastError]) -> Target:
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        # A name of other letters than a to z has another form for machines (RFC 5890); those that have none are no names.
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError as wrong:
        raise error(f"{url[:200]} is no address: {wrong}.", _GIVE) from wrong
    if parts.scheme not in _PORTS:
        raise error(f"{url[:200]} is neither http nor https.", _GIVE)
    if parts.username is not None or parts.password is not None:
        raise error(f"An address at {host} has a user name or password in it; they are not sent.", _GIVE)
    if not host or not host.isprintable() or any(character in host for character in " /\\%"):
        raise error(f"{url[:200]} has no host.", _GIVE)
    path = quote(parts.path or "/", safe=_SAFE, errors="replace").replace("?", "%3F")
    query = f"?{quote(parts.query, safe=_SAFE, errors='replace')}" if parts.query else ""
    return Target(parts.scheme, host, port or _PORTS[parts.scheme], f"{path}{query}")
