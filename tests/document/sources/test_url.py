"""Addresses: told from files, taken apart, and refused where there is nothing to ask."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaptercast.document.sources.url import is_url, target_of
from chaptercast.errors import UsageError


@pytest.mark.parametrize(
    ("given_", "answer"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("ftp://example.org/a", True),
        ("article.md", False),
        ("-", False),
        ("C://articles/a.md", False),
        ("notes: a://b", False),
        ("://x", False),
        ("", False),
    ],
)
def test_addresses_are_told_from_files(given_: str, answer: bool) -> None:
    assert is_url(given_) is answer


@pytest.mark.parametrize(
    ("url", "asked", "name"),
    [
        ("https://example.org", "https://example.org/", "example.org"),
        ("https://Example.ORG:443/a/b.html?x=1#y", "https://example.org/a/b.html?x=1", "b.html"),
        ("http://example.org:8080/a/", "http://example.org:8080/a/", "a"),
        ("http://[::1]:80/x", "http://[::1]/x", "x"),
        ("https://bücher.example/ä%20b?ü", "https://xn--bcher-kva.example/%C3%A4%20b?%C3%BC", "%C3%A4%20b"),
        ("https://example.org/%E4%B8%AD", "https://example.org/%E4%B8%AD", "%E4%B8%AD"),
        (" https://example.org/a\n", "https://example.org/a", "a"),
    ],
)
def test_what_is_asked(url: str, asked: str, name: str) -> None:
    assert target_of(url).url == asked
    assert target_of(url).name == name


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://example.org:99999/",
        "https://[::1/",
        "https://a b/",
        "https://" + "ä" * 80 + ".example/",
    ],
)
def test_what_cannot_be_asked(url: str) -> None:
    with pytest.raises(UsageError):
        target_of(url)


def test_a_password_is_neither_sent_nor_told() -> None:
    with pytest.raises(UsageError) as raised:
        target_of("https://ines:s3cret@example.org/")
    assert "s3cret" not in raised.value.message


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_stands_in_an_address_it_becomes_one_line_of_ascii(path: str, query: str) -> None:
    target = target_of(f"https://example.org/{path}?{query}")
    assert target.url.isascii()
    assert target.url.isprintable()
    assert " " not in target.url
    assert target_of(target.url) == target


@given(st.text(max_size=30))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    with suppress(UsageError):
        assert target_of(text).url
