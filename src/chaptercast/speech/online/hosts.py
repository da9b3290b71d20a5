"""Classifies a service by its host: on this machine, in the local network, or anywhere."""

from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address

_LOCAL_ENDINGS = (".local", ".localdomain", ".lan", ".home", ".home.arpa", ".internal", ".intranet")
"""Suffixes of names that only the local network knows (RFC 6762, RFC 8375, ICANN's `.internal`, and those that routers use)."""


def is_here(host: str) -> bool:
    """Whether the host is this machine, by a name or an address that can mean no other."""
    address = _address(host)
    if address is not None:
        return address.is_loopback or address.is_unspecified
    name = host.lower().rstrip(".")
    return name == "localhost" or name.endswith(".localhost")


def is_address(host: str) -> bool:
    """Whether the host is an IP address, not a name."""
    return _address(host) is not None


def is_private(address: str) -> bool:
    """Whether an address belongs to this machine or to a non-public network (the IANA registries of special addresses)."""
    found = _address(address)
    return found is not None and not found.is_global and not found.is_multicast


def is_local_name(host: str) -> bool:
    """Whether only the local network knows the name."""
    name = host.lower().rstrip(".")
    return not is_address(host) and ("." not in name or name.endswith(_LOCAL_ENDINGS))


def _address(host: str) -> IPv4Address | IPv6Address | None:
    with suppress(ValueError):
        address = ip_address(host.strip("[]").partition("%")[0])
        return getattr(address, "ipv4_mapped", None) or address
    return None
