"""The app to people in a browser: every page and state to axe, the HTML checkers and a screen reader, with and without JavaScript."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import psutil
import pytest
from tests.app.conftest import App, command, ended, job_of, sent
from tests.app.queues import article, until
from tests.judges import Browser, chromium, html_validate_faults, require, w3c_faults

from chaptercast.app.feed_round import FeedReport, Report

NOW = 1_795_000_000.0
FOLLOWED = """[[feed]]
address = "https://example.org/feed"
name = "Trams"

[[feed]]
address = "https://example.org/a/feed/with/a/very/long/address/that-goes-on-and-on-and-on/and-on.xml"
paused = true
voice = "somebody"
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


class Pages(dict[str, str]):
    """Paths by what they show."""


@pytest.fixture(scope="module")
def pages(app: App) -> Iterator[Pages]:
    """A job in each state, a long one among them that runs until the end; but its processes are stopped, or the browser would wait."""
    (app.site / "follow.toml").write_text(FOLLOWED)
    report = Report(
        NOW, 3, ("No such feed.",), {"https://example.org/feed": FeedReport("T", NOW, "No such feed.", is_gone=True)}
    )
    (app.site / ".queue" / "feeds.json").write_bytes(msgspec.json.encode(report))
    with app.client() as client:
        made = Pages()
        made["done"] = job_of(
            sent(client, text="The pier is long.", title="The long pier", voice="profile:en-GB", language="en")
        )
        made["failed"] = job_of(sent(client, address="https://example.org/offline"))
        outlined = job_of(sent(client, ("chapters.md", article(3)), check="1"))
        cancelled = job_of(sent(client, text="Never mind.", title="مكتبة الميناء"))
        for path in (made["done"], made["failed"], outlined):
            ended(client, path)
        client.post(f"{cancelled}/cancel")
        made["running"] = job_of(sent(client, ("long.md", article(9, chapters=40, words=6000)), title="港口"))
        made["waiting"] = job_of(sent(client, text="It waits.", title="<b>Waits & waits</b>" * 8))
        until(lambda: "so-far.mp3" in client.get(made["running"]).text)
        made |= {
            "outlined": outlined,
            "headings": f"{outlined}/headings",
            "cancelled": cancelled,
            "delete": f"{cancelled}/delete",
        }
        made |= {
            "queue": "/app/",
            "filled": "/app/?address=https://example.org/a",
            "deleted": "/app/?said=said_deleted",
        }
        one, other = re.findall(r'href="(/app/feeds/[0-9a-f]{16})"', client.get("/app/feeds").text)
        client.post("/app/words/en", data={"written": "nginx", "spoken": "engine x"})
        made |= {
            "feeds": "/app/feeds?said=said_kept",
            "feed": one,
            "paused": other,
            "remove": f"{one}/remove",
            "words": "/app/words",
            "words_of": f"/app/words/en?job={made['done'].rpartition('/')[2]}",
            "no_words": "/app/words/fr",
            "kept": "/app/kept",
        }
        made |= {
            "late": f"{cancelled}?said=said_late",
            "connect": "/app/connect",
            "offline": "/app/offline",
            "missing": "/app/jobs/x",
        }
    speaking = psutil.Process(app.process.pid).children(recursive=True)
    for process in speaking:
        process.suspend()
    yield made
    for process in speaking:
        with suppress(psutil.NoSuchProcess):
            process.resume()


STATES = (
    *("queue", "filled", "deleted", "done", "failed", "outlined", "headings", "cancelled", "late", "delete"),
    *("running", "waiting", "connect", "offline", "missing"),
    *("feeds", "feed", "paused", "remove", "words", "words_of", "no_words", "kept"),
)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_all_fits(browser: Browser, app: App, pages: Pages, state: str) -> None:
    wide = "document.documentElement.scrollWidth - innerWidth"
    for scheme, width, javascript in (("light", 1280, True), ("dark", 320, True), ("dark", 320, False)):
        visit = browser.visit(
            f"{app.url}{pages[state]}",
            ("axe",),
            ("evaluate", wide),
            width=width,
            colorScheme=scheme,
            javascript=javascript,
            locale="en-US",
        )
        assert visit.results == [[], 0]
        trouble = [line for line in visit.trouble if "404" not in line]
        assert trouble == []
        assert {urlsplit(address).netloc for address in visit.requests} == {urlsplit(app.url).netloc}


def test_the_checkers_of_html_find_nothing(app: App, pages: Pages, tmp_path: Path) -> None:
    files = []
    with app.client() as client:
        shown = {state: client.get(path).text for state, path in pages.items()}
        shown["wrong"] = sent(client, address="nowhere at all", language="!").text
        shown["sample"] = client.post("/app/sample", data={"voice": "profile:en-GB", "text": "Hello."}).text
        shown["no_sample"] = client.post("/app/sample", data={"voice": "profile:no-such"}).text
        shown["heard"] = client.post("/app/words/en", data={"spoken": "engine x", "hear": "1"}).text
        shown["wrong_word"] = client.post("/app/words/en", data={"spoken": "engine x"}).text
        shown["wrong_feed"] = client.post("/app/feeds", data={"address": "nowhere at all", "back": "x"}).text
        shown["wrong_choices"] = client.post(pages["feed"], data={"back": "x"}).text
    for state, page in shown.items():
        (tmp_path / f"{state}.html").write_text(page, encoding="utf-8")
        files.append(tmp_path / f"{state}.html")
    assert w3c_faults(files) == []
    assert html_validate_faults(files) == []


def test_a_screen_reader_is_told_what_there_is(browser: Browser, app: App, pages: Pages) -> None:
    assert pages
    require("virtual-screen-reader")
    (said,) = browser.visit(f"{app.url}/app/", ("read", "main"), locale="en-US").results
    told = "\n".join(said)
    for expected in (
        "heading, New episode, level 2",
        "group, The article: give one of these three",
        "textbox, Address of a web page",
        "textbox, Text",
        "combobox, Voice",
        "combobox, Language of the article",
        "checkbox, Show me the headings first, not checked",
        "button, Make the episode",
        "heading, Queue, level 2",
        "link, Listen: The long pier",
        "Ready to listen to.",
        "It failed.",
        "button, Try again: https://example.org/offline",
        "button, Cancel: 港口",
        "link, Listen to the beginning: 港口",
        "button, Hear the voice",
    ):
        assert expected in told, told
    (said,) = browser.visit(f"{app.url}/app/feeds", ("read", "main"), locale="en-US").results
    told = "\n".join(said)
    for expected in (
        "heading, Follow a feed, level 2",
        "heading, What you follow, level 2",
        "link, Trams",
        "button, Pause: Trams",
    ):
        assert expected in told, told
    (said,) = browser.visit(f"{app.url}{pages['words_of']}", ("read", "main"), locale="en-US").results
    told = "\n".join(said)
    for expected in ("textbox, As it is written", "button, Hear it", "rowheader, nginx", "button, Remove: nginx"):
        assert expected in told, told


def test_the_key_is_typed_and_the_pages_behind_it_are_as_good(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with command(tmp_path_factory.mktemp("keys") / "site", "--offline", "--host", "0.0.0.0") as app:
        visit = browser.visit(
            f"{app.url}/app/connect?from=bookmark",
            ("axe",),
            ("tabTo", "#field-key"),
            ("type", "wrong"),
            ("press", "Enter"),
            ("wait", "document.getElementById('fault-key')"),
            ("axe",),
            ("tabTo", "#field-key"),
            ("type", app.key),
            ("press", "Enter"),
            ("wait", "document.getElementById('page-jobs')"),
            ("axe",),
            ("tabTo", ".sections a[href$=connect]"),
            ("press", "Enter"),
            ("wait", "document.querySelector('.code svg')"),
            ("axe",),
            ("evaluate", "document.cookie"),
            width=320,
            locale="en-US",
        )
    assert [visit.results[step] for step in (0, 5, 10, 14)] == [[], [], [], []]
    assert visit.results[15] == "", "no script sees the key"


def test_at_400_percent_and_with_wider_text_nothing_is_cut_off(browser: Browser, app: App, pages: Pages) -> None:
    spacing = (
        "(() => {const s = new CSSStyleSheet(); s.replaceSync('* {line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        " word-spacing: 0.16em !important} p {margin-bottom: 2em !important}'); document.adoptedStyleSheets = [s]; return 1})()"
    )
    for state in ("queue", "headings", "waiting", "connect", "feeds", "words_of"):
        visit = browser.visit(
            f"{app.url}{pages[state]}",
            ("evaluate", spacing),
            ("evaluate", "document.documentElement.scrollWidth - innerWidth"),
            width=320,
            height=256,
            deviceScaleFactor=4,
            locale="en-US",
        )
        assert visit.results[-1] == 0
