"""Parses the address of a cluster: `local:N` for workers on this machine, or the address of a Dask scheduler."""

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
    """The cluster that speaks instead of this program's own worker processes."""

    address: str
    """The scheduler's address. Empty if the run starts workers on this machine."""
    workers: int = 0
    """The number of workers to start."""

    @property
    def here(self) -> bool:
        """Whether the text stays on this machine, as far as the address shows."""
        return not self.address or _is_loopback(self.address)

    def told(self, engine: Engine) -> str:
        """A line for people, besides the engine's: who gets the text."""
        if engine.online:
            return f"; {engine.name} is used by this machine, not by the cluster"
        return f"; the text goes to the cluster at {self.address}" if self.address else ", on a cluster of its own"


def cluster(given: str, *, offline: bool) -> Cluster:
    """Parse the user's `local:N`, `tcp://host:port` or `tls://host:port`.

    Raises `UsageError` for anything else, and for another machine if `offline` forbids the network.
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
