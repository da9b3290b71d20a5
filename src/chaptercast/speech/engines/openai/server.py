"""The server's settings from environment variables: its address, its model's name, how many requests it accepts."""

import os
import re
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from chaptercast.errors import UsageError
from chaptercast.speech.online import hosts

URL, USUAL_URL = "CHAPTERCAST_OPENAI_URL", "OPENAI_BASE_URL"
MODEL, REQUESTS = "CHAPTERCAST_OPENAI_MODEL", "CHAPTERCAST_OPENAI_REQUESTS"
KEY, USUAL_KEY = "CHAPTERCAST_OPENAI_KEY", "OPENAI_API_KEY"
OPENAI_URL = "https://api.openai.com/v1"
_OPENAI_HOST = "api.openai.com"
DEFAULT_MODEL = "tts-1"
"""OpenAI's model; most other servers also accept this name."""

_VERSION = re.compile(r"/v\d+\w*$")
_ENDPOINT = re.compile(r"(/audio(/speech|/voices)?)?/*$")
_MOST_REQUESTS = 64
_NAME_BYTES = 200
_SET_URL = f"Set {URL} to the server's address, such as http://127.0.0.1:8880/v1 (docs/openai.md)."
_IN_THE_OPEN = "Use https://, or a server on this machine or in its own network: text and key would travel so that anyone could read them."


class Server(Struct, frozen=True):
    """A server and how to send it requests, without its key."""

    url: str
    """The base address: ends with a version (`/v1`), without a slash."""
    model: str = DEFAULT_MODEL
    requests: int = 0
    """The maximum number of concurrent requests; 0 if not given."""
    variable: str = URL
    """The environment variable that named it."""

    @property
    def host(self) -> str:
        """A name or an IP address."""
        return urlsplit(self.url).hostname or ""

    @property
    def place(self) -> str:
        """Host and port, as people write them."""
        return urlsplit(self.url).netloc

    @property
    def is_plain(self) -> bool:
        """Whether requests are unencrypted."""
        return self.url.startswith("http:")

    @property
    def is_openai(self) -> bool:
        """Whether it is OpenAI's own server."""
        return self.host == _OPENAI_HOST

    @property
    def is_own(self) -> bool:
        """Whether it is on this machine or in the local network, where it has only a processor or two."""
        return (
            self.is_plain or hosts.is_here(self.host) or hosts.is_private(self.host) or hosts.is_local_name(self.host)
        )

    @property
    def destination(self) -> str:
        """Who gets the text, as people know them."""
        if self.is_openai:
            return "OpenAI"
        return f"the server at {self.place}" + ", on this machine" * hosts.is_here(self.host)


def configured() -> Server:
    """The server that the environment names. Raises `UsageError` if it names none, or one that cannot be used.

    If only a key is given, the server is OpenAI: that is what `OPENAI_API_KEY` means to other programs.
    """
    variable = next((name for name in (URL, USUAL_URL) if _value(name)), "")
    if variable:
        return Server(_base(variable), _model(), _requests(), variable)
    given = next((name for name in (KEY, USUAL_KEY) if _value(name)), "")
    if given:
        return Server(OPENAI_URL, _model(), _requests(), given)
    raise UsageError(f"No server is named: {URL} is not set.", _SET_URL)


def leads_to(variable: str, server: Server) -> bool:
    """Whether a variable holds the address of `server`."""
    try:
        return bool(_value(variable)) and _base(variable) == server.url
    except UsageError:
        return False


def _base(variable: str) -> str:
    """The base address from a variable. An error message does not quote it, because it may hold a password."""
    parts = _split(variable)
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise UsageError(
            f"The address in {variable} holds more than host, port and path.",
            f"A key belongs into {KEY} (docs/openai.md).",
        )
    host = parts.hostname or ""
    scheme = parts.scheme.lower()
    if scheme == "http" and hosts.is_address(host) and not hosts.is_private(host):
        raise UsageError(f"{variable} names a server in the open internet without encryption.", _IN_THE_OPEN)
    port = parts.port
    usual = {"http": 80, "https": 443}[scheme]
    name = f"[{host}]" if ":" in host else host
    place = name if port in {None, usual} else f"{name}:{port}"
    path = _ENDPOINT.sub("", parts.path)
    return f"{scheme}://{place}{path if _VERSION.search(path) else f'{path}/v1'}"


def _split(variable: str) -> SplitResult:
    value = _value(variable)
    try:
        parts = urlsplit(value)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not value.isprintable() or " " in value:
        raise UsageError(
            f"{variable} holds no address that can be used.", f"Write it with http:// or https://. {_SET_URL}"
        )
    return parts


def _model() -> str:
    model = _value(MODEL) or DEFAULT_MODEL
    if not model.isprintable() or len(model.encode()) > _NAME_BYTES:
        raise UsageError(f"{MODEL} holds no name of a model.", f"Most servers know {DEFAULT_MODEL}; unset it.")
    return model


def _requests() -> int:
    value = _value(REQUESTS)
    if not value:
        return 0
    if not re.fullmatch(r"\d{1,4}", value) or not 1 <= int(value) <= _MOST_REQUESTS:
        raise UsageError(f"{REQUESTS} must be a number from 1 to {_MOST_REQUESTS}.", "Unset it for the usual number.")
    return int(value)


def _value(variable: str) -> str:
    return os.environ.get(variable, "").strip()
