"""The app to people in a browser: every page and state to axe, the HTML checkers and a screen reader; each task by keyboard alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.app.conftest import App, command, ended, job_of, sent, state_of
from tests.app.queues import article, until
from tests.judges import Browser, chromium, html_validate_faults, require, w3c_faults

STATUS = "document.getElementById('page-status').textContent"
FOCUSED = "document.activeElement"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


class Pages(dict[str, str]):
    """Paths by what they show."""


@pytest.fixture(scope="module")
def pages(app: App) -> Pages:
    """A job in each state, a long one among them that runs until the end."""
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
        until(lambda: state_of(client, made["running"]) == "running")
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
        made |= {
            "late": f"{cancelled}?said=said_late",
            "connect": "/app/connect",
            "offline": "/app/offline",
            "missing": "/app/jobs/x",
        }
        return made


STATES = (
    *("queue", "filled", "deleted", "done", "failed", "outlined", "headings", "cancelled", "late", "delete"),
    *("running", "waiting", "connect", "offline", "missing"),
)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_all_fits(browser: Browser, app: App, pages: Pages, state: str) -> None:
    wide = "document.documentElement.scrollWidth - innerWidth"
    for scheme, width, javascript in (
        ("light", 1280, True),
        ("dark", 320, True),
        ("dark", 1280, False),
        ("light", 320, False),
    ):
        steps = [("axe",)] if javascript else []
        visit = browser.visit(
            f"{app.url}{pages[state]}",
            *steps,
            ("evaluate", wide),
            width=width,
            colorScheme=scheme,
            javascript=javascript,
            locale="en-US",
        )
        assert visit.results == [*([[]] if javascript else []), 0]
        trouble = [line for line in visit.trouble if "404" not in line]
        assert trouble == []
        assert {urlsplit(address).netloc for address in visit.requests} == {urlsplit(app.url).netloc}


def test_the_checkers_of_html_find_nothing(app: App, pages: Pages, tmp_path: Path) -> None:
    files = []
    with app.client() as client:
        shown = {state: client.get(path).text for state, path in pages.items()}
        shown["wrong"] = sent(client, address="nowhere at all", language="!").text
    for state, page in shown.items():
        (tmp_path / f"{state}.html").write_text(page, encoding="utf-8")
        files.append(tmp_path / f"{state}.html")
    assert w3c_faults(files) == []
    assert [fault for file in files for fault in html_validate_faults([file])] == []


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
    ):
        assert expected in told, told


def test_the_form_is_sent_by_keyboard_and_heard(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    with command(tmp_path_factory.mktemp("keys") / "site", "--offline") as app:
        visit = browser.visit(
            f"{app.url}/app/",
            ("tabTo", "#field-text"),
            ("type", "The tide comes in. The tide goes out."),
            ("tabTo", "#field-title"),
            ("type", "Tides"),
            ("tabTo", "form.order button.strong"),
            ("press", "Enter"),
            ("wait", "document.querySelector('[data-page]')?.dataset.state === 'done'"),
            ("evaluate", STATUS),
            ("evaluate", "document.querySelector('h1').textContent"),
            ("tabTo", ".actions a.strong"),
            ("press", "Enter"),
            ("wait", "document.querySelector('audio')?.readyState > 0"),
            locale="en-US",
        )
    assert visit.results[7] == "Tides: Ready to listen to."
    assert visit.results[8] == "Tides"
    assert visit.trouble == []


def test_a_job_is_cancelled_tried_again_renamed_and_deleted_by_keyboard(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with command(tmp_path_factory.mktemp("keys") / "site", "--offline") as app, app.client() as client:
        job = job_of(sent(client, ("long.md", article(9, chapters=40, words=6000))))
        until(lambda: state_of(client, job) == "running")
        visit = browser.visit(
            f"{app.url}/app/",
            ("tabTo", ".actions form[action$=cancel] button"),
            ("press", "Enter"),
            ("wait", "document.querySelector('[data-page]')?.dataset.state === 'cancelled'"),
            ("tabTo", ".actions form[action$=again] button"),
            ("press", "Enter"),
            ("wait", "['running', 'waiting'].includes(document.querySelector('[data-page]')?.dataset.state)"),
            ("wait", "document.querySelector('[data-page] form[action$=cancel]')"),
            ("tabTo", ".actions form[action$=cancel] button"),
            ("press", "Enter"),
            ("wait", "document.querySelector('[data-page]')?.dataset.state === 'cancelled'"),
            ("tabTo", ".actions a[href$=delete]"),
            ("press", "Enter"),
            ("wait", "location.pathname.endsWith('/delete') && document.querySelector('main form button')"),
            ("tabTo", "form[action$=delete] button"),
            ("press", "Enter"),
            ("wait", "document.getElementById('page-message') && location.pathname === '/app/'"),
            ("evaluate", f"{FOCUSED}.id"),
            ("evaluate", "document.querySelectorAll('.jobs > li').length"),
            locale="en-US",
        )
    assert visit.results[-2:] == ["page-message", 0]


def test_the_headings_are_changed_by_keyboard(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    with command(tmp_path_factory.mktemp("keys") / "site", "--offline") as app, app.client() as client:
        job = job_of(sent(client, ("chapters.md", article(3)), check="1"))
        ended(client, job)
        browser.visit(
            f"{app.url}{job}",
            ("tabTo", ".actions a[href$=headings]"),
            ("press", "Enter"),
            ("wait", "location.pathname.endsWith('/headings') && document.querySelector('select[id^=level]')"),
            ("tabTo", ".headings li:last-child select"),
            ("press", "ArrowDown"),
            ("tabTo", "form.order button.strong"),
            ("press", "Enter"),
            ("wait", "document.querySelector('[data-page]')?.dataset.state === 'done'"),
            locale="en-US",
        )
        episode = json.loads(next(app.site.glob("*/episode.json")).read_text(encoding="utf-8"))
    levels = [chapter["level"] for chapter in episode["chapters"] if chapter["title"].startswith("Chapter")]
    assert levels[-1] == levels[-2] + 1


def test_who_is_within_a_job_stays_there_when_it_changes(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with command(tmp_path_factory.mktemp("keys") / "site", "--offline") as app, app.client() as client:
        job = job_of(sent(client, ("long.md", article(9, chapters=40, words=6000))))
        until(lambda: state_of(client, job) == "running")
        visit = browser.visit(
            f"{app.url}/app/",
            ("tabTo", ".actions form[action$=cancel] button"),
            ("evaluate", f"fetch('{job}/cancel', {{method: 'POST'}}).then(() => true)"),
            ("wait", "document.querySelector('.jobs > li').dataset.state === 'cancelled'"),
            ("wait", "document.querySelector('.jobs .actions form[action$=again]')"),
            ("evaluate", f"{FOCUSED}.getAttribute('href')"),
            ("evaluate", STATUS),
            locale="en-US",
        )
    assert visit.results[-2] == job
    assert visit.results[-1].endswith(": Cancelled.")


def test_faults_are_focused_and_lead_to_their_fields(browser: Browser, app: App) -> None:
    visit = browser.visit(
        f"{app.url}/app/",
        ("tabTo", "form.order button.strong"),
        ("press", "Enter"),
        ("wait", "document.getElementById('page-faults')"),
        ("axe",),
        ("evaluate", f"{FOCUSED}.id"),
        ("press", "Tab"),
        ("press", "Enter"),
        ("evaluate", f"{FOCUSED}.id"),
        ("evaluate", "document.title"),
        locale="en-US",
    )
    assert visit.results[3] == []
    assert visit.results[4] == "page-faults"
    assert visit.results[7] == "field-address"
    assert visit.results[8].startswith("This could not be taken")


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
    for state in ("queue", "headings", "waiting", "connect"):
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
