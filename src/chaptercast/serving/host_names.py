"""The host names that this machine answers to, and the address at which others reach it."""

import ipaddress
import re
import socket
from contextlib import closing

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[0-9a-z.-]+)(?::[0-9]{1,5})?", re.IGNORECASE | re.ASCII)
_DOCUMENTATION = ("192.0.2.1", 9)
"""An address that nobody has (RFC 5737)."""


def is_own(host: str) -> bool:
    """Whether a Host header names this machine: by an IP address, as `localhost`, or by its own name.

    Any other name is refused. Otherwise a web page whose name resolves to this machine (DNS rebinding) could read the site, and the
    feed would contain a stranger's addresses.
    """
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    name = found["name"].strip("[]").lower()
    own = socket.gethostname().lower()
    return name in {"localhost", own, f"{own.partition('.')[0]}.local"} or _is_address(name)


def reachable_address(bound: str) -> str:
    """The IP address to show to people for a server bound to `bound`: that address, or if it means all, the one in the network."""
    if not ipaddress.ip_address(bound).is_unspecified:
        return bound
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(_DOCUMENTATION)  # nothing is sent; the system only chooses a route
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def url(address: str, port: int, scheme: str = "http") -> str:
    """The address of the site on a server at an IP address."""
    return f"{scheme}://[{address}]:{port}/" if ":" in address else f"{scheme}://{address}:{port}/"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
