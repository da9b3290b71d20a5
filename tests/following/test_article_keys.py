"""What an article is known by."""

import pytest

from chaptercast.following.article_keys import address_key, guid_key

SAME = [
    "https://example.org/2026/tram",
    "http://www.example.org:80/2026/tram/",
    "https://EXAMPLE.org/2026/tram?utm_source=rss&utm_medium=feed#part",
    "https://example.org/2026/tram/index.html?fbclid=x",
    "https://example.org/2026/%74ram?mc_cid=1",
]


@pytest.mark.parametrize("address", SAME)
def test_addresses_of_one_page(address: str) -> None:
    assert address_key(address) == "example.org/2026/tram"


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/2026/Tram",
        "https://example.org/2026/tram?p=2",
        "https://example.org:8443/2026/tram",
        "https://blog.example.org/2026/tram",
    ],
)
def test_addresses_of_other_pages(other: str) -> None:
    assert address_key(other) not in ("", "example.org/2026/tram")


def test_the_order_of_parameters_does_not_matter() -> None:
    assert address_key("http://a.example/?id=1&b=2") == address_key("http://a.example/?b=2&utm_term=x&id=1")
    assert address_key("http://a.example/?id=1") != address_key("http://a.example/?id=2")


@pytest.mark.parametrize(
    "address", ["https://example.org/", "https://example.org", "no address", "ftp://a.example/x", ""]
)
def test_what_is_no_address_of_a_page_of_its_own(address: str) -> None:
    assert address_key(address) == ""


def test_identifiers() -> None:
    feed, other = "http://a.example/feed", "http://b.example/feed"
    assert guid_key("17", feed) != guid_key("17", other)
    assert guid_key("urn:uuid:1", feed) == guid_key("urn:uuid:1", other)
    assert guid_key("http://a.example/x?utm_source=y", feed) == address_key("https://a.example/x")
    assert guid_key("http://a.example/", feed) not in ("", guid_key("http://a.example/", other))
    assert guid_key("", feed) == ""
