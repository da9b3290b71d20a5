"""Each task of the app by keyboard alone, in Chromium and in Firefox: what is reached, what is said, and where the focus is afterwards."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest
from tests.app.conftest import App, command, ended, job_of, sent, state_of
from tests.app.queues import article, until
from tests.following.feeds import item, rss, served
from tests.judges import Browser, chromium, firefox
from tests.serving import serving

from chaptercast.following.subscriptions import load

STATUS = "document.getElementById('page-status').textContent"
FOCUSED = "document.activeElement"
STATE = "document.querySelector('[data-page]')?.dataset.state"
LONG = ("long.md", article(9, chapters=30, words=3000))


@pytest.fixture(scope="module", params=[chromium, firefox], ids=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    started: Callable[[], AbstractContextManager[Browser]] = request.param
    with started() as running:
        yield running


@pytest.fixture
def long_job(app: App) -> Iterator[str]:
    """The path of a job that runs; cancelled in the end."""
    with app.client() as client:
        job = job_of(sent(client, LONG))
        until(lambda: state_of(client, job) == "running")
        yield job
        client.post(f"{job}/cancel")


def go_to(selector: str, key: str = "Enter") -> list[tuple[str, str]]:
    """The steps to something on a page, and to use it."""
    return [("tabTo", selector), ("press", key)]


def fill_in(selector: str, text: str) -> list[tuple[str, str]]:
    return [("tabTo", selector), ("type", text)]


def in_state(*states: str) -> str:
    return f"{list(states)!r}.includes({STATE})"


def told(browser: Browser, url: str, *steps: tuple[str, object]) -> list[object]:
    """What was asked of the page, by `evaluate` and `axe`, in order. Everything that is gone to by Tab is reached."""
    visit = browser.visit(url, *steps, locale="en-US")
    assert [step for step, result in zip(steps, visit.results, strict=True) if step[0] == "tabTo" and not result] == []
    return [result for step, result in zip(steps, visit.results, strict=True) if step[0] in {"evaluate", "axe"}]


def test_a_text_becomes_an_episode_that_is_heard_renamed_and_deleted(browser: Browser, app: App) -> None:
    found = told(
        browser,
        f"{app.url}/app/",
        *fill_in("#field-text", "The tide comes in. The tide goes out."),
        *fill_in("#field-title", "Tides"),
        ("press", "Enter"),
        ("arrive", in_state("done")),
        ("evaluate", STATUS),
        *go_to(".actions a.strong"),
        ("arrive", "document.querySelector('audio')?.readyState > 0"),
        *go_to("#page-play"),
        ("wait", "document.querySelector('audio').currentTime > 0"),
    )
    assert found == ["Tides: Ready to listen to."]
    with app.client() as client:
        job = next(job for job in jobs(client) if "Tides" in client.get(job).text)
    found = told(
        browser,
        f"{app.url}{job}",
        *go_to("#field-title", "End"),
        ("type", " of June"),
        ("press", "Enter"),
        ("arrive", "document.querySelector('h1').textContent === 'Tides of June'"),
        ("wait", in_state("done")),
        *go_to(".actions a[href$=delete]"),
        ("arrive", "location.pathname.endsWith('/delete') && document.querySelector('main form button')"),
        *go_to("form[action$=delete] button"),
        ("arrive", "document.getElementById('page-message') && location.pathname === '/app/'"),
        ("evaluate", f"{FOCUSED}.id"),
    )
    assert found == ["page-message"]
    assert not (app.site / "tides-of-june").exists()


def jobs(client: httpx.Client) -> list[str]:
    """The paths of all jobs."""
    import re

    return list(dict.fromkeys(re.findall(r'href="(/app/jobs/[0-9a-f]{16})"', client.get("/app/").text)))


def test_the_beginning_is_heard_then_the_job_is_cancelled_tried_again_and_cancelled(
    browser: Browser, app: App, long_job: str
) -> None:
    with app.client() as client:
        job = long_job
        found = told(
            browser,
            f"{app.url}/app/",
            ("wait", f"document.querySelector('[href=\"{job}#page-so-far\"]')"),
            *go_to(f"[href='{job}#page-so-far']"),
            ("arrive", "document.querySelector('#page-heard audio')"),
            ("tabTo", "#page-heard audio"),
            ("press", " "),
            ("wait", "document.querySelector('#page-heard audio').currentTime > 0"),
            ("evaluate", STATE),
            ("goto", f"{app.url}{job}"),
            *go_to(".actions form[action$=cancel] button"),
            ("arrive", in_state("cancelled")),
            *go_to(".actions form[action$=again] button"),
            ("arrive", in_state("running", "waiting")),
            ("wait", "document.querySelector('[data-page] form[action$=cancel]')"),
            *go_to(".actions form[action$=cancel] button"),
            ("arrive", in_state("cancelled")),
        )
        assert state_of(client, job) == "cancelled"
    assert found == ["running"], "it was heard while it was spoken"


def test_who_is_within_a_job_stays_there_when_it_changes(browser: Browser, app: App, long_job: str) -> None:
    found = told(
        browser,
        f"{app.url}/app/",
        ("tabTo", f".actions form[action='{long_job}/cancel'] button"),
        ("evaluate", f"fetch('{long_job}/cancel', {{method: 'POST'}}).then(() => true)"),
        ("wait", f"document.querySelector('.actions form[action=\"{long_job}/again\"]')"),
        ("evaluate", f"{FOCUSED}.getAttribute('href')"),
        ("evaluate", STATUS),
    )
    assert found[1] == long_job
    assert str(found[2]).endswith(": Cancelled.")


def test_the_headings_are_changed(browser: Browser, app: App) -> None:
    with app.client() as client:
        job = job_of(sent(client, ("chapters.md", article(3)), check="1", title=f"Headings {id(browser)}"))
        ended(client, job)
        told(
            browser,
            f"{app.url}{job}",
            *go_to(".actions a[href$=headings]"),
            ("arrive", "location.pathname.endsWith('/headings') && document.querySelector('select[id^=level]')"),
            *go_to(".headings li:last-child select", "ArrowDown"),
            *go_to("form.order button.strong"),
            ("arrive", in_state("done")),
        )
        path = app.site / f"headings-{id(browser)}" / "episode.json"
        until(path.is_file)
    levels = [c["level"] for c in json.loads(path.read_text())["chapters"] if c["title"].startswith("Chapter")]
    assert levels[-1] == levels[-2] + 1


def test_a_voice_is_heard_without_leaving_the_form(browser: Browser, app: App) -> None:
    found = told(
        browser,
        f"{app.url}/app/",
        *fill_in("#field-text", "What is typed stays."),
        *go_to("#field-voice", "ArrowDown"),
        *go_to("#page-hear"),
        ("wait", "document.querySelector('#page-sample audio')?.currentTime > 0"),
        ("evaluate", STATUS),
        ("evaluate", f"{FOCUSED}.id"),
        ("evaluate", "document.getElementById('field-text').value"),
        ("axe",),
    )
    assert found == ["The voice speaks.", "page-hear", "What is typed stays.", []]


def test_a_word_is_heard_kept_and_removed(browser: Browser, app: App) -> None:
    found = told(
        browser,
        f"{app.url}/app/",
        *go_to(".sections a[href$=words]"),
        ("arrive", "document.getElementById('field-language')"),
        *go_to("form.order button.strong"),
        ("arrive", "document.getElementById('field-written')"),
        *fill_in("#field-written", "Llanelli"),
        *fill_in("#field-spoken", "Hlanethly"),
        *go_to("#page-hear"),
        ("wait", "document.querySelector('#page-sample audio')?.currentTime > 0"),
        ("evaluate", f"{FOCUSED}.id"),
        ("goto", f"{app.url}/app/words/en"),
        *fill_in("#field-written", "Llanelli"),
        *fill_in("#field-spoken", "Hlanethly"),
        ("press", "Enter"),
        ("arrive", "document.getElementById('page-message')"),
        ("evaluate", f"{FOCUSED}.textContent"),
        *go_to("button[value='Llanelli']"),
        ("arrive", "document.getElementById('page-message') && !document.querySelector('[value=Llanelli]')"),
        ("evaluate", f"{FOCUSED}.textContent"),
    )
    assert found == ["page-hear", "The word is saved.", "The word is removed."]


def test_a_feed_is_followed_paused_and_removed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    site = tmp_path_factory.mktemp("keys") / "site"
    page = b'<!doctype html><link rel="alternate" type="application/rss+xml" href="/feed" title="Trams"><p>Welcome.'
    online = ("--allow-private-address", "--app-jobs", 2)
    with (
        serving({"/": page, "/feed": served(rss(item("a"), item("b", day=2)))}) as feeds,
        command(site, *online, CHAPTERCAST_OFFLINE="") as app,
    ):
        found = told(
            browser,
            f"{app.url}/app/",
            *go_to(".sections a[href$=feeds]"),
            ("arrive", "location.pathname === '/app/feeds' && document.getElementById('field-only')"),
            *fill_in("#field-address", feeds.url("/")),
            ("press", "Enter"),
            ("arrive", "document.querySelector('#page-feeds h3')"),
            ("evaluate", f"{FOCUSED}.textContent"),
            ("axe",),
            ("wait", "document.getElementById('page-feeds').dataset.looked.endsWith('New articles: 2.')"),
            ("evaluate", STATUS),
            *go_to("form[action$=look] button"),
            ("arrive", "document.getElementById('page-message')?.textContent.startsWith('The feeds are being asked')"),
            ("wait", "!document.getElementById('page-feeds').dataset.looking"),
            *go_to("form[action$=pause] button"),
            ("arrive", "document.querySelector('form[action$=pause] button')?.value === '0'"),
            *go_to("#page-feeds h3 a"),
            ("arrive", "document.getElementById('field-only')"),
            *fill_in("#field-only", "!night"),
            ("press", "Enter"),
            ("arrive", "document.getElementById('page-message')?.textContent === 'The change is saved.'"),
            *go_to("#page-feeds a[href$=remove]"),
            ("arrive", "location.pathname.endsWith('/remove') && document.querySelector('main form button')"),
            *go_to("main form button"),
            ("arrive", "document.getElementById('page-message') && !document.querySelector('#page-feeds h3')"),
            ("evaluate", f"{FOCUSED}.textContent"),
        )
        assert load(site) == ()
        with app.client() as client:
            assert len(jobs(client)) == 2
    assert found[:2] == ["It is followed now. New articles get into the queue.", []]
    assert str(found[2]).endswith("New articles: 2."), "it is said when it is found"
    assert found[3] == "It is not followed any more."


def test_an_episode_is_kept_and_played_with_the_server_away(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with command(tmp_path_factory.mktemp("keys") / "site", "--offline") as app, app.client() as client:
        job = job_of(sent(client, text="# Pier\n\nThe pier is long. It goes far out.", title="Pier"))
        ended(client, job)
        found = told(
            browser,
            f"{app.url}{job}",
            ("wait", "navigator.serviceWorker.controller && !document.getElementById('page-keep').hidden"),
            *go_to("#page-keep button"),
            ("wait", f"{STATUS}.startsWith('It is on this device now')"),
            ("evaluate", f"{FOCUSED}.textContent"),
            ("interrupt", app.process.pid, app.url),
            ("goto", f"{app.url}/app/"),
            ("evaluate", "document.querySelector('h1').textContent"),
            ("axe",),
            *go_to("main a[href$=kept]"),
            ("arrive", "document.querySelector('#page-kept-list a')"),
            ("axe",),
            *go_to("#page-kept-list a"),
            ("arrive", "document.getElementById('page-play') && document.querySelector('audio').readyState > 0"),
            *go_to("#page-play"),
            ("wait", "document.querySelector('audio').currentTime > 0.2"),
            ("evaluate", "document.querySelector('audio').currentTime = 2"),
            ("wait", "document.querySelector('audio').currentTime > 2.1"),
            ("goto", f"{app.url}/app/kept"),
            ("wait", "document.querySelector('#page-kept-list button')"),
            *go_to("#page-kept-list button"),
            ("wait", "!document.getElementById('page-kept-none').hidden"),
            ("evaluate", STATUS),
        )
    assert found[:4] == ["Remove from this device", "The queue cannot be reached", [], []]
    assert found[5] == "It is not on this device any more."


def test_faults_are_focused_and_lead_to_their_fields(browser: Browser, app: App) -> None:
    for path, button in (("/app/", "form.order button.strong"), ("/app/feeds", "form.order button.strong")):
        found = told(
            browser,
            f"{app.url}{path}",
            *go_to(button),
            ("arrive", "document.getElementById('page-faults')"),
            ("axe",),
            ("evaluate", f"{FOCUSED}.id"),
            ("press", "Tab"),
            ("press", "Enter"),
            ("evaluate", f"{FOCUSED}.id"),
            ("evaluate", "document.title"),
        )
        assert found[:3] == [[], "page-faults", "field-address"]
        assert str(found[3]).startswith("This could not be taken")
