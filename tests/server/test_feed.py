"""The feed as it is served: all addresses lead here, and nothing else differs."""

from pathlib import Path

import httpx
from lxml import etree
from tests.server.conftest import FEED, Served

from chaptercast.serving.feed import localised

OLD = "https://example.org/show/"
HERE = "http://127.0.0.1:8000/"


def everywhere(_path: str) -> bool:
    return True


def test_whoever_subscribes_here_downloads_here(client: httpx.Client, served: Served) -> None:
    root = etree.fromstring(client.get("feed.xml").content)
    addresses = [element.get("url") for element in root.iter("enclosure", "{*}transcript")]
    assert all(address.startswith(served.url) for address in addresses)
    assert all(client.head(address).status_code == 200 for address in addresses)
    assert root.findtext("channel/image/url") == f"{served.url}cover.png"
    assert (root.findtext("channel/item/link") or "").startswith(served.url)


def test_the_address_is_that_by_which_it_was_asked(client: httpx.Client) -> None:
    answer = client.get("feed.xml", headers={"Host": "localhost:99"})
    assert b'url="http://localhost:99/' in answer.content


def test_a_feed_that_was_built_again_is_sent_again(client: httpx.Client, folder: Path) -> None:
    sound = (folder / "feed.xml").read_bytes()
    before = client.get("feed.xml")
    try:
        (folder / "feed.xml").write_bytes(sound.replace(b"A &amp; B", b"Another title"))
        after = client.get("feed.xml", headers={"If-None-Match": before.headers["etag"]})
        assert (after.status_code, b"Another title" in after.content) == (200, True)
    finally:
        (folder / "feed.xml").write_bytes(sound)
    assert client.get("feed.xml").content == before.content


def test_nothing_else_differs() -> None:
    back = localised(FEED.encode(), HERE, everywhere).replace(HERE.encode(), OLD.encode())
    assert etree.tostring(etree.fromstring(back), method="c14n") == etree.tostring(
        etree.fromstring(FEED.encode()), method="c14n"
    )
    assert b"<![CDATA[<a href=" in back


def test_identifiers_texts_and_what_is_not_here_stay() -> None:
    feed = localised(FEED.encode(), HERE, lambda path: "gone" not in path).decode()
    assert f"{OLD}guid</guid>" in feed
    assert f'href="{OLD}">&amp; notes' in feed
    assert f'url="{OLD}gone/chapters.json"' in feed
    assert "<link>https://example.org/elsewhere</link>" in feed


def test_a_feed_that_cannot_be_read_or_says_no_address_stays_as_it_is() -> None:
    for feed in (b"", b"<rss", b"<rss><channel/></rss>", b"\xff\xfe"):
        assert localised(feed, HERE, everywhere) == feed


def test_entities_are_not_resolved() -> None:
    feed = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>'
    assert b"root:" not in localised(feed, HERE, everywhere)
