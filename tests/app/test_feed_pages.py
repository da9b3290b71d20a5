"""Following feeds without JavaScript: forms, redirects and pages."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.app.conftest import App, command
from tests.app.queues import until
from tests.following.feeds import item, rss, served
from tests.serving import Site, serving

from chaptercast.following.subscriptions import FOLLOW_FILE, Subscription, load

PAGE = b'<!doctype html><link rel="alternate" type="application/rss+xml" href="/feed" title="Trams"><p>Welcome.'
OPML = """<opml version="2.0"><head/><body><outline type="rss" text="One" xmlUrl="{0}"/><outline type="rss" text="Two" xmlUrl="{1}"/>
</body></opml>"""


@pytest.fixture(scope="module")
def trams() -> Iterator[Site]:
    with serving({"/page": PAGE, "/feed": served(rss(item("a"), item("b", day=2))), "/other": served(rss())}) as site:
        yield site


@pytest.fixture(scope="module")
def online(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    site = tmp_path_factory.mktemp("feeds") / "site"
    with command(site, "--allow-private-address", CHAPTERCAST_OFFLINE="") as running:
        yield running


def of(client: httpx.Client, **fields: str) -> httpx.Response:
    """The form for a new feed, as a browser sends it."""
    return client.post(
        "/app/feeds", files={**{name: (None, value) for name, value in fields.items()}, "list": ("", b"")}
    )  # type: ignore[dict-item]


def test_a_feed_is_followed_from_its_page_changed_paused_and_removed(online: App, trams: Site) -> None:
    path = online.site / FOLLOW_FILE
    with online.client() as client:
        answer = of(client, address=trams.url("/page").removeprefix("http://"), back="1", voice="silence:x")
        assert answer.status_code == 422, "there is no such voice, and addresses without a scheme are of https"
        answer = of(client, address=trams.url("/page"), back="1", only="on, !night")
        assert answer.headers["location"] == "/app/feeds?said=said_followed", answer.text[-3000:]
        assert load(online.site) == (Subscription(trams.url("/feed"), "Trams", ("on", "!night"), 1),)
        assert of(client, address=trams.url("/feed")).headers["location"].endswith("said_followed_already")
        until(lambda: "On b" in client.get("/app/").text)
        assert "On a" not in client.get("/app/").text, "one of those that were there already was wanted"
        until(lambda: "New articles: 1" in client.get("/app/feeds").text)
        page = client.get("/app/feeds").text
        (one,) = re.findall(r'href="(/app/feeds/[0-9a-f]{16})"', page)
        assert 'value="on, !night"' in client.get(one).text
        path.write_text(f"# Mine.\n{path.read_text()}")
        changed = {"name": "<b>Trams</b>", "only": "", "back": "3", "voice": "profile:en-GB", "text": "feed"}
        assert client.post(one, data=changed).headers["location"] == "/app/feeds?said=said_kept"
        (feed,) = load(online.site)
        assert (feed.name, feed.title, feed.profile, feed.text) == ("<b>Trams</b>", (), "en-GB", "feed")
        assert "&lt;b&gt;Trams" in client.get("/app/feeds").text
        client.post(f"{one}/pause", data={"paused": "1"})
        assert load(online.site)[0].paused
        assert "Paused." in client.get("/app/feeds").text
        client.post(f"{one}/pause", data={"paused": "0"})
        assert not load(online.site)[0].paused
        assert "Follow “<b>Trams</b>” no longer?" in html.unescape(client.get(f"{one}/remove").text)
        assert len(load(online.site)) == 1, "to look at the question removes nothing"
        assert client.post(f"{one}/remove").headers["location"].endswith("said_removed")
        assert load(online.site) == ()
        assert path.read_text().startswith("# Mine."), "the rest of the file stays"
        assert client.get(one).status_code == client.post(f"{one}/remove").status_code == 404
        assert "On b" in client.get("/app/").text, "its episodes stay"


def test_a_list_is_followed_at_once(online: App, trams: Site) -> None:
    listed = OPML.format(trams.url("/one"), trams.url("/two")).encode()
    with online.client() as client:
        answer = client.post("/app/feeds", files={"address": (None, ""), "list": ("feeds.opml", listed)})  # type: ignore[dict-item]
        assert answer.status_code == 303, answer.text[-3000:]
        assert {feed.name for feed in load(online.site)} >= {"One", "Two"}
        wrong = client.post("/app/feeds", files={"list": ("feeds.opml", b"<html>")})
        assert wrong.status_code == 422
        assert 'href="#field-list"' in wrong.text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "address"),
        ({"address": "nowhere at all"}, "address"),
        ({"address": "file:///etc/passwd"}, "address"),
        ({"address": "https://user:secret@example.org/"}, "address"),
        ({"address": "https://example.org/feed", "back": "-1"}, "back"),
        ({"address": "https://example.org/feed", "back": "1e3"}, "back"),
        ({"address": "https://example.org/feed", "text": "both"}, "text"),
        ({"address": "https://example.org/feed", "voice": "espeak:../x"}, "voice"),
        ({"address": "https://example.org/feed"}, "address"),
    ],
)
def test_what_is_wrong_is_told_where_it_is(client: httpx.Client, app: App, fields: dict[str, str], field: str) -> None:
    answer = of(client, **fields)
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text
    assert f'id="fault-{field}"' in answer.text
    assert not (app.site / FOLLOW_FILE).exists(), "a server without the web asks nobody"


def test_no_private_address_is_asked(tmp_path_factory: pytest.TempPathFactory, trams: Site) -> None:
    site = tmp_path_factory.mktemp("private") / "site"
    with command(site, CHAPTERCAST_OFFLINE="") as running, running.client() as client:
        answer = of(client, address=trams.url("/feed"))
        assert answer.status_code == 422
        assert re.search("private|this machine|no public", answer.text)
        assert not (site / FOLLOW_FILE).exists()


def test_a_list_with_faults_is_told_and_left_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    site: Path = tmp_path_factory.mktemp("faults") / "site"
    site.mkdir()
    (site / FOLLOW_FILE).write_text("[[feed]]\nadress = 1\n")
    with command(site, "--offline") as running, running.client() as client:
        page = client.get("/app/feeds")
        assert page.status_code == 200
        assert "unknown key “adress”" in html.unescape(page.text)
        assert str(site) not in page.text, "where it lies is nobody's business"
    assert (site / FOLLOW_FILE).read_text() == "[[feed]]\nadress = 1\n"
