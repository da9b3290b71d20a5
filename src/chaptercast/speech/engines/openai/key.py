"""The API key for a server: from the environment or the system's keyring. It never appears in a message, a file or a name of ours."""

import os
from typing import final

from chaptercast.errors import UsageError
from chaptercast.speech.engines.openai.server import KEY, USUAL_KEY, USUAL_URL, Server, leads_to
from chaptercast.speech.online import hosts

KEYRING_SERVICE = "chaptercast"
"""The keyring's service name; the user name is the server's host (and port): `keyring set chaptercast api.openai.com`."""
_IN_ITS_PLACE = "[the key]"
_TELLING = 6
"""No message may hold so many consecutive characters of a key: servers quote a refused key, truncated or with stars in it."""


@final
class Key:
    """A key, or none. No representation of this object contains the key."""

    __slots__ = ("_value", "origin")

    def __init__(self, value: str, origin: str) -> None:
        """`origin` says for people where the key comes from. It is empty if there is no key.

        Raises `UsageError` if it contains characters that no key has: they could not be sent.
        """
        if not value.isascii() or not value.isprintable() or " " in value:
            raise UsageError(f"The key in {origin} holds characters that no key has.", "Was more copied than the key?")
        self._value = value
        self.origin = origin

    def __repr__(self) -> str:
        """The origin of the key."""
        return f"Key({self.origin or 'none'})"

    def __bool__(self) -> bool:
        """Whether there is a key."""
        return bool(self._value)

    @property
    def headers(self) -> dict[str, str]:
        """The headers for each request."""
        return {"Authorization": f"Bearer {self._value}"} if self._value else {}

    def kept_out_of(self, text: str) -> str:
        """`text` without words that contain the key or a part of it."""
        if not self._value:
            return text
        length = min(_TELLING, len(self._value))
        parts = {self._value[at : at + length] for at in range(len(self._value) - length + 1)}
        words = text.split(" ")
        return " ".join(_IN_ITS_PLACE if any(part in word for part in parts) else word for word in words)


def key_for(server: Server) -> Key:
    """Find the key for a server: the one meant for it, otherwise the system keyring's, otherwise none. Raises `UsageError`.

    Many people have `OPENAI_API_KEY` set for OpenAI. It is sent to OpenAI, to this machine, and to the address in `OPENAI_BASE_URL`,
    nowhere else.
    """
    for variable in (KEY, USUAL_KEY):
        value = os.environ.get(variable, "").strip()
        if value and (variable == KEY or _is_for_the_usual_key(server)):
            return Key(value, variable)
    value = _in_keyring(server)
    return Key(value, "the system's keyring" if value else "")


def _is_for_the_usual_key(server: Server) -> bool:
    return server.is_openai or hosts.is_here(server.host) or leads_to(USUAL_URL, server)


def _in_keyring(server: Server) -> str:
    """The keyring's entry, if the package `keyring` is installed and the keyring can be opened."""
    try:
        import keyring
    except ImportError:
        return ""
    try:
        return (keyring.get_password(KEYRING_SERVICE, server.place) or "").strip()
    except Exception:  # noqa: BLE001 -- keyrings are others' programs; without a key the server says so
        return ""
