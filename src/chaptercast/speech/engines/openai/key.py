"""The key that a server wants: from the environment or the system's keyring. It is in no message, no file and no name of ours."""

import os
from typing import final

from chaptercast.errors import UsageError
from chaptercast.speech.engines.openai.server import KEY, USUAL_KEY, USUAL_URL, Server, leads_to
from chaptercast.speech.online import hosts

KEYRING_SERVICE = "chaptercast"
"""Under this name, and the server's host (and port) as the user's, keyring has the key: `keyring set chaptercast api.openai.com`."""
_IN_ITS_PLACE = "[the key]"
_TELLING = 6
"""Characters of a key in a row that a message may not hold: servers quote what they refuse, cut short or with stars in it."""


@final
class Key:
    """A key, or none. What it is stands in no representation of it."""

    __slots__ = ("_value", "origin")

    def __init__(self, value: str, origin: str) -> None:
        """`origin` says where it comes from, for people; empty where there is none.

        Raises `UsageError` where it holds what no key holds: it would not survive the way.
        """
        if not value.isascii() or not value.isprintable() or " " in value:
            raise UsageError(f"The key in {origin} holds characters that no key has.", "Was more copied than the key?")
        self._value = value
        self.origin = origin

    def __repr__(self) -> str:
        """Where it comes from."""
        return f"Key({self.origin or 'none'})"

    def __bool__(self) -> bool:
        """Whether there is one."""
        return bool(self._value)

    @property
    def headers(self) -> dict[str, str]:
        """What is sent with each request."""
        return {"Authorization": f"Bearer {self._value}"} if self._value else {}

    def kept_out_of(self, text: str) -> str:
        """`text` without the words that hold the key or a part of it."""
        if not self._value:
            return text
        length = min(_TELLING, len(self._value))
        parts = {self._value[at : at + length] for at in range(len(self._value) - length + 1)}
        words = text.split(" ")
        return " ".join(_IN_ITS_PLACE if any(part in word for part in parts) else word for word in words)


def key_for(server: Server) -> Key:
    """The key for a server: that which is meant for it, else what the system's keyring has for it, else none. Raises `UsageError`.

    `OPENAI_API_KEY` is many people's key to OpenAI: it goes to OpenAI, to this machine, and where `OPENAI_BASE_URL` leads, and to no other.
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
    """What the keyring has, where the package `keyring` is installed and the keyring can be opened."""
    try:
        import keyring
    except ImportError:
        return ""
    try:
        return (keyring.get_password(KEYRING_SERVICE, server.place) or "").strip()
    except Exception:  # noqa: BLE001 -- keyrings are others' programs; without a key the server says so
        return ""
