"""Web addresses: which can be requested, and where they lie."""

from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct

from chaptercast.errors import ChaptercastError, InputError, UsageError

_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~-._?"
_GIVE = "Give an address like https://example.org/article, or a file."


def is_url(source: str) -> bool:
    """Whether `source` is an address and not a file: anything with a scheme and `//`. `ftp://...` is not a file, either."""
    scheme, sign, _ = source.partition("://")
    return bool(sign) and len(scheme) > 1 and scheme.isascii() and scheme.replace("+", "").replace("-", "").isalnum()


class Target(Struct, frozen=True):
    """The target of a request, all in ASCII."""

    scheme: str
    host: str
    port: int
    path: str
    """Including the query."""

    @property
    def netloc(self) -> str:
        """Host and, if it is not the default, port: the value of the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def name(self) -> str:
        """A file name for its content: the last significant part of its path, otherwise the host."""
        parts = [part for part in self.path.partition("?")[0].split("/") if part]
        return parts[-1] if parts else self.host

    def redirected(self, location: str) -> "Target":
        """The target of a redirect. Raises `InputError` if it cannot be requested."""
        try:
            return _target(urljoin(self.url, location), InputError)
        except ValueError as error:
            raise InputError(f"{self.url} redirects to an invalid address.", _GIVE) from error


def target_of(url: str) -> Target:
    """The target of an address. Raises `UsageError` if it is invalid, or has another scheme than http and https."""
    return _target(url, UsageError)


def _target(url: str, error: type[ChaptercastError]) -> Target:
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        # A name with letters other than a to z has an ASCII form (RFC 5890). A name without such a form is invalid.
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
