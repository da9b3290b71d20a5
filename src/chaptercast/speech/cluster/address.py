"""Where the work goes: `local:N`, workers of this machine, or the address of a Dask scheduler."""

import re
from contextlib import suppress
from ipaddress import ip_address

from msgspec import Struct

from chaptercast.errors import UsageError
from chaptercast.speech.model import Engine

_LOCAL = re.compile(r"local:([1-9][0-9]{0,2})")
_SCHEDULER = re.compile(r"(?:tcp|tls)://(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(?P<port>[0-9]{1,5})")
_MOST_WORKERS = 256
_MOST_PORT = 65_535


class Cluster(Struct, frozen=True):
    """Who speaks in place of this program's own worker processes."""

    address: str
    """Of a scheduler; empty where workers of this machine are started for the run."""
    workers: int = 0
    """How many are started."""

    @property
    def here(self) -> bool:
        """Whether no text leaves this machine, as far as the address tells."""
        return not self.address or _is_loopback(self.address)

    def told(self, engine: Engine) -> str:
        """What people are to know of it besides the engine: who gets the text."""
        if engine.online:
            return f"; {engine.name} is asked by this machine, not by the cluster"
        return f"; the text goes to the cluster at {self.address}" if self.address else ", on a cluster of its own"


def cluster(given: str, *, offline: bool) -> Cluster:
    """What a user asks for by `local:N`, `tcp://host:port` or `tls://host:port`.

    Raises `UsageError` where it is none of these, or is another machine while `offline` forbids the network.
    """
    if local := _LOCAL.fullmatch(given):
        count = int(local[1])
        if count <= _MOST_WORKERS:
            return Cluster("", count)
    elif (scheduler := _SCHEDULER.fullmatch(given)) and 0 < int(scheduler["port"]) <= _MOST_PORT:
        found = Cluster(given)
        if offline and not found.here:
            raise UsageError(
                f"The text would go to the cluster at {given}; --offline forbids it.", "Use --cluster local:2."
            )
        return found
    raise UsageError(
        f"“{given}” is no cluster.",
        f"Use local:N, with N from 1 to {_MOST_WORKERS}, or tcp://host:port of a scheduler.",
    )


def _is_loopback(address: str) -> bool:
    match = _SCHEDULER.fullmatch(address)
    host = match["host"].strip("[]") if match else ""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host.lower() == "localhost"
