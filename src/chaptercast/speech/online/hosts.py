"""Where a service is, as its host tells: on this machine, in the network around it, or anywhere."""

from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address

_LOCAL_ENDINGS = (".local", ".localdomain", ".lan", ".home", ".home.arpa", ".internal", ".intranet")
"""Of names that no one outside knows (RFC 6762, RFC 8375, ICANN's `.internal`, and what routers use)."""


def is_here(host: str) -> bool:
    """Whether that is this machine, by a name or an address that is never another's."""
    address = _address(host)
    if address is not None:
        return address.is_loopback or address.is_unspecified
    name = host.lower().rstrip(".")
    return name == "localhost" or name.endswith(".localhost")


def is_address(host: str) -> bool:
    """Whether that is an address, and no name."""
    return _address(host) is not None


def is_private(address: str) -> bool:
    """Whether an address is of this machine or of a network that is not the public one (the IANA registries of special addresses)."""
    found = _address(address)
    return found is not None and not found.is_global and not found.is_multicast


def is_local_name(host: str) -> bool:
    """Whether that is a name which only the network around this machine knows."""
    name = host.lower().rstrip(".")
    return not is_address(host) and ("." not in name or name.endswith(_LOCAL_ENDINGS))


def _address(host: str) -> IPv4Address | IPv6Address | None:
    with suppress(ValueError):
        address = ip_address(host.strip("[]").partition("%")[0])
        return getattr(address, "ipv4_mapped", None) or address
    return None
