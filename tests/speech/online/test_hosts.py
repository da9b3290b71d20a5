"""What a host tells of where it is."""

import pytest

from chaptercast.speech.online.hosts import is_address, is_here, is_local_name, is_private

HERE = [
    "127.0.0.1",
    "127.8.9.10",
    "::1",
    "[::1]",
    "0.0.0.0",
    "::",
    "localhost",
    "LOCALHOST.",
    "kokoro.localhost",
    "::ffff:127.0.0.1",
]
PRIVATE = [
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.20",
    "169.254.7.7",
    "100.101.102.103",
    "fd00::7",
    "fe80::1%eth0",
    "::ffff:10.0.0.1",
]
PUBLIC = ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:4860:4860::8888", "::ffff:8.8.8.8"]
LOCAL = ["nas", "kokoro", "nas.local", "NAS.local.", "tts.lan", "tts.home.arpa", "tts.internal"]
NAMES = ["example.org", "local.example.org", "localhost.example.org", "1.2.3.4.example.org"]


@pytest.mark.parametrize("host", [*HERE, *PRIVATE, *PUBLIC, *LOCAL, *NAMES])
def test_where_a_host_is(host: str) -> None:
    addresses = {*PRIVATE, *PUBLIC, *(one for one in HERE if "local" not in one.lower())}
    assert is_here(host) is (host in HERE)
    assert is_address(host) is (host in addresses)
    assert is_private(host) is (host in addresses and host not in PUBLIC)
    assert is_local_name(host) is (host in {*LOCAL, "localhost", "LOCALHOST."})


def test_groups_are_no_place() -> None:
    assert not is_private("224.0.0.1")
    assert not is_private("ff02::1")
    assert not is_private("")
